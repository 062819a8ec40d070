"""Reaching: how far somebody's broadcasts may go just now.

In: a turn, a person. Out: their reach, and which broadcasts are theirs to look after. Forbidden
here: sending.
"""

from handlers.broadcasting.documents import Cast
from handlers.documents import INCIDENTS
from plans.broadcast import Reach, may_look_after, reach
from plans.incident import Incident
from plans.model import PersonId
from plans.roster import Roster
from storage.port import Turn


async def reach_of(turn: Turn, roster: Roster, person: PersonId) -> Reach:
    return reach(roster, person, await _commanded(turn, roster, person))


async def looked_after(
    turn: Turn, roster: Roster, person: PersonId, casts: list[Cast]
) -> list[Cast]:
    """Those of them that the person may look after."""
    within = await reach_of(turn, roster, person)

    def may(cast: Cast) -> bool:
        there = roster.for_incident(cast.incident or 0)
        return may_look_after(there, person, cast.by, cast.choice, within)

    return [cast for cast in casts if may(cast)]


async def _commanded(turn: Turn, roster: Roster, person: PersonId) -> list[Incident]:
    """The open incidents in which they act as commander."""
    state = roster.state(person)
    numbers = sorted(state.acts_in) if state is not None and roster.is_active(person) else []
    found = [await turn.get(INCIDENTS, str(number)) for number in numbers]
    return [incident for incident in found if incident is not None and incident.is_open]
