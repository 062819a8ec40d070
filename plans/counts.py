"""Counts: what somebody types who has counted a store.

In: text, the company's goods. Out: goods with how many there are, or why a line cannot be read.
Forbidden here: guessing; a number that may mean something else is asked for again.
"""

import re
import unicodedata
from dataclasses import dataclass
from typing import Final

from plans.company.model import Company
from plans.directory.goods import find_goods
from plans.model import GoodsId
from plans.tables.fields import count
from plans.text import Text, WordedError
from plans.yaml_source import worded

TEXT_LIMIT: Final = 2_000
LINES_LIMIT: Final = 50
_NAMED: Final = 4
_NAME_SHOWN: Final = 20
# A comma before a number, or within one, ends no line.
_ENDS: Final = re.compile(r"[\n;、]|,(?!\s*\d)")
_LINE: Final = re.compile(r"(?P<name>.*?[^\s:=,])\s*[:=,]?\s*(?P<number>\d[\d,]*)\s*[^\d+\-]{0,8}")
_SIGNS: Final = "+-−–—/.~"


@dataclass(frozen=True)
class Counted:
    goods: GoodsId
    count: int


@dataclass(frozen=True)
class Unread:
    """A line and why it was left out."""

    line: str
    why: Text


def read_counts(company: Company, typed: str) -> tuple[Counted | Unread, ...]:
    """Each line (or part between commas), at most LINES_LIMIT of them; none for text without a
    number."""
    text = unicodedata.normalize("NFKC", typed[:TEXT_LIMIT])
    lines = [line.strip() for line in _ENDS.split(text)]
    read = [_read(company, line) for line in lines if line][:LINES_LIMIT]
    if not any(any(c.isdigit() for c in line) for line in lines):
        return ()
    return _once(company, tuple(read))


def read_number(typed: str) -> int | None:
    """How many, typed alone or with a unit; None for anything else."""
    try:
        return count(typed[:TEXT_LIMIT])
    except WordedError:
        return None


def _read(company: Company, line: str) -> Counted | Unread:
    found = _LINE.fullmatch(line)
    number = read_number(found["number"]) if found else None
    if found is None or found["name"].rstrip()[-1:] in _SIGNS:
        return Unread(line, worded("请写成“名称 数量”", "write a name and a number"))
    if number is None:
        return Unread(line, worded("这个数量不对", "that cannot be the number"))
    goods = find_goods(company, found["name"])
    if not goods:
        return Unread(line, worded("没有这种货品", "there are no such goods"))
    if len(goods) > 1:
        names = [company.goods[id_].name[:_NAME_SHOWN] for id_ in goods[:_NAMED]]
        return Unread(
            line,
            worded(f"有几种: {'、'.join(names)}", f"there are several: {', '.join(names)}"),
        )
    return Counted(goods[0], number)


def _once(company: Company, read: tuple[Counted | Unread, ...]) -> tuple[Counted | Unread, ...]:
    """Goods that stand there twice with different numbers are not counted at all."""
    said: dict[GoodsId, set[int]] = {}
    for one in read:
        if isinstance(one, Counted):
            said.setdefault(one.goods, set()).add(one.count)
    twice = worded("写了两个不同的数量", "two different numbers")
    return tuple(
        dict.fromkeys(
            Unread(f"{company.goods[one.goods].name} {one.count}", twice)
            if isinstance(one, Counted) and len(said[one.goods]) > 1
            else one
            for one in read
        )
    )
