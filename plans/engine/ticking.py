"""Ticking: one after the other, the people on a call list are called.

In: somebody was called, and answered or not. Out: events or a refusal. Forbidden here: what ends a
part (see `opening`).
"""

from plans import commands as c
from plans import events as e
from plans.engine import acting
from plans.engine.deciding import Deciding


def tick(deciding: Deciding, command: c.TickCall) -> c.Refusal | None:
    """Note how the call went. Whoever calls has taken the part."""
    state = deciding.incident.steps.get(command.step)
    if state is None or state.share is None or command.customer not in (state.share.calls or ()):
        return c.Refusal(c.Reason.NO_SUCH_STEP, command.step)
    refusal = acting.may_do(deciding, command)
    if refusal is not None:
        return refusal
    if state.taken_by is None:
        acting.act(deciding, c.AcknowledgeStep(command.at, command.by, command.step))
    if state.share.called.get(command.customer) != command.result:
        deciding.emit(
            e.CallTicked(
                at=deciding.at,
                by=command.by,
                step=command.step,
                customer=command.customer,
                result=command.result,
            )
        )
    return None
