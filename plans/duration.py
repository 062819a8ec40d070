"""How long: read the way people type it, written one way, said in both languages.

In: typed text ("1个半小时", "1 h 30 min", "40") or a plan's field. Out: a `timedelta` of whole
seconds, longer than nothing and at most 30 days. Forbidden here: clock times and dates, which
need a time zone.
"""

import re
import unicodedata
from datetime import timedelta
from typing import Annotated, Final

from pydantic import BeforeValidator, PlainSerializer

from plans.amount import spoken_number
from plans.text import Lang, WordedError

LONGEST: Final = timedelta(days=30)
_LONGEST_TYPED: Final = 60

_UNIT_SECONDS: Final = {
    "周|星期|weeks?|w": 7 * 86400,
    "天|日|days?|d": 86400,
    "小时|钟头|时|hours?|hrs?|h": 3600,
    "刻钟|刻": 900,
    "分钟|分|minutes?|mins?|m": 60,
    "秒钟|秒|seconds?|secs?|s": 1,
}
_UNIT: Final = "|".join(f"(?:{names})(?![a-z])" for names in _UNIT_SECONDS)
_NUMBER: Final = r"[0-9]{1,7}(?:\.[0-9]{1,4})?|[零〇一二两三四五六七八九十百]{1,7}|半"
_PART: Final = re.compile(
    rf"\s*(?:又|零)?(?P<number>{_NUMBER})\s*(?P<counter>个半|个)?\s*(?P<unit>{_UNIT})\.?"
    rf"(?P<half>半(?!\s*(?:个|{_UNIT})))?[\s,，、]*(?:and\b)?"
)
_BARE: Final = re.compile(rf"\s*(?P<number>{_NUMBER})\s*$")

_FILLER_BEFORE: Final = re.compile(
    r"^(?:大概|大约|估计|差不多|可能|还要|还有|还需|需要|再过|要|约|预计|about|around|approx\.?|in|maybe"
    r"|~|≈|another|\s)+"
)
_FILLER_AFTER: Final = re.compile(
    r"(?:左右|上下|之内|以内|之后|以后|后|内|吧|到|就到|多一点|or so|from now|later|\s|[.。!！~])+$"
)
_ENGLISH_NUMBERS: Final = {
    "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8,
    "nine": 9, "ten": 10, "eleven": 11, "twelve": 12, "fifteen": 15, "twenty": 20, "thirty": 30,
    "forty": 40, "forty-five": 45, "fifty": 50, "sixty": 60, "ninety": 90,
}  # fmt: skip
# Brought to the Chinese order, in which the half stands where the sum is made.
_ENGLISH_HALVES: Final = (
    (re.compile(r"\b([0-9]+|[a-z]+) and a half (hours?|days?|weeks?)\b"), r"\1 \2半"),
    (re.compile(r"\b(hours?|days?|weeks?) and a half\b"), r"\1半"),
    (re.compile(r"\bhalf (?:an? )?(?=hour|day)"), "半 "),
    (re.compile(r"\ban? (?=hour|minute|day|week)"), "1 "),
)
_ENGLISH_NUMBER: Final = re.compile(
    rf"\b(?:{'|'.join(sorted(_ENGLISH_NUMBERS, key=len, reverse=True))})\b"
)


def parse_duration(text: str) -> timedelta | None:
    """What people type, or None when it is not a duration between 1 s and 30 days.

    A number alone is minutes. Chinese numerals, halves, full-width digits, several units in
    falling order and words such as 大概 / "about" around it are understood.
    """
    typed = _plain(text)
    if not typed or len(typed) > _LONGEST_TYPED:
        return None
    seconds = _seconds(typed)
    if seconds is None:
        return None
    # Compared as seconds: a timedelta cannot hold every number a person can type.
    whole = round(seconds)
    return timedelta(seconds=whole) if 0 < whole <= LONGEST.total_seconds() else None


def write_duration(d: timedelta) -> str:
    """The one written form, e.g. "1 h 30 min"; `parse_duration` gives the same value back."""
    left = round(d.total_seconds())
    parts = []
    for name, size in (("d", 86400), ("h", 3600), ("min", 60), ("s", 1)):
        count, left = divmod(left, size)
        if count:
            parts.append(f"{count} {name}")
    return " ".join(parts)


