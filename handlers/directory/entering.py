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
from handlers.documents import SHIFTS
from handlers.registers import (
    CONTACTS,
    CUSTOMERS,
    FLEET,
    MEMBERS,
    REGIONS,
    RegisteredContact,
    RegisteredCustomer,
    RegisteredPerson,
    RegisteredRegion,
    RegisteredVehicle,
)
from plans.company import Company
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
}


def today(turn: Turn, roster: Roster) -> date:
    """The company's day."""
    return turn.at.astimezone(ZoneInfo(roster.company.company.time_zone)).date()


async def rehearse(turn: Turn, desk: Desk, tables: Tables) -> Changes:
    """What `enter` would change now."""
    roster = await desk.roster(turn)
    return await asyncio.to_thread(plan_changes, tables, roster, today(turn, roster))


async def enter(turn: Turn, desk: Desk, tables: Tables, dry: Changes | None = None) -> Changes:
    """Put every good row into the turn; the changes made, with the bad rows left out. `dry`: what
    `rehearse` has said in this turn."""
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
        _put(turn, change)
    return changes


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
