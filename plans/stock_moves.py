"""Moves: what an event means for what lies in stores.

In: an incident before an event, the event. Out: what is reserved, released or used, store by
store. Forbidden here: carrying it out.
"""

from dataclasses import dataclass
from typing import Literal, assert_never

from plans.events import Event, ResourcePromised, ResourceReleased, ResourceUsed
from plans.incident import Incident, StockPromise
from plans.model import GoodsId, RegionId
from plans.stock import Holding


@dataclass(frozen=True)
class Move:
    """So many of the goods in the region's store, in the goods' unit."""

    what: Literal["reserve", "release", "use"]
    region: RegionId
    goods: GoodsId
    quantity: int

    def carried_out(self, holding: Holding, incident: int) -> Holding:
        """The holding after it, for that incident."""
        match self.what:
            case "reserve":
                return holding.reserve(incident, self.quantity)
            case "release":
                return holding.release(incident, self.quantity)
            case "use":
                return holding.use(incident, self.quantity)
            case _:
                assert_never(self.what)


def moves_of(before: Incident | None, event: Event) -> tuple[Move, ...]:
    """What the event does, in order; nothing where it is not about goods in a store. What was
    promised under the same fact before is let go by a new promise."""
    if not isinstance(event, (ResourcePromised, ResourceReleased, ResourceUsed)):
        return ()
    was = before.promises.get(event.fact) if before is not None else None
    found = []
    if isinstance(was, StockPromise) and not was.used:
        what: Literal["release", "use"] = "use" if isinstance(event, ResourceUsed) else "release"
        found.append(Move(what, was.region, was.goods, was.quantity))
    if isinstance(event, ResourcePromised) and isinstance(event.promise, StockPromise):
        now = event.promise
        found.append(Move("reserve", now.region, now.goods, now.quantity))
    return tuple(found)
