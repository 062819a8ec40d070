"""Owners: who has a step, and who is next when they stay silent.

In: an owner as the plan writes it, the incident, the roster. Out: a role in a region and the
ladder of people. Forbidden here: whether anybody can be reached just now (see `climbing`).
"""

from dataclasses import dataclass

from plans.engine.deciding import Deciding
from plans.format import REPORTER, Owner, Plan
from plans.incident import Incident
from plans.model import PersonId, RegionId, RoleId
from plans.roster import Roster, Rung, ladder


@dataclass(frozen=True)
class Owning:
    """A step's owner as resolved when it opens."""

    role: RoleId
    region: RegionId
    rungs: tuple[Rung, ...]


def owning(plan: Plan, roster: Roster, incident: Incident, owner: Owner) -> Owning:
    """The role, the region, and the ladder, the first to be told first.

    Where a person with no role, or a vehicle without a driver, is meant, the role that may close
    the incident answers for it.
    """
    answers = plan.close.by[0]
    if owner.driver_of is not None:
        promise = incident.promises.get(owner.driver_of)
        region = promise.region if promise else incident.region
        if promise is None or promise.driver is None:
            return Owning(answers, region, ladder(roster, answers, region))
        return _person(roster, promise.driver, region, answers)
    if owner.role == REPORTER:
        return _person(roster, incident.reporter, incident.region, answers)
    role = owner.role or answers
    promise = incident.promises.get(owner.region_of or "")
    region = promise.region if promise else incident.region
    return Owning(role, region, ladder(roster, role, region))


def _person(roster: Roster, person: PersonId, region: RegionId, answers: RoleId) -> Owning:
    """One person first, then those above the role they hold there."""
    posts = roster.roles_of(person)
    here = [p.role for p in posts if p.region == region] or [p.role for p in posts]
    if not here:
        above = ladder(roster, answers, region)
        return Owning(answers, region, (Rung("holder", answers, (person,)), *above))
    above = tuple(r for r in ladder(roster, here[0], region) if r.kind in ("superior", "command"))
    rest = (_without(rung, person) for rung in above)
    first = Rung("holder", here[0], (person,))
    return Owning(here[0], region, (first, *(rung for rung in rest if rung.people)))


def _without(rung: Rung, person: PersonId) -> Rung:
    if rung.kind == "command":
        return rung
    return Rung(rung.kind, rung.role, tuple(p for p in rung.people if p != person))


def rungs_of(deciding: Deciding, step: str) -> tuple[Rung, ...]:
    """The ladder of a step under way, looked up afresh: people come and go meanwhile."""
    owner = deciding.step(step).owner
    return owning(deciding.plan, deciding.roster, deciding.incident, owner).rungs
