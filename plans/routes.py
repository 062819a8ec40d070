"""Routes: the delivery runs a company has, and which of them somebody means.

In: a company; typed text. Out: the names of routes, written one way. Forbidden here: who drives
one today.
"""

import unicodedata
from collections.abc import Iterable

from plans.company.model import Company

OFFERED = 10


def known_routes(company: Company) -> tuple[str, ...]:
    """Every route that a vehicle serves, a person knows or a customer is on, sorted."""
    named = {vehicle.route for vehicle in company.vehicles.values()}
    named |= {route for person in company.people.values() for route in person.routes}
    named |= {customer.route for customer in company.customers.values()}
    return tuple(sorted(route for route in named if route is not None))


def match_routes(typed: str, known: Iterable[str]) -> tuple[str, ...]:
    """The routes somebody may mean: the one written just so, else all that contain what was
    typed, or stand in it. Wide letters, capitals, spaces and a closing 线 or "route" are all one.
    """
    plain = _plain(typed)
    if not plain:
        return ()
    by_name = {route: _plain(route) for route in known}
    same = tuple(route for route, name in by_name.items() if name == plain)
    return same or tuple(
        route for route, name in by_name.items() if name and (plain in name or name in plain)
    )


def _plain(text: str) -> str:
    narrow = unicodedata.normalize("NFKC", text[:200]).lower()
    letters = "".join(c for c in narrow if c.isalnum())
    return letters.removeprefix("route").removesuffix("route").removesuffix("线").removesuffix("路")
