"""Finds what Telegram itself marks in a text: commands, mentions, hashtags, links, e-mails, phone
numbers.

In: plain text and the entities it has already. Out: those and the found ones. An approximation of
Telegram's rules by regular expressions; good for what people tap on. Forbidden here: changing the
text.
"""

import re
from typing import Any

from simulator.entities import MAX_ENTITIES, sort_entities, utf16_length

Json = dict[str, Any]

RULES: tuple[tuple[str, re.Pattern[str]], ...] = (
    (
        "url",
        re.compile(
            r"(?<![\w@])(?:https?://|www\.)[^\s<>\"'，。；、）】]+", re.IGNORECASE | re.ASCII
        ),
    ),
    ("email", re.compile(r"(?<![\w.+-])[\w.+-]{1,64}@[\w-]+(?:\.[\w-]+)+", re.ASCII)),
    (
        "bot_command",
        re.compile(r"(?<![\w/<>])/[A-Za-z0-9_]{1,64}(?:@[A-Za-z0-9_]{3,32})?(?![\w/<>])"),
    ),
    ("mention", re.compile(r"(?<!\w)@[A-Za-z0-9_]{2,32}(?!\w)")),
    ("hashtag", re.compile(r"(?<![\w#])#(?=\w*[^\W\d])\w{1,256}(?![\w#])")),
    ("phone_number", re.compile(r"(?<![\w+])\+\d(?:[ -]?\d){7,14}(?!\w)", re.ASCII)),
)
OPAQUE = frozenset({"code", "pre", "text_link", "text_mention"})


def with_found(text: str, entities: list[Json]) -> list[Json]:
    """`entities` and what the text shows by itself, except inside code and links, MAX_ENTITIES at
    most.
    """
    taken = [_span(entity) for entity in entities if entity["type"] in OPAQUE]
    found: list[Json] = []
    for kind, rule in RULES:
        for match in rule.finditer(text):
            shown = match.group().rstrip(".,:;!?)") if kind == "url" else match.group()
            offset = utf16_length(text[: match.start()])
            span = (offset, offset + utf16_length(shown))
            if not any(span[0] < end and begin < span[1] for begin, end in taken):
                taken.append(span)
                found.append({"type": kind, "offset": span[0], "length": span[1] - span[0]})
    return sort_entities([*entities, *found])[:MAX_ENTITIES]


def _span(entity: Json) -> tuple[int, int]:
    return entity["offset"], entity["offset"] + entity["length"]
