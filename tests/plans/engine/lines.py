"""Events as short lines, so that a test reads like the conversation it tests.

In: an event and when the incident began. Out: one line, times in minutes since then.
"""

from datetime import datetime
from typing import assert_never

from plans import events as e
from plans.incident import FactValue
from plans.place import Place


def line_of(event: e.Event, began: datetime) -> str:
    return _Writer(began).line(event)


def _tally(event: e.StepCompleted) -> str:
    if event.unreached is None:
        return ""
    return f": {event.reached} ticked, {event.unreached} not"


class _Writer:
    def __init__(self, began: datetime) -> None:
        self._began = began

    def line(self, event: e.Event) -> str:
        match event:
            case e.StepOpened() | e.StepEscalated() | e.StepAcknowledged() | e.StepHandedOver():
                return self._asking(event)
            case e.PersonPassedOver():
                return f"{event.person} passed over for {event.step}: {event.why}"
            case e.OwnerReminded():
                return f"reminded of {event.step}: {_people(event.asked)}"
            case e.DeadlineMissed():
                return f"missed {event.step}, due {self._at(event.due_at)}"
            case e.StepDeclined():
                return f"{event.by} declined {event.step}: {event.reason}"
            case e.StepCompleted():
                return f"{event.by} completed {event.step}{_tally(event)}"
            case e.BroadcastSent() | e.BroadcastCounted():
                return _broadcast(event)
            case e.StepDecided() | e.FactForgotten():
                return _decision(event)
            case e.StepSkipped():
                return f"skipped {event.step}: {event.reason}"
            case e.StepWithheld():
                return f"withheld {event.step}"
            case (
                e.CheckBegun()
                | e.CheckAsked()
                | e.CheckAnswered()
                | e.CheckMissed()
                | e.CheckEnded()
            ):
                return self._check(event)
            case e.StepShared() | e.CallTicked() | e.CallsBroughtUp() | e.PartAnswered():
                return _calling(event)
            case _:
                return self._other(event)

    def _at(self, moment: datetime) -> str:
        return f"{(moment - self._began).total_seconds() / 60:g}"

    def _asking(
        self, event: e.StepOpened | e.StepEscalated | e.StepAcknowledged | e.StepHandedOver
    ) -> str:
        match event:
            case e.StepOpened():
                asked = _people(event.asked) if not event.nobody else "nobody holds it"
                again = f" (round {event.round})" if event.round > 1 else ""
                role = f"{event.role} of {event.region}"
                remind = f", remind {self._at(event.remind_at)}" if event.remind_at else ""
                return (
                    f"opened {event.step}{again} for {role}: {asked}"
                    f"; climb {self._at(event.climb_at)}{remind}, due {self._at(event.due_at)}"
                )
            case e.StepEscalated():
                again = " again" if event.again else ""
                return (
                    f"{event.step} to {event.rung}{again}: {_people(event.asked)}"
                    f" for {event.why}; climb {self._at(event.climb_at)}"
                )
            case e.StepAcknowledged():
                warned = f", remind {self._at(event.remind_at)}" if event.remind_at else ""
                return f"{event.by} has {event.step}{warned}, due {self._at(event.due_at)}"
            case e.StepHandedOver():
                return (
                    f"{event.by} handed {event.step} to {event.to}"
                    f"; climb {self._at(event.climb_at)}, due {self._at(event.due_at)}"
                )
            case _:
                assert_never(event)

    def _check(
        self, event: e.CheckBegun | e.CheckAsked | e.CheckAnswered | e.CheckMissed | e.CheckEnded
    ) -> str:
        match event:
            case e.CheckBegun():
                return f"check {event.check} begins at {self._at(event.ask_at)}"
            case e.CheckAsked():
                return f"check {event.check} asks {event.asked} until {self._at(event.answer_by)}"
            case e.CheckAnswered():
                return f"check {event.check} answered; next {self._at(event.ask_at)}"
            case e.CheckMissed():
                return f"check {event.check} missed; next {self._at(event.ask_at)}"
            case e.CheckEnded():
                return f"check {event.check} ended"
            case _:
                assert_never(event)

    def _other(self, event: e.Event) -> str:
        match event:
            case e.IncidentStarted():
                return f"started by {event.reporter} in {event.region}"
            case e.ReportJoined():
                return f"{event.by} reported it, too"
            case e.FactRecorded():
                was = "" if event.previous is None else f", not {_value(event.previous)}"
                return f"{event.name} is {_value(event.value)}{was}"
            case e.PlaceMoved():
                return f"{event.name} moved to {_value(event.place)}"
            case e.ResourcePromised():
                promise = event.promise
                return f"promised {event.fact} {promise.thing} ({promise.tier}, {promise.region})"
            case e.ResourceReleased():
                return f"released {event.thing}" + (" for good" if event.refused else "")
            case e.PlanCalled() | e.ChildEnded() | e.CallJoined() | e.FollowUpSet():
                return self._kin(event)
            case e.NoteAdded():
                return f"note by {event.by}: {event.text or event.media or 'a place'}"
            case e.IncidentClosed():
                return f"closed by {event.by}"
            case e.IncidentMerged():
                return f"merged into {event.into}"
            case e.IncidentCancelled():
                return f"cancelled by {event.by}: {event.reason}"
            case (
                e.HeadquartersSet()
                | e.CommanderSought()
                | e.CommanderFound()
                | e.CommanderAuthorised()
                | e.CommanderRelieved()
                | e.CommandNoted()
                | e.HeadquartersStoodDown()
            ):
                return self._command(event)
            case e.ResourceLost():
                return f"lost {event.plate} to {event.incident}"
            case _:
                return event.type

    def _kin(self, event: e.PlanCalled | e.ChildEnded | e.CallJoined | e.FollowUpSet) -> str:
        match event:
            case e.PlanCalled():
                return f"called {event.plan} for {event.step}"
            case e.ChildEnded():
                return f"#{event.number} for {event.step} is {event.status}"
            case e.CallJoined():
                return f"joined by #{event.parent.number} for {event.parent.step}"
            case e.FollowUpSet():
                return f"{event.plan} follows at {self._at(event.begins_at)}"
            case _:
                assert_never(event)

    def _command(
        self,
        event: e.HeadquartersSet
        | e.CommanderSought
        | e.CommanderFound
        | e.CommanderAuthorised
        | e.CommanderRelieved
        | e.CommandNoted
        | e.HeadquartersStoodDown,
    ) -> str:
        match event:
            case e.HeadquartersSet():
                return f"headquarters: chief {event.chief}, deputy {event.deputy}"
            case e.CommanderSought():
                told = f", told {_people(event.told)}" if event.told else ""
                return (
                    f"commander sought ({event.gap} {event.missing}): asked {_people(event.asked)}"
                    f"{told}; again {self._at(event.seek_at)}"
                )
            case e.CommanderFound():
                return f"{event.person} is there again to command"
            case e.CommanderAuthorised():
                return f"{event.by} authorised {event.person} instead of {event.instead}"
            case e.CommanderRelieved():
                return f"{event.by} relieved {event.person}; {event.to} commands"
            case e.CommandNoted():
                return f"{event.by} knows of the command"
            case e.HeadquartersStoodDown():
                return f"{event.by} stood the headquarters of {event.person} down"
            case _:
                assert_never(event)


