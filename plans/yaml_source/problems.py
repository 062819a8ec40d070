"""What is wrong in a file, where, and in words for the planner who wrote it.

In: a place in a file and a wording in both languages. Out: `Problem` and `Problems`, plain values.
Forbidden here: finding problems.
"""

import difflib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Final

from plans.text import LONGEST_TEXT, Lang, Text

Path = tuple[str | int, ...]
"""Where in a file: keys of mappings and places in lists, from the top; () is the whole file."""

MOST_PROBLEMS: Final = 50


@dataclass(frozen=True)
class Problem:
    """`line` counts from 1. `where` is dotted, list places from 1: "groups[2].chat"."""

    file: str
    line: int
    where: str
    message: Text

    def said(self, lang: Lang) -> str:
        place = f"第 {self.line} 行" if lang == "zh" else f"line {self.line}"
        return (
            " ".join(filter(None, (self.file, place, self.where))) + f": {self.message.in_(lang)}"
        )


@dataclass(frozen=True)
class Problems:
    """At least one problem, in the order of lines. At most `MOST_PROBLEMS` are kept; `more` says
    how many were left out."""

    found: tuple[Problem, ...]
    more: int = 0

    @classmethod
    def of(cls, found: Iterable[Problem]) -> "Problems":
        by_line = sorted(dict.fromkeys(found), key=lambda problem: problem.line)
        return cls(tuple(by_line[:MOST_PROBLEMS]), max(0, len(by_line) - MOST_PROBLEMS))

    def __iter__(self) -> Iterator[Problem]:
        return iter(self.found)

    def __len__(self) -> int:
        return len(self.found)

    def said(self, lang: Lang) -> str:
        lines = [problem.said(lang) for problem in self.found]
        if self.more:
            lines.append(f"……另有 {self.more} 处" if lang == "zh" else f"... and {self.more} more")
        return "\n".join(lines)


def worded(zh: str, en: str) -> Text:
    """A `Text` from wordings that quote the file, cut to what a `Text` may hold."""
    return Text(zh=zh[:LONGEST_TEXT], en=en[:LONGEST_TEXT])


def unknown_name(name: str, known: Iterable[str], zh_kind: str, en_kind: str) -> Text:
    """“没有叫 X 的…”, with the nearest known name, or the known names when they are few."""
    names = list(known)
    zh = f"没有叫 {name} 的{zh_kind}"
    en = f"there is no {en_kind} called {name}"
    if near := difflib.get_close_matches(name, names, n=1):
        return worded(f"{zh}。是不是想写 {near[0]}?", f"{en}. Did you mean {near[0]}?")
    if 0 < len(names) <= 20:
        choices = ", ".join(names)
        return worded(f"{zh}。可以写: {choices}", f"{en}. There are: {choices}")
    return worded(zh, en)


def dotted(path: Path) -> str:
    shown = ""
    for part in path:
        shown += f"[{part + 1}]" if isinstance(part, int) else f".{part}"
    return shown.removeprefix(".")
