"""Rights: who may do what in an incident, asked when a button is pressed.

In: roster, incident, person, step. Out: yes or no. Forbidden here: anything Telegram; taking the
roster for less than that incident's (whoever acts as its commander has a chief's rights in it).
"""

from datetime import datetime

from plans.format import REPORTER, Plan
from plans.incident import Incident, PersonPromise, StepState, StepStatus, VehiclePromise
from plans.model import FactName, PersonId, RegionId, RoleId, StepId
from plans.roster import Roster


def may_act(
    roster: Roster,
    incident: Incident,
    state: StepState,
    person: PersonId,
    at: datetime,
    own: PersonId | None = None,
) -> bool:
    """Whether the person may acknowledge, complete, decline or hand over the step at that time:
    whoever was told of it or has it, holds or deputises its role there or is on duty for it, or
    stands above that role. A step that is one person's `own` is not their colleagues', though
    these hold the same role."""
    roster = roster.for_incident(incident.number)
    if person in state.told or person == state.taken_by:
        return True
    if state.role is None:
        return False
    region = state.region or incident.region
    if own is not None:
        return person == own or roster.stands_above(person, state.role, region, at)
    return _has(roster, state.role, region, person, at)


def own_to(roster: Roster, plan: Plan, incident: Incident, step: StepId) -> PersonId | None:
    """The one person who does the step: whoever reported, a vehicle's driver, or somebody named;
    None for a step that belongs to a role."""
    owner = plan.step(step).owner
    if owner.person is not None:
        return owner.person
    if owner.role == REPORTER:
        return incident.reporter
    promise = incident.promises.get(owner.driver_of or owner.person_of or "")
    if isinstance(promise, VehiclePromise):
        return promise.driver
    if isinstance(promise, PersonPromise):
        return promise.person
    if owner.driver_of is None:
        return None
    vehicle = roster.company.vehicles.get(str(incident.fact(owner.driver_of)))
    return vehicle.driver if vehicle else None


def may_close(
    roster: Roster, plan: Plan, incident: Incident, person: PersonId, at: datetime
) -> bool:
    """Whether the person has (or stands above) a role that the plan names for closing."""
    roster = roster.for_incident(incident.number)
    return any(_has(roster, role, incident.region, person, at) for role in plan.close.by)


def may_cancel(
    roster: Roster, plan: Plan, incident: Incident, person: PersonId, at: datetime
) -> bool:
    """Whether the person may take the incident back: whoever reported or filed it, until the step
    that the plan names is done, or else for the company's `cancel_within`; whoever may close it, at
    any time."""
    own = person in (incident.reporter, incident.filed_by)
    return (own and _is_fresh(roster, plan, incident, at)) or may_close(
        roster, plan, incident, person, at
    )


def _is_fresh(roster: Roster, plan: Plan, incident: Incident, at: datetime) -> bool:
    if plan.withdraw_until is not None:
        return incident.steps[plan.withdraw_until].status is not StepStatus.DONE
    return at - incident.reported_at <= roster.company.reminders.cancel_within


def _has(roster: Roster, role: RoleId, region: RegionId, person: PersonId, at: datetime) -> bool:
    return person in roster.posted(role, region, at) or roster.stands_above(
        person, role, region, at
    )


def may_inform(roster: Roster, incident: Incident, person: PersonId, at: datetime) -> bool:
    """Whether the person may record or correct facts and see the incident: whoever reported it,
    was told of any of its steps, has a role or a shift in its region, or stands above it."""
    roster = roster.for_incident(incident.number)
    if person in incident.reporters:
        return True
    if any(person in state.told for state in incident.steps.values()):
        return True
    return roster.serves(person, incident.region, at) or person in roster.command()


def may_record(
    roster: Roster, plan: Plan, incident: Incident, name: FactName, person: PersonId, at: datetime
) -> bool:
    """Whether the person may say or correct that fact: what a step records is for whoever may act
    on that step, or a part of it, also after it is done; anything else for whoever has a part."""
    step = next((id_ for id_, one in plan.steps.items() if name in one.record), None)
    if step is None:
        return may_inform(roster, incident, person, at)
    own = own_to(roster, plan, incident, step)
    states = (incident.steps[step], *incident.parts_of(step).values())
    return any(may_act(roster, incident, state, person, at, own) for state in states)


def may_lower(
    roster: Roster, plan: Plan, incident: Incident, name: FactName, person: PersonId, at: datetime
) -> bool:
    """Whether the person may lower that level, which ends measures: what a step records is that
    step's to say; any other is for whoever commands the incident, may close it, or has command
    where it is."""
    if any(name in step.record for step in plan.steps.values()):
        return may_record(roster, plan, incident, name, person, at)
    known, there = incident.headquarters, roster.for_incident(incident.number)
    commands = known is not None and person == known.appointed
    return (
        commands
        or there.may(person, "command", incident.region)
        or may_close(roster, plan, incident, person, at)
    )


def may_follow(
    roster: Roster, plan: Plan, incident: Incident, step: StepId, person: PersonId, at: datetime
) -> bool:
    """Whether the person may see how far each part of the step is: whoever is in command there, may
    close the incident or is informed of it, has the step's role, or stands above it."""
    roster = roster.for_incident(incident.number)
    region = incident.region
    if roster.may(person, "command", region) or may_close(roster, plan, incident, person, at):
        return True
    if any(person in roster.posted(role, region, at) for role in plan.inform):
        return True
    role = plan.step(step).owner.role
    states = incident.parts_of(step).values()
    regions = {region, *(state.region for state in states if state.region is not None)}
    return role is not None and any(_has(roster, role, one, person, at) for one in regions)


def may_reassign(roster: Roster, incident: Incident, state: StepState, person: PersonId) -> bool:
    """Whether the person may give the step to somebody else, whoever has it: whoever has command
    where it is to be done."""
    there = roster.for_incident(incident.number)
    return there.may(person, "command", state.region or incident.region)


def may_be_handed(roster: Roster, state: StepState, person: PersonId) -> bool:
    """Whether the step may be handed to this person: someone of the role's own department, or
    someone who may act on it anyway."""
    if state.role is None:
        return False
    roles = roster.company.roles
    if (role := roles.get(state.role)) is None:
        return False
    return any(roles[post.role].department == role.department for post in roster.roles_of(person))
