"""decide: what follows from a command. The one signature for decisions.

In: a plan, an incident (None before it starts), a command, the roster. Out: events in order, or a
Refusal with a reason a person can read; an empty tuple when nothing changes. Forbidden here: I/O,
the clock, chance, and rules themselves (each kind has its own file beside this one).
"""

from typing import assert_never

from plans import commands as c
from plans.engine import (
    acting,
    broadcasting,
    calling,
    checking,
    commanding,
    ending,
    knowing,
    passing,
    ringing,
    seeking,
    starting,
    swapping,
    ticking,
    using,
)
from plans.engine.deciding import Deciding
from plans.events import Event
from plans.format import Plan
from plans.incident import Incident
from plans.roster import Roster


def decide(
    plan: Plan, incident: Incident | None, command: c.Command, roster: Roster
) -> tuple[Event, ...] | c.Refusal:
    """The events that follow from the command, or why it is refused.

    ValueError: a StartIncident for an incident that is there, or anything else without one.
    """
    if isinstance(command, c.StartIncident):
        if incident is not None:
            raise ValueError("an incident starts once")
        started = starting.start(plan, command, roster)
        if isinstance(started, c.Refusal):
            return started
        return commanding.settle_started(plan, roster, started)
    if incident is None:
        raise ValueError("there is no incident yet")
    if not incident.is_open and not isinstance(command, (c.AddNote, c.EndChild)):
        return () if isinstance(command, _TIMELY) else c.Refusal(c.Reason.ENDED)
    by = None if isinstance(command, _TIMELY) else command.by
    deciding = Deciding(plan, roster, incident, command.at, by)
    refusal = _apply(deciding, command)
    if refusal is not None:
        return refusal
    if deciding.incident.is_open:
        using.follow(deciding)
        if by is not None and not isinstance(command, c.MovePlace):
            checking.heard_from(deciding, by)
            seeking.heard_from(deciding, by)
        ending.settle(deciding)
        commanding.settle(deciding)
    return tuple(deciding.events)


_TIMELY = (
    c.PassTime,
    c.CountBroadcast,
    c.LinkChild,
    c.EndChild,
    c.EndParent,
    c.JoinCall,
    c.LosePerson,
    c.LoseResource,
)


def _apply(deciding: Deciding, command: c.Command) -> c.Refusal | None:
    match command:
        case c.StartIncident():
            raise ValueError("an incident starts once")
        case c.PassTime() | c.LosePerson():
            _pass_time(deciding, command)
        case c.LoseResource():
            swapping.lose(deciding, command)
        case c.LinkChild() | c.EndChild() | c.EndParent() | c.JoinCall():
            calling.follow(deciding, command)
        case c.MergeInto():
            ending.merge(deciding, command)
        case c.CancelIncident():
            return ending.cancel(deciding, command)
        case (
            c.AcknowledgeStep()
            | c.CompleteStep()
            | c.DecideStep()
            | c.DeclineStep()
            | c.HandOverStep()
            | c.ReassignStep()
        ):
            return acting.act(deciding, command)
        case c.SendBroadcast() | c.CountBroadcast():
            return broadcasting.follow(deciding, command)
        case c.TickCall():
            return ticking.tick(deciding, command)
        case c.SwapResource() | c.SearchAgain():
            return _swap(deciding, command)
        case c.RecordFact() | c.MovePlace() | c.AddNote() | c.JoinReport():
            return knowing.learn(deciding, command)
        case (
            c.DeclareMajor()
            | c.AuthoriseCommander()
            | c.RelieveCommander()
            | c.NoteCommand()
            | c.StandDownHeadquarters()
        ):
            return commanding.command(deciding, command)
        case c.AnswerCheck():
            return checking.answer(deciding, command)
        case _:
            assert_never(command)
    return None


def _pass_time(deciding: Deciding, command: c.PassTime | c.LosePerson) -> None:
    if isinstance(command, c.LosePerson):
        passing.lose(deciding, command)
    else:
        passing.pass_time(deciding)
    seeking.pass_time(deciding)
    ringing.ring_along(deciding)


def _swap(deciding: Deciding, command: c.SwapResource | c.SearchAgain) -> c.Refusal | None:
    if isinstance(command, c.SwapResource):
        return swapping.swap(deciding, command)
    return swapping.search_again(deciding, command)
