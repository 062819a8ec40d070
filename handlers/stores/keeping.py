"""Keeping: every change of what lies in a store, with who made it on record.

In: events about promises, counts, minima, keepers; a turn. Out: holdings and their logs in the
turn. Forbidden here: telling anybody, and asking who may.
"""

from typing import Literal

from handlers.records.change_log import LoggedChange, log_change
from handlers.stores.documents import STOCK, holding_key
from plans.events import Event
from plans.incident import Incident
from plans.model import GoodsId, PersonId, RegionId
from plans.roster import Roster
from plans.stock import Holding
from plans.stock_moves import moves_of
from storage.port import Turn

What = Literal["count", "minimum", "keeper", "used"]


def subject_of(holding: Holding) -> str:
    """What the changes of a holding are logged under."""
    return f"stock/{holding_key(holding.region, holding.goods)}"


async def holding_of(turn: Turn, roster: Roster, region: RegionId, goods: GoodsId) -> Holding:
    """As it is by now: one decision may change it more than once."""
    known = await turn.get(STOCK, holding_key(region, goods))
    return known or roster.holding(region, goods)


async def follow(
    turn: Turn, roster: Roster, before: Incident | None, event: Event, number: int
) -> None:
    """What an event promises, gives back or uses up of a store; nothing for any other."""
    for move in moves_of(before, event):
        held = await holding_of(turn, roster, move.region, move.goods)
        left = move.carried_out(held, number)
        turn.put(STOCK, left)
        if move.what == "use":
            await _log(turn, held, left, "used", event.by, number)


async def count(turn: Turn, held: Holding, number: int, by: PersonId | None) -> Holding:
    """Somebody has counted; on record also where it is as many as before."""
    counted = held.counted(number, turn.at, by)
    turn.put(STOCK, counted)
    await _log(turn, held, counted, "count", by)
    return counted


async def change(
    turn: Turn, held: Holding, what: What, value: int | PersonId | None, by: PersonId | None
) -> Holding:
    """Another minimum, or another keeper."""
    changed = held.model_copy(update={what: value})
    if changed != held:
        turn.put(STOCK, changed)
        await _log(turn, held, changed, what, by)
    return changed


async def _log(
    turn: Turn,
    before: Holding,
    after: Holding,
    what: What,
    by: PersonId | None,
    incident: int | None = None,
) -> None:
    field = "count" if what == "used" else what
    was, now = getattr(before, field), getattr(after, field)
    one = LoggedChange(
        at=turn.at,
        by=by,
        what=what,
        before="" if was is None else str(was),
        after="" if now is None else str(now),
        incident=incident,
    )
    await log_change(turn, subject_of(after), one)
