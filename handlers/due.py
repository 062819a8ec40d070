"""What time brings: deadlines of incidents, half-filled reports, cards whose times are old.

In: a document whose time has come. Out: what follows, in the turn. Forbidden here: doing anything
when the document has changed meanwhile and is not due any more.
"""

from collections.abc import Awaitable, Callable, Mapping
from datetime import timedelta

from handlers.areas import asking as areas
from handlers.areas.documents import AREA_PICKS
from handlers.broadcasting import pace
from handlers.broadcasting.documents import CASTS
from handlers.catalogue import say
from handlers.desk import Desk
from handlers.directing import handing
from handlers.directing.handovers import HANDOVERS
from handlers.directory.documents import ROUNDS
from handlers.directory.stale import go_round
from handlers.documents import (
    BOARDS,
    CONVERSATIONS,
    INCIDENTS,
    PEOPLE,
    QUESTIONS_LIMIT,
    SHIFTS,
    Board,
    Conversation,
)
from handlers.duty.coming import absence_due
from handlers.duty.documents import COVERAGE_WATCH
from handlers.duty.held import send_held
from handlers.duty.shift_change import shift_due
from handlers.duty.watch import look, look_soon
from handlers.form.documents import DRAFTS
from handlers.form.giving_up import draft_due
from handlers.groups.documents import UNBOUND
from handlers.groups.membership import time_to_leave
from handlers.incidents.follow_ups import FOLLOW_UPS
from handlers.incidents.following import begin_follow_up
from handlers.keyboard import keyboard
from handlers.registration import applications
from handlers.registration.documents import APPLICATIONS
from handlers.reporting.beginning import joined, region_for, same_subject
from handlers.reporting.joining import PROPOSALS, forget
from handlers.reporting.questions import open_questions, still_open
from handlers.reporting.said import put_on_record
from handlers.reporting.wanted import WANTED
from handlers.reporting.wanting import ask_wanted
from handlers.routines.documents import ROUTINES
from handlers.routines.running import begin_due
from handlers.telling.announce import refresh
from handlers.telling.happening import Happening
from handlers.telling.letters import Letters
from handlers.telling.pace import refresh_at
from handlers.telling.quiet import HELD_LETTERS
from plans import commands as c
from plans.incident import Incident
from storage.delivery import Keyboard, Message, Urgency
from storage.port import Due, Turn

SILENT_START_AFTER = timedelta(minutes=5)


async def come_due(turn: Turn, desk: Desk, due: Due) -> None:
    """Handle one due document. Kinds handled elsewhere (errands) are left alone."""
    handle = _WHAT_COMES.get(due.kind)
    if handle is not None:
        await handle(turn, desk, due.key)


async def _refresh(turn: Turn, desk: Desk, key: str) -> None:
    incident, number = await turn.get(INCIDENTS, key), int(key)
    if incident is None or not incident.is_open:
        turn.put(BOARDS, Board(incident=number, refresh_at=None))
        return
    plan, roster = await desk.plan_of(turn, incident), await desk.roster(turn)
    await refresh(turn, Happening(plan, incident, incident, (), roster, turn.at))
    turn.put(BOARDS, Board(incident=number, refresh_at=refresh_at(incident, turn.at)))


async def _nudge(turn: Turn, desk: Desk, person: str) -> None:
    """A report that stopped half-way: ask once more, then start without what is missing, since
    silence after a cry for help is an emergency of its own."""
    known = await turn.get(CONVERSATIONS, person)
    if known is None or known.nudge_at is None or known.nudge_at > turn.at:
        return
    talk = await still_open(turn, known)
    if not talk.questions:
        turn.put(CONVERSATIONS, talk.model_copy(update={"nudge_at": None}))
        return
    letters = Letters(turn, await desk.roster(turn))
    reporting = any(question.incident is None for question in talk.questions)
    if reporting and talk.nudges:
        await _start_without(turn, desk, talk, letters)
        return
    key = "report.nudge" if reporting else "report.nudge_question"
    if reporting and (talk.reporter or talk.reporter_name):
        key = "directing.filed_nudge"
    await letters.person(person, lambda r: Message(text=say(r.lang, key)), Urgency.URGENT)
    later = turn.at + SILENT_START_AFTER if reporting else None
    turn.put(CONVERSATIONS, talk.model_copy(update={"nudges": 1, "nudge_at": later}))


