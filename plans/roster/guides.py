"""Who knows the way, and who of them is asked first.

In: a roster, a route and the roles that may be asked. Out: everybody free to go, in order.
Forbidden here: promising anybody (that is the engine's, and stands in the person's state).
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from plans.company.ids import PersonId, RegionId, RoleId
from plans.company.model import Post
from plans.roster.roster import Roster


@dataclass(frozen=True)
class GuideOffer:
    """Somebody who knows the route; `region` is where they have the role, or (company-wide) that
    of the incident."""

    person: PersonId
    region: RegionId
    tier: Literal["own", "other"]


def guides(
    roster: Roster,
    region: RegionId,
    route: str | None,
    roles: Collection[RoleId],
    at: datetime,
    exclude: Collection[PersonId] = (),
) -> tuple[GuideOffer, ...]:
    """Everybody with one of the roles who knows the route, can be told at `at` and is promised
    nowhere: of the region first, then company-wide ones, then neighbours, then the rest. Ties: the
    company file's order. Nobody for an unknown route."""
    if route is None:
        return ()
    found = [
        (_distance(roster, region, posts), person, posts)
        for person, known in roster.company.people.items()
        if route in known.routes and person not in exclude
        for posts in [[p for p in roster.roles_of(person) if p.role in roles]]
        if posts and roster.can_be_told(person, at) == "yes" and not _is_promised(roster, person)
    ]
    found.sort(key=lambda candidate: candidate[0])
    return tuple(
        GuideOffer(person, posts[0].region or region, "own" if distance == 0 else "other")
        for distance, person, posts in found
    )


def _is_promised(roster: Roster, person: PersonId) -> bool:
    state = roster.state(person)
    return state is not None and state.promised_to is not None


def _distance(roster: Roster, region: RegionId, posts: Collection[Post]) -> int:
    own = roster.company.regions.get(region)
    neighbours = own.neighbours if own else ()
    regions = {post.region for post in posts}
    if region in regions:
        return 0
    if None in regions:
        return 1
    return 2 if regions & set(neighbours) else 3
