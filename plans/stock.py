"""Stock: what lies in a region's store, and for whom it is kept.

In: counts, promises and uses, as values. Out: `Holding`. Forbidden here: choosing a store (that is
`plans.roster`).
"""

from collections.abc import Mapping
from datetime import datetime
from typing import Annotated

from pydantic import AwareDatetime, BaseModel, Field

from plans.company.ids import GoodsId, PersonId, RegionId
from plans.company.model import COUNT_LIMIT, Count

RESERVED_LIMIT = 500


class Holding(BaseModel, frozen=True, extra="forbid"):
    """So many of some goods in a region's store, in the goods' unit.

    `minimum`: what should always be there. `keeper` answers for it (None: whoever keeps the
    region's store). `reserved` is what incidents, by number, have been promised of it; with
    RESERVED_LIMIT of them no other is promised anything.
    """

    region: RegionId
    goods: GoodsId
    count: Count = 0
    minimum: Count = 0
    keeper: PersonId | None = None
    counted_at: AwareDatetime | None = None
    counted_by: PersonId | None = None
    reserved: Annotated[Mapping[int, int], Field(max_length=RESERVED_LIMIT)] = {}

    @property
    def free(self) -> int:
        """What nobody has been promised; never less than nothing, though a count may be lower."""
        return self.free_for(None)

    def free_for(self, incident: int | None) -> int:
        """What that incident could be promised in all, what it has been promised already
        included."""
        others = sum(kept for number, kept in self.reserved.items() if number != incident)
        if incident not in self.reserved and len(self.reserved) >= RESERVED_LIMIT:
            return 0
        return max(0, self.count - others)

    @property
    def lacking(self) -> int:
        """How many fewer are there than have been promised."""
        return max(0, sum(self.reserved.values()) - self.count)

    @property
    def is_low(self) -> bool:
        """Whether less is there than should always be."""
        return self.count < self.minimum

    def reserve(self, incident: int, quantity: int) -> "Holding":
        """So many more are kept for that incident."""
        return self._keep(incident, self.reserved.get(incident, 0) + quantity)

    def release(self, incident: int, quantity: int) -> "Holding":
        """So many less are kept for that incident, at most all that are."""
        return self._keep(incident, self.reserved.get(incident, 0) - quantity)

    def use(self, incident: int, quantity: int) -> "Holding":
        """They have left the store."""
        left = {"count": max(0, self.count - quantity)}
        return self.release(incident, quantity).model_copy(update=left)

    def counted(self, count: int, at: datetime, by: PersonId | None) -> "Holding":
        """Somebody has counted what is there. ValueError: it cannot be so many."""
        if not 0 <= count <= COUNT_LIMIT:
            raise ValueError(count)
        return self.model_copy(update={"count": count, "counted_at": at, "counted_by": by})

    def _keep(self, incident: int, quantity: int) -> "Holding":
        others = {number: kept for number, kept in self.reserved.items() if number != incident}
        kept = {incident: quantity} if quantity > 0 else {}
        return self.model_copy(update={"reserved": {**others, **kept}})
