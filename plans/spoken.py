"""Plain words: which plan somebody may need who says what has happened.

In: what was typed out of the blue, and the plans with the words that point to them. Out: the plans
it may be about, the likeliest first. Forbidden here: being sure; it is only ever an offer.
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import islice
from typing import Final, get_args

from plans.format import Plan
from plans.text import Lang

LONGEST_HEARD: Final = 1000
TIMES_HEARD: Final = 3
_APOSTROPHES: Final = dict.fromkeys(map(ord, "'’‘`"), "")
# A space in a plan's word leaves room for others: "车 坏" is also "车在环城路上坏了".
_ROOM: Final = {
    "zh": r"[^。！？；!?;\n]{0,20}?",
    "en": r"\W+(?:\w+\W+){0,5}?",
}


@dataclass(frozen=True)
class _Heard:
    """A plan's word where it was said."""

    plan: Plan
    word: str
    lang: Lang
    begins: int
    ends: int

    def lies_within(self, other: "_Heard") -> bool:
        """“着火” within “打不着火” is another matter. Other words hide nothing in a word's room."""
        inside = other.begins <= self.begins and self.ends <= other.ends
        longer = self.ends - self.begins < other.ends - other.begins <= len(other.word)
        return inside and longer and self.lang == other.lang


def plans_meant(plans: Iterable[Plan], said: str) -> tuple[Plan, ...]:
    """The plans whose words are in it: the longest word first, then in their own order."""
    heard = [word for plan in plans for word in _words_heard(plan, said[:LONGEST_HEARD])]
    counted = [one for one in heard if not any(map(one.lies_within, heard))]
    counted.sort(key=lambda one: -len(one.word))
    return tuple({one.plan.plan: one.plan for one in counted}.values())


def _words_heard(plan: Plan, said: str) -> Iterator[_Heard]:
    langs: tuple[Lang, ...] = get_args(Lang)
    for lang in langs:
        text = _normal(said, lang)
        for word in plan.words.in_(lang):
            for found in islice(_pattern(word, lang).finditer(text), TIMES_HEARD):
                yield _Heard(plan, word, lang, found.start(), found.end())


@lru_cache(maxsize=4096)
def _pattern(word: str, lang: Lang) -> re.Pattern[str]:
    parts = [re.escape(_normal(part, lang)) for part in word.split()]
    inside = _ROOM[lang].join(parts)
    return re.compile(inside if lang == "zh" else rf"\b{inside}\b")


def _normal(text: str, lang: Lang) -> str:
    """As it is compared: narrow, in small letters, without apostrophes; Chinese without spaces."""
    plain = unicodedata.normalize("NFKC", text).casefold().translate(_APOSTROPHES)
    return plain if lang == "en" else re.sub(r"[^\S\n]+", "", plain)
