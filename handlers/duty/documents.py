"""What duty keeps besides people's states and shifts: the kinds of its documents.

In: nothing. Out: `Kind`s for the store port. Forbidden here: reading or writing them.
"""

from datetime import date, datetime

from plans.model import PersonId, RegionId, RoleId
from storage.document import Document
from storage.port import Kind

HOLES_LIMIT = 2_000


class ReturnOffer(Document):
    """When somebody marked away was last asked whether they are back."""

    person: PersonId
    offered_at: datetime


class ShiftDraft(Document):
    """A shift that somebody is entering, as far as it is known."""

    by: PersonId
    role: RoleId
    region: RegionId | None
    person: PersonId | None = None
    day: date | None = None


class CoverageWatch(Document):
    """When coverage is looked at next, and the holes that have been told of, as `role/region`.

    There is one, `id` "coverage"."""

    id: str = "coverage"
    look_at: datetime
    told: frozenset[str] = frozenset()


RETURN_OFFERS = Kind("return_offers", ReturnOffer, key=lambda o: o.person)
SHIFT_DRAFTS = Kind("shift_drafts", ShiftDraft, key=lambda d: d.by)
COVERAGE_WATCH = Kind("coverage_watch", CoverageWatch, key=lambda w: w.id, due=lambda w: w.look_at)
DUTY_KINDS = (RETURN_OFFERS, SHIFT_DRAFTS, COVERAGE_WATCH)
