"""Coverage: who would be told now, for each role in each region, and where nobody would.

In: a roster and the time. Out: for each role × region how far down the ladder the first who can be
told stands, and why those before cannot. Forbidden here: telling anybody.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from plans.company.ids import PersonId, RegionId, RoleId
from plans.roster.ladder import Rung, ladder
from plans.roster.roster import CanBeTold, Roster

# Who is told first: somebody who holds the role or is on duty for it; only a deputy; only somebody
# above; nobody but those in command, who are told of everything that nobody else takes.
Level = Literal["held", "deputy", "superior", "nobody"]


@dataclass(frozen=True)
class Missing:
    """Somebody who should be told and cannot: why, and until when (None: nobody knows)."""

    person: PersonId
    why: CanBeTold
    until: datetime | None


@dataclass(frozen=True)
class Cover:
    """`first` are those told first, stand-ins in place of whoever is away; `missing` those who
    come before them on the ladder."""

    role: RoleId
    region: RegionId | None
    level: Level
    first: tuple[PersonId, ...]
    missing: tuple[Missing, ...]

    @property
    def is_hole(self) -> bool:
        """Nobody who has the role, nor a deputy, would be told."""
        return self.level in ("superior", "nobody")


def cover(roster: Roster, role: RoleId, region: RegionId | None, at: datetime) -> Cover:
    """How the role is covered in the region at `at`."""
    *rungs, command = ladder(roster, role, region, at)
    missing: list[Missing] = []
    for rung in rungs:
        first = _tellable(roster, rung, at)
        if first:
            return Cover(role, region, _level(rung), first, tuple(missing))
        missing += [_missing(roster, person, at) for person in rung.people]
    return Cover(role, region, "nobody", _tellable(roster, command, at), tuple(missing))


def coverage(
    roster: Roster, at: datetime, roles: Iterable[RoleId] | None = None
) -> tuple[Cover, ...]:
    """Every role (or only these): once for the whole company, or in each region that has it."""
    company = roster.company
    return tuple(
        cover(roster, role, region, at)
        for role in (company.roles if roles is None else roles)
        if role in company.roles
        for region in _regions(roster, role)
    )


def _regions(roster: Roster, role: RoleId) -> tuple[RegionId | None, ...]:
    """Headquarters has a region's roles only where somebody holds them: it serves nobody itself."""
    company = roster.company
    if company.roles[role].scope == "company":
        return (None,)
    headquarters = company.company.headquarters
    return tuple(
        region
        for region in company.regions
        if region != headquarters
        or len(company.regions) == 1
        or company.posted(role, region, "holder")
        or company.posted(role, region, "deputy")
    )


def left_open(roster: Roster, person: PersonId, at: datetime) -> tuple[Cover, ...]:
    """The holes in the roles that the person holds or deputises: what their absence leaves."""
    posts = {(post.role, post.region) for post in roster.roles_of(person)}
    covers = (cover(roster, role, region, at) for role, region in sorted(posts, key=str))
    return tuple(c for c in covers if c.is_hole)


def _level(rung: Rung) -> Level:
    if rung.kind == "holder":
        return "held"
    return "deputy" if rung.kind == "deputy" else "superior"


def _tellable(roster: Roster, rung: Rung, at: datetime) -> tuple[PersonId, ...]:
    acting = (roster.acting_for(person, at) for person in rung.people)
    return tuple(dict.fromkeys(p for p in acting if roster.can_be_told(p, at) == "yes"))


def _missing(roster: Roster, person: PersonId, at: datetime) -> Missing:
    why = roster.can_be_told(person, at)
    state = roster.state(person)
    until = state.away_until if state is not None and why == "away" else None
    return Missing(person, why, until)
