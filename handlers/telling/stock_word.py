"""Word of what is kept in a store: to whoever answers for it.

In: a promise of goods, its end. Out: messages; lines of the history. Forbidden here: telling those
who are asked for a step about it anyway.
"""

from collections.abc import Callable, Mapping
from functools import partial

from handlers.catalogue import Html, say
from handlers.telling.happening import Happening, Reader
from handlers.telling.letters import Letters
from handlers.telling.stock import goods_named
from plans import events as e
from plans.incident import StockPromise
from plans.model import FactName, PersonId
from storage.delivery import Message, Urgency

KEEPERS_TOLD = 3
Worded = Callable[[Reader], Message]
Kept = e.ResourcePromised | e.ResourceReleased


async def tell(letters: Letters, happening: Happening, event: Kept) -> bool:
    """Tell the store's keepers; False when it is about no store. Where the whole incident is
    cancelled, that says it (see `given_back`)."""
    promise = _promise(happening, event)
    if promise is None:
        return False
    if any(isinstance(one, e.IncidentCancelled) for one in happening.events):
        return True
    key = "stock.kept_told" if isinstance(event, e.ResourcePromised) else "stock.released_told"
    holding = letters.roster.holding(promise.region, promise.goods)
    asked = {p for s in happening.after.steps.values() for p in (*s.asked, s.taken_by)}
    write = partial(_line, key, happening.after.number, promise)
    for keeper in letters.roster.store_keepers(promise.region, holding)[:KEEPERS_TOLD]:
        if keeper not in asked and keeper != event.by:
            await letters.person(keeper, write, Urgency.NORMAL)
    return True


def given_back(letters: Letters, happening: Happening) -> Mapping[PersonId, Worded]:
    """For each keeper of what is given back in this decision, the words that say so."""
    found: dict[PersonId, Worded] = {}
    for event in happening.events:
        promise = _promise(happening, event) if isinstance(event, e.ResourceReleased) else None
        if promise is not None:
            holding = letters.roster.holding(promise.region, promise.goods)
            keepers = letters.roster.store_keepers(promise.region, holding)[:KEEPERS_TOLD]
            line = partial(_line, "stock.released_told", happening.after.number, promise)
            for keeper in keepers:
                found[keeper] = partial(both, found[keeper], line) if keeper in found else line
    return found


def both(first: Worded, then: Worded, reader: Reader) -> Message:
    """Two words in one message."""
    return Message(text=f"{first(reader).text}\n{then(reader).text}")


def _line(key: str, number: int, promise: StockPromise, reader: Reader) -> Message:
    values = {
        "number": number,
        "goods": goods_named(promise.goods, reader),
        "quantity": reader.amount(promise.goods, promise.quantity),
        "region": reader.region(promise.region),
    }
    return Message(text=say(reader.lang, key, **values))


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
