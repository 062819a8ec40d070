"""When: a clock time as people type it ("明天9点", "tomorrow 2 pm"), said in both languages.

In: typed text, now, the company's zone. Out: an aware moment in the future, at most 30 days away.
Forbidden here: reading the clock; spans of time (see `duration`).
"""

import re
import unicodedata
from collections.abc import Mapping
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from typing import Final, Literal
from zoneinfo import ZoneInfo

from plans.amount import spoken_number
from plans.text import Lang

# Hour and minute from the beginning of a day; what is past midnight has 24 hours and more.
_Clock = tuple[int, int]

FARTHEST: Final = timedelta(days=30)
# How long what is said to be so "now" may take to reach its end, and still be taken for that.
LATELY: Final = timedelta(days=1)
_LONGEST_TYPED: Final = 60
_DAYTIME: Final = range(6, 21)


class NotAhead(StrEnum):
    """Why somebody cannot mean the moment they typed: it is over, more than 30 days away, or on a
    day that no calendar has."""

    PAST = "past"
    FAR = "far"
    NEVER = "never"


_Never = Literal[NotAhead.NEVER]
_DAYS: Final[Mapping[str, int]] = {
    "大前天": -3, "前天": -2, "昨天": -1, "昨日": -1, "昨晚": -1, "昨早": -1,
    "大后天": 3, "后天": 2, "明天": 1, "明日": 1, "明早": 1, "明晚": 1, "明": 1,
    "今天": 0, "今日": 0, "今早": 0, "今晚": 0, "今": 0,
    "in three days": 3, "in 3 days": 3, "in two days": 2, "in 2 days": 2,
    "day before yesterday": -2, "yesterday": -1,
    "day after tomorrow": 2, "tomorrow": 1, "tmr": 1, "today": 0, "tonight": 0,
}  # fmt: skip
_WEEKDAYS: Final[Mapping[str, int]] = {
    "一": 0, "二": 1, "三": 2, "四": 3, "五": 4, "六": 5, "日": 6, "天": 6,
    "mon": 0, "tue": 1, "wed": 2, "thu": 3, "fri": 4, "sat": 5, "sun": 6,
}  # fmt: skip
_MONTHS: Final = ("jan", "feb", "mar", "apr", "may", "jun",
                  "jul", "aug", "sep", "oct", "nov", "dec")  # fmt: skip
_AFTERNOON: Final = ("下午", "傍晚", "afternoon", "pm")
# A night goes on after midnight: "今晚12点" and "夜里2点" are the next day's.
_NIGHT: Final = ("晚上", "晚", "夜里", "半夜", "深夜", "午夜", "evening", "night", "midnight")
_NIGHT_ENDS: Final = 5
_MORNING: Final = ("凌晨", "早上", "早晨", "清晨", "上午", "早", "morning", "am")
_NOW: Final = frozenset(
    ("现在", "现在起", "马上", "立刻", "立即", "即刻", "即时", "now", "right now", "at once",
     "immediately")
)  # fmt: skip
# What a part of the day means when no hour is named.
_USUAL: Final[Mapping[str, int]] = {
    "上午": 9, "早上": 9, "早晨": 8, "早": 8, "morning": 9,
    "中午": 12, "noon": 12, "下午": 15, "afternoon": 15,
    "傍晚": 18, "晚上": 19, "晚": 19, "evening": 19, "night": 19, "午夜": 24, "midnight": 24,
}  # fmt: skip
_PARTS: Final = tuple(
    sorted({*_AFTERNOON, *_NIGHT, *_MORNING, *_USUAL}, key=lambda part: len(part), reverse=True)
)

_ISO_DATE: Final = re.compile(
    r"(?<![0-9])(20[0-9]{2})[-/.年]([0-9]{1,2})[-/.月]([0-9]{1,2})[日号]?t?"
)
_DATE: Final = re.compile(r"(?<![0-9])([0-9]{1,2})(?:月|[-/])([0-9]{1,2})(?:[日号]|(?![0-9:日号]))")
_DAY_MONTH: Final = re.compile(rf"(?<![0-9])([0-9]{{1,2}})\s*({'|'.join(_MONTHS)})[a-z]*")
_MONTH_DAY: Final = re.compile(rf"({'|'.join(_MONTHS)})[a-z]*\s*([0-9]{{1,2}})(?![0-9:])")
_WEEKDAY: Final = re.compile(
    r"(下)?(?:周|星期|礼拜)([一二三四五六日天])|"
    r"(next )?\b(mon|tues?|wed(?:nes)?|thu(?:rs?)?|fri|sat(?:ur)?|sun)(?:day)?s?\b"
)
_CLOCK: Final = re.compile(r"(?<![0-9])([0-9]{1,2}):([0-9]{2})(?::[0-9]{2})?(?:\s*(am|pm))?")
_HOUR: Final = re.compile(
    r"([0-9]{1,2}|[一二两三四五六七八九十]{1,3})\s*[点时]钟?"
    r"(?:(半)|(一刻|三刻)|([0-9]{1,2}|[零一二三四五六七八九十]{1,3})分?)?"
)
_BARE: Final = re.compile(r"(?<![0-9])([0-9]{1,2})\s*(am|pm|o'?clock)?(?![0-9])")
_FILLER: Final = re.compile(
    r"(?:大概|大约|预计|左右|以前|之前|前|的|再|就|送|吧|恢复|at|on|by|about|around|the|in|of|[\s,，。.!！])+"
)


