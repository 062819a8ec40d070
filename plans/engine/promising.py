"""Promising: vehicles, people and goods from the pools: once, in order, released in the end.

In: a step that needs one. Out: promises and releases as events. Forbidden here: knowing what other
incidents hold; the states in the roster already say so.
"""

from typing import assert_never

from plans import events as e
from plans.engine import storing
from plans.engine.deciding import Deciding
from plans.format import Allocate, Plan
from plans.incident import FactValue, Incident, PersonPromise, Promise, StockPromise, VehiclePromise
from plans.model import FactName, StepId
from plans.roster import Roster, SpareOffer, guides, spares


def promise(deciding: Deciding, step: StepId, thing: str | None = None) -> bool:
    """Promise the first that is free, or the one chosen; False when there is none. One that the
    step still holds from before will do."""
    fact = allocation(deciding, step).as_
    if fact in deciding.incident.promises:
        return True
    free = (choice for choice in choices(deciding, step) if thing in (None, choice.thing))
    promised = next(free, None)
    if promised is None:
        return False
    deciding.emit(
        e.ResourcePromised(at=deciding.at, by=deciding.by, step=step, fact=fact, promise=promised)
    )
    record(deciding, step, promised.thing)
    return True


def choices(deciding: Deciding, step: StepId) -> tuple[Promise, ...]:
    """All that the step could be promised now, in order."""
    allocate, incident = allocation(deciding, step), deciding.incident
    match allocate.pool:
        case "spare_vehicle":
            return tuple(
                VehiclePromise(
                    plate=offer.plate,
                    region=offer.region,
                    driver=offer.driver,
                    tier=offer.tier,
                    distance_km=offer.distance_km,
                )
                for offer in offers(deciding.plan, incident, deciding.roster)
            )
        case "route_guide":
            route = incident.fact(allocate.route or "")
            known = route if isinstance(route, str) else None
            exclude = {*_taken(deciding.plan, incident), *incident.reporters}
            found = guides(
                deciding.roster, incident.region, known, allocate.roles, deciding.at, exclude
            )
            return tuple(
                PersonPromise(person=one.person, region=one.region, tier=one.tier) for one in found
            )
        case "stock":
            return storing.choices(deciding, allocate)
        case _:
            assert_never(allocate.pool)


def record(deciding: Deciding, step: StepId, value: FactValue) -> None:
    """Record the outcome of the search as the plan's fact."""
    name = allocation(deciding, step).as_
    previous = deciding.incident.fact(name)
    if previous != value:
        deciding.emit(
            e.FactRecorded(at=deciding.at, name=name, value=value, previous=previous, step=step)
        )


def release(deciding: Deciding, step: StepId) -> None:
    """Let go what the step was promised, if anything."""
    allocate = deciding.step(step).allocate
    if allocate is not None:
        _let_go(deciding, allocate.as_)


def release_all(deciding: Deciding) -> None:
    for fact in deciding.incident.promises:
        _let_go(deciding, fact)


def _let_go(deciding: Deciding, fact: FactName) -> None:
    """What has been used up cannot be given back."""
    held = deciding.incident.promises.get(fact)
    used = isinstance(held, StockPromise) and held.used
    if held is not None and not used:
        deciding.emit(
            e.ResourceReleased(at=deciding.at, by=deciding.by, fact=fact, thing=held.thing)
        )


def offers(plan: Plan, incident: Incident, roster: Roster) -> tuple[SpareOffer, ...]:
    """The spares that the incident could be promised now, in order; none that it has or had."""
    return spares(roster, incident.region, incident.place(), _taken(plan, incident))


def _taken(plan: Plan, incident: Incident) -> set[str]:
    """What the incident has, has refused, or is about."""
    held = (promise.thing for promise in incident.promises.values())
    told = (incident.fact(name) for name in plan.asked())
    return {*held, *incident.refused, *(value for value in told if isinstance(value, str))}


def allocation(deciding: Deciding, step: StepId) -> Allocate:
    """What the step promises. ValueError: it promises nothing."""
    allocate = deciding.step(step).allocate
    if allocate is None:
        raise ValueError(f"step {step} promises nothing")
    return allocate
