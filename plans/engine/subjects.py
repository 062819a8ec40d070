"""Subjects: the one thing an incident is about, as its plan says.

In: a plan, an incident. Out: whether it is about something, which vehicle is down for it. Forbidden
here: what is asked about it.
"""

from plans.company import Company
from plans.format import Plan
from plans.incident import FactValue, Incident


def is_about(plan: Plan, incident: Incident, subject: FactValue) -> bool:
    """Whether it is an incident of that plan about that thing."""
    known = incident.fact(plan.subject) if plan.subject is not None else None
    return incident.plan == plan.plan and known == subject


def vehicles_down(plan: Plan, incident: Incident | None, company: Company) -> set[str]:
    """The vehicle an open incident is about, if it is one. What another incident called for leaves
    that to the other."""
    if incident is None or not incident.is_open or plan.subject is None:
        return set()
    if incident.parent is not None:
        return set()
    return {str(incident.fact(plan.subject))} & set(company.vehicles)
