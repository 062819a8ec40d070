"""Allotting: who gets which part of a step that several do at once.

In: how a step is to be spread, the facts, the register. Out: for each owner their part: whom to
call, or nothing in particular. Forbidden here: events; parts that there are already (see
`sharing`).
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from plans.area import Area, customers_in, regions_of
from plans.company.model import Customer
from plans.engine.deciding import Deciding
from plans.format import ForEach
from plans.incident import FactValue, Share
from plans.model import CustomerId, PersonId, RegionId, RoleId, StepId

# Whom one step may have called, and by how many; what is over is left to the step's own role.
CALLS_LIMIT = 5000
OWNERS_LIMIT = 200


@dataclass(frozen=True)
class Part:
    """Whose part it is: a person's, or that of a role (None: the step's own) in a region."""

    owner: PersonId | None
    region: RegionId
    role: RoleId | None = None

    @classmethod
    def of(cls, share: Share) -> "Part":
        return cls(share.owner, share.region, share.role)


# Whom each calls; None: no list; the owner does the step in their own way.
Parts = dict[Part, tuple[CustomerId, ...] | None]


def allotted(
    deciding: Deciding, step: StepId, held: Mapping[CustomerId, Part], done: frozenset[CustomerId]
) -> Parts:
    """Every part of the step as the facts are now. Customers who are `done` are on no list; who is
    `held` stays on the list on which they have been reached already."""
    for_each = deciding.step(step).for_each
    if for_each is None:
        return {}
    here = deciding.incident.region
    if for_each.roles:
        return {Part(None, here, role): None for role in for_each.roles}
    if for_each.depots:
        regions = deciding.roster.company.regions
        return {Part(None, id_): None for id_, one in regions.items() if one.depot is not None}
    followed = followed_by(deciding, for_each)
    if followed is None:
        return {Part(None, here): None}
    if for_each.regions_of is not None:
        area = followed if isinstance(followed, Area) else None
        found = regions_of(area, deciding.roster.company) if area else (here,)
        return {Part(None, region): None for region in found}
    customers = _customers(deciding, for_each, followed)
    wanted = {id_: one for id_, one in customers.items() if id_ not in done}
    return _lists(deciding, for_each, step, wanted, held)


def followed_by(deciding: Deciding, for_each: ForEach) -> FactValue | None:
    """The value from which the parts follow; None while it is unknown, or there is none."""
    return deciding.incident.fact(for_each.follows or "")


def _customers(
    deciding: Deciding, for_each: ForEach, followed: FactValue
) -> Mapping[CustomerId, Customer]:
    """In the register's order, nobody twice."""
    known = deciding.roster.company.customers
    if isinstance(followed, Area):
        found: Iterable[CustomerId] = customers_in(followed, known)
    else:
        found = (id_ for id_, one in known.items() if one.route == followed)
    return {id_: known[id_] for id_ in found if for_each.only is None or known[id_].key}


def _lists(
    deciding: Deciding,
    for_each: ForEach,
    step: StepId,
    customers: Mapping[CustomerId, Customer],
    held: Mapping[CustomerId, Part],
) -> Parts:
    lists: dict[Part, list[CustomerId]] = {}
    rest = Part(None, deciding.incident.region)
    for id_, customer in list(customers.items())[:CALLS_LIMIT]:
        part = held.get(id_) or _caller(deciding, for_each, customer)
        if part not in lists and len(lists) >= OWNERS_LIMIT:
            part = rest
        lists.setdefault(part, []).append(id_)
    parts: Parts = {part: tuple(calls) for part, calls in lists.items()}
    if len(customers) > CALLS_LIMIT:
        role = deciding.step(step).owner.role
        parts[Part(None, rest.region, role)] = None
    return parts


def _caller(deciding: Deciding, for_each: ForEach, customer: Customer) -> Part:
    """Whoever looks after the customer; the step's role in their region for one whom nobody (who is
    still there) looks after."""
    manager, roster = customer.manager, deciding.roster
    if for_each.by == "role" or manager is None or not roster.is_active(manager):
        return Part(None, customer.region)
    regions = [post.region for post in roster.roles_of(manager) if post.region is not None]
    return Part(manager, _first(regions, customer.region))


def _first(regions: Iterable[RegionId], wanted: RegionId) -> RegionId:
    """The wanted one if it is among them, else the first, else the wanted one all the same."""
    found = list(regions)
    return wanted if wanted in found or not found else found[0]
