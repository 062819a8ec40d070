"""Steps: fold one event about a step into its state.

In: a step as it stands and an event about it. Out: the step after it. Forbidden here: anything of
the incident but this step (see `evolve`).
"""

from typing import assert_never

from plans import events as e
from plans.incident import Child, SentBroadcast, StepState, StepStatus

StepEvent = (
    e.StepOpened
    | e.StepPostponed
    | e.DeadlineMoved
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
    | e.BroadcastSent
    | e.BroadcastCounted
)


def step_after(step: StepState, event: StepEvent) -> StepState:
    """The step after the event."""
    match event:
        case e.StepOpened():
            return _opened(step, event)
        case e.DeadlineMoved():
            return _moved(step, event)
        case e.StepPostponed() | e.OwnerReminded() | e.DeadlineMissed() | e.StepDecided():
            return step.model_copy(update=_one_change(event))
        case e.PersonPassedOver():
            changes = {"passed": _more(step.passed, (event.person,))}
            changes["asked"] = tuple(p for p in step.asked if p != event.person)
            return _without_taker(step, event.person).model_copy(update=changes)
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
        case e.StepCompleted() | e.StepSkipped():
            return _settled(step, event)
        case e.StepWithheld():
            return _withheld(step, event)
        case e.ChildLinked() | e.ChildEnded():
            return _called(step, event)
        case e.CallTicked() | e.CallsBroughtUp() | e.PartAnswered():
            return _part_after(step, event)
        case e.BroadcastSent() | e.BroadcastCounted():
            return _broadcast(step, event)
        case _:
            assert_never(event)


def _one_change(
    event: e.StepPostponed | e.OwnerReminded | e.DeadlineMissed | e.StepDecided,
) -> dict[str, object]:
    """Of events that change one thing about a step, that thing."""
    match event:
        case e.StepPostponed():
            return {"opens_at": event.until}
        case e.OwnerReminded():
            return {"remind_at": None}
        case e.DeadlineMissed():
            return {"held_up": True}
        case e.StepDecided():
            return {"decision": event.decision}


def _opened(step: StepState, event: e.StepOpened) -> StepState:
    quiet = step.is_called_for or event.taken_by is not None
    return StepState(
        status=StepStatus.OPEN,
        role=event.role,
        region=event.region,
        opened_at=event.at,
        asked=() if event.taken_by else event.asked,
        told=event.asked,
        taken_by=event.taken_by,
        taken_at=event.at if event.taken_by else None,
        due_at=event.due_at,
        remind_at=None if step.is_called_for else event.remind_at,
        climb_at=None if quiet else event.climb_at,
        round=event.round,
        child=step.child,
        share=step.share,
        again_for=step.again_for,
        again_in=step.again_in,
        broadcast=step.broadcast,
    )


def _withheld(step: StepState, event: e.StepWithheld) -> StepState:
    return StepState(
        role=step.role if event.keeps else None,
        region=step.region if event.keeps else None,
        taken_by=step.taken_by if event.keeps else None,
        told=step.told,
        round=step.round,
        child=step.child,
        share=step.share,
        parts=step.parts,
        past=step.past,
        again_for=event.again_for,
        again_in=step.again_in,
        broadcast=step.broadcast,
    )


def _moved(step: StepState, event: e.DeadlineMoved) -> StepState:
    """A deadline that lies ahead again has not been missed."""
    climb_at = step.climb_at if step.taken_by is None else None
    return step.model_copy(
        update={
            "due_at": event.due_at,
            "remind_at": event.remind_at,
            "climb_at": event.climb_at or climb_at,
            "held_up": False,
        }
    )


def _called(step: StepState, event: e.ChildLinked | e.ChildEnded) -> StepState:
    if isinstance(event, e.ChildLinked):
        begun = Child(number=event.number, title=event.title)
        quiet = {} if step.held_up else {"remind_at": None, "climb_at": None}
        return step.model_copy(update={"child": begun, **quiet})
    child = step.child and step.child.model_copy(update={"status": event.status})
    changes = {"remind_at": event.remind_at, "climb_at": event.climb_at}
    return step.model_copy(update={"child": child, **changes})


def _broadcast(step: StepState, event: e.BroadcastSent | e.BroadcastCounted) -> StepState:
    sent = SentBroadcast(number=event.number, people=event.people)
    if isinstance(event, e.BroadcastCounted):
        counts = {"sent": event.sent, "confirmed": event.confirmed}
        sent = sent.model_copy(update={**counts, "unreachable": event.unreachable})
    return step.model_copy(update={"broadcast": sent})


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
            "opens_at": None,
            "settled_at": event.at,
            "settled_by": event.by,
            "skipped_for": skipped_for,
        }
    )


def _part_after(
    part: StepState, event: e.CallTicked | e.CallsBroughtUp | e.PartAnswered
) -> StepState:
    if part.share is None:
        return part
    match event:
        case e.CallTicked():
            called = {**part.share.called, event.customer: event.result}
            share = part.share.model_copy(update={"called": called, "heard_at": event.at})
            return part.model_copy(update={"share": share, "retry_at": event.retry_at})
        case e.CallsBroughtUp():
            return part.model_copy(update={"retry_at": None})
        case e.PartAnswered():
            answers = {**part.share.answers, event.name: event.value}
            share = part.share.model_copy(update={"answers": answers})
            return part.model_copy(update={"share": share})


def _more(people: tuple[str, ...], new: tuple[str, ...]) -> tuple[str, ...]:
    return (*people, *(p for p in new if p not in people))
