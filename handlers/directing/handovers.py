"""Handovers: a shift offered to a successor, as a document.

In: nothing. Out: its kind. Forbidden here: acting on it.
"""

from datetime import datetime
from typing import Literal

from plans.model import PersonId
from storage.document import Document
from storage.port import Kind


class Handover(Document):
    """`giver` goes off duty; `receiver` has said so (taken), has not yet (waiting), or is not the
    one any more (withdrawn). `remind_at`: when silence is looked after, once."""

    id: str
    giver: PersonId
    receiver: PersonId
    at: datetime
    state: Literal["waiting", "taken", "withdrawn"] = "waiting"
    remind_at: datetime | None = None


HANDOVERS = Kind(
    "handovers",
    Handover,
    key=lambda h: h.id,
    indexed={"giver": lambda h: h.giver},
    due=lambda h: h.remind_at,
)
