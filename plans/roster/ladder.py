"""Whom to tell next when nobody answers.

In: a roster, a role and a region, the time. Out: the rungs of the escalation, first to last.
Forbidden here: when to climb, and whether somebody can be told just now (both are the engine's).
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from plans.company.ids import PersonId, RegionId, RoleId
from plans.roster.roster import Roster


@dataclass(frozen=True)
class Rung:
    """One step of an escalation: these people, told together. `role` is None for "command"."""

    kind: Literal["holder", "deputy", "superior", "command"]
    role: RoleId | None
    people: tuple[PersonId, ...]


def ladder(roster: Roster, role: RoleId, region: RegionId | None, at: datetime) -> tuple[Rung, ...]:
    """Whom to tell at `at`, rung by rung, about something `role` in `region` owns.

    Holders, deputies, then each superior role (holders, then deputies), last everyone in command.
    Where somebody is on duty for a role by the rota, they come first and alone, as its holders;
    the other holders are told with the deputies, after them.
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

    holders, deputies = roster.holders(role, region), roster.deputies(role, region)
    if on_duty := roster.on_duty(role, region, at):
        add("holder", role, *on_duty)
        add("deputy", role, *deputies, *holders)
    else:
        add("holder", role, *holders)
        add("deputy", role, *deputies)
    for above in roster.company.chain(role):
        add("superior", above, *roster.on_duty(above, region, at))
        add("superior", above, *roster.holders(above, region), *roster.deputies(above, region))
    return (*rungs, Rung("command", None, roster.command()))
