"""Storing: goods in stores: which store has what a step needs.

In: a step that needs goods. Out: promises in order, the store's own region first. Forbidden here:
events; counting anything twice, also what this very decision has promised.
"""

from collections import Counter

from plans import events as e
from plans.engine.deciding import Deciding
from plans.format import Allocate
from plans.incident import NONE, StockPromise
from plans.model import FactName, GoodsId, RegionId
from plans.roster import stores


def wanted(deciding: Deciding, allocate: Allocate) -> tuple[GoodsId, int] | None:
    """What is to be kept, and how many; None as long as nobody knows."""
    goods = deciding.incident.fact(allocate.goods or "")
    quantity = deciding.incident.fact(allocate.quantity or "")
    if not isinstance(goods, str) or goods == NONE or not isinstance(quantity, int):
        return None
    return goods, quantity


def held(deciding: Deciding, fact: FactName) -> StockPromise | None:
    """What is kept under the fact's name and has not been used yet."""
    promise = deciding.incident.promises.get(fact)
    return promise if isinstance(promise, StockPromise) and not promise.used else None


def choices(deciding: Deciding, allocate: Allocate) -> tuple[StockPromise, ...]:
    """Every other store than the one that keeps it now."""
    now = held(deciding, allocate.as_)
    found = every_store(deciding, allocate)
    return tuple(one for one in found if now is None or one.region != now.region)


def every_store(deciding: Deciding, allocate: Allocate) -> tuple[StockPromise, ...]:
    """Every store that has as many, what it keeps for this step counted as free."""
    what = wanted(deciding, allocate)
    if what is None:
        return ()
    goods, quantity = what
    incident, taken = deciding.incident, _taken(deciding, goods, allocate.as_)
    found = stores(deciding.roster, incident.region, goods, quantity, incident.number, taken)
    return tuple(
        StockPromise(goods=goods, quantity=quantity, region=one.region, tier=one.tier)
        for one in found
    )


def _taken(deciding: Deciding, goods: GoodsId, but: FactName) -> Counter[RegionId]:
    """What the incident has of the goods by now, store by store, under other names; and what it
    has used in this decision, which no count knows of yet."""
    used = {event.fact for event in deciding.events if isinstance(event, e.ResourceUsed)}
    taken: Counter[RegionId] = Counter()
    for fact, promise in deciding.incident.promises.items():
        if not isinstance(promise, StockPromise) or promise.goods != goods:
            continue
        if fact in used or (fact != but and not promise.used):
            taken[promise.region] += promise.quantity
    return taken
