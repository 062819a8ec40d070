"""Joining: what a second report of the same thing changes, and where two are the same.

In: what is known, what is said besides. Out: values, regions. Forbidden here: correcting anything
by itself (see `knowing`).
"""

from collections.abc import Iterable

from plans.area import Area, regions_of
from plans.company import Company
from plans.format import Asked
from plans.incident import FactValue
from plans.model import RegionId


def territory(region: RegionId, values: Iterable[FactValue], company: Company) -> set[RegionId]:
    """The region, and those that any of the areas said reaches into."""
    areas = [value for value in values if isinstance(value, Area)]
    return {region, *(one for area in areas for one in regions_of(area, company))}


def with_more(asked: Asked, known: FactValue, said: FactValue) -> FactValue:
    """What is known once the correction is made: the higher level, both areas together, else what
    was said. Words and pictures stand beside each other, and a place is where the other one is."""
    match asked.type:
        case "level":
            levels = list(asked.choices)
            return max(known, said, key=lambda one: levels.index(str(one)))
        case "area" if isinstance(known, Area) and isinstance(said, Area):
            return Area(
                regions=tuple(dict.fromkeys((*known.regions, *said.regions))),
                routes=tuple(dict.fromkeys((*known.routes, *said.routes))),
            )
        case "text" | "photo" | "place":
            return known
        case _:
            return said
