"""Involved: who has a part in an incident, and what of it waits for them.

In: an incident, a person, the roster. Out: yes or no, steps. Forbidden here: what they may do (see
`rights`).
"""

from datetime import datetime

from plans.incident import Incident, StepState, StepStatus
from plans.model import PersonId, StepId
from plans.roster import Roster


def has_part(incident: Incident, person: PersonId) -> bool:
    """Whether the person reported it, commands or commanded it, was told of any of its steps, or is
    asked whether all is well."""
    if person in (*incident.reporters, *incident.directed_by):
        return True
    if any(person == check.asked for check in incident.checks.values()):
        return True
    return any(person in state.told for state in incident.steps.values())


def steps_with(incident: Incident, person: PersonId) -> list[tuple[StepId, StepState]]:
    """The open steps a person has, or whose answer is awaited from them."""
    return [
        (step, state)
        for step, state in incident.steps.items()
        if state.status is StepStatus.OPEN and (state.taken_by == person or person in state.asked)
    ]


def waiting_for(incident: Incident, person: PersonId) -> list[StepId]:
    """Open steps that the person is asked for and nobody has taken."""
    return [
        step
        for step, state in incident.steps.items()
        if _is_untaken(state) and person in state.asked
    ]


def left_to(roster: Roster, incident: Incident, person: PersonId, at: datetime) -> list[StepId]:
    """Open steps that nobody sees to: what the person is asked for, and what they were told of
    before it went to everyone in command."""
    there = roster.for_incident(incident.number)
    command = {there.acting_for(one, at) for one in there.command()}

    def waits(state: StepState) -> bool:
        if not _is_untaken(state) or state.is_called_for:
            return False
        passed_on = state.in_command and set(state.asked) <= command
        told = person in state.told and person not in command
        return person in state.asked or (passed_on and told)

    return [step for step, state in incident.steps.items() if waits(state)]


def _is_untaken(state: StepState) -> bool:
    return state.status is StepStatus.OPEN and state.taken_by is None
