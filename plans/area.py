"""Areas: the part of the company that something concerns.

In: regions and delivery routes. Out: an `Area` and what it covers. Forbidden here: names in words.
"""

from collections.abc import Iterable, Mapping
from typing import Self

from pydantic import Field, model_validator

from plans.company.model import Company, Customer
from plans.model import CustomerId, RegionId, Value
from plans.text import WordedError

PARTS_LIMIT = 200


class Area(Value):
    """Whole regions, and single delivery routes of others; at least one of either."""

    regions: tuple[RegionId, ...] = Field(default=(), max_length=PARTS_LIMIT)
    routes: tuple[str, ...] = Field(default=(), max_length=PARTS_LIMIT)

    @model_validator(mode="after")
    def _is_somewhere(self) -> Self:
        if not self.regions and not self.routes:
            raise WordedError("范围要有区域或线路", "an area needs a region or a route")
        return self

    def covers(self, customer: Customer) -> bool:
        """Whether a customer is in it: by their region or their route."""
        return customer.region in self.regions or customer.route in self.routes


def customers_in(area: Area, customers: Mapping[CustomerId, Customer]) -> tuple[CustomerId, ...]:
    """Who is in the area, in the register's order."""
    return tuple(id_ for id_, customer in customers.items() if area.covers(customer))


def regions_of(area: Area, company: Company) -> tuple[RegionId, ...]:
    """Its regions in the company's order, and those in which its routes have customers or
    vehicles."""
    touched = {*area.regions, *_regions_of_routes(area.routes, company)}
    return tuple(region for region in company.regions if region in touched)


def _regions_of_routes(routes: Iterable[str], company: Company) -> set[RegionId]:
    wanted = set(routes)
    customers = {one.region for one in company.customers.values() if one.route in wanted}
    return customers | {one.region for one in company.vehicles.values() if one.route in wanted}
