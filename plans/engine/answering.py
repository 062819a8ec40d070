"""Answering: what the owners of several parts answer, and what stands for all of them.

In: a fact of type level said by the owner of a part. Out: their answer on record; the highest of
all answers as the fact. Forbidden here: whether they may say it.
"""

from plans import commands as c
from plans import events as e
from plans.engine.deciding import Deciding
from plans.format import whole_of
from plans.incident import StepState
from plans.model import FactName, StepId


def part_answered(deciding: Deciding, command: c.RecordFact) -> StepId | None:
    """The part whose owner says it: the one it was asked at, or else their own; None for whoever
    has no part in it, who says what stands for all."""
    recorded = (
        n for n, one in deciding.steps.items() if one.for_each and command.name in one.record
    )
    step = next(recorded, None)
    if step is None:
        return None
    parts = deciding.incident.parts_of(step)
    if command.step in parts:
        return command.step
    own = (name for name, part in parts.items() if command.by in (part.taken_by, part.settled_by))
    return next(own, None)


def answer(deciding: Deciding, part: StepId, name: FactName, value: str) -> None:
    """The highest answer stands, unless somebody has said a higher one for all."""
    highest = _highest(deciding, part, name)
    share = deciding.state(part).share
    if share is not None and share.answers.get(name) != value:
        deciding.emit(
            e.PartAnswered(at=deciding.at, by=deciding.by, step=part, name=name, value=value)
        )
    known = deciding.incident.fact(name)
    stands = _highest(deciding, part, name)
    follows = (
        known is None
        or known == highest
        or _rank(deciding, name, stands) > _rank(deciding, name, known)
    )
    if follows and stands is not None and stands != known:
        deciding.emit(
            e.FactRecorded(
                at=deciding.at, by=deciding.by, name=name, value=stands, previous=known, step=part
            )
        )


def _highest(deciding: Deciding, part: StepId, name: FactName) -> str | None:
    answers = (_answer(one, name) for one in deciding.incident.parts_of(whole_of(part)).values())
    known = [one for one in answers if one is not None]
    return max(known, key=lambda one: _rank(deciding, name, one), default=None)


def _answer(part: StepState, name: FactName) -> str | None:
    return part.share.answers.get(name) if part.share else None


def _rank(deciding: Deciding, name: FactName, value: object) -> int:
    """The higher the level, the higher; below all of them what is none."""
    levels = list(deciding.plan.asked()[name].choices)
    return levels.index(str(value)) if value in levels else -1
