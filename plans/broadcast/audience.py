"""Audiences: who is to read a broadcast, worked out when it is sent.

In: regions, roles and departments somebody has chosen, a roster. Out: people and groups, nobody
twice, nobody who has left. Forbidden here: whether they can be reached, and who may choose.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from itertools import chain
from typing import Final

from pydantic import Field

from plans.company.model import PEOPLE_LIMIT as COMPANY_LIMIT
from plans.company.model import Group
from plans.model import DepartmentId, GroupId, PersonId, RegionId, RoleId, Value
from plans.roster import Roster

# A company has no more people, so that nobody is ever left out.
PEOPLE_LIMIT: Final = COMPANY_LIMIT


class Choice(Value):
    """Whoever holds one of `roles`, or is their deputy or on duty for them, and the groups of
    `departments`, in `regions`. `everywhere`: also those held, and groups, of the whole company."""

    regions: tuple[RegionId, ...] = Field(default=(), max_length=200)
    roles: tuple[RoleId, ...] = Field(default=(), max_length=200)
    departments: tuple[DepartmentId, ...] = Field(default=(), max_length=100)
    everywhere: bool = True


@dataclass(frozen=True)
class Audience:
    """`private` are written to one by one; `in_groups` read it in their department's group, and
    are only written to when they do not confirm it there."""

    private: tuple[PersonId, ...] = ()
    in_groups: tuple[PersonId, ...] = ()
    groups: tuple[GroupId, ...] = ()

    @property
    def people(self) -> tuple[PersonId, ...]:
        return (*self.private, *self.in_groups)


def audience(roster: Roster, choice: Choice, sender: PersonId, at: datetime) -> Audience:
    """Everybody the choice means at `at`, but the sender."""
    private = _once(_posted(roster, choice, at), {sender})
    groups = [group for group in roster.company.groups if _is_meant(roster, choice, group)]
    inside = (p for people in insiders(roster, groups).values() for p in people)
    return Audience(
        private=private,
        in_groups=_once(inside, {sender, *private}),
        groups=tuple(group.id for group in groups),
    )


def insiders(roster: Roster, groups: Iterable[Group]) -> Mapping[GroupId, tuple[PersonId, ...]]:
    """Who reads along in each of these: whoever has a role of its department, where the group has a
    region in that region or company-wide."""
    wanted = tuple(groups)
    staff = _staff(roster, {group.department for group in wanted})
    found = {}
    for group in wanted:
        there = staff[group.department]
        near = chain(*there.values()) if group.region is None else there.get(group.region, ())
        found[group.id] = tuple(dict.fromkeys((*near, *there.get(None, ()))))
    return found


def _staff(
    roster: Roster, departments: set[DepartmentId]
) -> Mapping[DepartmentId, Mapping[RegionId | None, list[PersonId]]]:
    """Who has a role of each department, by where they have it."""
    found: dict[DepartmentId, dict[RegionId | None, list[PersonId]]] = {d: {} for d in departments}
    for id_ in roster.company.people:
        for post in roster.roles_of(id_):
            role = roster.company.roles.get(post.role)
            if role is not None and role.department in found:
                found[role.department].setdefault(post.region, []).append(id_)
    return found


def _posted(roster: Roster, choice: Choice, at: datetime) -> Iterator[PersonId]:
    for role in choice.roles:
        known = roster.company.roles.get(role)
        if known is None:
            continue
        if known.scope == "region":
            for region in choice.regions:
                yield from roster.posted(role, region, at)
        elif choice.everywhere:
            yield from roster.posted(role, None, at)


def _is_meant(roster: Roster, choice: Choice, group: Group) -> bool:
    near = choice.everywhere if group.region is None else group.region in choice.regions
    return near and group.department in choice.departments and roster.chat_of(group.id) is not None


def _once(people: Iterable[PersonId], but: set[PersonId]) -> tuple[PersonId, ...]:
    return tuple(p for p in dict.fromkeys(people) if p not in but)[:PEOPLE_LIMIT]
