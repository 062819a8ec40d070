"""Silence: somebody who was asked says no more.

In: a conversation whose time has come. Out: the question brought up once more; then the report
begun without what is missing, or, where it can't begin, somebody told of it. Forbidden here:
leaving a cry for help because it was broken off.
"""

from datetime import timedelta

from handlers.catalogue import say
from handlers.desk import Desk
from handlers.documents import CONVERSATIONS, INCIDENTS, Conversation
from handlers.keyboard import keyboard
from handlers.reporting.beginning import joined
from handlers.reporting.broken_off import broken_off
from handlers.reporting.gated import why_not_begun
from handlers.reporting.questions import still_open
from handlers.reporting.starting import (
    about_others,
    join_report,
    left_to_ask,
    same_subject,
    start_report,
)
from handlers.telling.happening import Reader
from handlers.telling.letters import Letters
from handlers.telling.spread import do_of
from plans import commands as c
from plans.format import Plan
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
    if reporting:
        key = _nudge_key(talk, desk.plans.get(talk.plan or ""))
        await letters.person(person, lambda r: Message(text=say(r.lang, key)), Urgency.URGENT)
    else:
        await _ask_again(turn, desk, talk, letters)
    later = turn.at + SILENT_START_AFTER if reporting else None
    turn.put(CONVERSATIONS, talk.model_copy(update={"nudges": 1, "nudge_at": later}))


async def _ask_again(turn: Turn, desk: Desk, talk: Conversation, letters: Letters) -> None:
    """Which question is still open, in its own words: much may have come below it."""
    question = talk.questions[0]
    incident = await turn.get(INCIDENTS, str(question.incident))
    if incident is None:
        return
    plan, number = await desk.plan_of(turn, incident), incident.number

    def write(reader: Reader) -> Message:
        if question.purpose == "decline":
            do = do_of(plan, incident, question.step, reader)
            return Message(text=say(reader.lang, "steps.why_cant", number=number, do=do))
        asked = plan.asked()[question.fact].text.in_(reader.lang)
        return Message(text=say(reader.lang, "report.nudge_question", number=number, text=asked))

    await letters.person(talk.person, write, Urgency.URGENT)


def _nudge_key(talk: Conversation, plan: Plan | None) -> str:
    if plan is not None and not _wants_place(talk, plan):
        return "report.nudge_report"
    return "directing.filed_nudge" if _is_filed(talk) else "report.nudge"


def _wants_place(talk: Conversation, plan: Plan) -> bool:
    """Whether the place is among what is still asked of the report."""
    asked = (plan.ask.get(q.fact) for q in talk.questions if q.incident is None)
    return any(one is not None and one.type == "place" for one in asked)


def _is_filed(talk: Conversation) -> bool:
    return bool(talk.reporter or talk.reporter_name)


async def _start_without(turn: Turn, desk: Desk, talk: Conversation, letters: Letters) -> None:
    plan = desk.plans.get(talk.plan or "")
    if plan is None:
        await broken_off(letters, desk, talk, None, lambda lang: say(lang, "report.plan_gone"))
        return
    running = await same_subject(turn, plan, talk.facts.get(plan.subject or ""))
    if running is not None:
        await _join(turn, desk, talk, running, letters)
        return
    started = await start_report(turn, desk, plan, talk, talk.chat)
    if isinstance(started, c.Refusal):
        refusal = started
        await broken_off(letters, desk, talk, plan, lambda lang: why_not_begun(plan, refusal, lang))
        return
    turn.put(CONVERSATIONS, left_to_ask(plan, talk, started, talk.chat))
    await _tell_started(letters, talk, started, wants_place=_wants_place(talk, plan))


async def _join(
    turn: Turn, desk: Desk, talk: Conversation, running: Incident, letters: Letters
) -> None:
    """Somebody else's report of the same vehicle got through meanwhile."""
    await join_report(turn, desk, talk, running, talk.chat)
    turn.put(CONVERSATIONS, about_others(talk, talk.chat))
    plan = await desk.plan_of(turn, running)
    keys = keyboard(desk.plans, letters.roster, talk.person)
    await letters.person(
        talk.person,
        lambda r: Message(text=joined(plan, running, r.lang), keyboard=keys),
        Urgency.URGENT,
    )


async def _tell_started(
    letters: Letters, talk: Conversation, started: Incident, *, wants_place: bool
) -> None:
    """That help has begun, and what is still wanted."""
    number, button = started.number, wants_place and not _is_filed(talk)
    key = "directing.filed_without_place" if wants_place else "report.begun_without"

    def write(reader: Reader) -> Message:
        if not button:
            return Message(text=say(reader.lang, key, number=number))
        return Message(
            text=say(reader.lang, "report.started_without_place"),
            keyboard=Keyboard(location=say(reader.lang, "report.send_location").unescape()),
        )

    await letters.person(talk.person, write, Urgency.URGENT)
