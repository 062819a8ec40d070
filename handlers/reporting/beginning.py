"""Beginning: from "something is wrong" to an incident under way.

In: a plan's command, a shared place, answers. Out: an incident started or joined, and what the
plan still asks. Forbidden here: asking for more than a place before help starts.
"""

from handlers.catalogue import Html, say
from handlers.context import Context
from handlers.documents import QUESTIONS_LIMIT, Conversation, Question
from handlers.form.documents import Intended
from handlers.form.opening import open_form
from handlers.keyboard import own_keyboard
from handlers.reporting.gated import culprit, why_not_begun, why_refused
from handlers.reporting.questions import ask, conversation_with
from handlers.reporting.said import place_said
from handlers.reporting.starting import (
    about_others,
    join_report,
    left_to_ask,
    same_subject,
    start_report,
)
from plans import commands as c
from plans.area import Area
from plans.engine.gating import refusing
from plans.engine.reporting import needed_to_start, region_for
from plans.format import Plan
from plans.incident import FactValue, Incident
from plans.model import PersonId
from plans.place import Place
from plans.plate import show_plate
from plans.text import Lang
from storage.delivery import Message


async def begin(
    context: Context,
    plan: Plan,
    typed_place: Place | None = None,
    *,
    reporter: PersonId | None = None,
    reporter_name: str = "",
    words: str = "",
) -> None:
    """Start a report: what is known already counts; the first thing missing is asked. `reporter`:
    for whom, or (not on the list) under which name. A place named in what was just said counts
    where no other is given. `words`: what was typed besides, for a form."""
    if plan.form:
        intended = Intended(plan=plan.plan, reporter=reporter, reporter_name=reporter_name)
        await open_form(context, plan, intended, words)
        return
    talk = await conversation_with(context)
    place = typed_place or await place_said(context.turn, context.speaker.person)
    same = talk.plan in (None, plan.plan)
    same = same and (talk.reporter, talk.reporter_name) == (reporter, reporter_name)
    known: dict[str, FactValue] = dict(talk.facts) if same else {}
    speaker = context.speaker
    for name, asked in plan.ask.items():
        if asked.default == "reporter" and name not in known:
            drives = None if reporter_name else reporter or speaker.person
            plate = speaker.roster.vehicle_of(drives) if drives else None
            known |= {name: plate} if plate else {}
        if asked.default == "region" and name not in known:
            here = region_for(speaker.roster, reporter or speaker.person, known)
            known[name] = Area(regions=(here,))
        if asked.type == "place" and place is not None:
            known[name] = place
    changes: dict[str, object] = {"plan": plan.plan, "facts": known, "answered": ()}
    changes |= {"reporter": reporter, "reporter_name": reporter_name}
    talk = talk.model_copy(update=changes)
    await go_on(context, plan, talk)


async def go_on(context: Context, plan: Plan, talk: Conversation) -> None:
    """Start the incident as soon as help can begin; ask for what that takes until then. What is
    being dealt with already is joined, and nothing asked."""
    running = await same_subject(context.turn, plan, talk.facts.get(plan.subject or ""))
    if running is not None:
        await _bring_keyboard_back(context, plan, talk)
        await _join(context, running, talk)
        return
    talk = await _without_refused(context, plan, talk)
    missing = tuple(
        Question(purpose="fact", fact=name)
        for name in needed_to_start(plan, context.speaker.roster, talk.facts, context.turn.at)
        if name not in talk.facts
    )
    if missing:
        others = tuple(q for q in talk.questions if q.incident is not None)
        questions = (*missing, *others)[:QUESTIONS_LIMIT]
        await ask(context, talk.model_copy(update={"questions": questions}))
    else:
        await start(context, plan, talk)


async def _without_refused(context: Context, plan: Plan, talk: Conversation) -> Conversation:
    """An answer that a gate refuses is asked for again, with the reason."""
    gate = refusing(plan, context.speaker.roster, talk.facts, context.turn.at)
    if gate is None:
        return talk
    await context.reply(Message(text=why_refused(plan, gate, context.speaker.lang)))
    latest = talk.answered[-1].fact if talk.answered else ""
    wrong = culprit(plan, gate, latest)
    facts = {name: value for name, value in talk.facts.items() if name != wrong}
    return talk.model_copy(update={"facts": facts})


async def start(context: Context, plan: Plan, talk: Conversation) -> None:
    """Start the incident, and ask what else there is to know."""
    chat, lang = context.speaker.chat, context.speaker.lang
    await _bring_keyboard_back(context, plan, talk)
    started = await start_report(context.turn, context.desk, plan, talk, chat)
    if isinstance(started, c.Refusal):
        await context.reply(Message(text=why_not_begun(plan, started, lang)))
        return
    fresh = left_to_ask(plan, talk, started, chat)
    await ask(context, fresh, said=await filed(context, plan, talk.reporter_name, started))


async def filed(context: Context, plan: Plan, reporter_name: str, started: Incident) -> Html:
    """What whoever reported for somebody else must know; the name of one who is not on the list
    goes on record. Empty for whoever reports for themselves."""
    reader, lang, number = context.reader, context.speaker.lang, started.number
    if reporter_name:
        note = say(lang, "directing.filed_note", name=reporter_name).unescape()
        await context.act(number, c.AddNote(context.turn.at, context.speaker.person, note))
        return say(lang, "directing.filed", number=number, name=reporter_name)
    if started.filed_by is None:
        return Html("")
    words = say(lang, "directing.filed", number=number, name=reader.name(started.reporter))
    if reader.roster.can_be_told(started.reporter, reader.at) in ("no_telegram", "unreachable"):
        values = {"phone": reader.phone(started.reporter), "text": plan.received.in_(lang)}
        words = Html(f"{words}\n{say(lang, 'directing.filed_phone', **values)}")
    return words


async def _bring_keyboard_back(context: Context, plan: Plan, talk: Conversation) -> None:
    """The location button has served; Telegram changes a keyboard only with a message."""
    filed = talk.reporter is not None or bool(talk.reporter_name)
    own = [q.fact for q in talk.answered if q.incident is None and q.fact in plan.ask]
    asked_place = any(plan.ask[name].type == "place" for name in own)
    if asked_place and not filed and context.speaker.private:
        text = say(context.speaker.lang, "report.got_it")
        await context.reply(Message(text=text, keyboard=await own_keyboard(context)))


async def _join(context: Context, running: Incident, talk: Conversation) -> None:
    chat, lang = context.speaker.chat, context.speaker.lang
    await join_report(context.turn, context.desk, talk, running, chat)
    plan = await context.desk.plan_of(context.turn, running)
    await ask(context, about_others(talk, chat), said=joined(plan, running, lang))


def joined(plan: Plan, running: Incident, lang: Lang) -> Html:
    """That what somebody reports is being dealt with already."""
    vehicle = show_plate(str(running.fact(plan.subject or "") or ""))
    return say(lang, "report.joined", number=running.number, vehicle=vehicle)
