"""Children: incidents that a step of another one calls for.

In: what an incident has decided, the plans in force. Out: what begins with it, and the commands
that tell parent and child of each other. Forbidden here: deciding (the engine does) and asking (see
`wanting`).
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime

from plans import commands as c
from plans.engine.calling import handed_on
from plans.events import Event, PlanCalled
from plans.format import Plan
from plans.incident import Incident, Parent
from plans.model import StepId
from storage.port import Turn


@dataclass(frozen=True)
class Called:
    """A plan that a step calls, and the number of the incident that begins on it."""

    step: StepId
    plan: Plan
    number: int

    def link(self, at: datetime) -> c.LinkChild:
        """For the parent."""
        return c.LinkChild(at, self.step, self.number, self.plan.title)

    def start(
        self, parent_plan: Plan, parent: Incident, at: datetime, version: str
    ) -> c.StartIncident:
        """For the child: what the parent knows, from the same person, in the same region."""
        return c.StartIncident(
            at,
            parent.reporter,
            self.number,
            version,
            parent.region,
            handed_on(parent_plan, parent, self.plan, self.step),
            drill=parent.drill,
            parent=Parent(number=parent.number, title=parent_plan.title, step=self.step),
        )


async def called_for(
    turn: Turn, plans: Mapping[str, Plan], events: Iterable[Event]
) -> list[Called]:
    """What begins now. A plan that is no longer there begins nothing: the step is then done, and
    chased, like any other."""
    return [
        Called(event.step, plans[event.plan], await turn.next_number("incident"))
        for event in events
        if isinstance(event, PlanCalled) and event.plan in plans
    ]


def told_of_end(incident: Incident, at: datetime) -> Iterator[tuple[int, c.Command]]:
    """Whom to tell that an incident has ended: by number, the command."""
    if incident.parent is not None:
        step, by = incident.parent.step, incident.ended_by
        yield (
            incident.parent.number,
            c.EndChild(at, by, step, incident.number, incident.status),
        )
    for state in incident.steps.values():
        if state.child is not None and state.is_called_for:
            yield state.child.number, c.EndParent(at, incident.number)
