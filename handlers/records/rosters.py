"""Rosters: the company as it is now, read anew only where something about it has changed.

In: a turn and what was read last. Out: a roster, with the turn's own writes in it. Forbidden here:
changing anything.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from handlers.documents import GROUPS, PEOPLE, SHIFTS, VEHICLES
from handlers.records.registers import REGISTERS, register
from handlers.records.since import Since
from handlers.stores.documents import STOCK
from plans.company import Company, Register, with_register
from plans.roster import Roster
from storage.port import Kind, Turn

ROSTER_KINDS: tuple[Kind[Any], ...] = (PEOPLE, GROUPS, VEHICLES, SHIFTS, STOCK, *REGISTERS)


@dataclass(frozen=True)
class Read:
    """A roster, and of which contents it was made. What a turn wrote that failed has a number of
    its own, which never comes back: nobody is given such a roster after that turn."""

    roster: Roster
    register: Register = field(default_factory=Register)
    versions: Mapping[str, int] = field(default_factory=dict)


@dataclass
class Kept:
    """What was read last, and what was read last of a store in which no turn had written: since
    that it is known what has been put."""

    latest: Read
    stored: Read


def nothing_read(file: Company) -> Kept:
    read = Read(Roster(file))
    return Kept(read, read)


async def read_roster(turn: Turn, file: Company, kept: Kept) -> Roster:
    """The one last read when nothing has changed since; else its parts that have not, and the
    rest."""
    versions = {kind.name: turn.version(kind) for kind in ROSTER_KINDS}
    if versions == kept.latest.versions:
        return kept.latest.roster
    kept.latest = await _brought_up(turn, file, kept.stored, versions)
    if not any(turn.has_changed(kind) for kind in ROSTER_KINDS):
        kept.stored = kept.latest
    return kept.latest.roster


async def _brought_up(turn: Turn, file: Company, last: Read, versions: Mapping[str, int]) -> Read:
    since, known = Since(turn, last.versions), last.roster
    entered = await register(since, last.register)
    same = all(since.same(kind) for kind in REGISTERS)
    roster = Roster(
        known.company if same else with_register(file, entered),
        await since.entries(PEOPLE, known.people, lambda p: (p.person, p)),
        await since.entries(GROUPS, known.groups, lambda g: (g.group, g)),
        await since.entries(VEHICLES, known.vehicles, lambda v: (v.plate, v)),
        known.shifts if since.same(SHIFTS) else tuple(await turn.find(SHIFTS)),
        stock=await since.entries(STOCK, known.stock, lambda h: ((h.region, h.goods), h)),
    )
    return Read(roster, entered, versions)
