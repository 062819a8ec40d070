"""What is kept of stores. In: nothing. Out: kinds of documents. Forbidden here: changing one."""

from datetime import datetime
from typing import Annotated, Literal

from pydantic import Field

from plans.model import GoodsId, PersonId, RegionId
from plans.stock import Holding
from storage.document import Document
from storage.port import Kind

CHANGES_LIMIT = 50
HOLDINGS_LIMIT = 20_000

What = Literal["count", "minimum", "keeper", "used"]


class StockChange(Document):
    """One change of a holding: a number, or (for a keeper) a person. `incident`: the one that has
    used it."""

    at: datetime
    by: PersonId | None
    what: What
    before: str
    after: str
    incident: int | None = None


class StockLog(Document):
    """The last CHANGES_LIMIT changes of a holding, the oldest first; older ones are forgotten."""

    region: RegionId
    goods: GoodsId
    changes: Annotated[tuple[StockChange, ...], Field(max_length=CHANGES_LIMIT)] = ()


def holding_key(region: RegionId, goods: GoodsId) -> str:
    return f"{region}/{goods}"


STOCK = Kind("stock", Holding, key=lambda h: holding_key(h.region, h.goods))
STOCK_LOG = Kind("stock_log", StockLog, key=lambda log: holding_key(log.region, log.goods))
STORE_KINDS = (STOCK, STOCK_LOG)
