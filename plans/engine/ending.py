"""Ending: an incident closes, turns out to be another's or a mistake. In: the last step done, a
merge, a cancellation. Out: every step settled, every promise released, every check ended. Forbidden
here: leaving anything open."""

from plans import commands as c
from plans import events as e
from plans.engine import approving, calling, opening, promising
from plans.engine.deciding import Deciding
from plans.incident import SkipReason, StepStatus
from plans.rights import may_cancel


def settle(deciding: Deciding) -> None:
    """Settle the steps; what then has nothing left to do, and closes by itself, is closed."""
    approving.follow(deciding)
    opening.settle(deciding)
    if opening.closes_by_itself(deciding):
        close(deciding)


def close(deciding: Deciding) -> None:
    _wind_up(deciding)
    calling.set_follow_ups(deciding)
    deciding.emit(e.IncidentClosed(at=deciding.at, by=deciding.by))


def merge(deciding: Deciding, command: c.MergeInto) -> None:
    _wind_up(deciding)
    deciding.emit(e.IncidentMerged(at=deciding.at, by=command.by, into=command.number))


def cancel(deciding: Deciding, command: c.CancelIncident) -> c.Refusal | None:
    """By whoever reported or filed it, soon after or for as long as the plan says; later by those
    who may close it."""
    reason = command.reason.strip()[: e.NOTE_LIMIT]
    if not may_cancel(deciding.roster, deciding.plan, deciding.incident, command.by, deciding.at):
        late = command.by in deciding.incident.reporters
        return c.Refusal(c.Reason.TOO_LATE if late else c.Reason.NO_PART, deciding.plan.close.by[0])
    if not reason:
        return c.Refusal(c.Reason.NO_REASON)
    _wind_up(deciding)
    deciding.emit(e.IncidentCancelled(at=deciding.at, by=command.by, reason=reason))
    return None


def _wind_up(deciding: Deciding) -> None:
    for step, state in deciding.incident.steps.items():
        if state.status not in (StepStatus.DONE, StepStatus.SKIPPED):
            opening.skip(deciding, step, SkipReason.CLOSED)
    for name, check in deciding.incident.checks.items():
        if check.ask_at is not None or check.answer_by is not None:
            deciding.emit(e.CheckEnded(at=deciding.at, check=name))
    promising.release_all(deciding)
