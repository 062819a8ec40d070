"""Holding: what an incident keeps from others while it lasts, in the documents of those it keeps.

In: an incident before and after, its events. Out: vehicles and people that are promised, a vehicle
that is down, whoever acts as commander. Forbidden here: deciding on any of it; what lies in a store
(see `handlers.stores.keeping`).
"""

from handlers.documents import PEOPLE, VEHICLES
from plans.engine.subjects import vehicles_down
from plans.events import Event, ResourcePromised, ResourceReleased
from plans.format import Plan
from plans.incident import Incident, Promise, StockPromise
from plans.model import PersonId
from plans.roster import Roster
from plans.vehicles import VehicleState
from storage.port import Turn


async def keep_promise(
    turn: Turn, roster: Roster, before: Incident | None, event: Event, number: int
) -> None:
    """A promise stands in the vehicle's, or the person's, own document, so that no other incident
    is given it. What lies in a store: see `handlers.stores.keeping`."""
    if isinstance(event, ResourcePromised):
        promise: Promise | None = event.promise
        held_by: int | None = number
    elif isinstance(event, ResourceReleased) and before is not None:
        promise, held_by = before.promises.get(event.fact), None
    else:
        return
    if promise is None or isinstance(promise, StockPromise):
        return
    thing = promise.thing
    if thing in roster.company.people:
        person = await turn.get(PEOPLE, thing) or roster.state(thing)
        if person is not None:
            turn.put(PEOPLE, person.model_copy(update={"promised_to": held_by}))
        return
    vehicle = await _vehicle(turn, roster, thing)
    turn.put(VEHICLES, vehicle.model_copy(update={"promised_to": held_by}))


async def keep_down(
    turn: Turn, roster: Roster, plan: Plan, before: Incident | None, after: Incident
) -> list[tuple[int, str]]:
    """A vehicle that an open incident is about is no spare for anybody else. Returns the vehicles
    that are down now though promised, each with the incident that waits for it."""
    lost, company = [], roster.company
    was, now = vehicles_down(plan, before, company), vehicles_down(plan, after, company)
    for plate in was ^ now:
        state = await _vehicle(turn, roster, plate)
        waits = state.promised_to
        if plate in now:
            turn.put(VEHICLES, state.model_copy(update={"down_in": after.number}))
            if waits is not None and waits != after.number:
                lost.append((waits, plate))
        elif state.down_in == after.number:
            turn.put(VEHICLES, state.model_copy(update={"down_in": None}))
    return lost


async def keep_command(
    turn: Turn, roster: Roster, before: Incident | None, after: Incident
) -> None:
    """Whoever acts as commander has a chief's rights in this incident, until relieved."""
    was, now = _acting(before), _acting(after)
    for person in (was, now) if was != now else ():
        if person is None:
            continue
        state = await turn.get(PEOPLE, person) or roster.state(person)
        if state is not None:
            left = state.acts_in - {after.number}
            acts_in = left | {after.number} if person == now else left
            turn.put(PEOPLE, state.model_copy(update={"acts_in": acts_in}))


def _acting(incident: Incident | None) -> PersonId | None:
    known = incident.headquarters if incident is not None and incident.is_open else None
    return known.acting if known is not None else None


async def _vehicle(turn: Turn, roster: Roster, plate: str) -> VehicleState:
    """As it is by now: one decision may change it more than once."""
    return await turn.get(VEHICLES, plate) or roster.vehicle_state(plate)
