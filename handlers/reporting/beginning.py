"""Beginning: from "something is wrong" to an incident under way.

In: a plan's command, a shared place, answers. Out: an incident started or joined, and what the
plan still asks. Forbidden here: asking for more than a place before help starts.
"""

from collections.abc import Mapping
from typing import Literal

from handlers.catalogue import Html, say
from handlers.context import Context
from handlers.documents import (
    EVIDENCE,
    INCIDENTS,
    QUESTIONS_LIMIT,
    Conversation,
    Held,
    Question,
)
from handlers.form.documents import Intended
from handlers.form.opening import open_form
from handlers.keyboard import own_keyboard
from handlers.reporting.gated import culprit, why_refused
from handlers.reporting.live_places import follow
from handlers.reporting.questions import ask, conversation_with, open_questions
from handlers.reporting.said import place_said, put_on_record, wanted
from plans import commands as c
from plans.area import Area, regions_of
from plans.engine.conditions import hold
from plans.engine.defaults import attributes
from plans.engine.gating import refusing
from plans.format import Plan
from plans.incident import FactValue, Incident
from plans.model import FactName, PersonId, RegionId
from plans.place import Place, distance_km
from plans.plate import show_plate
from plans.roster import Roster
from plans.text import Lang
from storage.delivery import Message
from storage.port import Turn


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
        for name in needed_to_start(plan, context.speaker.roster, talk.facts)
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
    gate = refusing(plan, context.speaker.roster, talk.facts)
    if gate is None:
        return talk
    await context.reply(Message(text=why_refused(plan, gate, context.speaker.lang)))
    latest = talk.answered[-1].fact if talk.answered else ""
    wrong = culprit(plan, gate, latest)
    facts = {name: value for name, value in talk.facts.items() if name != wrong}
    return talk.model_copy(update={"facts": facts})


def needed_to_start(
    plan: Plan, roster: Roster, facts: Mapping[FactName, FactValue]
) -> list[FactName]:
    """The place, if the plan must have one: whatever else it must know is asked while help is on
    its way. A plan that needs no place needs its required answers, as far as these are known to be
    called for."""
    known = {**attributes(plan, roster, facts), **facts}
    called_for = [n for n, ask in plan.ask.items() if hold(ask.when, known.get) is True]
    required = [name for name in called_for if plan.ask[name].required]
    places = [name for name in required if plan.ask[name].type == "place"]
    return places or required


async def start(context: Context, plan: Plan, talk: Conversation) -> None:
    """Start the incident, and ask what else there is to know."""
    speaker = context.speaker
    await _bring_keyboard_back(context, plan, talk)
    started = await file_report(context, plan, talk.facts, talk.reporter)
    if isinstance(started, c.Refusal):
        await context.say(f"refusals.{started.reason}", **context.why_not(started, 0))
        return
    _follow_live(context, talk, started.number)
    _keep_pictures(context, plan, talk, started.number)
    await put_on_record(context.turn, context.desk, speaker.person, started.number, speaker.chat)
    others = tuple(q for q in talk.questions if q.incident is not None)
    questions = (*open_questions(plan, started), *others)[:QUESTIONS_LIMIT]
    fresh = Conversation(
        person=speaker.person,
        chat=speaker.chat,
        questions=questions,
        held=talk.held,
        reporter=talk.reporter,
        reporter_name=talk.reporter_name,
    )
    await ask(context, fresh, said=await filed(context, plan, talk.reporter_name, started))


def _keep_pictures(context: Context, plan: Plan, talk: Conversation, number: int) -> None:
    """What answered a question before there was an incident is its evidence."""
    for name, ask_ in plan.ask.items():
        if ask_.type == "photo" and name in talk.facts:
            media: Literal["photo", "document"] = "document" if name in talk.pictures else "photo"
            picture = Held(media=media, file_id=str(talk.facts[name]))
            context.turn.put(EVIDENCE, wanted(number, picture, context.turn.at))


async def file_report(
    context: Context,
    plan: Plan,
    facts: Mapping[FactName, FactValue],
    reporter: PersonId | None,
) -> Incident | c.Refusal:
    """The incident begun; `reporter`: for whom, when that is not the speaker."""
    person, roster = context.speaker.person, context.speaker.roster
    region = region_for(roster, reporter or person, facts)
    return await context.desk.start(context.turn, plan, person, region, facts, reporter=reporter)


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
    """Whoever reported it says nothing new by reporting again, unless it is where they are."""
    speaker, turn = context.speaker, context.turn
    place = next((v for v in talk.facts.values() if isinstance(v, Place)), None)
    known = speaker.person in running.reporters
    if place is not None or not known:
        await context.act(running.number, c.JoinReport(turn.at, speaker.person, place))
    await put_on_record(turn, context.desk, speaker.person, running.number, speaker.chat)
    _follow_live(context, talk, running.number)
    others = tuple(q for q in talk.questions if q.incident is not None)
    left = Conversation(person=speaker.person, chat=speaker.chat, questions=others, held=talk.held)
    plan = await context.desk.plan_of(turn, running)
    await ask(context, left, said=joined(plan, running, speaker.lang))


def joined(plan: Plan, running: Incident, lang: Lang) -> Html:
    """That what somebody reports is being dealt with already."""
    vehicle = show_plate(str(running.fact(plan.subject or "") or ""))
    return say(lang, "report.joined", number=running.number, vehicle=vehicle)


async def same_subject(
    turn: Turn, plan: Plan, subject: FactValue | None, but: int | None = None
) -> Incident | None:
    """The open incident of the same plan about the same thing, if there is one."""
    if plan.subject is None or subject is None:
        return None
    for incident in await turn.find(INCIDENTS, status="open"):
        same = incident.plan == plan.plan and incident.fact(plan.subject) == subject
        if same and incident.number != but:
            return incident
    return None


def region_for(roster: Roster, person: PersonId, facts: Mapping[FactName, FactValue]) -> RegionId:
    """That of an area that lies in one region; else the reporter's own, the vehicle's, or the
    customer's; else the nearest depot's; else headquarters."""
    for value in facts.values():
        if isinstance(value, Area) and len(there := regions_of(value, roster.company)) == 1:
            return there[0]
    for post in roster.roles_of(person):
        if post.region is not None:
            return post.region
    for value in facts.values():
        company, named = roster.company, value if isinstance(value, str) else ""
        known = company.vehicles.get(named) or company.customers.get(named)
        if known is not None:
            return known.region
    place = next((v for v in facts.values() if isinstance(v, Place)), None)
    return _nearest(roster, place) or roster.company.company.headquarters


def _nearest(roster: Roster, place: Place | None) -> RegionId | None:
    distances = {
        region: distance_km(place, known.depot.place)
        for region, known in roster.company.regions.items()
        if place is not None and known.depot is not None
    }
    near = {region: km for region, km in distances.items() if km is not None}
    return min(near, key=lambda region: near[region], default=None)


def _follow_live(context: Context, talk: Conversation, number: int) -> None:
    place = next((v for v in talk.facts.values() if isinstance(v, Place)), None)
    if talk.live_message is not None and place is not None:
        follow(context, talk.live_message, number, place)