async def _start_without(turn: Turn, desk: Desk, talk: Conversation, letters: Letters) -> None:
    plan = desk.plans.get(talk.plan or "")
    if plan is None:
        turn.remove(CONVERSATIONS, talk.person)
        return
    others = tuple(q for q in talk.questions if q.incident is not None)
    running = await same_subject(turn, plan, talk.facts.get(plan.subject or ""))
    if running is not None:
        await _join(turn, desk, talk, running, letters)
        return
    region = region_for(letters.roster, talk.reporter or talk.person, talk.facts)
    started = await desk.start(turn, plan, talk.person, region, talk.facts, reporter=talk.reporter)
    if isinstance(started, c.Refusal):
        turn.remove(CONVERSATIONS, talk.person)
        return
    await put_on_record(turn, desk, talk.person, started.number, talk.chat)
    questions = (*open_questions(plan, started), *others)[:QUESTIONS_LIMIT]
    turn.put(
        CONVERSATIONS,
        talk.model_copy(
            update={
                "plan": None,
                "facts": {},
                "questions": questions,
                "nudge_at": None,
                "reporter": None,
                "reporter_name": "",
            }
        ),
    )
    if talk.reporter or talk.reporter_name:
        key, number = "directing.filed_without_place", started.number
        await letters.person(
            talk.person, lambda r: Message(text=say(r.lang, key, number=number)), Urgency.URGENT
        )
        return
    await letters.person(
        talk.person,
        lambda r: Message(
            text=say(r.lang, "report.started_without_place"),
            keyboard=Keyboard(location=say(r.lang, "report.send_location").unescape()),
        ),
        Urgency.URGENT,
    )


async def _join(
    turn: Turn, desk: Desk, talk: Conversation, running: Incident, letters: Letters
) -> None:
    """Somebody else's report of the same vehicle got through meanwhile."""
    if talk.person not in running.reporters:
        await desk.act(turn, running.number, c.JoinReport(turn.at, talk.person))
    others = tuple(q for q in talk.questions if q.incident is not None)
    left = Conversation(person=talk.person, chat=talk.chat, questions=others, held=talk.held)
    turn.put(CONVERSATIONS, left)
    plan = await desk.plan_of(turn, running)
    keys = keyboard(desk.plans, letters.roster, talk.person)
    await letters.person(
        talk.person,
        lambda r: Message(text=joined(plan, running, r.lang), keyboard=keys),
        Urgency.URGENT,
    )


async def _pass_time(turn: Turn, desk: Desk, number: str) -> None:
    await desk.act(turn, int(number), c.PassTime(turn.at))


async def _absence(turn: Turn, desk: Desk, person: str) -> None:
    await absence_due(turn, desk, person)
    await look_soon(turn)


async def _leave_unbound(turn: Turn, desk: Desk, chat: str) -> None:
    await time_to_leave(turn, await desk.roster(turn), chat)


# By the kind of the document that is due.
_WHAT_COMES: Mapping[str, Callable[[Turn, Desk, str], Awaitable[None]]] = {
    INCIDENTS.name: _pass_time,
    CONVERSATIONS.name: _nudge,
    DRAFTS.name: draft_due,
    AREA_PICKS.name: areas.forget,
    BOARDS.name: _refresh,
    PEOPLE.name: _absence,
    SHIFTS.name: shift_due,
    HANDOVERS.name: handing.remind,
    FOLLOW_UPS.name: begin_follow_up,
    PROPOSALS.name: lambda turn, _, key: forget(turn, key),
    WANTED.name: lambda turn, desk, number: ask_wanted(turn, desk, int(number)),
    ROUTINES.name: begin_due,
    CASTS.name: pace.go_on,
    HELD_LETTERS.name: send_held,
    COVERAGE_WATCH.name: lambda turn, desk, _: look(turn, desk),
    ROUNDS.name: lambda turn, desk, _: go_round(turn, desk),
    APPLICATIONS.name: lambda turn, _, number: applications.forget(turn, number),
    UNBOUND.name: _leave_unbound,
}
