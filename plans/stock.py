"""Stock: what lies in a region's store, and for whom it is kept.

In: counts, promises and uses, as values. Out: `Holding`. Forbidden here: choosing a store (that is
`plans.roster`).
"""

from collections.abc import Mapping
from typing import Annotated

from pydantic import AwareDatetime, BaseModel, Field

from plans.company.ids import GoodsId, PersonId, RegionId

COUNT_LIMIT = 1_000_000
RESERVED_LIMIT = 500

_Count = Annotated[int, Field(ge=0, le=COUNT_LIMIT)]


class Holding(BaseModel, frozen=True, extra="forbid"):
    """So many of some goods in a region's store, in the goods' unit.

    `minimum`: what should always be there. `keeper` answers for it (None: whoever holds the role of
    keeper there). `reserved` is what incidents, by number, have been promised of it.
    """

    region: RegionId
    goods: GoodsId
    count: _Count = 0
    minimum: _Count = 0
    keeper: PersonId | None = None
    counted_at: AwareDatetime | None = None
    counted_by: PersonId | None = None
    reserved: Annotated[Mapping[int, int], Field(max_length=RESERVED_LIMIT)] = {}

    @property
    def free(self) -> int:
        """What nobody has been promised; never less than nothing, though a count may be lower."""
        return max(0, self.count - sum(self.reserved.values()))

    @property
    def is_low(self) -> bool:
        """Whether less is there than should always be."""
        return self.count < self.minimum
