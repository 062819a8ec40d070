"""Steps: fold one event about a step into its state.

In: a step as it stands and an event about it. Out: the step after it. Forbidden here: anything of
the incident but this step (see `evolve`).
"""

from typing import assert_never

from plans import events as e
from plans.incident import Child, StepState, StepStatus

StepEvent = (
    e.StepOpened
    | e.PersonPassedOver
    | e.OwnerReminded
    | e.DeadlineMissed
    | e.StepEscalated
    | e.StepAcknowledged
    | e.StepDeclined
    | e.StepHandedOver
    | e.StepCompleted
    | e.StepDecided
    | e.StepSkipped
    | e.StepWithheld
    | e.ChildLinked
    | e.ChildEnded
    | e.CallTicked
    | e.CallsBroughtUp
    | e.PartAnswered
)


def step_after(step: StepState, event: StepEvent) -> StepState:
    """The step after the event."""
    match event:
        case e.StepOpened():
            return StepState(
                status=StepStatus.OPEN,
                role=event.role,
                region=event.region,
                opened_at=event.at,
                asked=event.asked,
                told=event.asked,
                due_at=event.due_at,
                remind_at=None if step.is_called_for else event.remind_at,
                climb_at=None if step.is_called_for else event.climb_at,
                round=event.round,
                child=step.child,
                share=step.share,
            )
        case e.PersonPassedOver():
            changes = {"passed": _more(step.passed, (event.person,))}
            changes["asked"] = tuple(p for p in step.asked if p != event.person)
            return _without_taker(step, event.person).model_copy(update=changes)
        case e.OwnerReminded():
            return step.model_copy(update={"remind_at": None})
        case e.DeadlineMissed():
            return step.model_copy(update={"held_up": True})
        case e.StepEscalated():
            return _escalated(step, event)
        case e.StepAcknowledged():
            return _taken(step, event.by or "", event)
        case e.StepDeclined():
            who = event.by or ""
            changes = {
                "passed": _more(step.passed, (who,)),
                "asked": tuple(p for p in step.asked if p != who),
            }
            return _without_taker(step, who).model_copy(update=changes)
        case e.StepHandedOver():
            return _handed_over(step, event)
        case e.StepDecided():
            return step.model_copy(update={"decision": event.decision})
        case e.StepCompleted() | e.StepSkipped():
            return _settled(step, event)
        case e.StepWithheld():
            return StepState(
                told=step.told,
                round=step.round,
                child=step.child,
                share=step.share,
                parts=step.parts,
            )
        case e.ChildLinked() | e.ChildEnded():
            return _called(step, event)
        case e.CallTicked():
            return _ticked(step, event)
        case e.CallsBroughtUp():
            return step.model_copy(update={"retry_at": None})
        case e.PartAnswered():
            return _answered(step, event)
        case _:
            assert_never(event)


def _called(step: StepState, event: e.ChildLinked | e.ChildEnded) -> StepState:
    if isinstance(event, e.ChildLinked):
        begun = Child(number=event.number, title=event.title)
        quiet = {} if step.held_up else {"remind_at": None, "climb_at": None}
        return step.model_copy(update={"child": begun, **quiet})
    child = step.child and step.child.model_copy(update={"status": event.status})
    changes = {"remind_at": event.remind_at, "climb_at": event.climb_at}
    return step.model_copy(update={"child": child, **changes})


def _without_taker(step: StepState, person: str) -> StepState:
    if step.taken_by != person:
        return step
    return step.model_copy(update={"taken_by": None, "taken_at": None})


def _escalated(step: StepState, event: e.StepEscalated) -> StepState:
    return step.model_copy(
        update={
            "asked": event.asked,
            "told": _more(step.told, event.asked),
            "remind_at": None,
            "climb_at": event.climb_at,
            "in_command": event.rung == "command",
        }
    )


def _taken(step: StepState, who: str, event: e.StepAcknowledged) -> StepState:
    return step.model_copy(
        update={
            "taken_by": who,
            "taken_at": event.at,
            "told": _more(step.told, (who,)),
            "asked": (),
            "due_at": event.due_at,
            "remind_at": event.remind_at,
            "climb_at": None,
            "held_up": False,
        }
    )


def _handed_over(step: StepState, event: e.StepHandedOver) -> StepState:
    return step.model_copy(
        update={
            "taken_by": None,
            "taken_at": None,
            "asked": (event.to,),
            "told": _more(step.told, (event.to,)),
            "due_at": event.due_at,
            "remind_at": event.remind_at,
            "climb_at": event.climb_at,
            "held_up": False,
        }
    )


def _settled(step: StepState, event: e.StepCompleted | e.StepSkipped) -> StepState:
    skipped_for = event.reason if isinstance(event, e.StepSkipped) else None
    return step.model_copy(
        update={
            "status": StepStatus.SKIPPED if skipped_for else StepStatus.DONE,
            "asked": (),
            "remind_at": None,
            "climb_at": None,
            "retry_at": None,
            "settled_at": event.at,
            "settled_by": event.by,
            "skipped_for": skipped_for,
        }
    )


def _ticked(part: StepState, event: e.CallTicked) -> StepState:
    if part.share is None:
        return part
    called = {**part.share.called, event.customer: event.result}
    share = part.share.model_copy(update={"called": called, "heard_at": event.at})
    return part.model_copy(update={"share": share, "retry_at": event.retry_at})


def _answered(part: StepState, event: e.PartAnswered) -> StepState:
    if part.share is None:
        return part
    answers = {**part.share.answers, event.name: event.value}
    return part.model_copy(update={"share": part.share.model_copy(update={"answers": answers})})


def _more(people: tuple[str, ...], new: tuple[str, ...]) -> tuple[str, ...]:
    return (*people, *(p for p in new if p not in people))
