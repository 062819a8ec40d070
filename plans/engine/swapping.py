"""Swapping: another vehicle, person or store than the promised one, or one at last.

In: a person's wish. Out: events or a refusal. Forbidden here: offering one that was refused before.
"""

from collections.abc import Mapping
from typing import Final

from plans import commands as c
from plans import events as e
from plans.engine import opening, promising
from plans.engine.deciding import Deciding
from plans.engine.owners import owning
from plans.format import Pool
from plans.incident import NONE, SkipReason, StepStatus, StockPromise
from plans.model import PersonId, StepId
from plans.rights import may_act, own_to

_NO_OTHER: Final[Mapping[Pool, c.Reason]] = {
    "spare_vehicle": c.Reason.NOTHING_ELSE,
    "route_guide": c.Reason.NOBODY_ELSE,
    "stock": c.Reason.NO_OTHER_STORE,
}
_NONE: Final[Mapping[Pool, c.Reason]] = {
    "spare_vehicle": c.Reason.NOTHING_FREE,
    "route_guide": c.Reason.NOBODY_FREE,
    "stock": c.Reason.NO_STORE,
}


def swap(deciding: Deciding, command: c.SwapResource) -> c.Refusal | None:
    """Let the promised vehicle go for good and promise the one chosen, or the next in order. Also
    after it has been sent, as long as it has not arrived: it may break down on its way."""
    on_its_way = _on_its_way(deciding, command.step)
    if not any(_may(deciding, step, command.by) for step in on_its_way):
        status = StepStatus.DONE if on_its_way else StepStatus.OPEN
        refusal = _refused(deciding, command.step, command.by, status)
        if refusal is not None:
            return refusal
    offered = promising.choices(deciding, command.step)
    if not offered:
        return c.Refusal(_NO_OTHER[promising.allocation(deciding, command.step).pool])
    if command.to is not None and command.to not in (offer.thing for offer in offered):
        return c.Refusal(c.Reason.NOT_FREE, command.to)
    fact = promising.allocation(deciding, command.step).as_
    held = deciding.incident.promises[fact]
    if isinstance(held, StockPromise) and held.used:
        return c.Refusal(c.Reason.NOT_OPEN, command.step)
    deciding.emit(
        e.ResourceReleased(at=deciding.at, by=command.by, fact=fact, thing=held.thing, refused=True)
    )
    promising.promise(deciding, command.step, command.to)
    opening.follow_promise(deciding, command.step)
    return None


def search_again(deciding: Deciding, command: c.SearchAgain) -> c.Refusal | None:
    """Nothing was free before: open the step when something is now."""
    refusal = _refused(deciding, command.step, command.by, StepStatus.SKIPPED)
    if refusal is not None and not _does_instead(deciding, command.step, command.by):
        return refusal
    short = deciding.state(command.step).skipped_for is SkipReason.SHORT
    if not short or not opening.is_needed(deciding, command.step):
        return c.Refusal(c.Reason.NOT_OPEN, command.step)
    if not promising.choices(deciding, command.step):
        return c.Refusal(_NONE[promising.allocation(deciding, command.step).pool])
    opening.open_step(deciding, command.step)
    return None


def _does_instead(deciding: Deciding, step: StepId, by: PersonId) -> bool:
    """Whether the person may do what the plan does where that search finds nothing."""
    searched = deciding.steps.get(step)
    if searched is None or searched.allocate is None:
        return False
    fact = searched.allocate.as_
    instead = [name for name, other in deciding.steps.items() if other.when.get(fact) == NONE]
    return any(deciding.is_open(name) and _may(deciding, name, by) for name in instead)


def lose(deciding: Deciding, command: c.LoseResource) -> None:
    """What was promised has broken down itself: whoever sent for it must know, and decides."""
    for fact, promise in deciding.incident.promises.items():
        if promise.thing == command.plate:
            deciding.emit(
                e.ResourceLost(
                    at=deciding.at, fact=fact, plate=command.plate, incident=command.number
                )
            )


def _on_its_way(deciding: Deciding, step: StepId) -> list[StepId]:
    """The open steps of whoever brings what this step, done already, has sent."""
    state, allocate = deciding.incident.steps.get(step), deciding.steps.get(step)
    if state is None or allocate is None or allocate.allocate is None:
        return []
    fact = allocate.allocate.as_
    if state.status is not StepStatus.DONE or fact not in deciding.incident.promises:
        return []
    bringing = (
        name
        for name, other in deciding.steps.items()
        if fact in (other.owner.driver_of, other.owner.person_of, other.uses)
    )
    return [name for name in bringing if deciding.is_open(name)]


def _may(deciding: Deciding, step: StepId, by: PersonId) -> bool:
    own = own_to(deciding.roster, deciding.plan, deciding.incident, step)
    return may_act(deciding.roster, deciding.incident, deciding.state(step), by, deciding.at, own)


def _refused(
    deciding: Deciding, step: StepId, by: PersonId, status: StepStatus
) -> c.Refusal | None:
    state = deciding.incident.steps.get(step)
    if state is None or deciding.step(step).allocate is None:
        return c.Refusal(c.Reason.NO_SUCH_STEP, step)
    if state.status is not status:
        return c.Refusal(c.Reason.NOT_OPEN, step)
    owner = deciding.step(step).owner
    owning_now = owning(deciding.plan, deciding.roster, deciding.incident, owner, deciding.at)
    role, region = state.role or owning_now.role, state.region or owning_now.region
    asked = state.model_copy(update={"role": role, "region": region})
    if not may_act(deciding.roster, deciding.incident, asked, by, deciding.at):
        return c.Refusal(c.Reason.NOT_YOURS, role)
    return None
