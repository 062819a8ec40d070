"""Rounds: what a plan lets come more than once in one incident, as a second stop in one storm.

In: a decision under way. Out: the steps of a round put back to their beginning, and what they
recorded not known any more. Forbidden here: opening them again (see `opening`); touching what was
done on record: lists that were called stay as they were.
"""

from plans import events as e
from plans.engine.conditions import holds
from plans.engine.deciding import Deciding
from plans.format import Round
from plans.incident import SkipReason, StepStatus
from plans.model import FactName, StepId


def begin(deciding: Deciding) -> None:
    """Each round whose time has come, in the order of the plan. One that has begun begins once more
    only after one of the steps that end it has been done again."""
    for name, one in deciding.plan.rounds.items():
        if not _is_over(deciding, name, one):
            continue
        if holds(one.when, deciding.incident.facts, deciding.incident.earlier):
            _begin(deciding, name, one)


def _is_over(deciding: Deciding, name: str, one: Round) -> bool:
    since = deciding.incident.rounds.get(name, {})
    states = ((step, deciding.state(step)) for step in one.over)
    return any(s.status is StepStatus.DONE and s.round > since.get(step, 0) for step, s in states)


def _begin(deciding: Deciding, name: str, one: Round) -> None:
    """Whoever is still at work on the round before is told that it is not needed any more."""
    for step in one.steps:
        for part in (*deciding.incident.parts_of(step), step):
            if deciding.state(part).status in (StepStatus.OPEN, StepStatus.SHARED):
                reason = SkipReason.NOT_NEEDED
                deciding.emit(
                    e.StepSkipped(at=deciding.at, by=deciding.by, step=part, reason=reason)
                )
    deciding.emit(
        e.RoundBegun(
            at=deciding.at,
            by=deciding.by,
            round=name,
            steps=one.steps,
            facts=tuple(_recorded(deciding, one)),
            since={step: deciding.state(step).round for step in one.over},
        )
    )


def _recorded(deciding: Deciding, one: Round) -> dict[FactName, None]:
    """What its steps have recorded, each once."""
    found: dict[FactName, None] = {}
    for step in one.steps:
        found |= dict.fromkeys(_says(deciding, step))
    return {name: None for name in found if name in deciding.incident.facts}


def _says(deciding: Deciding, step: StepId) -> tuple[FactName, ...]:
    written = deciding.step(step)
    decided = written.decide.says({}) if written.decide is not None else {}
    return (*written.record, *decided)
