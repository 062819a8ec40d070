"""When a routine begins: its days by the calendar, its time by the company's clock.

In: a routine, a moment, a time zone, the company's own days. Out: moments in UTC. Forbidden here:
starting anything.
"""

from datetime import UTC, date, datetime, timedelta
from typing import Final
from zoneinfo import ZoneInfo

from plans.calendar.working_days import DAYS_LOOKED_AHEAD, is_working_day, next_working_day
from plans.company.model import OwnDays
from plans.format import Monthly, Routine, Weekly

WEEKDAYS: Final = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
STARTS_LIMIT: Final = 400


def next_start(routine: Routine, after: datetime, zone: ZoneInfo, own: OwnDays) -> datetime:
    """The first start later than `after`.

    ValueError: there is none in the next DAYS_LOOKED_AHEAD days.
    """
    today = after.astimezone(zone).date()
    for ahead in range(DAYS_LOOKED_AHEAD):
        day = today + timedelta(days=ahead)
        at = datetime.combine(day, routine.at, zone).astimezone(UTC)
        if at > after and _is_due_on(routine, day, own):
            return at
    raise ValueError(f"a routine that never begins after {today}")


def starts_between(
    routine: Routine, first: datetime, until: datetime, zone: ZoneInfo, own: OwnDays
) -> tuple[datetime, ...]:
    """`first` and every later start up to and including `until`; of very many the latest
    STARTS_LIMIT."""
    found = [first]
    while (following := next_start(routine, found[-1], zone, own)) <= until:
        found.append(following)
        del found[:-STARTS_LIMIT]
    return tuple(found)


def _is_due_on(routine: Routine, day: date, own: OwnDays) -> bool:
    match routine.every:
        case "day":
            return True
        case "working_day":
            return is_working_day(day, own)
        case Weekly(week=name):
            return WEEKDAYS[day.weekday()] == name
        case Monthly(month=number):
            last_month = (day.replace(day=1) - timedelta(days=1)).replace(day=number)
            planned = (day.replace(day=number), last_month)
            return day in (next_working_day(one, own) for one in planned)
