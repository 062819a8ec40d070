"""Filling in: texts of a plan that say what is known by the time they are passed on.

In: a text with `{name}` in it, words by name. Out: the text with them; the names it needs.
Forbidden here: putting values in words.
"""

import re
from collections.abc import Mapping
from typing import Final

# What a text may name besides the facts of its plan: the incident's region and number, the company,
# and the moment at which the text was written.
ALWAYS_KNOWN: Final = ("region", "number", "company", "now")
# Stands for what is not known yet.
OPEN: Final = "……"
_PLACEHOLDER: Final = re.compile(r"\{([^{}]*)\}")
_OPTIONAL: Final = re.compile(r"\[([^\[\]]*\{[^\[\]]*)\]")
# What somebody pasted is too long to stand in passing.
BESIDE_LIMIT: Final = 30


def placeholders(text: str) -> tuple[str, ...]:
    """The names in braces, each once, in order."""
    return tuple(dict.fromkeys(name.strip() for name in _PLACEHOLDER.findall(text)))


def filled(text: str, words: Mapping[str, str]) -> str:
    """The text with the words put in, and OPEN where there are none. What is put in is not looked
    at again: somebody may have typed braces. What stands in [brackets] with a name in it is left
    out where that is not known, or is longer than BESIDE_LIMIT."""
    text = _OPTIONAL.sub(lambda found: found[1] if _fits(found[1], words) else "", text)
    return _PLACEHOLDER.sub(lambda found: words.get(found[1].strip()) or OPEN, text)


def _fits(part: str, words: Mapping[str, str]) -> bool:
    said = [words.get(name) or "" for name in placeholders(part)]
    return all(said) and all(len(one) <= BESIDE_LIMIT and "\n" not in one for one in said)
