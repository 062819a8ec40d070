"""Children: incidents that a step of another one calls for, and those that are to follow it.

In: what an incident has decided, the plans in force. Out: what begins with it or will after it, and
the commands that tell parent and child of each other. Forbidden here: deciding (the engine does),
asking (see `reporting.wanting`), and beginning what follows (see `following`).
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime

from handlers.incidents.follow_ups import FOLLOW_UPS, FollowUp
from handlers.reporting.joining import running_there
from plans import commands as c
from plans.area import Area
from plans.engine.calling import handed_on
from plans.events import Event, FollowUpSet, PlanCalled
from plans.format import CLOSING, Plan
from plans.incident import FactValue, Incident, Parent
from plans.model import FactName, RegionId, StepId
from plans.roster import Roster
from storage.port import Turn


@dataclass(frozen=True)
class Called:
    """A plan that a step calls, and the number of the incident that begins on it, or of the one
    that is `running` there already."""

    step: StepId
    plan: Plan
    number: int
    running: Incident | None = None

    def parent(self, plan: Plan, incident: Incident) -> Parent:
        """For the child: the incident that calls."""
        return Parent(number=incident.number, title=plan.title, step=self.step)

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
            {**_given(self.plan, parent.region), **handed(parent_plan, parent, self)},
            drill=parent.drill,
            parent=self.parent(parent_plan, parent),
        )


async def called_for(
    turn: Turn,
    plans: Mapping[str, Plan],
    plan: Plan,
    parent: Incident,
    events: Iterable[Event],
    roster: Roster,
) -> list[Called]:
    """What begins now, or is under way in that region already. A plan that is no longer there
    begins nothing: the step is then done, and chased, like any other."""
    found = []
    for event in events:
        if not isinstance(event, PlanCalled) or event.plan not in plans:
            continue
        child = plans[event.plan]
        facts = handed_on(plan, parent, child, event.step)
        running = await running_there(turn, child, roster, parent.region, facts, drill=parent.drill)
        number = await turn.next_number("incident") if running is None else running.number
        found.append(Called(event.step, child, number, running))
    return found


def handed(plan: Plan, parent: Incident, called: Called) -> Mapping[FactName, FactValue]:
    """What the child is told."""
    return handed_on(plan, parent, called.plan, called.step)


def _given(child: Plan, region: RegionId) -> dict[FactName, FactValue]:
    """The area that a question takes unless somebody says otherwise: nobody is in the middle of
    reporting it, and help must not wait for that answer."""
    areas = [name for name, ask in child.ask.items() if ask.default == "region"]
    return {name: Area(regions=(region,)) for name in areas}


def named(plans: Mapping[str, Plan], events: tuple[Event, ...]) -> tuple[Event, ...]:
    """The events, with the titles of the plans that are to follow; a plan that is no longer there
    follows nothing."""
    return tuple(
        event.model_copy(update={"title": plans[event.plan].title})
        if isinstance(event, FollowUpSet)
        else event
        for event in events
        if not isinstance(event, FollowUpSet) or event.plan in plans
    )


def keep_follow_ups(
    turn: Turn, plans: Mapping[str, Plan], plan: Plan, closed: Incident, events: Iterable[Event]
) -> None:
    """What is to follow, with what is known now: by then the incident may be in the archive."""
    for event in events:
        if isinstance(event, FollowUpSet):
            follow_up = FollowUp(
                parent=Parent(number=closed.number, title=plan.title, step=CLOSING, ended=True),
                plan=event.plan,
                at=event.begins_at,
                region=closed.region,
                reporter=closed.reporter,
                facts=dict(handed_on(plan, closed, plans[event.plan])),
                drill=closed.drill,
            )
            turn.put(FOLLOW_UPS, follow_up)


def told_of_end(incident: Incident, at: datetime) -> Iterator[tuple[int, c.Command]]:
    """Whom to tell that an incident has ended: by number, the command."""
    for parent in incident.parents:
        end = c.EndChild(at, incident.ended_by, parent.step, incident.number, incident.status)
        yield parent.number, end
    for state in incident.steps.values():
        if state.child is not None and state.is_called_for:
            yield state.child.number, c.EndParent(at, incident.number)
