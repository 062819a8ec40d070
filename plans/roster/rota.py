"""The rota: who is on duty for a role over some days, and where nobody is.

In: shifts, a role in a region, the days. Out: the shifts that touch them, the gaps between, what is
wrong with a shift. Forbidden here: storing; who may enter them (see `absence`).
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import date, datetime, time, timedelta
from typing import Final, Literal
from zoneinfo import ZoneInfo

from plans.company.ids import RegionId, RoleId
from plans.roster.states import SHIFTS_LIMIT, Shift

SHIFT_LONGEST: Final = timedelta(days=31)
Times = tuple[time, time]
# Where the rota knows none yet: by day, by night, round the clock.
USUAL_TIMES: Final[tuple[Times, ...]] = (
    (time(8), time(20)),
    (time(20), time(8)),
    (time(8), time(8)),
)
Wrong = Literal["ends_too_soon", "too_long", "over", "too_many"]


def shifts_of(
    shifts: Iterable[Shift],
    role: RoleId,
    region: RegionId | None,
    since: datetime,
    until: datetime,
) -> tuple[Shift, ...]:
    """The shifts for the role in the region that touch the time, in the order they begin."""
    found = (s for s in shifts if (s.role, s.region) == (role, region))
    touching = (s for s in found if s.since < until and s.until > since)
    return tuple(sorted(touching, key=lambda s: (s.since, s.until, s.person)))


def gaps(
    shifts: Sequence[Shift], since: datetime, until: datetime
) -> tuple[tuple[datetime, datetime], ...]:
    """The spans within the time in which none of the shifts (in order) runs."""
    found, covered = [], since
    for shift in shifts:
        if shift.since > covered:
            found.append((covered, min(shift.since, until)))
        covered = max(covered, shift.until)
    if covered < until:
        found.append((covered, until))
    return tuple(found)


def what_is_wrong(shift: Shift, at: datetime, count: int) -> Wrong | None:
    """Why a shift cannot be entered at `at` beside `count` others; None when it can. Overlapping
    ones are right: several may be on duty at once."""
    if shift.until <= shift.since:
        return "ends_too_soon"
    if shift.until - shift.since > SHIFT_LONGEST:
        return "too_long"
    if shift.until <= at:
        return "over"
    return "too_many" if count >= SHIFTS_LIMIT else None


def usual_times(shifts: Iterable[Shift], zone: ZoneInfo) -> tuple[Times, ...]:
    """The company's own times, the most frequent first, filled up with USUAL_TIMES."""
    seen = Counter(
        (s.since.astimezone(zone).time(), s.until.astimezone(zone).time()) for s in shifts
    )
    own = [times for times, _ in seen.most_common(len(USUAL_TIMES))]
    return tuple(dict.fromkeys((*own, *USUAL_TIMES)))[: len(USUAL_TIMES)]


def on_day(day: date, times: Times, zone: ZoneInfo) -> tuple[datetime, datetime]:
    """The times on that day; what ends no later than it begins ends the next day."""
    begin, end = times
    last = day if end > begin else day + timedelta(days=1)
    return datetime.combine(day, begin, zone), datetime.combine(last, end, zone)
