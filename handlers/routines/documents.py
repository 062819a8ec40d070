"""What is kept of routines. In: nothing. Out: kinds of documents. Forbidden here: starting one."""

from datetime import date, datetime

from pydantic import Field

from plans.model import RegionId
from storage.document import Document
from storage.port import Kind

MISSED_LIMIT = 400


class RoutineState(Document):
    """When a routine begins next, and what it began last: the day by the company's clock and the
    incidents by region, in the same commit as these, so that no day is begun twice. `missed`: the
    days before that on which nobody was there to begin it."""

    plan: str
    next_at: datetime
    last: date | None = None
    started: dict[RegionId, int] = Field(default_factory=dict)
    missed: tuple[date, ...] = Field(default=(), max_length=MISSED_LIMIT)


class CalendarTold(Document):
    """That the administrators have been told that the holidays of a year are not known."""

    year: int


ROUTINES = Kind("routines", RoutineState, key=lambda r: r.plan, due=lambda r: r.next_at)
CALENDAR_TOLD = Kind("calendar_told", CalendarTold, key=lambda c: str(c.year))