def _calling(event: e.StepShared | e.CallTicked | e.CallsBroughtUp | e.PartAnswered) -> str:
    if isinstance(event, e.PartAnswered):
        return f"{event.by} answered for {event.step}: {event.name} {event.value}"
    if isinstance(event, e.CallsBroughtUp):
        return f"{event.count} to be called again for {event.step}: {_people(event.asked)}"
    if isinstance(event, e.CallTicked):
        return f"{event.by} called {event.customer} for {event.step}: {event.result}"
    parts = (
        f"{name} {share.owner or 'nobody'} of {share.region}: "
        + ("?" if share.calls is None else " ".join(share.calls) or "none")
        for name, share in event.shares.items()
    )
    return f"shared {event.step} for {event.shared_for}: " + "; ".join(parts)


def _decision(event: e.StepDecided | e.FactForgotten) -> str:
    if isinstance(event, e.FactForgotten):
        return f"{event.name} is void"
    decision = event.decision
    count = "" if decision.asked is None else f" {decision.granted} of {decision.asked}"
    reason = f": {decision.reason}" if decision.reason else ""
    return f"{event.by} at {event.step}: {decision.outcome}{count}{reason}"


def _broadcast(event: e.BroadcastSent | e.BroadcastCounted) -> str:
    if isinstance(event, e.BroadcastSent):
        to = f"{event.people} and {event.groups} groups"
        return f"{event.by} broadcast {event.step} as {event.number} to {to}"
    return f"{event.step}: {event.confirmed} of {event.people} confirmed {event.number}"


def _people(people: tuple[str, ...]) -> str:
    return " ".join(people) or "nobody"


def _value(value: FactValue) -> str:
    if not isinstance(value, Place):
        return str(value)
    return value.text or f"{value.lat:g},{value.lon:g}"
