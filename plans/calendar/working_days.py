"""Working days: the public calendar of mainland China, with a company's own days over it.

In: a day, the company's own days. Out: whether it is worked on. Forbidden here: today's date, which
comes as an argument. For years whose holidays are not known yet, Monday to Friday are worked on,
and `calendar_warning` says so.
"""

from datetime import date, timedelta
from functools import cache
from typing import Final

from chinese_calendar import is_workday
from chinese_calendar.constants import holidays

from plans.company.model import OwnDays
from plans.text import Text

# More than a company may declare off, with all weekends and holidays between.
DAYS_LOOKED_AHEAD: Final = 2_000
_SATURDAY: Final = 5
_DECEMBER: Final = 12


@cache
def last_known_year() -> int:
    """The last year whose public holidays are known."""
    return int(max(holidays).year)


@cache
def _first_known_year() -> int:
    return int(min(holidays).year)


def is_known(day: date) -> bool:
    """Whether the public calendar covers the day."""
    return _first_known_year() <= day.year <= last_known_year()


def years_left(today: date) -> int:
    """Whole years after this one that the public calendar covers; negative: not even this one."""
    return last_known_year() - today.year


def is_working_day(day: date, own: OwnDays) -> bool:
    """The company's own days count first, then the public calendar, then the days of the week."""
    if day in own.work:
        return True
    if day in own.off:
        return False
    return bool(is_workday(day)) if is_known(day) else day.weekday() < _SATURDAY


def next_working_day(day: date, own: OwnDays) -> date:
    """The day itself if it is worked on, else the first after it that is.

    ValueError: none of the next DAYS_LOOKED_AHEAD days is.
    """
    for ahead in range(DAYS_LOOKED_AHEAD):
        found = day + timedelta(days=ahead)
        if is_working_day(found, own):
            return found
    raise ValueError(f"no working day in the {DAYS_LOOKED_AHEAD} days after {day}")


def calendar_warning(today: date) -> Text | None:
    """That working days are guessed now, or from January on; None as long as they are known."""
    year = today.year + (today.month == _DECEMBER)
    if year <= last_known_year():
        return None
    return Text(
        zh=f"{year} 年的放假调休安排还没有：按周一到周五算工作日。请更新 chinesecalendar，"
        "或在公司文件的 days 里写上",
        en=f"The public holidays of {year} are not known: Monday to Friday count as working days. "
        "Update chinesecalendar, or enter them under days in the company file",
    )
