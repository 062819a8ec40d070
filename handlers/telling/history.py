"""History: the timeline in words.

In: timeline entries. Out: lines "when, who, what", latest last. Forbidden here: leaving out who.
"""

from typing import assert_never

from handlers.catalogue import Html, say
from handlers.command.history import command_history
from handlers.telling import stock_word
from handlers.telling.broadcasts import broadcast_history
from handlers.telling.decided import decided_history
from handlers.telling.ended import why_cancelled
from handlers.telling.happening import Reader, brief
from handlers.telling.kin import kin_history
from handlers.telling.parts_told import parts_history
from handlers.telling.rescheduled import moments_history
from plans import events as e
from plans.format import Plan
from plans.incident import SkipReason
from plans.model import StepId
from plans.plate import show_plate
from storage.port import Entry

LINES_SHOWN = 20


ConstructEvent = (
    e.StepShared
    | e.CallTicked
    | e.CallsBroughtUp
    | e.PartAnswered
    | e.StepDecided
    | e.FactForgotten
    | e.RoundBegun
    | e.StepPostponed
    | e.DeadlineMoved
    | e.BroadcastSent
    | e.BroadcastCounted
    | e.ChildLinked
    | e.ChildEnded
    | e.ParentEnded
    | e.CallJoined
    | e.FollowUpSet
)


def history_lines(plan: Plan, entries: list[Entry], reader: Reader) -> list[Html]:
    """The last lines of what happened; an empty list for an empty timeline. That a step is not
    needed says nothing where nobody had been asked for it."""
    lines, asked_for = [], set[StepId]()
    for entry in entries:
        event = e.EVENT.validate_python(entry.event)
        if isinstance(event, e.StepOpened):
            asked_for.add(event.step)
        if isinstance(event, e.StepSkipped) and not (
            event.step in asked_for or event.reason is SkipReason.SHORT
        ):
            continue
        what = _what(plan, event, reader)
        if what is not None:
            lines.append(Html(f"{reader.time(event.at)} {what}"))
    return lines[-LINES_SHOWN:]


def _what(plan: Plan, event: e.Event, reader: Reader) -> Html | None:
    """One event in words; None for what only the machine needs."""
    values: dict[str, object] = {"by": reader.name(event.by)}
    match event:
        case e.IncidentStarted():
            return _started(event, reader)
        case (
            e.StepOpened()
            | e.OwnerReminded()
            | e.StepAcknowledged()
            | e.StepCompleted()
            | e.StepSkipped()
            | e.DeadlineMissed()
            | e.StepDeclined()
            | e.StepHandedOver()
            | e.StepEscalated()
            | e.PersonPassedOver()
        ):
            return _step(plan, event, reader)
        case e.FactRecorded(by=None):
            return None  # the outcome of a search, or of a decision, which says it
        case e.FactRecorded():
            values |= _fact(plan, event, reader)
        case e.ResourcePromised() | e.ResourceReleased() | e.ResourceUsed() | e.ResourceLost():
            return _resource(event, reader)
        case (
            e.StepShared()
            | e.CallTicked()
            | e.CallsBroughtUp()
            | e.PartAnswered()
            | e.StepDecided()
            | e.FactForgotten()
            | e.RoundBegun()
            | e.StepPostponed()
            | e.DeadlineMoved()
            | e.BroadcastSent()
            | e.BroadcastCounted()
            | e.ChildLinked()
            | e.ChildEnded()
            | e.ParentEnded()
            | e.CallJoined()
            | e.FollowUpSet()
        ):
            return _construct(plan, event, reader)
        case e.IncidentCancelled():
            values["reason"] = brief(why_cancelled(event, reader))
        case e.CheckAsked():
            values["who"] = reader.name(event.asked)
        case e.NoteAdded():
            place = event.place.text if event.place else ""
            values["text"] = brief(event.text or event.media or place) or "📍"
        case e.IncidentMerged():
            values["into"] = event.into
        case (
            e.HeadquartersSet()
            | e.CommanderSought()
            | e.CommanderFound()
            | e.CommanderAuthorised()
            | e.CommanderRelieved()
            | e.CommandNoted()
            | e.HeadquartersStoodDown()
        ):
            return command_history(event, reader)
        case e.ReportJoined() | e.CheckAnswered() | e.CheckMissed() | e.IncidentClosed():
            pass
        case e.PlanCalled() | e.StepWithheld() | e.CheckBegun() | e.CheckEnded() | e.PlaceMoved():
            return None
        case _:
            assert_never(event)
    return say(reader.lang, f"history.{event.type}", **values)


