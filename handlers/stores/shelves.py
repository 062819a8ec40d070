"""Shelves: which holding a button means, who may count it, whom to tell of it.

In: marks from buttons, a roster. Out: holdings, regions, yes or no. Forbidden here: changing
anything; wording.
"""

from handlers.buttons import mark_of, marked
from plans.model import PersonId, RegionId
from plans.roster import Roster
from plans.stock import Holding


def shelf_mark(holding: Holding) -> str:
    return mark_of(f"{holding.region}/{holding.goods}")


def shelf_of(roster: Roster, mark: str) -> Holding | None:
    """The holding that a button names; None when its goods or its region are no more."""
    return next((h for h in roster.holdings.values() if shelf_mark(h) == mark), None)


def region_of(roster: Roster, mark: str) -> RegionId | None:
    return marked(roster.company.regions, mark)


def may_count(roster: Roster, person: PersonId, region: RegionId) -> bool:
    """Whoever counts stock there by role, or has goods there in their keeping."""
    if roster.may(person, "stock", region):
        return True
    return any(holding.keeper == person for holding in roster.held_in.get(region, ()))


def may_change(roster: Roster, person: PersonId, holding: Holding) -> bool:
    return holding.keeper == person or roster.may(person, "stock", holding.region)


def own_regions(roster: Roster, person: PersonId) -> list[RegionId]:
    """The regions in which the person has a role, as far as anything lies in their stores; for
    whoever counts there although it is not their own, too."""
    own = {post.region for post in roster.roles_of(person)}
    return [
        region
        for region, held in roster.held_in.items()
        if region in own or any(holding.keeper == person for holding in held)
    ]


def stored_in(roster: Roster) -> list[RegionId]:
    """The regions in whose stores anything lies, in the company's order."""
    return list(roster.held_in)
