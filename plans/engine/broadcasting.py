"""Broadcasting: the step whose owner sends something to many.

In: that it was sent, and how far it has come. Out: events; sending does the step. Forbidden here:
who reads it (see `plans.broadcast`).
"""

from plans import commands as c
from plans import events as e
from plans.engine import sharing
from plans.engine.acting import may_do
from plans.engine.deciding import Deciding


def follow(deciding: Deciding, command: c.SendBroadcast | c.CountBroadcast) -> c.Refusal | None:
    if isinstance(command, c.SendBroadcast):
        return _send(deciding, command)
    _count(deciding, command)
    return None


def _send(deciding: Deciding, command: c.SendBroadcast) -> c.Refusal | None:
    refusal = may_do(deciding, command)
    if refusal is not None:
        return refusal
    step = deciding.step(command.step)
    if step.broadcast is None:
        return c.Refusal(c.Reason.NO_SUCH_STEP, command.step)
    for name, record in step.record.items():
        if record.required and not deciding.incident.knows(name, command.step):
            return c.Refusal(c.Reason.NEEDS_FACT, name)
    deciding.emit(
        e.BroadcastSent(
            at=deciding.at,
            by=command.by,
            step=command.step,
            number=command.number,
            people=command.people,
            groups=command.groups,
        )
    )
    sharing.complete(deciding, command.step)
    return None


def _count(deciding: Deciding, command: c.CountBroadcast) -> None:
    """What is told of a broadcast that another has replaced since changes nothing."""
    state = deciding.incident.steps.get(command.step)
    sent = state.broadcast if state is not None else None
    if sent is None or sent.number != command.number:
        return
    now = (command.people, command.sent, command.confirmed, command.unreachable)
    if now == (sent.people, sent.sent, sent.confirmed, sent.unreachable):
        return
    deciding.emit(
        e.BroadcastCounted(
            at=deciding.at,
            step=command.step,
            number=command.number,
            people=command.people,
            sent=command.sent,
            confirmed=command.confirmed,
            unreachable=command.unreachable,
        )
    )
