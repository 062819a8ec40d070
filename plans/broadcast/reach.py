"""Reach: how far somebody's broadcasts may go, and whose they may look after.

In: a roster and a person. Out: regions, and whether the whole company. Forbidden here: Telegram.
"""

from dataclasses import dataclass

from plans.broadcast.audience import Choice
from plans.model import PersonId, RegionId
from plans.roster import Roster


@dataclass(frozen=True)
class Reach:
    """`everywhere`: also roles and groups of the whole company."""

    regions: tuple[RegionId, ...] = ()
    everywhere: bool = False

    def covers(self, choice: Choice) -> bool:
        """Whether all of it is within reach."""
        return set(choice.regions) <= set(self.regions) and (
            self.everywhere or not choice.everywhere
        )


def reach(roster: Roster, person: PersonId) -> Reach:
    """Regional roles reach their own regions; company-wide ones, everyone in command, and whoever
    acts as commander reach all."""
    company = roster.company
    if person in roster.command() or roster.acts_somewhere(person) or _company_wide(roster, person):
        return Reach(tuple(company.regions), everywhere=True)
    return Reach(tuple(r for r in company.regions if roster.may(person, "broadcast", r)))


def _company_wide(roster: Roster, person: PersonId) -> bool:
    roles = roster.company.roles
    return any(
        post.region is None and post.role in roles and "broadcast" in roles[post.role].may
        for post in roster.roles_of(person)
    )


def may_look_after(
    roster: Roster, person: PersonId, sender: PersonId, choice: Choice | None
) -> bool:
    """Whether the person may see who has confirmed, chase, correct: the sender, and whoever could
    have sent it; one whose audience a plan chose (None) everyone in command besides."""
    if person == sender and roster.is_active(person):
        return True
    if choice is None:
        return person in roster.command()
    return reach(roster, person).covers(choice)
