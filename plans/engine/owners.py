"""Owners: who has a step, and who is next when they stay silent.

In: an owner as the plan writes it, the incident, the roster. Out: a role in a region and the
ladder of people. Forbidden here: whether anybody can be reached just now (see `climbing`).
"""

from dataclasses import dataclass
from datetime import datetime

from plans.engine.deciding import Deciding
from plans.engine.tiers import requesters, tier_rungs, without
from plans.format import REPORTER, Owner, Plan
from plans.incident import Incident, PersonPromise, StockPromise, VehiclePromise
from plans.model import FactName, PersonId, RegionId, RoleId
from plans.roster import Roster, Rung, ladder


@dataclass(frozen=True)
class Owning:
    """A step's owner as resolved when it opens."""

    role: RoleId
    region: RegionId
    rungs: tuple[Rung, ...]


def owning(plan: Plan, roster: Roster, incident: Incident, owner: Owner, at: datetime) -> Owning:
    """The role, the region, and the ladder at `at`, the first to be told first.

    Where a person with no role, or a vehicle without a driver, is meant, the role that may close
    the incident answers for it.
    """
    answers = plan.close.by[0]
    if owner.driver_of is not None:
        region, driver = _vehicle(roster, incident, owner.driver_of)
        if driver is None:
            return Owning(answers, region, ladder(roster, answers, region, at))
        return _person(roster, driver, region, answers, at)
    if owner.person_of is not None:
        promise = incident.promises.get(owner.person_of)
        if not isinstance(promise, PersonPromise):
            return Owning(answers, incident.region, ladder(roster, answers, incident.region, at))
        return _person(roster, promise.person, promise.region, answers, at)
    if owner.person is not None:
        return _person(roster, owner.person, incident.region, answers, at)
    if owner.role == REPORTER:
        return _person(roster, incident.reporter, incident.region, answers, at)
    role, region = owner.role or answers, incident.region
    if owner.region_of is not None:
        region, _ = _vehicle(roster, incident, owner.region_of)
    return Owning(role, region, ladder(roster, role, region, at))


def _vehicle(
    roster: Roster, incident: Incident, fact: FactName
) -> tuple[RegionId, PersonId | None]:
    """Region and driver of a promised vehicle, or of one that somebody named; the region whose
    store keeps what was promised."""
    promise = incident.promises.get(fact)
    if isinstance(promise, VehiclePromise):
        return promise.region, promise.driver
    if isinstance(promise, StockPromise):
        return promise.region, None
    if vehicle := roster.company.vehicles.get(str(incident.fact(fact))):
        return vehicle.region, vehicle.driver
    return incident.region, None


def _person(
    roster: Roster, person: PersonId, region: RegionId, answers: RoleId, at: datetime
) -> Owning:
    """One person first, then those above the role they hold there."""
    posts = roster.roles_of(person)
    here = [p.role for p in posts if p.region == region] or [p.role for p in posts]
    if not here:
        above = ladder(roster, answers, region, at)
        return Owning(answers, region, (Rung("holder", answers, (person,)), *above))
    rungs = ladder(roster, here[0], region, at)
    above = tuple(r for r in rungs if r.kind in ("superior", "command"))
    return Owning(here[0], region, (Rung("holder", here[0], (person,)), *above))


def rungs_of(deciding: Deciding, step: str) -> tuple[Rung, ...]:
    """The ladder of a step under way, looked up afresh: people come and go meanwhile."""
    return owning_of(deciding, step).rungs


def owning_of(deciding: Deciding, step: str) -> Owning:
    """Who has a step; of a step that several share each part has its own. A decision goes to those
    who may decide on so many, and to nobody who asked for it."""
    plan, roster, at = deciding.plan, deciding.roster, deciding.at
    owner, state = deciding.step(step).owner, deciding.state(step)
    if state.share is None:
        found = owning(plan, roster, deciding.incident, owner, at)
        return found if deciding.step(step).decide is None else _deciders(deciding, step, found)
    answers = state.share.role or owner.role or plan.close.by[0]
    region = state.share.region
    if state.share.owner is None:
        return Owning(answers, region, ladder(roster, answers, region, at))
    return _person(roster, state.share.owner, region, answers, at)


def _deciders(deciding: Deciding, step: str, found: Owning) -> Owning:
    decide, incident = deciding.step(step).decide, deciding.incident
    role, rungs = found.role, found.rungs
    if decide is not None and decide.tiers:
        role, rungs = tier_rungs(decide, incident, deciding.roster, found.region, deciding.at)
    return Owning(role, found.region, without(rungs, requesters(deciding.plan, incident)))


def answering(deciding: Deciding, step: str, person: PersonId) -> PersonId:
    """Who answers for the person now: while away their stand-in, unless it is a decision on what
    that one asked for."""
    acting = deciding.roster.acting_for(person, deciding.at)
    own = requesters(deciding.plan, deciding.incident)
    barred = deciding.step(step).decide is not None and acting in own
    return person if barred else acting
