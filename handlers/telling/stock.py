"""Stock in words: how much lies in which store, what is free of it, what is low.

In: the roster's holdings, who reads. Out: lines. Forbidden here: changing a holding.
"""

from collections.abc import Iterable

from handlers.catalogue import Html, say
from handlers.telling.happening import Reader
from plans.format import Plan
from plans.incident import NONE, Incident, StockPromise
from plans.model import FactName, GoodsId, RegionId
from plans.roster import Roster, stores
from plans.stock import Holding

LINES_SHOWN = 14
STORES_SHOWN = 4


def goods_named(goods: GoodsId, reader: Reader) -> str:
    known = reader.roster.company.goods.get(goods)
    return known.name if known else goods


def holding_line(holding: Holding, reader: Reader) -> Html:
    """What, how many, how many of them are free, what is missing to the minimum."""
    return say(
        reader.lang,
        "stock.line",
        mark=mark_of_state(holding),
        goods=goods_named(holding.goods, reader),
        count=reader.amount(holding.goods, holding.count),
        free=_free(holding, reader),
        minimum=_minimum(holding, reader),
    )


def mark_of_state(holding: Holding) -> str:
    if holding.lacking:
        return "🔴"
    return "⚠️" if holding.is_low else "🟢"


def _free(holding: Holding, reader: Reader) -> Html:
    if not holding.reserved:
        return Html("")
    return say(reader.lang, "stock.free", free=reader.amount(holding.goods, holding.free))


def _minimum(holding: Holding, reader: Reader) -> Html:
    if not holding.is_low:
        return Html("")
    minimum = reader.amount(holding.goods, holding.minimum)
    return say(reader.lang, "stock.below", minimum=minimum)


def low_first(holdings: Iterable[Holding]) -> list[Holding]:
    """Those with more promised than there is, then those below their minimum, then the rest, each
    in the company's order."""
    return sorted(holdings, key=lambda h: (not h.lacking, not h.is_low))


def in_region(roster: Roster, region: RegionId) -> list[Holding]:
    return low_first(roster.held_in.get(region, ()))


def stock_overview(plan: Plan, incident: Incident, reader: Reader) -> list[Html]:
    """Where the goods lie that the incident needs; where it needs none, all of its region's store,
    what is low first."""
    wanted = _wanted(plan, incident)
    if wanted is not None:
        return who_has(wanted, incident.region, reader)
    held = in_region(reader.roster, incident.region)
    if not held:
        return [say(reader.lang, "stock.nothing_here", region=reader.region(incident.region))]
    lines = [holding_line(h, reader) for h in held[:LINES_SHOWN]]
    more = len(held) - LINES_SHOWN
    return [*lines, say(reader.lang, "stock.more", count=more)] if more > 0 else lines


def who_has(
    goods: GoodsId, region: RegionId, reader: Reader, *, elsewhere: bool = False
) -> list[Html]:
    """The stores with any of the goods free, the region's own first (but not `elsewhere`), then
    the nearest."""
    offers = stores(reader.roster, region, goods, 1)
    found = [one for one in offers if not elsewhere or one.region != region]
    if not found:
        return [say(reader.lang, "stock.nowhere", goods=goods_named(goods, reader))]
    return [
        say(
            reader.lang,
            "stock.at_store",
            goods=goods_named(goods, reader),
            region=reader.region(one.region),
            free=reader.amount(goods, one.free),
            distance=say(reader.lang, "cards.km", km=round(one.distance_km))
            if one.distance_km
            else "",
        )
        for one in found[:STORES_SHOWN]
    ]


def _wanted(plan: Plan, incident: Incident) -> GoodsId | None:
    """The goods that the plan keeps for the incident, as far as they are known."""
    facts: list[FactName] = [
        step.allocate.goods
        for step in plan.steps.values()
        if step.allocate is not None and step.allocate.goods is not None
    ]
    values = (incident.fact(name) for name in facts)
    return next((value for value in values if isinstance(value, str) and value != NONE), None)


def kept_line(promise: StockPromise, reader: Reader) -> Html:
    """What is kept for the incident and where, or that it has left the store."""
    return say(
        reader.lang,
        "stock.gone" if promise.used else "stock.kept",
        goods=goods_named(promise.goods, reader),
        quantity=reader.amount(promise.goods, promise.quantity),
        region=reader.region(promise.region),
    )
