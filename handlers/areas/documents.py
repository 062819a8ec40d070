"""What stands between two presses on a picker.

In: nothing. Out: a `Kind` for the store port. Forbidden here: reading or writing it.
"""

from datetime import datetime

from handlers.areas.picking import Pick
from plans.model import FactName, PersonId
from storage.document import Document
from storage.port import Kind


class AreaPick(Document):
    """What one person has ticked of one question. `asked_at`: when it was put to them; asked anew,
    it begins anew. Forgotten when it is answered, or at `forget_at`."""

    person: PersonId
    incident: int | None
    fact: FactName
    asked_at: datetime | None
    pick: Pick
    forget_at: datetime


def pick_key(person: PersonId, incident: int | None, fact: FactName) -> str:
    return f"{person}/{incident or 0}/{fact}"


AREA_PICKS = Kind(
    "area_picks",
    AreaPick,
    key=lambda p: pick_key(p.person, p.incident, p.fact),
    due=lambda p: p.forget_at,
)
