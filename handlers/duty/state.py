"""Duty state: somebody's absence written into the turn.

In: a person, from when until when, who stands in. Out: the person's state put. Forbidden here:
telling anybody; asking who may (see `pressed`).
"""

from datetime import UTC, datetime

from handlers.desk import Desk
from handlers.documents import PEOPLE
from plans.model import PersonId
from plans.roster import PersonState
from storage.port import Turn


async def state_of(turn: Turn, desk: Desk, person: PersonId) -> PersonState:
    """As it is by now in this turn. KeyError: the company does not know the person."""
    state = (await desk.roster(turn)).state(person)
    if state is None:
        raise KeyError(person)
    return state


async def send_away(
    turn: Turn, desk: Desk, person: PersonId, since: datetime, until: datetime | None
) -> PersonState:
    """Away from `since` (now, or later) until `until` (None: until told otherwise); whoever stood
    in before does so no more."""
    state = await state_of(turn, desk, person)
    away = state.model_copy(
        update={
            "away_since": since.astimezone(UTC),
            "away_until": None if until is None else until.astimezone(UTC),
            "away_begun": since <= turn.at,
            "stand_in": None,
        }
    )
    turn.put(PEOPLE, away)
    return away


async def bring_back(turn: Turn, desk: Desk, person: PersonId) -> PersonState:
    """There again, from now on; what was planned is off, too."""
    state = await state_of(turn, desk, person)
    back = state.model_copy(
        update={"away_since": None, "away_until": None, "away_begun": False, "stand_in": None}
    )
    turn.put(PEOPLE, back)
    return back


async def let_stand_in(
    turn: Turn, desk: Desk, person: PersonId, stand_in: PersonId | None
) -> PersonState:
    state = await state_of(turn, desk, person)
    changed = state.model_copy(update={"stand_in": stand_in})
    turn.put(PEOPLE, changed)
    return changed
