"""Promising: vehicles from the pool: once, in order, released in the end.

In: a step that needs one. Out: promises and releases as events. Forbidden here: knowing what other
incidents hold; the roster's vehicles already say so.
"""

from plans import events as e
from plans.engine.deciding import Deciding
from plans.format import Allocate, Plan
from plans.incident import FactValue, Incident, Promise
from plans.model import StepId
from plans.plate import Plate
from plans.roster import Roster, SpareOffer, spares


def promise(deciding: Deciding, step: StepId, plate: Plate | None = None) -> bool:
    """Promise the first free spare in order, or the one chosen; False when there is none. One that
    the step still holds from before will do."""
    fact = allocation(deciding, step).as_
    if fact in deciding.incident.promises:
        return True
    offered = offers(deciding.plan, deciding.incident, deciding.roster)
    offer = next((o for o in offered if plate in (None, o.plate)), None)
    if offer is None:
        return False
    promised = Promise(
        plate=offer.plate,
        region=offer.region,
        driver=offer.driver,
        tier=offer.tier,
        distance_km=offer.distance_km,
    )
    deciding.emit(
        e.ResourcePromised(at=deciding.at, by=deciding.by, step=step, fact=fact, promise=promised)
    )
    record(deciding, step, offer.plate)
    return True


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
    held = deciding.incident.promises.get(allocate.as_) if allocate else None
    if allocate and held:
        deciding.emit(
            e.ResourceReleased(at=deciding.at, by=deciding.by, fact=allocate.as_, plate=held.plate)
        )


def release_all(deciding: Deciding) -> None:
    for fact, held in deciding.incident.promises.items():
        deciding.emit(
            e.ResourceReleased(at=deciding.at, by=deciding.by, fact=fact, plate=held.plate)
        )


def offers(plan: Plan, incident: Incident, roster: Roster) -> tuple[SpareOffer, ...]:
    """The spares that the incident could be promised now, in order; none that it has or had."""
    held = tuple(p.plate for p in incident.promises.values())
    told = (incident.fact(name) for name in plan.asked())
    exclude = {*held, *incident.refused, *(value for value in told if isinstance(value, str))}
    return spares(roster, incident.region, incident.place(), exclude)


def allocation(deciding: Deciding, step: StepId) -> Allocate:
    """What the step promises. ValueError: it promises nothing."""
    allocate = deciding.step(step).allocate
    if allocate is None:
        raise ValueError(f"step {step} promises nothing")
    return allocate
