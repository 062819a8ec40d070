"""Plain words: which plan somebody may need who says what has happened.

In: what was typed out of the blue, and the plans with the words that point to them. Out: the plans
it may be about, the likeliest first. Forbidden here: being sure; it is only ever an offer.
"""

import re
import unicodedata
from collections.abc import Iterable
from functools import lru_cache
from typing import Final

from plans.format import Plan
from plans.text import Lang

LONGEST_HEARD: Final = 1000
_APOSTROPHES: Final = dict.fromkeys(map(ord, "'’‘`"), "")
# A space in a plan's word leaves room for others: "车 坏" is also "车在环城路上坏了".
_ROOM: Final = {
    "zh": r"[^。！？；!?;\n]{0,20}?",
    "en": r"\W+(?:\w+\W+){0,5}?",
}


def plans_meant(plans: Iterable[Plan], said: str) -> tuple[Plan, ...]:
    """The plans whose words are in it: the longest word first, then in their own order."""
    heard = {lang: _normal(said[:LONGEST_HEARD], lang) for lang in _LANGS}
    found = [(_longest(plan, heard), plan) for plan in plans]
    likely = sorted((f for f in found if f[0]), key=lambda f: -f[0])
    return tuple(plan for _, plan in likely)


_LANGS: Final[tuple[Lang, ...]] = ("zh", "en")


def _longest(plan: Plan, heard: dict[Lang, str]) -> int:
    return max(
        (
            len(word)
            for lang in _LANGS
            for word in plan.words.in_(lang)
            if _pattern(word, lang).search(heard[lang])
        ),
        default=0,
    )


@lru_cache(maxsize=4096)
def _pattern(word: str, lang: Lang) -> re.Pattern[str]:
    parts = [re.escape(_normal(part, lang)) for part in word.split()]
    inside = _ROOM[lang].join(parts)
    return re.compile(inside if lang == "zh" else rf"\b{inside}\b")


def _normal(text: str, lang: Lang) -> str:
    """As it is compared: narrow, in small letters, without apostrophes; Chinese without spaces."""
    plain = unicodedata.normalize("NFKC", text).casefold().translate(_APOSTROPHES)
    return plain if lang == "en" else re.sub(r"[^\S\n]+", "", plain)
