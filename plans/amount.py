"""How many: a whole number as people type it ("20条", "1,000", "三十", "一百二"), and its unit.

In: typed text, the units that things are counted in. Out: a number with the unit typed behind it,
or None. Forbidden here: a part of what was typed; "二十来条", "30多" and "2-3" are no number.
"""

import re
import unicodedata
from collections.abc import Collection
from dataclasses import dataclass
from typing import Final

LARGEST: Final = 99_999_999
# What things are counted in besides the units of the company's own goods.
MEASURES: Final = frozenset(
    "条箱件包盒瓶袋桶打提捆托板块台把根户家个人辆套份名位处间次单斤吨米张只支"
)
# Counts one of anything, and says nothing about in what.
_ANY_UNIT: Final = "个"
_LONGEST_TYPED: Final = 40

_DIGITS: Final = {
    "零": 0, "〇": 0, "一": 1, "二": 2, "两": 2, "三": 3, "四": 4, "五": 5, "六": 6, "七": 7,
    "八": 8, "九": 9,
}  # fmt: skip
_TIMES: Final = {"": 1, "百": 100, "千": 1000, "万": 10_000}
NUMERALS: Final = "".join(_DIGITS) + "十百千万"
_BELOW_WAN: Final = re.compile(
    r"(?:(?P<thousands>[一二两三四五六七八九])千)?"
    r"(?:(?P<no_thousands>零)?(?P<hundreds>[一二两三四五六七八九])百)?"
    r"(?:(?P<no_hundreds>零)?(?P<tens>[一二三四五六七八九]?)(?P<ten>十))?"
    r"(?:(?P<no_tens>零)?(?P<ones>[一二三四五六七八九]))?"
)

_IN_DIGITS: Final = re.compile(
    r"(?P<before>[^\W\d]{0,8}\s*)"
    r"(?P<digits>[0-9]{1,3}(?:,[0-9]{3})+|[0-9]{1,3}(?: [0-9]{3})+|[0-9]{1,8})"
    r"(?P<times>[百千万]?)\s*(?P<after>[^\W\d]{0,8})[。.!]?"
)
_IN_WORDS: Final = re.compile(
    r"(?:(?:还有|还剩|一共|总共|大概|大约|差不多|改成|改为|同意|批|给|有|共|要|就|约|来|拿|准|剩|送|订"
    r"|发|补|加|只)\s*){0,3}"
    rf"(?P<number>[{NUMERALS}]+)\s*(?P<after>[^\W\d{NUMERALS}]{{0,6}}?)"
    r"(?:左右|上下|就行|就好|就够了?|够了|好了|即可|吧|了)?[。.!]?"
)
# With these the number beside them is another one, or a bound.
_ANOTHER_BEFORE: Final = re.compile(
    r"多|少|减|扣|再|几|不到|不止|不足|超|最|半|第|没|over|under|below|above"
)
_ANOTHER_AFTER: Final = re.compile(r"[多来几余亿]|.*(?:以上|以下|以内|不止|不到|多$|半)")
_IDIOMS: Final = re.compile(r"一共|一起|统一|一下|万一")
_A_NUMERAL: Final = re.compile(f"[{NUMERALS}]")
_LETTERS: Final = re.compile(r"[a-z]+")


@dataclass(frozen=True)
class Amount:
    """`unit`: what was typed behind the number, as far as things are counted in it; else empty."""

    count: int
    unit: str = ""

    def is_in(self, unit: str) -> bool:
        """Whether it can be a number of what is counted in that unit ("": in any)."""
        return self.unit in ("", _ANY_UNIT, unit) or not unit


def read_amount(typed: str, units: Collection[str] = ()) -> Amount | None:
    """The one number that a few words are about, in digits or as spoken."""
    text = _plain(typed)
    if text is None:
        return None
    if found := _IN_DIGITS.fullmatch(text):
        return _in_digits(found, units)
    found = _IN_WORDS.fullmatch(text)
    number = spoken_number(found["number"]) if found else None
    unit = _unit(found["after"], units) if found else ""
    if found is None or number is None or unit != found["after"]:
        return None
    return Amount(number, unit)


def read_bare_amount(typed: str, units: Collection[str] = ()) -> Amount | None:
    """The same where other words stand around it: a number and at most its unit."""
    text, read = _plain(typed), read_amount(typed, units)
    if text is None or read is None:
        return None
    number = text.removesuffix(read.unit).strip()
    return read if re.fullmatch(rf"[0-9, ]+[百千万]?|[{NUMERALS}]+", number) else None


def spoken_number(said: str) -> int | None:
    """A Chinese number as spoken: 十二, 两百, 一百二 (120), 三千零五, 一万二. None for what nobody
    says: 一五, 十百, 两三."""
    if said in ("零", "〇"):
        return 0
    if said == "两":
        return 2
    high, wan, low = said.rpartition("万")
    if not wan:
        return _below_wan(said)
    above, below = _below_wan(high), 0
    if above is None or high == "":
        return None
    if _DIGITS.get(low):
        below = 1000 * _DIGITS[low]
    elif low:
        rest = _below_wan(low.removeprefix("零"))
        if rest is None:
            return None
        below = rest
    return 10_000 * above + below


def _plain(typed: str) -> str | None:
    if len(typed) > _LONGEST_TYPED:
        return None
    return unicodedata.normalize("NFKC", typed).strip().lower()


def _in_digits(found: re.Match[str], units: Collection[str]) -> Amount | None:
    before, after = found["before"], found["after"]
    glued = _LETTERS.fullmatch(before) or (len(after) == 1 and _LETTERS.fullmatch(after))
    other = any(_A_NUMERAL.search(_IDIOMS.sub("", words)) for words in (before, after))
    if glued or other or _ANOTHER_BEFORE.search(before) or _ANOTHER_AFTER.match(after):
        return None
    number = int(re.sub("[, ]", "", found["digits"])) * _TIMES[found["times"]]
    return Amount(number, _unit(after, units)) if number <= LARGEST else None


def _unit(after: str, units: Collection[str]) -> str:
    """The longest that the words begin with."""
    known = [unit for unit in {*units, *MEASURES} if unit and after.startswith(unit.lower())]
    return max(known, key=len, default="")


def _below_wan(said: str) -> int | None:
    found = _BELOW_WAN.fullmatch(said)
    if found is None or not said:
        return None
    size = {"thousands": 1000, "hundreds": 100, "ten": 10}
    there = [size[name] for name in size if found[name]]
    ones = _DIGITS[found["ones"] or "零"]
    if found["no_tens"] and (not there or found["ten"]):
        return None
    if (found["no_thousands"] and not found["thousands"]) or (
        found["no_hundreds"] and not there[:-1]
    ):
        return None
    if there and there[-1] > 10 and not found["no_tens"]:
        ones *= there[-1] // 10  # 一百二 is 120
    return (
        1000 * _DIGITS[found["thousands"] or "零"]
        + 100 * _DIGITS[found["hundreds"] or "零"]
        + (10 * _DIGITS[found["tens"] or "一"] if found["ten"] else 0)
        + ones
    )