def say_duration(d: timedelta, lang: Lang) -> str:
    """For people, rounded to minutes; of a negative duration its size (the caller says "late")."""
    seconds = abs(d.total_seconds())
    if seconds < 60:
        return "不到 1 分钟" if lang == "zh" else "less than a minute"
    # Half a minute is rounded up.
    hours, minutes = divmod(int(seconds + 30) // 60, 60)
    days, hours = divmod(hours, 24)
    sizes = [(size, n) for size, n in enumerate((days, hours, minutes)) if n]
    if lang == "zh":
        return " ".join(f"{n} {('天', '小时', '分钟')[size]}" for size, n in sizes)
    if len(sizes) > 1:
        return " ".join(f"{n} {('d', 'h', 'min')[size]}" for size, n in sizes)
    [(size, n)] = sizes
    return f"{n} {('day', 'hour', 'minute')[size]}" + ("" if n == 1 else "s")


def _plain(text: str) -> str:
    typed = unicodedata.normalize("NFKC", text[: 4 * _LONGEST_TYPED]).lower().strip()
    typed = _FILLER_AFTER.sub("", _FILLER_BEFORE.sub("", typed))
    for halves, written in _ENGLISH_HALVES:
        typed = halves.sub(written, typed)
    return _ENGLISH_NUMBER.sub(lambda word: str(_ENGLISH_NUMBERS[word[0]]), typed)


def _seconds(typed: str) -> float | None:
    total, at, last_unit = 0.0, 0, float("inf")
    while part := _PART.match(typed, at):
        number = _number(part["number"])
        unit = _unit_seconds(part["unit"])
        if number is None or unit >= last_unit:
            return None
        halves = (part["counter"] == "个半") + bool(part["half"])
        total += (number + 0.5 * halves) * unit
        at, last_unit = part.end(), unit
    if at == len(typed):
        return total
    bare = _BARE.match(typed, at)
    # "40" is 40 minutes and "1h30" is 1 h 30 min; after any other unit a bare number is a riddle.
    if bare is None or last_unit not in (float("inf"), 3600) or bare["number"] == "半":
        return None
    number = _number(bare["number"])
    return None if number is None else total + 60 * number


def _unit_seconds(unit: str) -> int:
    return next(size for names, size in _UNIT_SECONDS.items() if re.fullmatch(names, unit))


def _number(typed: str) -> float | None:
    if typed == "半":
        return 0.5
    if typed[0] in "0123456789":
        return float(typed)
    return spoken_number(typed)


def _read_duration(value: object) -> timedelta:
    found: timedelta | None = None
    if isinstance(value, timedelta):
        whole = timedelta(seconds=round(value.total_seconds()))
        found = whole if timedelta() < whole <= LONGEST else None
    elif isinstance(value, str):
        found = parse_duration(value)
    elif isinstance(value, int | float) and not isinstance(value, bool):
        found = parse_duration(str(value))
    if found is None:
        raise WordedError(
            f"看不懂的时长“{value!s:.40}”: 请写成 15 min、2 h 或 1 h 30 min 这样, 最长 30 天",
            f'"{value!s:.40}" is not a duration: write 15 min, 2 h or 1 h 30 min, at most 30 days',
        )
    return found


Duration = Annotated[
    timedelta, BeforeValidator(_read_duration), PlainSerializer(write_duration, return_type=str)
]
"""A duration in a file or document; written as text such as "15 min"."""


def _read_percent(value: object) -> float:
    share: float | None = None
    if isinstance(value, str):
        typed = unicodedata.normalize("NFKC", value).strip()
        if re.fullmatch(r"[0-9]{1,3}(?:\.[0-9]{1,4})?\s*%", typed):
            share = float(typed.rstrip("% ")) / 100
    elif isinstance(value, int | float) and not isinstance(value, bool):
        share = float(value)
    if share is None or not 0 <= share <= 1:
        raise WordedError(
            f"看不懂的百分比“{value!s:.40}”: 请写成 50% 这样, 0% 到 100%",
            f'"{value!s:.40}" is not a percentage: write it like 50%, from 0% to 100%',
        )
    return share


def _write_percent(share: float) -> str:
    return f"{share * 100:g}%"


Percent = Annotated[
    float, BeforeValidator(_read_percent), PlainSerializer(_write_percent, return_type=str)
]
"""A share between 0 and 1; in files and documents written "50%"."""
