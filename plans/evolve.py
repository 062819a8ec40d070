"""evolve: fold one event into an incident.

In: an incident (None before the first event) and an event. Out: the incident after it. Forbidden
here: decisions, look-ups, and anything not in the event: the timeline alone rebuilds the state.
"""

from typing import Any, assert_never

from plans import events as e
from plans.incident import (
    CheckState,
    Child,
    Fact,
    Incident,
    SkipReason,
    StepState,
    StepStatus,
)


def evolve(incident: Incident | None, event: e.Event) -> Incident:
    """The incident after the event.

    ValueError: the first event is not IncidentStarted, or a later one is.
    """
    if isinstance(event, e.IncidentStarted):
        if incident is not None:
            raise ValueError("an incident starts once")
        return _started(event)
    if incident is None:
        raise ValueError("the first event must start the incident")
    return _after(incident, event).model_copy(update={"entries": incident.entries + 1})


def _started(event: e.IncidentStarted) -> Incident:
    return Incident(
        number=event.number,
        plan=event.plan,
        plan_version=event.plan_version,
        region=event.region,
        reporter=event.reporter,
        filed_by=None if event.by == event.reporter else event.by,
        reported_at=event.at,
        drill=event.drill,
        routine=event.routine,
        parent=event.parent,
        steps={step: StepState() for step in event.steps},
        checks={check: CheckState() for check in event.checks},
        entries=1,
    )


_StepEvent = (
    e.StepOpened
    | e.PersonPassedOver
    | e.OwnerReminded
    | e.DeadlineMissed
    | e.StepEscalated
    | e.StepAcknowledged
    | e.StepDeclined
    | e.StepHandedOver
    | e.StepCompleted
    | e.StepSkipped
    | e.StepWithheld
    | e.ChildLinked
    | e.ChildEnded
    | e.CallTicked
)
_CheckEvent = e.CheckBegun | e.CheckAsked | e.CheckAnswered | e.CheckMissed | e.CheckEnded


def _after(incident: Incident, event: e.Event) -> Incident:
    match event:
        case e.IncidentStarted():
            raise ValueError("an incident starts once")
        case (
            e.StepOpened()
            | e.PersonPassedOver()
            | e.OwnerReminded()
            | e.DeadlineMissed()
            | e.StepEscalated()
            | e.StepAcknowledged()
            | e.StepDeclined()
            | e.StepHandedOver()
            | e.StepCompleted()
            | e.StepSkipped()
            | e.StepWithheld()
            | e.ChildLinked()
            | e.ChildEnded()
            | e.CallTicked()
        ):
            state = _step_after(incident.steps[event.step], event)
            return _put(incident, "steps", event.step, state)
        case e.CheckBegun() | e.CheckAsked() | e.CheckAnswered() | e.CheckMissed() | e.CheckEnded():
            check = _check_after(incident.checks[event.check], event)
            return _put(incident, "checks", event.check, check)
        case e.StepShared():
            return _shared(incident, event)
        case e.FactRecorded() | e.PlaceMoved():
            return _put(incident, "facts", event.name, _fact_after(incident, event))
        case e.ResourcePromised():
            return _put(incident, "promises", event.fact, event.promise)
        case e.ResourceReleased():
            return _released(incident, event)
        case e.ReportJoined(by=by):
            joined = () if by is None or by in _reporters(incident) else (by,)
            return _set(incident, also_reported=(*incident.also_reported, *joined))
        case e.NoteAdded() | e.ResourceLost() | e.PlanCalled():
            return incident
        case e.ParentEnded():
            parent = incident.parent and incident.parent.model_copy(update={"ended": True})
            return _set(incident, parent=parent)
        case e.IncidentClosed() | e.IncidentMerged() | e.IncidentCancelled():
            return _ended(incident, event)
        case _:
            assert_never(event)


def _set(incident: Incident, **changes: Any) -> Incident:
    return incident.model_copy(update=changes)


def _put(incident: Incident, field: str, key: str, value: object) -> Incident:
    return _set(incident, **{field: {**getattr(incident, field), key: value}})


def _reporters(incident: Incident) -> tuple[str, ...]:
    return (incident.reporter, *incident.also_reported)


def _ended(
    incident: Incident, event: e.IncidentClosed | e.IncidentMerged | e.IncidentCancelled
) -> Incident:
    ended = _set(incident, ended_at=event.at, ended_by=event.by)
    match event:
        case e.IncidentClosed():
            return _set(ended, status="closed")
        case e.IncidentMerged():
            return _set(ended, status="merged", merged_into=event.into)
        case e.IncidentCancelled():
            return _set(ended, status="cancelled")


def _fact_after(incident: Incident, event: e.FactRecorded | e.PlaceMoved) -> Fact:
    known = incident.facts.get(event.name)
    corrected = known.corrected if known else 0
    if isinstance(event, e.PlaceMoved):
        return Fact(value=event.place, at=event.at, by=event.by, corrected=corrected)
    if event.previous is not None:
        corrected += 1
    return Fact(value=event.value, at=event.at, by=event.by, corrected=corrected)


def _released(incident: Incident, event: e.ResourceReleased) -> Incident:
    left = {name: p for name, p in incident.promises.items() if name != event.fact}
    refused = (*incident.refused, event.thing) if event.refused else incident.refused
    return _set(incident, promises=left, refused=refused)


def _shared(incident: Incident, event: e.StepShared) -> Incident:
    steps = dict(incident.steps)
    for name, share in event.shares.items():
        known = steps.get(name, StepState())
        called = {**(known.share.called if known.share else {}), **share.called}
        part = share.model_copy(update={"called": called})
        steps[name] = known.model_copy(update={"share": part})
    whole = steps[event.step]
    parts = max(whole.parts, *(int(name.rpartition("/")[2]) for name in event.shares), 0)
    steps[event.step] = StepState(
        status=StepStatus.SHARED,
        opened_at=whole.opened_at or event.at,
        parts=parts,
        shared_for=event.shared_for,
    )
    return _set(incident, steps=steps)


def _ticked(part: StepState, event: e.CallTicked) -> StepState:
    if part.share is None:
        return part
    called = {**part.share.called, event.customer: event.result}
    return part.model_copy(update={"share": part.share.model_copy(update={"called": called})})


def _more(people: tuple[str, ...], new: tuple[str, ...]) -> tuple[str, ...]:
    return (*people, *(p for p in new if p not in people))


def _step_after(step: StepState, event: _StepEvent) -> StepState:
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
        case e.StepCompleted():
            return _settled(step, event, StepStatus.DONE, None)
        case e.StepSkipped():
            return _settled(step, event, StepStatus.SKIPPED, event.reason)
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


def _settled(
    step: StepState, event: e.Happened, status: StepStatus, reason: SkipReason | None
) -> StepState:
    return step.model_copy(
        update={
            "status": status,
            "asked": (),
            "remind_at": None,
            "climb_at": None,
            "settled_at": event.at,
            "settled_by": event.by,
            "skipped_for": reason,
        }
    )


def _check_after(check: CheckState, event: _CheckEvent) -> CheckState:
    match event:
        case e.CheckAsked():
            return check.model_copy(
                update={"ask_at": None, "answer_by": event.answer_by, "asked": event.asked}
            )
        case e.CheckBegun() | e.CheckAnswered():
            return CheckState(ask_at=event.ask_at)
        case e.CheckMissed():
            missed = check.unanswered + 1
            return CheckState(ask_at=event.ask_at, asked=check.asked, unanswered=missed)
        case e.CheckEnded():
            return CheckState()
        case _:
            assert_never(event)
