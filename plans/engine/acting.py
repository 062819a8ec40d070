"""Acting: what people do with a step. In: acknowledge, complete, decide, decline, hand over,
reassign. Out: events or a refusal. Forbidden here: trusting that only those were shown a button
who may press it.
"""

from typing import assert_never

from plans import commands as c
from plans import events as e
from plans.engine import approving, ending, opening, sharing
from plans.engine.climbing import climb_if_unasked
from plans.engine.deciding import Deciding
from plans.engine.due import afresh
from plans.format import CLOSING
from plans.incident import StepState, StepStatus
from plans.model import PersonId
from plans.rights import may_act, may_be_handed, may_close, may_reassign, own_to

Acting = (
    c.AcknowledgeStep
    | c.CompleteStep
    | c.DecideStep
    | c.DeclineStep
    | c.HandOverStep
    | c.ReassignStep
)
# What is done with a step elsewhere, under the same rights.
Doing = c.TickCall | c.SendBroadcast


def act(deciding: Deciding, command: Acting) -> c.Refusal | None:
    refusal = may_do(deciding, command)
    if refusal is not None:
        return refusal
    match command:
        case c.AcknowledgeStep():
            return _acknowledge(deciding, command)
        case c.CompleteStep():
            return _complete(deciding, command)
        case c.DecideStep():
            return approving.decide(deciding, command)
        case c.DeclineStep():
            return _decline(deciding, command)
        case c.HandOverStep() | c.ReassignStep():
            return _hand_over(deciding, command)
        case _:
            assert_never(command)


def may_do(deciding: Deciding, command: Acting | Doing) -> c.Refusal | None:
    """Why the person may not do anything with the step just now; None: they may."""
    state = deciding.incident.steps.get(command.step)
    if state is None:
        return c.Refusal(c.Reason.NO_SUCH_STEP, command.step)
    if state.status is StepStatus.DONE and not _still_calls(command, state):
        return c.Refusal(c.Reason.ALREADY_DONE, state.settled_by or "")
    is_open = state.status in (StepStatus.OPEN, StepStatus.DONE)
    if not is_open and not _closes_early(deciding, command):
        return c.Refusal(c.Reason.NOT_OPEN, command.step)
    decides = deciding.step(command.step).decide is not None
    if decides and not isinstance(command, c.ReassignStep):
        return approving.barred(deciding, command.step, command.by)
    own = own_to(deciding.roster, deciding.plan, deciding.incident, command.step)
    if not _may(deciding, command, state, own):
        return c.Refusal(c.Reason.NOT_YOURS, own or state.role or deciding.plan.close.by[0])
    return None


def _still_calls(command: Acting | Doing, state: StepState) -> bool:
    """Who was not reached by the time the calls were said to be done may be reached afterwards."""
    if not isinstance(command, c.TickCall) or state.share is None:
        return False
    return state.status is StepStatus.DONE and command.customer in state.share.left


def _closes_early(deciding: Deciding, command: Acting | Doing) -> bool:
    """What closes by itself has no closing step to wait for; it can be closed before."""
    completes = isinstance(command, c.CompleteStep) and command.step == CLOSING
    return completes and deciding.plan.close.auto


def _may(
    deciding: Deciding, command: Acting | Doing, state: StepState, own: PersonId | None
) -> bool:
    roster, incident, person = deciding.roster, deciding.incident, command.by
    closes = may_close(roster, deciding.plan, incident, person, deciding.at)
    if command.step == CLOSING and closes:
        return True
    if isinstance(command, c.ReassignStep):
        return may_reassign(roster, incident, state, person)
    return may_act(roster, incident, state, person, deciding.at, own)


