"""Reach: how far somebody's broadcasts may go, and whose they may look after.

In: a roster and a person, the incidents in which they act as commander. Out: regions, and whether
the whole company. Forbidden here: Telegram.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from plans.area import Area, regions_of
from plans.broadcast.audience import Choice
from plans.company import Company
from plans.incident import Incident
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


def reach(roster: Roster, person: PersonId, commanding: Iterable[Incident] = ()) -> Reach:
    """Regional roles reach their own regions; whoever acts as commander where these incidents are,
    besides; company-wide roles and everyone in command reach all."""
    company = roster.company
    if person in roster.command() or _company_wide(roster, person):
        return Reach(tuple(company.regions), everywhere=True)
    commanded = {region for incident in commanding for region in _regions(incident, company)}
    may = (r for r in company.regions if r in commanded or roster.may(person, "broadcast", r))
    return Reach(tuple(may))


def _regions(incident: Incident, company: Company) -> set[RegionId]:
    """Where it is: its own, those of its areas, those in which somebody has a part of it."""
    areas = (fact.value for fact in incident.facts.values() if isinstance(fact.value, Area))
    parts = (state.region for state in incident.steps.values() if state.region is not None)
    return {incident.region, *parts, *(r for area in areas for r in regions_of(area, company))}


def _company_wide(roster: Roster, person: PersonId) -> bool:
    roles = roster.company.roles
    return any(
        post.region is None and post.role in roles and "broadcast" in roles[post.role].may
        for post in roster.roles_of(person)
    )


def may_look_after(
    roster: Roster, person: PersonId, sender: PersonId, choice: Choice | None, within: Reach
) -> bool:
    """Whether the person, who reaches that far, may see who has confirmed, chase, correct: the
    sender, and whoever could have sent it; one whose audience a plan chose (None) everyone in
    command besides."""
    if person == sender and roster.is_active(person):
        return True
    if choice is None:
        return person in roster.command()
    return within.covers(choice)
