"""What somebody types to find somebody, taken apart.

In: typed text. Out: terms, each of Chinese, latin letters or digits. Forbidden here: the entries.
"""

import re
import unicodedata
from dataclasses import dataclass
from typing import Final, Literal

QUERY_LIMIT: Final = 60
TERMS_LIMIT: Final = 6
TermKind = Literal["chinese", "latin", "digits"]

_TERM: Final = re.compile(r"[\u4e00-\u9fff·]+|[a-z]+|[0-9]+")
_JOINED_DIGITS: Final = re.compile(r"(?<=[0-9])[ \-](?=[0-9])")
# What is said around the name: 找调度, 路平安的电话, call Max.
_ASIDES: Final = re.compile(
    r"^(?:请|帮我|我要)?(?:打电话给|打给|打电话|电话|找人|查找|查|找|联系|呼叫)(?:一下)?|(?:的)?(?:电话|号码|手机号?)(?:是多少)?$"
    r"|^(?:find|call|phone|who is|contact|search)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Term:
    kind: TermKind
    text: str


@dataclass(frozen=True)
class Query:
    """`text` is the whole, folded; every term has to fit."""

    text: str
    terms: tuple[Term, ...]


def read_query(typed: str) -> Query:
    """At most TERMS_LIMIT terms; none for text in which there is nothing to look for."""
    text = unicodedata.normalize("NFKC", typed[:QUERY_LIMIT]).casefold().replace("ü", "v")
    text = _without_asides(" ".join(text.split()))
    plain = "".join(c for c in unicodedata.normalize("NFD", text) if not unicodedata.combining(c))
    found = _TERM.findall(_JOINED_DIGITS.sub("", plain))
    terms = [Term(_kind(part), part) for part in found][:TERMS_LIMIT]
    return Query("".join(plain.split()), tuple(terms))


def _without_asides(text: str) -> str:
    left = _ASIDES.sub("", text).strip(" :?")
    return left or text


def _kind(text: str) -> TermKind:
    if text[0].isdigit():
        return "digits"
    return "latin" if text[0].isascii() else "chinese"
