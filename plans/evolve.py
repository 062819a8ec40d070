"""evolve: fold one event into an incident.

In: an incident (None before the first event) and an event. Out: the incident after it. Forbidden
here: decisions, look-ups, and anything not in the event: the timeline alone rebuilds the state.
"""

import re
from collections.abc import Mapping
from typing import Any, assert_never

from plans import events as e
from plans.evolve_headquarters import headquarters_after
from plans.evolve_steps import step_after
from plans.incident import (
    EARLIER_LIMIT,
    CheckState,
    Fact,
    FactValue,
    Following,
    HeadquartersState,
    Incident,
    Parent,
    StepState,
    StepStatus,
    StockPromise,
)
from plans.model import FactName

# What an answer to choose can be called.
_KEY = re.compile("[a-z][a-z0-9_]{0,31}")


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


_CheckEvent = e.CheckBegun | e.CheckAsked | e.CheckAnswered | e.CheckMissed | e.CheckEnded


def _after(incident: Incident, event: e.Event) -> Incident:
    match event:
        case e.IncidentStarted():
            raise ValueError("an incident starts once")
        case (
            e.StepOpened()
            | e.StepPostponed()
            | e.DeadlineMoved()
            | e.PersonPassedOver()
            | e.OwnerReminded()
            | e.DeadlineMissed()
            | e.StepEscalated()
            | e.StepAcknowledged()
            | e.StepDeclined()
            | e.StepHandedOver()
            | e.StepCompleted()
            | e.StepDecided()
            | e.StepSkipped()
            | e.StepWithheld()
            | e.ChildLinked()
            | e.ChildEnded()
            | e.CallTicked()
            | e.CallsBroughtUp()
            | e.PartAnswered()
            | e.BroadcastSent()
            | e.BroadcastCounted()
        ):
            state = step_after(incident.steps[event.step], event)
            return _put(incident, "steps", event.step, state)
        case e.CheckBegun() | e.CheckAsked() | e.CheckAnswered() | e.CheckMissed() | e.CheckEnded():
            check = _check_after(incident.checks[event.check], event)
            return _put(incident, "checks", event.check, check)
        case e.StepShared():
            return _shared(incident, event)
        case e.FactRecorded():
            known = _put(incident, "facts", event.name, _fact_after(incident, event))
            return _set(known, earlier=_earlier(incident, event.name, event.value))
        case e.PlaceMoved():
            return _put(incident, "facts", event.name, _fact_after(incident, event))
        case e.FactForgotten() | e.RoundBegun():
            return _taken_back(incident, event)
        case e.ResourcePromised() | e.ResourceReleased() | e.ResourceUsed():
            return _promised(incident, event)
        case e.ReportJoined(by=by):
            joined = () if by is None or by in _reporters(incident) else (by,)
            return _set(incident, also_reported=(*incident.also_reported, *joined))
        case e.NoteAdded() | e.ResourceLost() | e.PlanCalled():
            return incident
        case (
            e.HeadquartersSet()
            | e.CommanderSought()
            | e.CommanderFound()
            | e.CommanderAuthorised()
            | e.CommanderRelieved()
            | e.CommandNoted()
            | e.HeadquartersStoodDown()
        ):
            return _directed(incident, headquarters_after(incident.headquarters, event))
        case e.ParentEnded() | e.CallJoined() | e.FollowUpSet():
            return _kin_after(incident, event)
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


def _ended_parent(parent: Parent, number: int) -> Parent:
    return parent.model_copy(update={"ended": True}) if parent.number == number else parent


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


def _directed(incident: Incident, known: HeadquartersState | None) -> Incident:
    now = (known.chief, known.acting, known.deputy) if known is not None else ()
    people = dict.fromkeys((*incident.directed_by, *(p for p in now if p is not None)))
    return _set(incident, headquarters=known, directed_by=tuple(people))


def _fact_after(incident: Incident, event: e.FactRecorded | e.PlaceMoved) -> Fact:
    known = incident.facts.get(event.name)
    corrected = known.corrected if known else 0
    if isinstance(event, e.PlaceMoved):
        return Fact(value=event.place, at=event.at, by=event.by, corrected=corrected)
    if event.previous is not None:
        corrected += 1
    return Fact(value=event.value, at=event.at, by=event.by, corrected=corrected)


def _earlier(
    incident: Incident, name: FactName, value: FactValue | None
) -> Mapping[FactName, tuple[str, ...]]:
    """With what was known under that name, unless it still is. Only what may be the name of an
    answer is kept: what people write in their own words is not."""
    was = incident.fact(name)
    if was is None or was == value or not (isinstance(was, str) and _KEY.fullmatch(was)):
        return incident.earlier
    known = tuple(one for one in incident.earlier.get(name, ()) if one != was)
    return {**incident.earlier, name: (*known, was)[-EARLIER_LIMIT:]}


def _taken_back(incident: Incident, event: e.FactForgotten | e.RoundBegun) -> Incident:
    if isinstance(event, e.FactForgotten):
        return _forgotten(incident, event.name)
    return _begun_again(incident, event)


def _forgotten(incident: Incident, name: FactName) -> Incident:
    left = {known: fact for known, fact in incident.facts.items() if known != name}
    return _set(incident, facts=left, earlier=_earlier(incident, name, None))


def _begun_again(incident: Incident, event: e.RoundBegun) -> Incident:
    """Parts stay on record as they were; those to come are numbered after them."""
    for name in event.facts:
        incident = _forgotten(incident, name)
    anew = {
        step: StepState(
            round=state.round,
            parts=state.parts,
            past=state.parts,
            again_in=event.round if state.round or state.parts else None,
        )
        for step in event.steps
        if (state := incident.steps[step])
    }
    return _set(
        incident,
        steps={**incident.steps, **anew},
        rounds={**incident.rounds, event.round: event.since},
    )


def _kin_after(incident: Incident, event: e.ParentEnded | e.CallJoined | e.FollowUpSet) -> Incident:
    match event:
        case e.ParentEnded(number=number):
            parent = incident.parent and _ended_parent(incident.parent, number)
            also = tuple(_ended_parent(one, number) for one in incident.also_called)
            return _set(incident, parent=parent, also_called=also)
        case e.CallJoined():
            return _set(incident, also_called=(*incident.also_called, event.parent))
        case e.FollowUpSet():
            following = Following(plan=event.plan, begins_at=event.begins_at, title=event.title)
            return _set(incident, following=(*incident.following, following))


def _promised(
    incident: Incident, event: e.ResourcePromised | e.ResourceReleased | e.ResourceUsed
) -> Incident:
    match event:
        case e.ResourcePromised():
            return _put(incident, "promises", event.fact, event.promise)
        case e.ResourceReleased():
            return _released(incident, event)
        case e.ResourceUsed():
            return _used(incident, event)


def _released(incident: Incident, event: e.ResourceReleased) -> Incident:
    left = {name: p for name, p in incident.promises.items() if name != event.fact}
    refused = (*incident.refused, event.thing) if event.refused else incident.refused
    return _set(incident, promises=left, refused=refused)


def _used(incident: Incident, event: e.ResourceUsed) -> Incident:
    promise = incident.promises.get(event.fact)
    if not isinstance(promise, StockPromise):
        return incident
    used = promise.model_copy(update={"used": True})
    return _put(incident, "promises", event.fact, used)


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
        past=whole.past,
        again_in=whole.again_in,
        shared_for=event.shared_for,
    )
    return _set(incident, steps=steps)


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
