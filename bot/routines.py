"""Routines to come, for whoever checks a company on the command line.

In: a desk, a moment. Out: lines in both languages. Forbidden here: beginning any (see
`handlers.routines`).
"""

from datetime import datetime
from zoneinfo import ZoneInfo

from handlers.desk import Desk
from plans.calendar import calendar_warning, next_start
from plans.roster import Roster
from plans.routines import regions_for


def what_is_next(desk: Desk, at: datetime) -> list[str]:
    """When each routine begins next and in how many regions, the soonest first; last, that the
    calendar ends."""
    about, own = desk.company.company, desk.company.days
    zone, roster = ZoneInfo(about.time_zone), Roster(desk.company)
    found = [
        (next_start(plan.routine, at, zone, own), len(regions_for(plan, roster)), plan.title)
        for plan in desk.routines.values()
        if plan.routine is not None
    ]
    lines = [
        f"{moment.astimezone(zone):%Y-%m-%d %H:%M} {title.zh} · {title.en} ×{count}"
        for moment, count, title in sorted(found, key=lambda one: one[0])
    ]
    warning = calendar_warning(at.astimezone(zone).date())
    return lines if warning is None else [*lines, f"{warning.zh}\n{warning.en}"]
