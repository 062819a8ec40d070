"""Passing: time passes, people drop out of reach. In: what is due by now, who is lost. Out:
reminders, missed deadlines, the next in line told. Forbidden here: doing anything twice; what has
been done has moved its deadline on."""

from datetime import datetime

from plans import commands as c
from plans import events as e
from plans.engine import checking, resting, ticking
from plans.engine.climbing import climb, climb_if_unasked, pass_over
from plans.engine.deciding import Deciding
from plans.incident import StepState, StepStatus
from plans.model import StepId


def pass_time(deciding: Deciding) -> None:
    """Everything due by now: each open step, then each check."""
    for step, state in deciding.incident.steps.items():
        if state.status is StepStatus.OPEN:
            _pass_time_of(deciding, step, state)
            ticking.bring_up(deciding, step)
    checking.pass_time(deciding)


def _pass_time_of(deciding: Deciding, step: StepId, state: StepState) -> None:
    if resting.rest(deciding, step):
        return
    if state.due_at is not None and state.due_at <= deciding.at and not state.held_up:
        deciding.emit(e.DeadlineMissed(at=deciding.at, step=step, due_at=state.due_at))
        if state.taken_by is not None or state.is_called_for or _waits_long(deciding, state):
            climb(deciding, step, "overdue")
            return
    if _has_come(deciding, state.climb_at):
        climb(deciding, step, "overdue" if state.taken_by else "silence")
    elif _has_come(deciding, deciding.state(step).remind_at):
        asked = (state.taken_by,) if state.taken_by else state.asked
        deciding.emit(e.OwnerReminded(at=deciding.at, step=step, asked=asked))


def _waits_long(deciding: Deciding, state: StepState) -> bool:
    """Whether nobody else would hear for long that the time is up: the deadline came sooner than
    was thought."""
    every = deciding.reminders.repeat_every
    return not deciding.incident.routine and (state.climb_at or deciding.at) > deciding.at + every


def _has_come(deciding: Deciding, moment: datetime | None) -> bool:
    return moment is not None and moment <= deciding.at


def lose(deciding: Deciding, command: c.LosePerson) -> None:
    """Somebody cannot be reached: wherever their answer is awaited, the next in line is told."""
    person = command.person
    for step, state in deciding.incident.steps.items():
        awaited = person in state.asked or person == state.taken_by
        if state.status is StepStatus.OPEN and awaited:
            pass_over(deciding, step, person, "unreachable")
            climb_if_unasked(deciding, step, "unreachable")
    checking.lose(deciding, person)
