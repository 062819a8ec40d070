"""Due: by when a step is to be done.

In: a deadline as the plan writes it, a decision under way. Out: a moment. Forbidden here: chasing.
"""

from datetime import datetime, timedelta
from typing import Final
from zoneinfo import ZoneInfo

from plans.calendar import next_working_day
from plans.engine.deciding import Deciding
from plans.format import Due
from plans.model import FactName
from plans.moment import read_moment

# Where the moment that a deadline hangs on is not known, or is over already.
UNKNOWN: Final = timedelta(hours=24)
OVER: Final = timedelta(hours=1)


def due_at(deciding: Deciding, due: Due) -> datetime:
    """The deadline of a step that begins now; from now, when its anchor lies too far back."""
    at = _from(deciding, due, _anchor(deciding, due))
    return at if at > deciding.at else afresh(deciding, due)


def afresh(deciding: Deciding, due: Due) -> datetime:
    """The deadline counted from now: the step was taken late, or its anchor is long past."""
    at = _from(deciding, due, deciding.at)
    return at if at > deciding.at else deciding.at + OVER


def _from(deciding: Deciding, due: Due, anchor: datetime) -> datetime:
    if due.before is not None:
        planned = moment_of(deciding, due.before)
        return deciding.at + UNKNOWN if planned is None else planned - (due.in_ or timedelta())
    if due.by is not None:
        zone = zone_of(deciding)
        local = anchor.astimezone(zone)
        on_the_day = datetime.combine(local.date(), due.by, zone)
        late = on_the_day <= local
        return on_the_day if not late else _day_after(on_the_day)
    if due.working_days is not None:
        return _working_days_after(deciding, anchor, due.working_days)
    return anchor + (due.in_ or OVER)


def _anchor(deciding: Deciding, due: Due) -> datetime:
    kind, _, name = due.after.partition(".")
    match kind:
        case "reported":
            return deciding.incident.reported_at
        case "done":
            return deciding.state(name).settled_at or deciding.at
        case "known":
            fact = deciding.incident.facts.get(name)
            return fact.at if fact else deciding.at
        case _:
            return deciding.at


def moment_of(deciding: Deciding, fact: FactName) -> datetime | None:
    """The moment that a fact of type time names."""
    value = deciding.incident.fact(fact)
    return read_moment(value) if isinstance(value, str) else None


def zone_of(deciding: Deciding) -> ZoneInfo:
    return ZoneInfo(deciding.roster.company.company.time_zone)


def _day_after(moment: datetime) -> datetime:
    """The same time on the next day by the clock on the wall."""
    return datetime.combine(moment.date() + timedelta(days=1), moment.timetz())


def _working_days_after(deciding: Deciding, anchor: datetime, days: int) -> datetime:
    """The same time of day so many working days later."""
    local = anchor.astimezone(zone_of(deciding))
    day = local.date()
    for _ in range(days):
        day = next_working_day(day + timedelta(days=1), deciding.roster.company.days)
    return datetime.combine(day, local.timetz())
