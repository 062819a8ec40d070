"""Resting: what can wait until the morning disturbs nobody at night.

In: a step of a plan that rests. Out: when its owners may be asked; what comes due in the quiet
hours put off until they are over. Forbidden here: holding back what is needed before there would be
time for it.
"""

from datetime import datetime, timedelta

from plans import events as e
from plans.engine.deciding import Deciding
from plans.engine.due import OVER, moment_of
from plans.format import whole_of
from plans.model import FactName, PersonId, StepId
from plans.roster.quiet import quiet_until, sent_from


def wakes_at(deciding: Deciding, step: StepId, people: tuple[PersonId, ...]) -> datetime | None:
    """From when on those people may be asked, where that is later than now. Whoever is on duty by
    the rota, or wants no quiet hours, may be asked at any time."""
    ends_at = quiet_until(deciding.roster.company, deciding.at)
    if ends_at is None or not _can_wait(deciding, step, ends_at):
        return None
    at = deciding.at
    awake = (sent_from(deciding.roster, person, at) == at for person in people)
    return None if any(awake) else ends_at


def rest(deciding: Deciding, step: StepId) -> bool:
    """Put off what has come due for an open step; whether it had to be."""
    state, due = deciding.state(step), deciding.step(step).due
    moments = (state.due_at, state.remind_at, state.climb_at)
    if not any(moment is not None and moment <= deciding.at for moment in moments):
        return False
    people = state.asked if state.taken_by is None else (state.taken_by,)
    ends_at = wakes_at(deciding, step, people)
    if ends_at is None:
        return False
    due_at = state.due_at
    if due_at is None or due_at <= ends_at:
        due_at = ends_at + (due.in_ or OVER)
    acknowledge = due.acknowledge or deciding.reminders.acknowledge
    deciding.emit(
        e.DeadlineMoved(
            at=deciding.at,
            step=step,
            due_at=due_at,
            previous=state.due_at,
            remind_at=ends_at,
            climb_at=ends_at + acknowledge if state.taken_by is None else due_at,
        )
    )
    return True


def _can_wait(deciding: Deciding, step: StepId, ends_at: datetime) -> bool:
    """Whether there is time for the step between then and when it is needed, and for what has to
    come between: the decisions after it, and what is to be done so long before that moment."""
    rests = deciding.plan.rests
    if rests is None:
        return False
    needed_at = moment_of(deciding, rests.unless) if rests.unless is not None else None
    return needed_at is None or ends_at + _takes(deciding, step, rests.unless) <= needed_at


def _takes(deciding: Deciding, step: StepId, needed: FactName | None) -> timedelta:
    own = deciding.step(step).due
    names = list(deciding.plan.steps)
    later = [deciding.step(name) for name in names[names.index(whole_of(step)) + 1 :]]
    decided = (one.due.in_ or OVER for one in later if one.decide is not None)
    leads = (one.due.in_ or OVER for one in later if one.due.before == needed)
    return (own.in_ or OVER) + sum(decided, timedelta()) + max(leads, default=timedelta())
