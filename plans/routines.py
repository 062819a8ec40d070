"""Routines: where a plan begins by itself.

In: a plan, the roster. Out: regions. Forbidden here: when (see `plans.calendar`).
"""

from plans.format import Plan
from plans.model import RegionId
from plans.roster import Roster


def regions_for(plan: Plan, roster: Roster) -> tuple[RegionId, ...]:
    """The regions in which the routine begins, in the company's order; () for no routine."""
    company = roster.company
    match plan.routine.for_ if plan.routine else None:
        case "company":
            return (company.company.headquarters,)
        case "regions_with_spares":
            spare = {vehicle.region for vehicle in company.vehicles.values() if vehicle.spare}
            return tuple(region for region in company.regions if region in spare)
        case "regions_with_stock":
            return tuple(roster.held_in)
        case "each_region":
            role = next(iter(plan.steps.values())).owner.role or plan.close.by[0]
            return tuple(
                region
                for region, known in company.regions.items()
                if known.depot is not None
                or roster.holders(role, region)
                or roster.deputies(role, region)
            )
        case None:
            return ()
