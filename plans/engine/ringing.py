"""Ringing along: what one incident repeats to everyone in command comes together.

In: a decision in which a repeat has just become due. Out: what would have been repeated soon
after it, now. Forbidden here: delaying anything; hastening what command does not know.

Each step keeps its own clock, so that the silence of ten steps would ring ten times as often as
that of one, and say a tenth each time. A repeat is brought forward by less than half of its own
pace, so that steps of one pace ring as one after the first round and none rings twice as often;
and only when it would have come before the next repeat, which else takes it along.
"""

from datetime import datetime
from typing import Final, TypeGuard

from plans import events as e
from plans.engine import seeking
from plans.engine.climbing import climb
from plans.engine.deciding import Deciding
from plans.engine.last_in_line import may_be_last
from plans.engine.owners import rungs_of
from plans.engine.pace import repeat_pace
from plans.incident import StepState, StepStatus
from plans.model import StepId

# Brought forward by so much of its pace at most.
_PART: Final = 2

Repeat = e.StepEscalated | e.CommanderSought


def ring_along(deciding: Deciding) -> None:
    """Repeat now what would be repeated soon after what this decision repeats."""
    next_at = min((_next_at(event) for event in deciding.events if is_repeat(event)), default=None)
    if next_at is None:
        return
    for step, state in deciding.incident.steps.items():
        soon = deciding.at + repeat_pace(deciding, step) / _PART
        if _is_before(state.climb_at, soon, next_at) and _waits_for_command(deciding, step, state):
            climb(deciding, step, "overdue" if state.taken_by else "silence")
    known = deciding.incident.headquarters
    if known is not None and known.seeks > 1:
        soon = deciding.at + seeking.pace(deciding, known) / _PART
        if _is_before(known.seek_at, soon, next_at):
            seeking.seek(deciding, known.gap or "silent")


def is_repeat(event: e.Event) -> TypeGuard[Repeat]:
    """Whether it tells everyone in command again, for no other reason than that time has passed."""
    if isinstance(event, e.StepEscalated):
        return event.again and event.why in ("silence", "overdue")
    return isinstance(event, e.CommanderSought) and event.again


def _next_at(event: Repeat) -> datetime:
    return event.climb_at if isinstance(event, e.StepEscalated) else event.seek_at


def _is_before(again_at: datetime | None, soon: datetime, next_at: datetime) -> bool:
    return again_at is not None and again_at <= soon and again_at < next_at


def _waits_for_command(deciding: Deciding, step: StepId, state: StepState) -> bool:
    """Whether nobody but those in command is asked; not whom one of them has just handed it to."""
    if state.status is not StepStatus.OPEN or not state.in_command:
        return False
    *_, command = rungs_of(deciding, step)
    return may_be_last(deciding, step, command).issuperset(state.asked)
