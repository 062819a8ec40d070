"""Deciding: one decision under way.

In: plan, roster, the incident, who and when. Out: the events so far, with the incident as they
leave it, so that each part of a decision sees what the part before it did. Forbidden here: rules.
"""

from collections.abc import Container
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import cached_property

from plans.company.model import Reminders
from plans.events import DeadlineMoved, Event, FactRecorded, StepCompleted, StepOpened
from plans.evolve import evolve
from plans.format import AfterMissed, Plan, Step, whole_of
from plans.incident import Incident, StepState, StepStatus
from plans.model import CheckId, FactName, PersonId, StepId
from plans.roster import Roster

# After which what was said of a step counts no more.
StepTurned = StepOpened | StepCompleted | DeadlineMoved


@dataclass
class Deciding:
    """`incident` always is what `events` made of what was there before."""

    plan: Plan
    roster: Roster
    incident: Incident
    at: datetime
    by: PersonId | None = None
    events: list[Event] = field(default_factory=list)

    def emit(self, event: Event) -> None:
        self.events.append(event)
        self.incident = evolve(self.incident, event)

    @cached_property
    def steps(self) -> dict[StepId, Step]:
        return self.plan.every_step()

    @cached_property
    def allocated(self) -> frozenset[FactName]:
        """The facts that searches in the pool record."""
        return frozenset(s.allocate.as_ for s in self.steps.values() if s.allocate)

    def step(self, step: StepId) -> Step:
        return self.steps[whole_of(step)]

    def state(self, step: StepId) -> StepState:
        return self.incident.steps[step]

    def opened_by(self, check: CheckId) -> list[StepId]:
        """The steps that silence on a check opens."""
        return [s for s, step in self.steps.items() if step.after == AfterMissed(missed=check)]

    def is_open(self, step: StepId) -> bool:
        return self.state(step).status is StepStatus.OPEN

    def said_since(
        self, step: StepId, names: Container[FactName], since: tuple[type[StepTurned], ...]
    ) -> FactRecorded | None:
        """The last time that this decision has recorded one of the facts, unless one of the events
        `since` has happened to the step after that."""
        for event in reversed(self.events):
            if isinstance(event, FactRecorded) and event.name in names:
                return event
            if isinstance(event, since) and event.step == step:
                return None
        return None

    @property
    def reminders(self) -> Reminders:
        return self.roster.company.reminders

    def share(self, span: timedelta, part: float | None) -> datetime | None:
        """The moment when that part of a span from now has passed; the company's part if None.

        None for no part at all: a reminder at the very moment of telling says nothing new.
        """
        waited = span * (self.reminders.remind if part is None else part)
        return self.at + waited if waited else None
