"""Counts: what somebody types who has counted a store.

In: text, the company's goods. Out: goods with how many there are, or why a line cannot be read.
Forbidden here: guessing; a number that may mean something else is asked for again.
"""

import re
import unicodedata
from collections.abc import Collection
from dataclasses import dataclass
from typing import Final

from plans.amount import NUMERALS, Amount, read_bare_amount
from plans.company.model import COUNT_LIMIT, Company
from plans.directory.goods import find_goods
from plans.model import GoodsId
from plans.tables.cells import written_out
from plans.text import Text
from plans.yaml_source import worded

TEXT_LIMIT: Final = 2_000
LINES_LIMIT: Final = 50
_NAMED: Final = 4
_NAME_SHOWN: Final = 20
# A comma before a number, or within one, ends no line.
_ENDS: Final = re.compile(r"[\n;、]|,(?!\s*\d)")
_NUMBER: Final = rf"\d[\d,]*\s*[百千万]?\s*[^\d+\-{NUMERALS}]{{0,8}}|[{NUMERALS}]+\s*[^\W\d]{{0,4}}"
_LINE: Final = re.compile(rf"(?P<name>.*?[^\s:=,])\s*[:=,]?\s*(?P<number>{_NUMBER})")
# "boxes", "pcs".
_IN_LETTERS: Final = re.compile(r"\s*[a-z]{2,8}$")
_SIGNS: Final = "+-−–—/.~"


@dataclass(frozen=True)
class Counted:
    goods: GoodsId
    count: int


@dataclass(frozen=True)
class Unread:
    """A line and why it was left out; whether it names goods that there are."""

    line: str
    why: Text
    names_goods: bool = False


def read_counts(company: Company, typed: str) -> tuple[Counted | Unread, ...]:
    """Each line (or part between commas), at most LINES_LIMIT of them; none for text without a
    number."""
    text = unicodedata.normalize("NFKC", typed[:TEXT_LIMIT])
    lines = [line.strip() for line in _ENDS.split(text)]
    read = [_read(company, line) for line in lines if line][:LINES_LIMIT]
    meant = any(isinstance(one, Counted) or one.names_goods for one in read)
    if not meant and not any(any(c.isdigit() for c in line) for line in lines):
        return ()
    return _once(company, tuple(read))


def read_number(typed: str) -> int | None:
    """How many, typed alone or with a unit; None for anything else."""
    amount = _amount(typed, ())
    return amount.count if amount is not None else None


def _amount(typed: str, units: Collection[str]) -> Amount | None:
    """As people type it, or as it stands in a table."""
    text = _IN_LETTERS.sub("", (written_out(typed) or "").rstrip(" 。.!"))
    amount = read_bare_amount(text, units)
    return amount if amount is not None and amount.count <= COUNT_LIMIT else None


def _read(company: Company, line: str) -> Counted | Unread:
    no_number = Unread(line, worded("请写成“名称 数量”", "write a name and a number"))
    if line in {goods.name for goods in company.goods.values()}:
        return no_number
    found = _LINE.fullmatch(line)
    if found is None or found["name"].rstrip()[-1:] in _SIGNS:
        return no_number
    number = _amount(found["number"], {goods.unit for goods in company.goods.values()})
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
    unit = company.goods[goods[0]].unit
    if not number.is_in(unit):
        return Unread(line, worded(f"这种按“{unit}”算", f"these are counted in {unit}"), True)
    return Counted(goods[0], number.count)


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
