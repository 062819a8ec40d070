"""Chosen: the entries of the register that somebody chose last.

In: ids that were sent. Out: the same, the latest first, for the top of the next list. Forbidden
here: showing them; whether they may still be seen is looked at then.
"""

from collections.abc import Mapping

from pydantic import Field

from plans.format import Plan
from plans.incident import FactValue
from plans.model import FactName, PersonId
from storage.document import Document
from storage.port import Kind, Turn

# Three pages of a list; the ones chosen before are let go.
RECENT_LIMIT = 24
FROM_REGISTER = ("customer", "goods")


class Recent(Document):
    """Ids of customers and goods that one person chose, the latest first."""

    person: PersonId
    ids: tuple[str, ...] = Field(default=(), max_length=RECENT_LIMIT)


RECENT = Kind("recent", Recent, key=lambda r: r.person)


async def chosen_last(turn: Turn, person: PersonId) -> tuple[str, ...]:
    """What they chose, the latest first."""
    known = await turn.get(RECENT, person)
    return known.ids if known is not None else ()


async def remember_chosen(
    turn: Turn, person: PersonId, plan: Plan, facts: Mapping[FactName, FactValue]
) -> None:
    """What was chosen comes first the next time."""
    asked = plan.asked()
    latest = [str(v) for n, v in facts.items() if n in asked and asked[n].type in FROM_REGISTER]
    if latest:
        ids = tuple(dict.fromkeys([*latest, *await chosen_last(turn, person)]))[:RECENT_LIMIT]
        turn.put(RECENT, Recent(person=person, ids=ids))
