"""Calling: a step that another plan carries out, as an incident of its own; and what begins by
itself after the end.

In: a step that opens, a child begun or ended, a parent ended or joined, the end. Out: events; the
facts that a child is told. Forbidden here: starting the child (it has a timeline of its own).
"""

from collections.abc import Mapping
from typing import assert_never

from plans import commands as c
from plans import events as e
from plans.engine.conditions import holds
from plans.engine.deciding import Deciding
from plans.engine.knowing import is_valid
from plans.format import Plan
from plans.incident import FactValue, Incident
from plans.model import FactName, StepId

PARENTS_LIMIT = 50


def call(deciding: Deciding, step: StepId) -> None:
    """Call the step's plan, unless what it called before is still under way."""
    plan = deciding.step(step).calls
    if plan is not None and not deciding.state(step).is_called_for:
        deciding.emit(e.PlanCalled(at=deciding.at, step=step, plan=plan))


def follow(
    deciding: Deciding, command: c.LinkChild | c.EndChild | c.EndParent | c.JoinCall
) -> None:
    """What the other incident tells this one."""
    match command:
        case c.LinkChild():
            _link(deciding, command)
        case c.EndChild():
            _end_child(deciding, command)
        case c.EndParent():
            _end_parent(deciding, command)
        case c.JoinCall():
            _join(deciding, command)
        case _:
            assert_never(command)


def _link(deciding: Deciding, command: c.LinkChild) -> None:
    deciding.emit(
        e.ChildLinked(at=deciding.at, step=command.step, number=command.number, title=command.title)
    )


def _end_child(deciding: Deciding, command: c.EndChild) -> None:
    """A child that closed has done the step. One that was merged or cancelled has not: the owner
    decides, and silence is chased again."""
    state = deciding.incident.steps.get(command.step)
    if state is None or state.child is None or state.child.number != command.number:
        return
    is_open = deciding.incident.is_open and deciding.is_open(command.step)
    chased = is_open and command.status != "closed" and state.taken_by is None
    acknowledge = deciding.step(command.step).due.acknowledge or deciding.reminders.acknowledge
    deciding.emit(
        e.ChildEnded(
            at=deciding.at,
            by=command.by,
            step=command.step,
            number=command.number,
            status=command.status,
            remind_at=deciding.share(acknowledge, None) if chased else state.remind_at,
            climb_at=deciding.at + acknowledge if chased else state.climb_at,
        )
    )
    if is_open and command.status == "closed":
        deciding.emit(e.StepCompleted(at=deciding.at, by=command.by, step=command.step))


def _end_parent(deciding: Deciding, command: c.EndParent) -> None:
    ended = {parent.number: parent.ended for parent in deciding.incident.parents}
    if ended.get(command.number) is False:
        deciding.emit(e.ParentEnded(at=deciding.at, number=command.number))


def _join(deciding: Deciding, command: c.JoinCall) -> None:
    """Bounded: who calls first is told of the end, and so many more."""
    known = [(parent.number, parent.step) for parent in deciding.incident.parents]
    called = (command.parent.number, command.parent.step)
    if called not in known and len(known) < PARENTS_LIMIT:
        deciding.emit(e.CallJoined(at=deciding.at, parent=command.parent))


def set_follow_ups(deciding: Deciding) -> None:
    """Each that its facts ask for; an answer that nobody gave asks for nothing."""
    for follow_up in deciding.plan.follow_up:
        if holds(follow_up.when, deciding.incident.facts, deciding.incident.earlier):
            begins_at = deciding.at + follow_up.in_
            deciding.emit(e.FollowUpSet(at=deciding.at, plan=follow_up.plan, begins_at=begins_at))


def handed_on(
    parent: Plan, incident: Incident, child: Plan, step: StepId | None = None
) -> Mapping[FactName, FactValue]:
    """What the parent knows, also by a decision, and the child asks for, under the same name and of
    the same type; and what the calling step (None: the end) says besides."""
    known = parent.known()
    said = {} if step is None else parent.step(step).calls_with
    return {
        **{name: value for name, value in said.items() if is_valid(child, name, value)},
        **{
            name: fact.value
            for name, fact in incident.facts.items()
            if name in known
            and name in child.ask
            and known[name].type == child.ask[name].type
            and is_valid(child, name, fact.value)
        },
    }