def parse_moment(text: str, now: datetime, zone: ZoneInfo) -> datetime | None:
    """What people type, in the company's zone; None when it is no moment within the next 30 days.

    Without a day the next time the clock shows it; of 3 and 15 o'clock, where nothing is said, the
    one by day. A part of the day alone ("明天上午") is its usual hour.
    """
    found = find_moment(text, now, zone)
    return found if isinstance(found, datetime) else None


def find_moment(text: str, now: datetime, zone: ZoneInfo) -> datetime | NotAhead | None:
    """The same; of a moment that cannot be meant, why not."""
    typed = unicodedata.normalize("NFKC", text[: 4 * _LONGEST_TYPED]).lower().strip()
    if not typed or len(typed) > _LONGEST_TYPED:
        return None
    today = now.astimezone(zone).date()
    day, typed = _read_day(typed, today)
    if day is NotAhead.NEVER:
        return None if _rest_of(typed) else day
    part, typed = _read_part(typed)
    clock, typed = _read_clock(typed, part, bare=day is not None or part is not None)
    if clock is None or _FILLER.sub("", typed):
        return None
    # After midnight the night that began yesterday goes on.
    days = [day] if day is not None else [today + timedelta(days=d) for d in (-1, 0, 1)]
    times = [_moment(d, hour, minute, zone) for d in days for hour, minute in clock]
    return _coming(times, now)


def _coming(times: list[datetime], now: datetime) -> datetime | NotAhead:
    coming = [moment for moment in times if is_ahead(moment, now)]
    by_day = [moment for moment in coming if moment.hour in _DAYTIME]
    passed = all(moment <= now for moment in times)
    return next(iter(by_day or coming), NotAhead.PAST if passed else NotAhead.FAR)


def _rest_of(typed: str) -> str:
    """What is left beside a time of the day."""
    part, typed = _read_part(typed)
    _, typed = _read_clock(typed, part, bare=True)
    return _FILLER.sub("", typed)


