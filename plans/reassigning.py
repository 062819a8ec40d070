"""Reassigning: who has which open step, who of them is absent, and who comes next.

In: incidents with their plans, the roster, the time. Out: what is held by whom; to whom each
absent person's step would go. Forbidden here: handing anything over (the engine does).
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from plans.engine.deciding import Deciding
from plans.engine.owners import rungs_of
from plans.format import Plan
from plans.incident import Incident, StepState, StepStatus
from plans.model import PersonId, StepId
from plans.roster import Roster

Why = Literal["unreachable", "away", "no_telegram", "silent", "there"]


@dataclass(frozen=True)
class Held:
    """An open step that somebody has or is asked for. `why`: whether they can be counted on.
    `stranded`: nobody else who could be told has it or is asked."""

    incident: Incident
    step: StepId
    person: PersonId
    why: Why
    stranded: bool


def held_steps(incident: Incident, roster: Roster, at: datetime) -> list[Held]:
    """Every open step with each person who has it or whose answer is awaited."""
    found = []
    there = roster.for_incident(incident.number)
    for step, state in incident.steps.items():
        if state.status is not StepStatus.OPEN:
            continue
        people = (state.taken_by,) if state.taken_by else state.asked
        stranded = all(there.can_be_told(p, at) != "yes" for p in people)
        for person in people:
            why = _why(there, state, person, at)
            found.append(Held(incident, step, person, why, stranded))
    return found


def _why(roster: Roster, state: StepState, person: PersonId, at: datetime) -> Why:
    told = roster.can_be_told(person, at)
    if told != "yes":
        return told
    late = state.held_up or (state.taken_by is None and state.remind_at is None)
    return "silent" if late else "there"


def next_for(plan: Plan, held: Held, roster: Roster, at: datetime) -> PersonId | None:
    """Who takes an absent person's step: their stand-in, else the next up the ladder who can be
    told; None when nobody can."""
    there = roster.for_incident(held.incident.number)
    rungs = rungs_of(Deciding(plan, there, held.incident, at), held.step)
    people = (held.person, *(p for rung in rungs for p in rung.people))
    for person in people:
        acting = there.acting_for(person, at)
        if acting != held.person and there.can_be_told(acting, at) == "yes":
            return acting
    return None
