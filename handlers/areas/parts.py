"""Parts: the regions and routes of which an area is made.

In: a company. Out: each of them with its name and the mark that a button carries for it. Forbidden
here: what is ticked.
"""

from dataclasses import dataclass
from typing import Literal

from handlers.buttons import mark_of
from plans.area import Area
from plans.company import Company
from plans.routes import known_routes
from plans.text import Lang


@dataclass(frozen=True)
class Part:
    """A region by its id, or a route by its name."""

    kind: Literal["region", "route"]
    id: str

    @property
    def mark(self) -> str:
        """What stands for it in a button: `r` or `t` and the mark of its id."""
        return f"{'r' if self.kind == 'region' else 't'}{mark_of(self.id)}"

    def name(self, company: Company, lang: Lang) -> str:
        known = company.regions.get(self.id) if self.kind == "region" else None
        return known.name.in_(lang) if known else self.id


def parts_of(company: Company) -> tuple[Part, ...]:
    """Every region in the company's order, then every route."""
    regions = tuple(Part("region", region) for region in company.regions)
    return (*regions, *(Part("route", route) for route in known_routes(company)))


def area_of(parts: tuple[Part, ...]) -> Area:
    """ValueError: of no parts there is no area."""
    return Area(
        regions=tuple(one.id for one in parts if one.kind == "region"),
        routes=tuple(one.id for one in parts if one.kind == "route"),
    )
