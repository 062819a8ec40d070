"""Word of what is kept in a store: to whoever answers for it.

In: a promise of goods, its end. Out: messages; lines of the history. Forbidden here: telling those
who are asked for a step about it anyway.
"""

from handlers.catalogue import Html, say
from handlers.telling.happening import Happening, Reader
from handlers.telling.letters import Letters
from handlers.telling.stock import goods_named
from plans import events as e
from plans.incident import StockPromise
from plans.model import FactName
from storage.delivery import Message, Urgency

KEEPERS_TOLD = 3
Kept = e.ResourcePromised | e.ResourceReleased


async def tell(letters: Letters, happening: Happening, event: Kept) -> bool:
    """Tell the store's keepers; False when it is about no store."""
    promise = _promise(happening, event)
    if promise is None:
        return False
    key = "stock.kept_told" if isinstance(event, e.ResourcePromised) else "stock.released_told"
    holding = letters.roster.holding(promise.region, promise.goods)
    asked = {p for s in happening.after.steps.values() for p in (*s.asked, s.taken_by)}
    number = happening.after.number

    def write(reader: Reader) -> Message:
        values = {
            "number": number,
            "goods": goods_named(promise.goods, reader),
            "quantity": reader.amount(promise.goods, promise.quantity),
            "region": reader.region(promise.region),
        }
        return Message(text=say(reader.lang, key, **values))

    for keeper in letters.roster.store_keepers(promise.region, holding)[:KEEPERS_TOLD]:
        if keeper not in asked and keeper != event.by:
            await letters.person(keeper, write, Urgency.NORMAL)
    return True


def _promise(happening: Happening, event: Kept) -> StockPromise | None:
    if isinstance(event, e.ResourcePromised):
        promise = event.promise
        return promise if isinstance(promise, StockPromise) else None
    return _earlier(happening, event.fact)


def _earlier(happening: Happening, fact: FactName) -> StockPromise | None:
    """What was kept under that name before this decision, or was within it."""
    known = happening.before.promises.get(fact) if happening.before is not None else None
    within = (
        one.promise
        for one in happening.events
        if isinstance(one, e.ResourcePromised) and one.fact == fact
    )
    found = known or next(within, None)
    return found if isinstance(found, StockPromise) else None


def history(event: Kept | e.ResourceUsed, reader: Reader) -> Html | None:
    """The line of the history; None when it is about no store."""
    if isinstance(event, e.ResourcePromised):
        promise = event.promise
        if not isinstance(promise, StockPromise):
            return None
        return say(
            reader.lang,
            "stock.history_kept",
            goods=goods_named(promise.goods, reader),
            quantity=reader.amount(promise.goods, promise.quantity),
            region=reader.region(promise.region),
        )
    if event.thing not in reader.roster.company.regions:
        return None
    key = "stock.history_used" if isinstance(event, e.ResourceUsed) else "stock.history_released"
    return say(reader.lang, key, region=reader.region(event.thing))
