"""Defaults: what follows about a question from the answer to another.

In: a decision under way. Out: the route of the vehicle that is known, recorded as nobody's word.
Forbidden here: changing what somebody has said.
"""

from plans import events as e
from plans.engine.deciding import Deciding
from plans.format import RouteOf
from plans.incident import Fact, FactValue


def fill(deciding: Deciding) -> None:
    """Record the route of the vehicle for each question that asks for it, unless somebody has
    answered; again after the vehicle has been corrected."""
    for name, ask in deciding.plan.ask.items():
        if not isinstance(ask.default, RouteOf):
            continue
        vehicle, known = deciding.incident.facts.get(ask.default.route_of), None
        if vehicle is not None:
            known = deciding.roster.company.vehicles.get(str(vehicle.value))
        said = deciding.incident.facts.get(name)
        if vehicle is None or known is None or known.route is None:
            continue
        if _is_open(said, vehicle, known.route):
            previous = said.value if said else None
            deciding.emit(
                e.FactRecorded(at=deciding.at, name=name, value=known.route, previous=previous)
            )


def _is_open(said: Fact | None, vehicle: Fact, route: FactValue) -> bool:
    if said is None:
        return True
    return said.by is None and said.at < vehicle.at and said.value != route
