"""Entering what a table changes into the register.

In: tables already read, a turn. Out: the register's documents in the turn. Forbidden here: files;
deciding what a row means (`plans.tables`); working thousands of rows out in the event loop, where
what is being sent would stand still meanwhile.
"""

import asyncio
from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any
from zoneinfo import ZoneInfo

from handlers.desk import Desk
from handlers.directory.conduct import log_differences
from handlers.documents import SHIFTS
from handlers.records.registers import (
    CONTACTS,
    CUSTOMERS,
    FLEET,
    GOODS,
    MEMBERS,
    REGIONS,
    RegisteredContact,
    RegisteredCustomer,
    RegisteredGoods,
    RegisteredPerson,
    RegisteredRegion,
    RegisteredVehicle,
)
from handlers.stores import goods_log, keeping
from plans.company import Company, Customer, Goods, Shelf
from plans.model import PersonId
from plans.roster import Roster, Shift
from plans.tables.changes import Change, Changes
from plans.tables.columns import SheetKind
from plans.tables.planning import free_ids, plan_changes
from plans.tables.sheets import Tables
from storage.document import Document
from storage.port import Kind, Turn

_COUNTERS: Mapping[SheetKind, str] = {"people": "person"}
_REGISTERED: Mapping[SheetKind, tuple[Kind[Any], type[Document]]] = {
    "regions": (REGIONS, RegisteredRegion),
    "people": (MEMBERS, RegisteredPerson),
    "vehicles": (FLEET, RegisteredVehicle),
    "customers": (CUSTOMERS, RegisteredCustomer),
    "contacts": (CONTACTS, RegisteredContact),
    "goods": (GOODS, RegisteredGoods),
}


def today(turn: Turn, roster: Roster) -> date:
    """The company's day."""
    return turn.at.astimezone(ZoneInfo(roster.company.company.time_zone)).date()


async def rehearse(turn: Turn, desk: Desk, tables: Tables) -> Changes:
    """What `enter` would change now."""
    roster = await desk.roster(turn)
    return await asyncio.to_thread(plan_changes, tables, roster, today(turn, roster))


async def enter(
    turn: Turn, desk: Desk, tables: Tables, by: PersonId | None, dry: Changes | None = None
) -> Changes:
    """Put every good row into the turn; the changes made, with the bad rows left out. `by`: whose
    counts they are; none for the command line. `dry`: what `rehearse` has said in this turn."""
    dry = dry or await rehearse(turn, desk, tables)
    roster = await desk.roster(turn)
    numbers: dict[SheetKind, list[int]] = {}
    for kind in dry.kinds:
        # A row can be given a number before it is found wrong.
        wanted = dry.count(kind, "added") + dry.bad_of(kind)
        numbers[kind] = await _numbers(turn, tables, roster.company, kind, wanted)

    def in_turn(kind: SheetKind) -> Iterator[int]:
        yield from numbers[kind]

    day = today(turn, roster)
    changes = await asyncio.to_thread(plan_changes, tables, roster, day, in_turn)
    for change in changes.to_make:
        if isinstance(change.new, Shelf):
            await _count(turn, roster, change.id, change.new, by)
            continue
        if isinstance(change.new, Customer):
            before = roster.company.customers.get(change.id)
            await log_differences(turn, change.id, before, change.new, by)
        if isinstance(change.new, Goods):
            known = roster.company.goods.get(change.id)
            await goods_log.log_differences(turn, change.id, known, change.new, by)
        _put(turn, change)
    return changes


async def _count(turn: Turn, roster: Roster, id_: str, shelf: Shelf, by: PersonId | None) -> None:
    """What a row says of a holding, on record like what is typed in the chat."""
    region, _, goods = id_.partition("/")
    held = await keeping.holding_of(turn, roster, region, goods)
    if shelf.count != held.count or held.counted_at is None:
        held = await keeping.count(turn, held, shelf.count, by)
    held = await keeping.change(turn, held, "minimum", shelf.minimum, by)
    await keeping.change(turn, held, "keeper", shelf.keeper, by)


async def _numbers(
    turn: Turn, tables: Tables, company: Company, kind: SheetKind, wanted: int
) -> list[int]:
    """Numbers for new entries, so many that no id of theirs is taken."""
    free = free_ids(tables, company, kind)
    found: list[int] = []
    while len(found) < wanted:
        number = await turn.next_number(_COUNTERS.get(kind, kind))
        if free(number) is not None:
            found.append(number)
    return found


def _put(turn: Turn, change: Change) -> None:
    if isinstance(change.new, Shift):
        turn.put(SHIFTS, change.new)
        return
    kind, document = _REGISTERED[change.kind]
    turn.put(kind, document.model_validate({"id": change.id, "record": change.new}))
