"""Whom to tell next when nobody answers.

In: a roster, a role and a region. Out: the rungs of the escalation, first to last. Forbidden here:
when to climb, and whether somebody can be told just now (both are the engine's).
"""

from dataclasses import dataclass
from typing import Literal

from plans.company.ids import PersonId, RegionId, RoleId
from plans.roster.roster import Roster


@dataclass(frozen=True)
class Rung:
    """One step of an escalation: these people, told together. `role` is None for "command"."""

    kind: Literal["holder", "deputy", "superior", "command"]
    role: RoleId | None
    people: tuple[PersonId, ...]


def ladder(roster: Roster, role: RoleId, region: RegionId | None) -> tuple[Rung, ...]:
    """Whom to tell, rung by rung, about something `role` in `region` owns.

    Holders, deputies, then each superior role (holders, then deputies), last everyone in command.
    Rungs without people are left out, except the last, which is always there. Nobody is on two
    rungs but those in command, who are on the last in any case. Whether somebody can be told is
    not looked at.
    """
    rungs: list[Rung] = []
    placed: set[PersonId] = set()

    def add(kind: Literal["holder", "deputy", "superior"], at: RoleId, *people: PersonId) -> None:
        fresh = tuple(person for person in dict.fromkeys(people) if person not in placed)
        if fresh:
            placed.update(fresh)
            rungs.append(Rung(kind, at, fresh))

    add("holder", role, *roster.holders(role, region))
    add("deputy", role, *roster.deputies(role, region))
    for above in roster.company.chain(role):
        add("superior", above, *roster.holders(above, region), *roster.deputies(above, region))
    return (*rungs, Rung("command", None, roster.command()))
