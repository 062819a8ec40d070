"""Which spare vehicle takes over, and who is asked in which order.

In: a roster, the region of the breakdown and (when known) the place. Out: every free spare in the
order to ask. Forbidden here: promising one (that is the engine's, and stands in the vehicle state).
"""

from collections.abc import Collection
from dataclasses import dataclass
from typing import Literal

from plans.company.ids import PersonId, RegionId
from plans.company.model import Company
from plans.place import Place, distance_km
from plans.plate import Plate
from plans.roster.roster import Roster


@dataclass(frozen=True)
class SpareOffer:
    """A free spare. `distance_km` is from its depot; None when a place or depot is unknown."""

    plate: Plate
    region: RegionId
    driver: PersonId | None
    distance_km: float | None
    tier: Literal["own", "nearest", "city"]


def spares(
    roster: Roster,
    region: RegionId,
    place: Place | None = None,
    exclude: Collection[Plate] = (),
) -> tuple[SpareOffer, ...]:
    """Every free spare in the order to ask for them.

    The region's own; then those of the nearest region that has one; then the rest of the city,
    headquarters included, by distance. Distance is from each depot to `place`, or to the region's
    own depot when the place has no coordinates. Ties: neighbours first, then the company file's
    order of regions, then the plate. A promised or unready spare is never offered.
    """
    ranked = sorted(
        (_candidate(roster, region, place, plate) for plate in _free_spares(roster, exclude)),
        key=lambda candidate: candidate.order,
    )
    nearest = next(
        (c.region for c in ranked if c.region not in (region, roster.company.company.headquarters)),
        None,
    )
    offers = [_offer(roster, candidate, region, nearest) for candidate in ranked]
    return tuple(sorted(offers, key=lambda offer: ("own", "nearest", "city").index(offer.tier)))


@dataclass(frozen=True)
class _Candidate:
    plate: Plate
    region: RegionId
    distance_km: float | None
    order: tuple[float, bool, int, Plate]


def _free_spares(roster: Roster, exclude: Collection[Plate]) -> list[Plate]:
    return [
        plate
        for plate, vehicle in roster.company.vehicles.items()
        if vehicle.spare and plate not in exclude and roster.vehicle_state(plate).free
    ]


def _candidate(roster: Roster, own: RegionId, place: Place | None, plate: Plate) -> _Candidate:
    company = roster.company
    region = company.vehicles[plate].region
    distance = _depot_distance_km(company, own, region, place)
    known = company.regions.get(own)
    order = (
        float("inf") if distance is None else distance,
        known is None or region not in known.neighbours,
        list(company.regions).index(region),
        plate,
    )
    return _Candidate(plate, region, distance, order)


def _offer(
    roster: Roster, candidate: _Candidate, own: RegionId, nearest: RegionId | None
) -> SpareOffer:
    tier: Literal["own", "nearest", "city"] = "city"
    if candidate.region == own:
        tier = "own"
    elif candidate.region == nearest:
        tier = "nearest"
    driver = roster.company.vehicles[candidate.plate].driver
    return SpareOffer(candidate.plate, candidate.region, driver, candidate.distance_km, tier)


def _depot_distance_km(
    company: Company, own: RegionId, region: RegionId, place: Place | None
) -> float | None:
    own_region, there = company.regions.get(own), company.regions[region]
    if place is None or place.coordinates is None:
        place = own_region.depot.place if own_region and own_region.depot else None
    if place is None or there.depot is None:
        return None
    return distance_km(there.depot.place, place)