def _acknowledge(deciding: Deciding, command: c.AcknowledgeStep) -> c.Refusal | None:
    """Taking a step stops the paging until its deadline; taken late, the deadline starts anew."""
    state, due = deciding.state(command.step), deciding.step(command.step).due
    if state.taken_by is not None and not state.held_up:
        mine = state.taken_by == command.by
        return c.Refusal(c.Reason.ALREADY_YOURS if mine else c.Reason.TAKEN, state.taken_by)
    late = state.due_at is None or state.due_at <= deciding.at
    due_at = afresh(deciding, due) if late or state.due_at is None else state.due_at
    deciding.emit(
        e.StepAcknowledged(
            at=deciding.at,
            by=command.by,
            step=command.step,
            due_at=due_at,
            remind_at=deciding.share(due_at - deciding.at, due.warn),
        )
    )
    return None


def _complete(deciding: Deciding, command: c.CompleteStep) -> c.Refusal | None:
    if deciding.step(command.step).decide is not None:
        return c.Refusal(c.Reason.TO_DECIDE, command.step)
    for name, record in deciding.step(command.step).record.items():
        if record.required and not deciding.incident.knows(name, command.step):
            return c.Refusal(c.Reason.NEEDS_FACT, name)
    early = _closes_early(deciding, command)
    if command.step == CLOSING and not early and (missing := opening.missing_facts(deciding)):
        return c.Refusal(c.Reason.NEEDS_FACT, missing[0])
    sharing.complete(deciding, command.step)
    if command.step == CLOSING:
        ending.close(deciding)
    return None


def _decline(deciding: Deciding, command: c.DeclineStep) -> c.Refusal | None:
    state, reason = deciding.state(command.step), command.reason.strip()[: e.NOTE_LIMIT]
    if state.taken_by not in (None, command.by) and command.by not in state.asked:
        return c.Refusal(c.Reason.TAKEN, state.taken_by or "")
    if not reason:
        return c.Refusal(c.Reason.NO_REASON, command.step)
    deciding.emit(e.StepDeclined(at=deciding.at, by=command.by, step=command.step, reason=reason))
    climb_if_unasked(deciding, command.step, "declined")
    return None


def _hand_over(deciding: Deciding, command: c.HandOverStep | c.ReassignStep) -> c.Refusal | None:
    state, due = deciding.state(command.step), deciding.step(command.step).due
    if command.to == state.taken_by:
        return c.Refusal(c.Reason.TAKEN, command.to)
    if refusal := _not_for(deciding, command, state):
        return refusal
    if deciding.roster.can_be_told(command.to, deciding.at) != "yes":
        return c.Refusal(c.Reason.OUT_OF_REACH, command.to)
    acknowledge = due.acknowledge or deciding.reminders.acknowledge
    late = state.due_at is None or state.due_at <= deciding.at
    deciding.emit(
        e.StepHandedOver(
            at=deciding.at,
            by=command.by,
            step=command.step,
            to=command.to,
            due_at=afresh(deciding, due) if late or state.due_at is None else state.due_at,
            climb_at=deciding.at + acknowledge,
            remind_at=deciding.share(acknowledge, None),
        )
    )
    return None


def _not_for(
    deciding: Deciding, command: c.HandOverStep | c.ReassignStep, state: StepState
) -> c.Refusal | None:
    """Why the step cannot be given to that person; a decision goes to nobody who may not decide."""
    decide = deciding.step(command.step).decide
    barred = approving.barred(deciding, command.step, command.to) if decide is not None else None
    if barred and barred.reason is c.Reason.OWN_REQUEST:
        return c.Refusal(c.Reason.NOT_THEIRS_TO_DECIDE, command.to)
    if decide and decide.tiers:
        return barred and c.Refusal(c.Reason.OVER_LIMIT, barred.detail)
    if not _may_get(deciding, command, state):
        return c.Refusal(c.Reason.NOT_THEIRS, command.to)
    return None


def _may_get(
    deciding: Deciding, command: c.HandOverStep | c.ReassignStep, state: StepState
) -> bool:
    """Whoever has command there chooses freely; and a stand-in answers for whoever is away,
    whatever department they are of."""
    roster, at = deciding.roster, deciding.at
    if isinstance(command, c.ReassignStep):
        return roster.is_active(command.to)
    owners = state.asked if state.taken_by is None else (state.taken_by,)
    acting = [roster.acting_for(owner, at) for owner in owners]
    return may_be_handed(roster, state, command.to) or command.to in acting
