"""How Chinese names are typed in latin letters: every reading of every character.

In: a name. Out: its spellings and initials. Forbidden here: choosing a reading; people know how
they are called, we do not (单 is Shan in a name, and Dan elsewhere).
"""

from functools import lru_cache
from itertools import product
from os import environ
from typing import Final

# One character at a time has no use for its table of phrases, 40 MB that take long to load; this
# is how it is told to do without.
environ.setdefault("PYPINYIN_NO_PHRASES", "yes")

from pypinyin import Style, pinyin

SPELLINGS_LIMIT: Final = 24
SYLLABLES_LIMIT: Final = 12


def spellings(name: str) -> tuple[tuple[str, ...], ...]:
    """The name in syllables, one tuple a reading, at most SPELLINGS_LIMIT of them; words in latin
    letters are syllables as they are. ü is v and u."""
    parts: list[tuple[str, ...]] = []
    word = ""
    for character in name.casefold()[:60]:
        if character.isascii() and character.isalnum():
            word += character
            continue
        if word:
            parts.append((word,))
            word = ""
        if "\u4e00" <= character <= "\u9fff":
            parts.append(_readings(character))
    if word:
        parts.append((word,))
    return _combined(parts[:SYLLABLES_LIMIT])


def _combined(parts: list[tuple[str, ...]]) -> tuple[tuple[str, ...], ...]:
    """Every combination; of a long name only as many readings a character as the limit allows."""
    for most in (8, 4, 3, 2, 1):
        kept = [part[:most] for part in parts]
        count = 1
        for part in kept:
            count *= len(part)
        if count <= SPELLINGS_LIMIT:
            return tuple(product(*kept)) if kept else ()
    return ()


@lru_cache(8_000)
def _readings(character: str) -> tuple[str, ...]:
    found = pinyin(character, style=Style.NORMAL, heteronym=True)[0]
    readings = [r for r in found if r.isascii() and r.isalpha()]
    return tuple(dict.fromkeys([*readings, *(r.replace("v", "u") for r in readings)]))
