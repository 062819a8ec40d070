"""Reporting: what must be said before help starts, and which region a report falls to.

In: a plan, the roster, what has been said so far. Out: names of facts, a region. Forbidden here:
asking; what follows once it has begun (see `starting`).
"""

from collections.abc import Mapping
from datetime import datetime

from plans.area import Area, regions_of
from plans.engine.conditions import hold
from plans.engine.defaults import attributes
from plans.format import Plan
from plans.incident import FactValue
from plans.model import FactName, PersonId, RegionId
from plans.place import Place, distance_km
from plans.roster import Roster


def needed_to_start(
    plan: Plan, roster: Roster, facts: Mapping[FactName, FactValue], at: datetime
) -> list[FactName]:
    """The place, if the plan must have one: whatever else it must know is asked while help is on
    its way. A plan that needs no place needs its required answers, as far as these are known to be
    called for."""
    known = {**attributes(plan, roster, facts, at), **facts}
    called_for = [n for n, ask in plan.ask.items() if hold(ask.when, known.get) is True]
    required = [name for name in called_for if plan.ask[name].required]
    places = [name for name in required if plan.ask[name].type == "place"]
    return places or required


def region_for(roster: Roster, person: PersonId, facts: Mapping[FactName, FactValue]) -> RegionId:
    """That of an area that lies in one region; else the reporter's own, the vehicle's, or the
    customer's; else the nearest depot's; else headquarters."""
    for value in facts.values():
        if isinstance(value, Area) and len(there := regions_of(value, roster.company)) == 1:
            return there[0]
    for post in roster.roles_of(person):
        if post.region is not None:
            return post.region
    for value in facts.values():
        company, named = roster.company, value if isinstance(value, str) else ""
        known = company.vehicles.get(named) or company.customers.get(named)
        if known is not None:
            return known.region
    place = next((v for v in facts.values() if isinstance(v, Place)), None)
    return _nearest(roster, place) or roster.company.company.headquarters


def _nearest(roster: Roster, place: Place | None) -> RegionId | None:
    distances = {
        region: distance_km(place, known.depot.place)
        for region, known in roster.company.regions.items()
        if place is not None and known.depot is not None
    }
    near = {region: km for region, km in distances.items() if km is not None}
    return min(near, key=lambda region: near[region], default=None)
