"""History: the timeline in words.

In: timeline entries. Out: lines "when, who, what", latest last. Forbidden here: leaving out who.
"""

from typing import assert_never

from handlers.catalogue import Html, say
from handlers.telling.happening import Reader, brief
from handlers.telling.kin import kin_history
from plans import events as e
from plans.format import Plan
from plans.incident import PersonPromise
from plans.plate import show_plate
from storage.port import Entry

LINES_SHOWN = 20
NAMES_SHOWN = 5


def history_lines(plan: Plan, entries: list[Entry], reader: Reader) -> list[Html]:
    """The last lines of what happened; an empty list for an empty timeline."""
    lines = []
    for entry in entries:
        event = e.EVENT.validate_python(entry.event)
        what = _what(plan, event, reader)
        if what is not None:
            lines.append(Html(f"{reader.time(event.at)} {what}"))
    return lines[-LINES_SHOWN:]


def _what(plan: Plan, event: e.Event, reader: Reader) -> Html | None:
    """One event in words; None for what only the machine needs."""
    values: dict[str, object] = {"by": reader.name(event.by)}
    match event:
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
            return None  # the outcome of a search; the promise says it
        case e.FactRecorded():
            values |= _fact(plan, event, reader)
        case e.ResourcePromised(promise=PersonPromise(person=person)):
            return say(reader.lang, "guides.history_promised", name=reader.name(person))
        case e.ResourcePromised():
            values["plate"] = show_plate(event.promise.thing)
        case e.ResourceReleased() if reader.roster.person(event.thing):
            return say(reader.lang, "guides.history_released", name=reader.name(event.thing))
        case e.ResourceReleased():
            values["plate"] = show_plate(event.thing)
        case e.ResourceLost():
            values |= {"plate": show_plate(event.plate), "other": event.incident}
        case e.IncidentCancelled():
            values["reason"] = brief(event.reason)
        case e.CheckAsked():
            values["who"] = reader.name(event.asked)
        case e.NoteAdded():
            place = event.place.text if event.place else ""
            values["text"] = brief(event.text or event.media or place) or "📍"
        case e.IncidentMerged():
            values["into"] = event.into
        case e.ChildLinked() | e.ChildEnded() | e.ParentEnded():
            return kin_history(event, reader)
        case e.IncidentStarted() if event.by != event.reporter:
            who = reader.name(event.reporter)
            return say(reader.lang, "history.incident_filed", by=reader.name(event.by), who=who)
        case (
            e.IncidentStarted()
            | e.ReportJoined()
            | e.CheckAnswered()
            | e.CheckMissed()
            | e.IncidentClosed()
        ):
            pass
        case e.StepShared() if not event.shares:
            return None
        case e.StepShared():
            owners = [share.owner for share in event.shares.values() if share.owner]
            values["who"] = reader.names(owners[:NAMES_SHOWN])
            values["do"] = plan.step(event.step).do.in_(reader.lang)
            values["count"] = sum(len(share.calls or ()) for share in event.shares.values())
            return say(reader.lang, "calling.history_shared", **values)
        case e.CallTicked():
            customer = reader.roster.company.customers.get(event.customer)
            values["who"] = customer.name if customer else event.customer
            return say(reader.lang, f"calling.history_{event.result}", **values)
        case e.PlanCalled() | e.StepWithheld() | e.CheckBegun() | e.CheckEnded() | e.PlaceMoved():
            return None
        case _:
            assert_never(event)
    return say(reader.lang, f"history.{event.type}", **values)


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


def _step(plan: Plan, event: StepEvent, reader: Reader) -> Html:
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
        case e.StepAcknowledged() | e.StepCompleted() | e.StepSkipped():
            pass
        case _:
            assert_never(event)
    return say(reader.lang, f"history.{event.type}", **values)


def _fact(plan: Plan, event: e.FactRecorded, reader: Reader) -> dict[str, object]:
    asked = plan.asked().get(event.name)
    what = asked.called(reader.lang) if asked else event.name
    return {"what": what, "value": reader.brief_fact(plan, event.name, event.value)}
