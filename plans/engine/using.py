"""Using: goods kept in a store: used up, adjusted when another number is granted, looked for again.

In: a decision of which the command has been carried out. Out: what is kept follows the facts; what
a step uses is used. Forbidden here: taking back what has been used.
"""

from plans import events as e
from plans.engine import opening, promising, storing
from plans.engine.deciding import Deciding
from plans.format import Allocate
from plans.incident import NONE, SkipReason, StepState, StepStatus
from plans.model import StepId


def follow(deciding: Deciding) -> None:
    """To be called once a command has been carried out and before anything follows from it."""
    _use(deciding)
    for step, plan_step in deciding.steps.items():
        if plan_step.allocate is not None and plan_step.allocate.pool == "stock":
            _adjust(deciding, step, plan_step.allocate)


def _use(deciding: Deciding) -> None:
    """Whatever a step that has just been done uses."""
    for event in list(deciding.events):
        step = deciding.steps.get(event.step) if isinstance(event, e.StepCompleted) else None
        kept = storing.held(deciding, step.uses) if step is not None and step.uses else None
        if step is not None and step.uses is not None and kept is not None:
            deciding.emit(
                e.ResourceUsed(at=deciding.at, by=deciding.by, fact=step.uses, thing=kept.thing)
            )


def _adjust(deciding: Deciding, step: StepId, allocate: Allocate) -> None:
    state, wanted = deciding.state(step), storing.wanted(deciding, allocate)
    kept = storing.held(deciding, allocate.as_)
    if kept is None:
        if state.skipped_for is SkipReason.SHORT and _is_worth_another_look(deciding, step, state):
            opening.withhold(deciding, step)
    elif opening.is_needed(deciding, step) is False:
        promising.release(deciding, step)
    elif wanted is not None and wanted != (kept.goods, kept.quantity):
        _keep_another(deciding, step, allocate)


def _keep_another(deciding: Deciding, step: StepId, allocate: Allocate) -> None:
    """So many from the same store, else from the nearest; where there is none the step is to be
    done anew, and found short."""
    kept, found = storing.held(deciding, allocate.as_), storing.every_store(deciding, allocate)
    same = (one for one in found if kept is not None and one.region == kept.region)
    other = next(same, next(iter(found), None))
    if other is None:
        promising.release(deciding, step)
        opening.withhold(deciding, step)
        return
    deciding.emit(
        e.ResourcePromised(
            at=deciding.at, by=deciding.by, step=step, fact=allocate.as_, promise=other
        )
    )
    promising.record(deciding, step, other.thing)
    if kept is None or other.region != kept.region:
        opening.follow_promise(deciding, step)


def _is_worth_another_look(deciding: Deciding, step: StepId, state: StepState) -> bool:
    """Something else is wanted since nothing was found, and what the plan does instead has not
    been done."""
    allocate = promising.allocation(deciding, step)
    facts = [
        deciding.incident.facts.get(name or "") for name in (allocate.goods, allocate.quantity)
    ]
    settled = state.settled_at
    newer = settled is not None and any(fact and fact.at > settled for fact in facts)
    instead = (n for n, other in deciding.steps.items() if other.when.get(allocate.as_) == NONE)
    done = any(deciding.state(name).status is StepStatus.DONE for name in instead)
    return newer and not done
