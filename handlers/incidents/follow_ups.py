"""Follow-ups: what is to begin by itself after an incident has closed. In: nothing. Out: a kind of
document. Forbidden here: beginning it (see `following`)."""

from datetime import datetime

from plans.incident import FactValue, Parent
from plans.model import FactName, PersonId, RegionId
from storage.document import Document
from storage.port import Kind


class FollowUp(Document):
    """A plan that begins at `at`, with what the incident `parent` knew when it closed: that may be
    in the archive by then."""

    parent: Parent
    plan: str
    at: datetime
    region: RegionId
    reporter: PersonId
    facts: dict[FactName, FactValue]
    drill: bool = False


def key_of(number: int, plan: str) -> str:
    return f"{number}/{plan}"


FOLLOW_UPS = Kind(
    "follow_ups", FollowUp, key=lambda f: key_of(f.parent.number, f.plan), due=lambda f: f.at
)
