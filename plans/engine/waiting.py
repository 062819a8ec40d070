"""Waiting: a step for which all is ready, but it is too soon.

In: a step that could begin now. Out: when it does begin. Forbidden here: opening it.
"""

from datetime import datetime

from plans import events as e
from plans.engine import resting
from plans.engine.deciding import Deciding
from plans.engine.due import moment_of
from plans.engine.owners import answering, owning_of
from plans.model import StepId


def is_too_soon(deciding: Deciding, step: StepId) -> bool:
    """Whether it must wait; puts it off until then. A moment that nobody knows is not waited for:
    a step left out because somebody forgot to say when would be lost."""
    until, state = _opens_at(deciding, step), deciding.state(step)
    if until is None or until <= deciding.at:
        return False
    if state.opens_at != until:
        deciding.emit(e.StepPostponed(at=deciding.at, step=step, until=until))
    return True


def is_put_off(deciding: Deciding, step: StepId) -> bool:
    """Whether it has begun and the moment has just been said to be later; whoever has taken it by
    then goes on."""
    wait, state = deciding.step(step).not_before, deciding.state(step)
    if wait is None or wait.fact is None or state.taken_by is not None:
        return False
    said = deciding.said_since(step, (wait.fact,), (e.StepOpened,))
    until = moment_of(deciding, wait.fact)
    return said is not None and until is not None and until > deciding.at


def wait_for_others(deciding: Deciding, step: StepId) -> None:
    """It is not for the time any more that it does not begin."""
    if deciding.state(step).opens_at is not None:
        deciding.emit(e.StepPostponed(at=deciding.at, step=step, until=None))


def _opens_at(deciding: Deciding, step: StepId) -> datetime | None:
    """When it may begin, by the plan, and then by the night."""
    planned = _planned_at(deciding, step)
    if planned is not None and planned > deciding.at:
        return planned
    first = owning_of(deciding, step).rungs[0].people if deciding.plan.rests is not None else ()
    return resting.wakes_at(deciding, step, tuple(answering(deciding, step, p) for p in first))


def _planned_at(deciding: Deciding, step: StepId) -> datetime | None:
    wait = deciding.step(step).not_before
    if wait is None:
        return None
    if wait.fact is not None:
        return moment_of(deciding, wait.fact)
    since_ready = None if wait.in_ is None else deciding.at + wait.in_
    return deciding.state(step).opens_at or since_ready
