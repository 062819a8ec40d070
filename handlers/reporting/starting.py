"""Starting: a report becomes an incident, or joins the one under way; said to the end or not.

In: a conversation that says enough, or has fallen silent. Out: the incident, with the pictures, the
live place and the words that came before it. Forbidden here: asking; telling whoever reported what
has become of it (see `beginning`, `silence`).
"""

from collections.abc import Mapping
from typing import Literal

from handlers.desk import Desk
from handlers.documents import EVIDENCE, INCIDENTS, QUESTIONS_LIMIT, Conversation, Held
from handlers.reporting.live_places import follow
from handlers.reporting.questions import open_questions
from handlers.reporting.said import put_on_record, wanted
from plans import commands as c
from plans.engine.knowing import is_valid
from plans.engine.reporting import region_for
from plans.engine.subjects import is_about
from plans.format import Plan
from plans.incident import FactValue, Incident
from plans.model import FactName, PersonId
from plans.place import Place
from storage.port import Turn


async def start_report(
    turn: Turn, desk: Desk, plan: Plan, talk: Conversation, chat: int
) -> Incident | c.Refusal:
    """The incident begun on what is known by now. What stands no longer, as a moment that has
    passed meanwhile, holds up no help: it is asked again."""
    facts = {n: value for n, value in talk.facts.items() if is_valid(plan, n, value, turn.at)}
    started = await file_report(turn, desk, plan, talk.person, facts, talk.reporter)
    if isinstance(started, c.Refusal):
        return started
    _follow_live(turn, talk, started.number, chat)
    _keep_pictures(turn, plan, talk, started.number)
    await put_on_record(turn, desk, talk.person, started.number, chat)
    return started


async def join_report(
    turn: Turn, desk: Desk, talk: Conversation, running: Incident, chat: int
) -> None:
    """Whoever reported it says nothing new by reporting again, unless it is where they are."""
    place = _place_in(talk)
    if place is not None or talk.person not in running.reporters:
        await desk.act(turn, running.number, c.JoinReport(turn.at, talk.person, place), chat)
    await put_on_record(turn, desk, talk.person, running.number, chat)
    _follow_live(turn, talk, running.number, chat)


def left_to_ask(plan: Plan, talk: Conversation, started: Incident, chat: int) -> Conversation:
    """What there is still to know once it has begun, before what else was being asked."""
    questions = (*open_questions(plan, started), *about_others(talk, chat).questions)
    return about_others(talk, chat).model_copy(
        update={
            "questions": questions[:QUESTIONS_LIMIT],
            "reporter": talk.reporter,
            "reporter_name": talk.reporter_name,
        }
    )


def about_others(talk: Conversation, chat: int) -> Conversation:
    """The conversation without the report."""
    others = tuple(q for q in talk.questions if q.incident is not None)
    return Conversation(person=talk.person, chat=chat, questions=others, held=talk.held)


async def file_report(
    turn: Turn,
    desk: Desk,
    plan: Plan,
    by: PersonId,
    facts: Mapping[FactName, FactValue],
    reporter: PersonId | None,
) -> Incident | c.Refusal:
    """The incident begun; `reporter`: for whom, when that is not `by`."""
    region = region_for(await desk.roster(turn), reporter or by, facts)
    return await desk.start(turn, plan, by, region, facts, reporter=reporter)


async def same_subject(
    turn: Turn, plan: Plan, subject: FactValue | None, but: int | None = None
) -> Incident | None:
    """The open incident of the same plan about the same thing, if there is one."""
    if plan.subject is None or subject is None:
        return None
    for incident in await turn.find(INCIDENTS, status="open"):
        if is_about(plan, incident, subject) and incident.number != but:
            return incident
    return None


def _keep_pictures(turn: Turn, plan: Plan, talk: Conversation, number: int) -> None:
    """What answered a question before there was an incident is its evidence."""
    for name, ask_ in plan.ask.items():
        if ask_.type == "photo" and name in talk.facts:
            media: Literal["photo", "document"] = "document" if name in talk.pictures else "photo"
            picture = Held(media=media, file_id=str(talk.facts[name]))
            turn.put(EVIDENCE, wanted(number, picture, turn.at))


def _follow_live(turn: Turn, talk: Conversation, number: int, chat: int) -> None:
    place = _place_in(talk)
    if talk.live_message is not None and place is not None:
        follow(turn, talk.person, (chat, talk.live_message), number, place)


def _place_in(talk: Conversation) -> Place | None:
    return next((v for v in talk.facts.values() if isinstance(v, Place)), None)
