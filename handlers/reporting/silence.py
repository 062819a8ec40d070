"""Silence: somebody who was asked says no more.

In: a conversation whose time has come. Out: the question brought up once more; then the report
begun without what is missing. Forbidden here: leaving a cry for help because it was broken off.
"""

from datetime import timedelta

from handlers.catalogue import say
from handlers.desk import Desk
from handlers.documents import CONVERSATIONS, QUESTIONS_LIMIT, Conversation
from handlers.keyboard import keyboard
from handlers.reporting.beginning import joined, region_for, same_subject
from handlers.reporting.questions import open_questions, still_open
from handlers.reporting.said import put_on_record
from handlers.telling.letters import Letters
from plans import commands as c
from plans.incident import Incident
from storage.delivery import Keyboard, Message, Urgency
from storage.port import Turn

SILENT_START_AFTER = timedelta(minutes=5)


async def nudge(turn: Turn, desk: Desk, person: str) -> None:
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
    await _tell_started(letters, talk, started)


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


async def _tell_started(letters: Letters, talk: Conversation, started: Incident) -> None:
    """That help has begun, and that the place is still wanted."""
    person, number = talk.person, started.number
    if talk.reporter or talk.reporter_name:
        key = "directing.filed_without_place"
        await letters.person(
            person, lambda r: Message(text=say(r.lang, key, number=number)), Urgency.URGENT
        )
        return
    await letters.person(
        person,
        lambda r: Message(
            text=say(r.lang, "report.started_without_place"),
            keyboard=Keyboard(location=say(r.lang, "report.send_location").unescape()),
        ),
        Urgency.URGENT,
    )
