"""Ticking: one after the other, the people on a call list are called.

In: somebody was called, and answered or not; time that passes. Out: events or a refusal. Forbidden
here: what ends a part (see `opening`).
"""

from datetime import datetime

from plans import commands as c
from plans import events as e
from plans.engine import acting
from plans.engine.deciding import Deciding
from plans.incident import StepState, StepStatus
from plans.model import StepId


def tick(deciding: Deciding, command: c.TickCall) -> c.Refusal | None:
    """Note how the call went, also after the part was said to be done. Whoever calls has taken the
    part."""
    state = deciding.incident.steps.get(command.step)
    if state is None or state.share is None or command.customer not in (state.share.calls or ()):
        return c.Refusal(c.Reason.NO_SUCH_STEP, command.step)
    if deciding.incident.is_past(command.step):
        return c.Refusal(c.Reason.NO_SUCH_STEP, command.step)
    refusal = acting.may_do(deciding, command)
    if refusal is not None:
        return refusal
    if state.taken_by is None and state.status is StepStatus.OPEN:
        acting.act(deciding, c.AcknowledgeStep(command.at, command.by, command.step))
    if _says_something_new(deciding, command, state):
        deciding.emit(
            e.CallTicked(
                at=deciding.at,
                by=command.by,
                step=command.step,
                customer=command.customer,
                result=command.result,
                retry_at=_retry_at(deciding, command),
            )
        )
    return None


def bring_up(deciding: Deciding, step: StepId) -> None:
    """Those who did not answer are to be called again, if it is time."""
    state = deciding.state(step)
    if state.share is None or state.retry_at is None or state.retry_at > deciding.at:
        return
    asked = (state.taken_by,) if state.taken_by else state.asked
    count = len(state.share.unanswered)
    deciding.emit(e.CallsBroughtUp(at=deciding.at, step=step, asked=asked, count=count))


def _says_something_new(deciding: Deciding, command: c.TickCall, state: StepState) -> bool:
    """Also that somebody did not answer once more, after they had been brought up again."""
    if state.share is None or state.share.called.get(command.customer) != command.result:
        return True
    is_open = state.status is StepStatus.OPEN
    again = is_open and state.retry_at is None and _retries(deciding, command.step)
    return again and command.result == "no_answer"


def _retry_at(deciding: Deciding, command: c.TickCall) -> datetime | None:
    """So long after the last call, as long as anybody has not answered and the part is not done."""
    state, for_each = deciding.state(command.step), deciding.step(command.step).for_each
    if state.share is None or for_each is None or for_each.retry is None:
        return None
    if state.status is not StepStatus.OPEN:
        return None
    others = [one for one in state.share.unanswered if one != command.customer]
    if command.result == "reached" and not others:
        return None
    return deciding.at + for_each.retry


def _retries(deciding: Deciding, step: StepId) -> bool:
    for_each = deciding.step(step).for_each
    return for_each is not None and for_each.retry is not None
