"""Checking: "are you still all right?", again and again; silence opens a step.

In: time, an answer, any word from the person asked. Out: events. Forbidden here: taking a phone's
own moving place for an answer; only a person answers.
"""

from plans import commands as c
from plans import events as e
from plans.engine import opening
from plans.engine.deciding import Deciding
from plans.engine.owners import owning
from plans.engine.pace import widening
from plans.incident import CheckState, SkipReason
from plans.model import CheckId, PersonId


def pass_time(deciding: Deciding) -> None:
    for name, state in deciding.incident.checks.items():
        if state.ask_at is not None and state.ask_at <= deciding.at:
            _ask(deciding, name)
        elif state.answer_by is not None and state.answer_by <= deciding.at:
            _miss(deciding, name)


def lose(deciding: Deciding, person: PersonId) -> None:
    """Somebody who was asked cannot be reached: that is a missed answer already."""
    for name, state in deciding.incident.checks.items():
        if state.answer_by is not None and state.asked == person:
            _miss(deciding, name)


def answer(deciding: Deciding, command: c.AnswerCheck) -> c.Refusal | None:
    state = deciding.incident.checks.get(command.check)
    if state is None or not _runs(state):
        return c.Refusal(c.Reason.NOT_ASKED, command.check)
    people = (deciding.incident.reporter, *deciding.incident.also_reported, state.asked)
    if command.by not in people:
        return c.Refusal(c.Reason.NO_PART)
    _answered(deciding, command.check)
    return None


def heard_from(deciding: Deciding, person: PersonId) -> None:
    """Any word from the person asked answers the check."""
    for name, state in deciding.incident.checks.items():
        missed = state.unanswered > 0 and _runs(state)
        if state.asked == person and (state.answer_by is not None or missed):
            _answered(deciding, name)


def _runs(state: CheckState) -> bool:
    return state.ask_at is not None or state.answer_by is not None


def _answered(deciding: Deciding, name: CheckId) -> None:
    ask_at = deciding.at + deciding.plan.checks[name].every
    deciding.emit(e.CheckAnswered(at=deciding.at, by=deciding.by, check=name, ask_at=ask_at))
    for step in deciding.opened_by(name):
        if deciding.is_open(step):
            opening.skip(deciding, step, SkipReason.ANSWERED)


def _ask(deciding: Deciding, name: CheckId) -> None:
    check = deciding.plan.checks[name]
    owner = owning(deciding.plan, deciding.roster, deciding.incident, check.owner, deciding.at)
    people = [deciding.roster.acting_for(p, deciding.at) for p in owner.rungs[0].people]
    tellable = [p for p in people if deciding.roster.can_be_told(p, deciding.at) == "yes"]
    if asked := next(iter(tellable or people), None):
        answer_by = deciding.at + check.answer_within
        deciding.emit(e.CheckAsked(at=deciding.at, check=name, asked=asked, answer_by=answer_by))
    if not tellable:
        _miss(deciding, name)


def _miss(deciding: Deciding, name: CheckId) -> None:
    """Others look for them now; they are asked on, the less often the longer they are silent."""
    every = deciding.plan.checks[name].every
    ask_at = deciding.at + widening(every, every * deciding.incident.checks[name].unanswered)
    deciding.emit(e.CheckMissed(at=deciding.at, check=name, ask_at=ask_at))
    for step in deciding.opened_by(name):
        if not deciding.is_open(step) and opening.is_needed(deciding, step):
            opening.open_step(deciding, step)
