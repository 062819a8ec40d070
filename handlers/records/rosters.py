"""Rosters: the company as it is now, read anew only where something about it has changed.

In: a turn and what was read last. Out: a roster, with the turn's own writes in it. Forbidden here:
changing anything.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from handlers.documents import GROUPS, PEOPLE, SHIFTS, VEHICLES
from handlers.records.registers import REGISTERS, register
from handlers.stores.documents import STOCK
from plans.company import Company, with_register
from plans.roster import Roster
from storage.port import Kind, Turn

ROSTER_KINDS: tuple[Kind[Any], ...] = (PEOPLE, GROUPS, VEHICLES, SHIFTS, STOCK, *REGISTERS)


@dataclass(frozen=True)
class Read:
    """A roster, and of which contents it was made. What a turn wrote that failed has a number of
    its own, which never comes back: nobody is given such a roster after that turn."""

    roster: Roster
    versions: Mapping[str, int] = field(default_factory=dict)


async def read_roster(turn: Turn, file: Company, last: Read) -> Read:
    """`last` itself when nothing has changed since; else its parts that have not, and the rest."""
    versions = {kind.name: turn.version(kind) for kind in ROSTER_KINDS}
    if versions == last.versions:
        return last

    def as_before(*kinds: Kind[Any]) -> bool:
        return all(last.versions.get(kind.name) == versions[kind.name] for kind in kinds)

    known = last.roster
    roster = Roster(
        known.company if as_before(*REGISTERS) else with_register(file, await register(turn)),
        known.people if as_before(PEOPLE) else {p.person: p for p in await turn.find(PEOPLE)},
        known.groups if as_before(GROUPS) else {g.group: g for g in await turn.find(GROUPS)},
        known.vehicles if as_before(VEHICLES) else {v.plate: v for v in await turn.find(VEHICLES)},
        known.shifts if as_before(SHIFTS) else tuple(await turn.find(SHIFTS)),
        stock=known.stock
        if as_before(STOCK)
        else {(h.region, h.goods): h for h in await turn.find(STOCK)},
    )
    return Read(roster, versions)
