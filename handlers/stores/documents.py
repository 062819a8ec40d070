"""What is kept of stores. In: nothing. Out: a kind of documents. Forbidden here: changing one."""

from plans.model import GoodsId, RegionId
from plans.stock import Holding
from storage.port import Kind

HOLDINGS_LIMIT = 20_000


def holding_key(region: RegionId, goods: GoodsId) -> str:
    return f"{region}/{goods}"


STOCK = Kind("stock", Holding, key=lambda h: holding_key(h.region, h.goods))
