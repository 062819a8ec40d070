"""Heads: who may be authorised to command a major incident while all chiefs are away.

In: a plan, the roster, an incident, the time. Out: persons with the role for which each is
proposed, the plan's own first. Forbidden here: authorising anybody (see `engine.commanding`).
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from plans.format import Plan
from plans.incident import HeadquartersState, Incident
from plans.model import PersonId, RoleId
from plans.roster import Roster


@dataclass(frozen=True)
class Head:
    """Somebody who could act as commander, in this role. `named`: the plan proposes it."""

    person: PersonId
    role: RoleId
    named: bool


def heads(plan: Plan, roster: Roster, incident: Incident, at: datetime) -> tuple[Head, ...]:
    """Who can be told now, nobody twice and no chief: the roles that the plan proposes (without a
    proposal the one that closes the incident), then every department's head."""
    chiefs, found = roster.chiefs(), dict[PersonId, Head]()
    for role, named in _roles(plan, roster):
        for person in roster.posted(role, incident.region, at):
            if person not in chiefs and roster.can_be_told(person, at) == "yes":
                found.setdefault(person, Head(person, role, named))
    return tuple(found.values())


def _roles(plan: Plan, roster: Roster) -> Iterator[tuple[RoleId, bool]]:
    """A department's head is a role of the whole company that reports to a chief."""
    acting = plan.headquarters.acting if plan.headquarters is not None else plan.close.by[:1]
    yield from ((role, True) for role in acting)
    company = roster.company
    above = company.chiefs or company.command
    for id_, role in company.roles.items():
        if role.scope == "company" and role.reports_to in above and id_ not in above:
            yield id_, False


def may_authorise(roster: Roster, person: PersonId, at: datetime) -> bool:
    """Whether the person may say who acts as commander: a chief, from wherever they are. Only when
    the bot can reach no chief at all, anybody else who is in command by post."""
    chiefs = roster.chiefs()
    if person in chiefs:
        return True
    if any(roster.can_be_told(chief, at) in ("yes", "away") for chief in chiefs):
        return False
    return any(post.role in roster.company.command for post in roster.roles_of(person))


def could_take_over(roster: Roster, known: HeadquartersState, person: PersonId) -> bool:
    """Whether a chief who is there could: nobody commands, somebody acts, or a chief after them."""
    if person not in roster.chiefs() or known.commander == person:
        return False
    if known.gap is not None or known.chief is None:
        return True
    return rank_of(roster, person) < rank_of(roster, known.chief)


def rank_of(roster: Roster, person: PersonId) -> int:
    """The place in the succession, 0 first; whoever is no chief comes after all who are."""
    chiefs = roster.chiefs()
    return chiefs.index(person) if person in chiefs else len(chiefs)
