"""Reads a text or caption out of a call. In: parameters. Out: text and entities within Telegram's
lengths.

Forbidden here: where the text goes.
"""

from typing import Any

from simulator import errors
from simulator.detect import with_found
from simulator.entities import sort_entities, trim, utf16_length
from simulator.errors import ErrorText
from simulator.html_text import MAX_RAW_BYTES, parse_html
from simulator.params import Params, lenient_int
from simulator.people import Person

Json = dict[str, Any]
MAX_TEXT = 4096
MAX_CAPTION = 1024
EXTRA_FIELDS = ("url", "user", "language", "custom_emoji_id", "unix_time", "date_time_format")


def read_text(params: Params, people: dict[int, Person], too_long: ErrorText) -> Json:
    """`text` and `entities` of a message; ApiError when empty or, with `too_long`, over
    MAX_TEXT.
    """
    raw = params.text("text")
    if not raw:
        raise errors.TEXT_EMPTY.error()
    text, entities = _formatted(params, raw, "entities", people)
    if not text:
        raise errors.TEXT_BLANK.error()
    if utf16_length(text) > MAX_TEXT:
        raise too_long.error()
    return {"text": text, "entities": entities or None}


def read_caption(params: Params, people: dict[int, Person]) -> Json:
    """`caption` and `caption_entities`, both None when there is no caption."""
    raw = params.text("caption")
    if not raw:
        return {"caption": None, "caption_entities": None}
    text, entities = _formatted(params, raw, "caption_entities", people)
    if utf16_length(text) > MAX_CAPTION:
        raise errors.CAPTION_TOO_LONG.error()
    return {"caption": text or None, "caption_entities": entities or None}


def _formatted(
    params: Params, raw: str, entities_name: str, people: dict[int, Person]
) -> tuple[str, list[Json]]:
    if len(raw.encode("utf-8", errors="replace")) > MAX_RAW_BYTES:
        raise errors.TEXT_TOO_LONG.error()
    mode = params.text("parse_mode").lower()
    if mode == "html":
        text, entities = parse_html(raw)
    elif mode in {"markdown", "markdownv2"}:
        raise errors.NOT_SIMULATED.error(what=f"parse_mode {params.text('parse_mode')}")
    elif mode and mode != "none":
        raise errors.BAD_PARSE_MODE.error()
    else:
        text, entities = raw, _given(params.parsed(entities_name, "entities"))
    text, entities = trim(text, _known_people(entities, people))
    return text, with_found(text, entities)


def _given(value: Any) -> list[Json]:
    """Entities the bot counted itself."""
    if not isinstance(value, list):
        return []
    entities: list[Json] = []
    for entry in value:
        if not isinstance(entry, dict):
            raise errors.BAD_ENTITY.error(detail="expected an Object")
        for name in ("offset", "length"):
            if lenient_int(entry.get(name), -1) < 0:
                raise errors.BAD_ENTITY.error(detail=f'Field "{name}" must be of type Number')
        extra = {name: entry[name] for name in EXTRA_FIELDS if entry.get(name) is not None}
        entities.append(
            {
                "type": entry.get("type"),
                "offset": lenient_int(entry["offset"]),
                "length": lenient_int(entry["length"]),
                **extra,
            }
        )
    return sort_entities([entity for entity in entities if isinstance(entity["type"], str)])


def _known_people(entities: list[Json], people: dict[int, Person]) -> list[Json]:
    """A mention by id of someone unknown is dropped; of someone known it carries the User."""
    kept: list[Json] = []
    for entity in entities:
        if entity["type"] != "text_mention":
            kept.append(entity)
            continue
        user = entity.get("user")
        person = people.get(lenient_int(user.get("id"))) if isinstance(user, dict) else None
        if person is not None:
            kept.append({**entity, "user": person.shape()})
    return kept