def _construct(plan: Plan, event: ConstructEvent, reader: Reader) -> Html | None:
    """What has words of its own beside what it is about."""
    match event:
        case e.StepShared() | e.CallTicked() | e.CallsBroughtUp() | e.PartAnswered():
            return parts_history(plan, event, reader)
        case e.StepDecided() | e.FactForgotten():
            return decided_history(plan, event, reader)
        case e.StepPostponed() | e.DeadlineMoved():
            return moments_history(plan, event, reader)
        case e.RoundBegun():
            title = plan.rounds[event.round].title.in_(reader.lang)
            return say(reader.lang, "moments.round", title=title)
        case e.BroadcastSent() | e.BroadcastCounted():
            return broadcast_history(plan, event, reader)
        case e.ChildLinked() | e.ChildEnded() | e.ParentEnded() | e.CallJoined() | e.FollowUpSet():
            return kin_history(event, reader)
        case _:
            assert_never(event)


def _started(event: e.IncidentStarted, reader: Reader) -> Html:
    """By the clock, by somebody for somebody else, or by whoever it happened to."""
    if event.routine:
        return say(reader.lang, "routines.started")
    by, who = reader.name(event.by), reader.name(event.reporter)
    key = "incident_started" if event.by == event.reporter else "incident_filed"
    return say(reader.lang, f"history.{key}", by=by, who=who)


StepEvent = (
    e.StepOpened
    | e.OwnerReminded
    | e.StepAcknowledged
    | e.StepCompleted
    | e.StepSkipped
    | e.DeadlineMissed
    | e.StepDeclined
    | e.StepHandedOver
    | e.StepEscalated
    | e.PersonPassedOver
)


def _step(plan: Plan, event: StepEvent, reader: Reader) -> Html | None:
    values: dict[str, object] = {
        "by": reader.name(event.by),
        "do": plan.step(event.step).do.in_(reader.lang),
    }
    match event:
        case e.StepOpened() | e.OwnerReminded() | e.StepEscalated():
            values["who"] = reader.names(event.asked) or say(reader.lang, "general.nobody")
        case e.StepDeclined():
            values["reason"] = brief(event.reason)
        case e.StepHandedOver():
            values["who"] = reader.name(event.to)
        case e.PersonPassedOver():
            values["who"] = reader.name(event.person)
            values["why"] = say(reader.lang, f"history.{event.why}")
        case e.DeadlineMissed():
            values["due"] = reader.time(event.due_at)
        case e.StepCompleted() if plan.step(event.step).decide is not None:
            return None  # the decision says it
        case e.StepCompleted(unreached=int()):
            values |= {"reached": event.reached, "left": event.unreached}
            key = (
                "calling.history_completed" if event.unreached else "calling.history_completed_all"
            )
            return say(reader.lang, key, **values)
        case e.StepAcknowledged() | e.StepCompleted() | e.StepSkipped():
            pass
        case _:
            assert_never(event)
    return say(reader.lang, f"history.{event.type}", **values)


def _resource(
    event: e.ResourcePromised | e.ResourceReleased | e.ResourceUsed | e.ResourceLost, reader: Reader
) -> Html | None:
    """A vehicle by its plate, a person by name, goods with their store."""
    if not isinstance(event, e.ResourceLost) and (kept := stock_word.history(event, reader)):
        return kept
    match event:
        case e.ResourceLost():
            plate = show_plate(event.plate)
            return say(reader.lang, "history.resource_lost", plate=plate, other=event.incident)
        case e.ResourcePromised():
            thing, what = event.promise.thing, "promised"
        case e.ResourceReleased():
            thing, what = event.thing, "released"
        case e.ResourceUsed():
            return None
    if reader.roster.person(thing) is not None:
        return say(reader.lang, f"guides.history_{what}", name=reader.name(thing))
    return say(reader.lang, f"history.resource_{what}", plate=show_plate(thing))


def _fact(plan: Plan, event: e.FactRecorded, reader: Reader) -> dict[str, object]:
    asked = plan.asked().get(event.name)
    what = asked.called(reader.lang) if asked else event.name
    return {"what": what, "value": reader.brief_fact(plan, event.name, event.value)}
