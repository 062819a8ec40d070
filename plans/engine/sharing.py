"""Sharing: a step that several owners do at once, each with a part of their own.

In: a step with `for_each` that is to begin, or whose fact has changed. Out: its parts as they
should be, as one event. Forbidden here: opening or ending the parts (see `opening`); who gets which
part (see `allotting`); looking customers up again while nothing has changed: a list is as it was
when the step began.
"""

from plans import events as e
from plans.engine.allotting import Part, allotted, followed_by
from plans.engine.deciding import Deciding
from plans.format import part_of, whole_of
from plans.incident import Share, StepState, StepStatus
from plans.model import CustomerId, StepId

_Part = tuple[StepId, StepState]


def share(deciding: Deciding, step: StepId) -> None:
    """Make the parts what the facts say now. A part under way keeps its ticks and gets the list as
    it is now (empty: it is not needed any more); whom a part that is done has on its list is not
    called again, nor is anybody who was reached on another list; for whoever has no part under way
    there is a new one."""
    for_each = deciding.step(step).for_each
    if for_each is None:
        return
    parts = parts_of(deciding, step)
    done = frozenset(one for _, part in parts if _is_done(part) for one in _calls(part))
    wanted = allotted(deciding, step, _held(parts), done)
    shares: dict[StepId, Share] = {}
    for name, part in parts:
        if part.share is None:
            continue
        if _is_done(part):
            if not part.share.has_list:
                wanted.pop(Part.of(part.share), None)
            continue
        calls = wanted.pop(Part.of(part.share), ())
        if part.status is not StepStatus.OPEN and calls and not part.share.left_of(calls):
            calls = ()  # nobody is told of a list on which nobody is left
        shares[name] = part.share.model_copy(update={"calls": calls})
    new = [(whose, calls) for whose, calls in wanted.items() if calls != ()]
    for n, (whose, calls) in enumerate(new, start=deciding.state(step).parts + 1):
        shares[part_of(step, n)] = Share(
            owner=whose.owner,
            role=whose.role,
            region=whose.region,
            calls=calls,
            has_list=for_each.has_lists,
        )
    deciding.emit(
        e.StepShared(
            at=deciding.at,
            by=deciding.by,
            step=step,
            shared_for=followed_by(deciding, for_each),
            shares=shares,
        )
    )


def parts_of(deciding: Deciding, step: StepId) -> list[_Part]:
    """The parts there ever were of a step in this round, in the order they came."""
    return list(deciding.incident.parts_of(step).items())


def has_changed(deciding: Deciding, step: StepId) -> bool:
    """Whether the fact is another than that the step was shared for."""
    for_each = deciding.step(step).for_each
    if for_each is None:
        return False
    return deciding.state(step).shared_for != followed_by(deciding, for_each)


def all_reached(deciding: Deciding, step: StepId) -> bool:
    share = deciding.state(step).share
    return share is not None and bool(share.calls) and not share.left


def complete(deciding: Deciding, step: StepId) -> None:
    """Note that a step is done; of a part, how much of its list has been ticked: saying "all
    called" is one person's word, a tick stands for a customer."""
    share = deciding.state(step).share
    calls = share.calls if share else None
    left = len(share.left) if share else 0
    deciding.emit(
        e.StepCompleted(
            at=deciding.at,
            by=deciding.by,
            step=step,
            reached=len(calls or ()) - left,
            unreached=None if calls is None else left,
        )
    )
    if step == whole_of(step):
        _set(deciding, step)


def _set(deciding: Deciding, step: StepId) -> None:
    """What the plan says is so once the step is done, as nobody's word: who did it stands there."""
    for name, value in deciding.step(step).sets.items():
        previous = deciding.incident.fact(name)
        if previous != value:
            deciding.emit(
                e.FactRecorded(
                    at=deciding.at,
                    name=name,
                    value=value,
                    previous=previous,
                    step=step,
                )
            )


def _held(parts: list[_Part]) -> dict[CustomerId, Part]:
    """Who has been reached, and on whose list: they stay there, whoever looks after them now."""
    return {
        customer: Part.of(part.share)
        for _, part in parts
        if part.share is not None and not _is_done(part)
        for customer, result in part.share.called.items()
        if result == "reached"
    }


def _is_done(part: StepState) -> bool:
    return part.status is StepStatus.DONE


def _calls(part: StepState) -> tuple[CustomerId, ...]:
    return (part.share.calls or ()) if part.share else ()
