"""Correcting: what a corrected fact does to steps that are under way, or done.

In: a decision that has recorded a fact. Out: deadlines moved; which done step is to be done again.
Forbidden here: whether a step is needed (see `opening`).
"""

from plans import events as e
from plans.engine.deciding import Deciding
from plans.engine.due import due_at
from plans.format import Due
from plans.model import FactName, StepId


def move_deadline(deciding: Deciding, step: StepId) -> None:
    """The deadline hangs on a fact that has just been said."""
    due, state = deciding.step(step).due, deciding.state(step)
    fact = _hangs_on(due)
    since = (e.StepOpened, e.DeadlineMoved)
    if fact is None or not deciding.said_since(step, (fact,), since):
        return
    moved = due_at(deciding, due)
    if moved == state.due_at:
        return
    warned = deciding.share(moved - deciding.at, due.warn)
    deciding.emit(
        e.DeadlineMoved(
            at=deciding.at,
            by=deciding.by,
            step=step,
            due_at=moved,
            previous=state.due_at,
            remind_at=warned if state.taken_by is not None else state.remind_at,
        )
    )


def again_for(deciding: Deciding, step: StepId) -> FactName | None:
    """The fact that has been corrected since, for which a done step is to be done again: just now,
    or while the step was not needed."""
    names = deciding.step(step).redo_when
    said = deciding.said_since(step, names, (e.StepCompleted,)) if names else None
    if said is not None:
        return said.name if said.previous is not None else None
    done_at = deciding.state(step).settled_at
    facts = ((name, deciding.incident.facts.get(name)) for name in names)
    corrected = (name for name, fact in facts if fact is not None and fact.corrected)
    later = (n for n in corrected if done_at and deciding.incident.facts[n].at > done_at)
    return next(later, None)


def _hangs_on(due: Due) -> FactName | None:
    if due.before is not None:
        return due.before
    kind, _, name = due.after.partition(".")
    return name if kind == "known" else None
