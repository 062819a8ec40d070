"""Entities of a plain text: how they are counted, ordered and trimmed with it.

Offsets and lengths are UTF-16 code units. Forbidden here: formats (`html_text`) and lengths
allowed.
"""

from typing import Any

Json = dict[str, Any]
MAX_ENTITIES = 100
ORDER = ("blockquote", "pre", "code", "text_link", "text_mention")


def utf16_length(text: str) -> int:
    """How Telegram counts: characters outside the basic plane are two."""
    return len(text) + sum(1 for char in text if char > "\uffff")


def sort_entities(entities: list[Json]) -> list[Json]:
    """By offset; of two that begin together the longer first, then blocks before styles."""

    def key(entity: Json) -> tuple[int, int, int]:
        kind = entity["type"].removeprefix("expandable_")
        rank = ORDER.index(kind) if kind in ORDER else len(ORDER)
        return entity["offset"], -entity["length"], rank

    return sorted(entities, key=key)


def trim(text: str, entities: list[Json]) -> tuple[str, list[Json]]:
    """Without the white space around it, which Telegram does not keep; entities follow."""
    cleaned = "".join(
        " " if char < " " and char != "\n" else char for char in text.replace("\r", "")
    )
    shift = len(cleaned) - len(cleaned.lstrip(" \n"))
    kept = cleaned.strip(" \n")
    end = utf16_length(kept)
    moved: list[Json] = []
    for entity in entities:
        begin = max(entity["offset"] - shift, 0)
        stop = min(entity["offset"] + entity["length"] - shift, end)
        if stop > begin:
            moved.append({**entity, "offset": begin, "length": stop - begin})
    return kept, moved[:MAX_ENTITIES]
