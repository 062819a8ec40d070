"""Which store has enough of some goods, and in which order they are asked.

In: a roster, a region, goods and how many. Out: every store that has so many free, nearest first.
Forbidden here: promising them (that is the engine's, and stands in the holding).
"""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Literal

from plans.company.ids import GoodsId, RegionId
from plans.place import distance_km
from plans.roster.roster import Roster


@dataclass(frozen=True)
class StoreOffer:
    """A store that has enough; `distance_km` between the depots, None when one is unknown."""

    region: RegionId
    free: int
    distance_km: float | None
    tier: Literal["own", "nearest", "city"]


def stores(
    roster: Roster,
    region: RegionId,
    goods: GoodsId,
    quantity: int,
    incident: int | None = None,
    taken: Mapping[RegionId, int] = MappingProxyType({}),
) -> tuple[StoreOffer, ...]:
    """The region's own store first, then the others by distance; ties in the company's order. What
    `incident` has been promised counts as free for it, except what it has `taken` by now."""
    free = {
        where: holding.free_for(incident) - taken.get(where, 0)
        for (where, what), holding in roster.holdings.items()
        if what == goods
    }
    having = {where: count for where, count in free.items() if count >= quantity > 0}
    known = [where for where in roster.company.regions if where in having]
    known.sort(key=lambda where: _order(roster, region, where))
    others = [where for where in known if where != region]
    return tuple(
        StoreOffer(where, having[where], _km(roster, region, where), _tier(where, region, others))
        for where in known
    )


def _tier(
    where: RegionId, own: RegionId, others: list[RegionId]
) -> Literal["own", "nearest", "city"]:
    if where == own:
        return "own"
    return "nearest" if where == others[0] else "city"


def _order(roster: Roster, own: RegionId, where: RegionId) -> tuple[bool, float]:
    km = _km(roster, own, where)
    return where != own, float("inf") if km is None else km


def _km(roster: Roster, own: RegionId, where: RegionId) -> float | None:
    depots = [known.depot for known in map(roster.company.regions.get, (own, where)) if known]
    places = [depot.place for depot in depots if depot is not None]
    return distance_km(*places) if len(places) == len((own, where)) else None
