"""Ending: an incident closes, or turns out to be another's. In: the last step done, a merge. Out:
every step settled, every promise released, every check ended. Forbidden here: leaving anything
open."""

from plans import commands as c
from plans import events as e
from plans.engine import opening, promising
from plans.engine.deciding import Deciding
from plans.incident import SkipReason, StepStatus


def settle(deciding: Deciding) -> None:
    """Settle the steps; what then has nothing left to do, and closes by itself, is closed."""
    opening.settle(deciding)
    if opening.closes_by_itself(deciding):
        close(deciding)


def close(deciding: Deciding) -> None:
    _wind_up(deciding)
    deciding.emit(e.IncidentClosed(at=deciding.at, by=deciding.by))


def merge(deciding: Deciding, command: c.MergeInto) -> None:
    _wind_up(deciding)
    deciding.emit(e.IncidentMerged(at=deciding.at, by=command.by, into=command.number))


def _wind_up(deciding: Deciding) -> None:
    for step, state in deciding.incident.steps.items():
        if state.status in (StepStatus.OPEN, StepStatus.WAITING):
            opening.skip(deciding, step, SkipReason.CLOSED)
    for name, check in deciding.incident.checks.items():
        if check.ask_at is not None or check.answer_by is not None:
            deciding.emit(e.CheckEnded(at=deciding.at, check=name))
    promising.release_all(deciding)