def _moment(day: date, hour: int, minute: int, zone: ZoneInfo) -> datetime:
    """Of 24 hours and more the day after."""
    later = timedelta(days=hour // 24)
    return datetime.combine(day + later, time(hour % 24, minute), zone)


def is_ahead(moment: datetime, now: datetime) -> bool:
    """Whether a moment lies in the future, and within 30 days."""
    return now < moment <= now + FARTHEST


def is_lately_or_ahead(moment: datetime, now: datetime) -> bool:
    """Whether it is the present moment, one of the last day, or lies ahead within 30 days."""
    return now - LATELY <= moment <= now + FARTHEST


def is_now(text: str) -> bool:
    """Whether somebody who was asked for a time says that it is now."""
    return unicodedata.normalize("NFKC", text[:_LONGEST_TYPED]).strip(" 。.!！").lower() in _NOW


def write_moment(moment: datetime) -> str:
    """The one written form, e.g. "2026-07-08T09:00+08:00"; `read_moment` gives it back."""
    return moment.isoformat(timespec="minutes")


def read_moment(written: str) -> datetime | None:
    """The moment written that way, or None."""
    try:
        moment = datetime.fromisoformat(written)
    except ValueError:
        return None
    aware = moment.tzinfo is not None and write_moment(moment) == written
    return moment if aware else None


def say_moment(moment: datetime, lang: Lang, zone: ZoneInfo) -> str:
    """For people: always with its date, since what is said today may be read tomorrow."""
    local = moment.astimezone(zone)
    if lang == "zh":
        weekday = "一二三四五六日"[local.weekday()]
        return f"{local.month}月{local.day}日周{weekday} {local:%H:%M}"
    weekday = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")[local.weekday()]
    return f"{weekday} {local.day} {_MONTHS[local.month - 1].capitalize()} {local:%H:%M}"


def usual_moments(now: datetime, zone: ZoneInfo) -> tuple[datetime, ...]:
    """The four most likely answers: this afternoon, tonight, tomorrow, the day after."""
    today = now.astimezone(zone).date()
    hours = ((0, 15), (0, 18), (1, 9), (1, 15), (2, 9))
    moments = (datetime.combine(today + timedelta(days=d), time(hour), zone) for d, hour in hours)
    later = (moment for moment in moments if moment >= now + timedelta(minutes=30))
    return tuple(later)[:4]


def _read_day(typed: str, today: date) -> tuple[date | _Never | None, str]:
    """The day named and the rest of the text; None where none is named. Without a year it is the
    one that is near: 5 July is over on the 6th, and 2 January is ahead in December."""
    if found := _ISO_DATE.search(typed):
        return _date(int(found[1]), int(found[2]), int(found[3])), _without(typed, found)
    for pattern, month, day in ((_DATE, 1, 2), (_DAY_MONTH, 2, 1), (_MONTH_DAY, 1, 2)):
        if found := pattern.search(typed):
            number = _MONTHS.index(found[month]) + 1 if found[month] in _MONTHS else found[month]
            this_year = _date(today.year, int(number), int(found[day]))
            next_year = _date(today.year + 1, int(number), int(found[day]))
            is_near = isinstance(next_year, date) and next_year <= today + FARTHEST
            return next_year if is_near else this_year, _without(typed, found)
    if found := _WEEKDAY.search(typed):
        weekday = _WEEKDAYS[found[2] or found[4][:3]]
        monday = today - timedelta(days=today.weekday())
        if found[1] or found[3]:
            return monday + timedelta(days=7 + weekday), _without(typed, found)
        return today + timedelta(days=(weekday - today.weekday()) % 7), _without(typed, found)
    for word, days in _DAYS.items():
        if word in typed:
            left = typed.replace(word, f" {_part_within(word)} ", 1)
            return today + timedelta(days=days), left
    return None, typed


def _part_within(word: str) -> str:
    """ "明早" names a day and a part of it."""
    if word == "tonight":
        return "evening"
    return word[-1] if word[-1] in "早晚" else ""


def _date(year: int, month: int, day: int) -> date | _Never:
    try:
        return date(year, month, day)
    except ValueError:
        return NotAhead.NEVER


def _read_part(typed: str) -> tuple[str | None, str]:
    for part in _PARTS:
        pattern = rf"(?<![a-z]){part}(?![a-z])" if part.isascii() else part
        if found := re.search(pattern, typed):
            return part, _without(typed, found)
    return None, typed


def _read_clock(
    typed: str, part: str | None, *, bare: bool
) -> tuple[tuple[_Clock, ...] | None, str]:
    """The times it may mean, likelier first, and the rest of the text; None where none is named."""
    if found := _CLOCK.search(typed):
        times = _times(int(found[1]), int(found[2]), found[3] or part, exact=True)
        return times, _without(typed, found)
    if found := _HOUR.search(typed):
        hour, minute = _number(found[1]), _minute(found)
        times = None if hour is None or minute is None else _times(hour, minute, part, exact=False)
        return times, _without(typed, found)
    if (found := _BARE.search(typed)) and (bare or found[2]):
        return _times(int(found[1]), 0, found[2] or part, exact=False), _without(typed, found)
    if part is not None and part in _USUAL and not re.search("[0-9]", typed):
        return ((_USUAL[part], 0),), typed
    return None, typed


def _times(hour: int, minute: int, part: str | None, *, exact: bool) -> tuple[_Clock, ...] | None:
    if hour > 24 or minute > 59:
        return None
    if part in _NIGHT:
        return ((_at_night(hour), minute),)
    if part in _AFTERNOON or (part in ("中午", "noon") and hour < 11):
        return ((hour + 12 if hour < 12 else hour, minute),)
    if part in _MORNING:
        return ((0 if hour == 12 and part in ("凌晨", "am") else hour, minute),)
    either = not exact and 0 < hour < 12
    return ((hour, minute), *(((hour + 12, minute),) if either else ()))


def _at_night(hour: int) -> int:
    if hour == 12:
        return 24
    if hour < _NIGHT_ENDS:
        return hour + 24
    return hour + 12 if hour < 12 else hour


def _minute(found: re.Match[str]) -> int | None:
    if found[2]:
        return 30
    if found[3]:
        return 15 if found[3] == "一刻" else 45
    return _number(found[4]) if found[4] else 0


def _number(typed: str) -> int | None:
    """Up to 59, in digits or as said: 九, 十四, 二十, 零五."""
    if typed.isdecimal():
        return int(typed)
    return spoken_number(typed.removeprefix("零") or "零")


def _without(typed: str, found: re.Match[str]) -> str:
    return f"{typed[: found.start()]} {typed[found.end() :]}"
