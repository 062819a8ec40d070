"""Answers: what a person types, sends or presses in reply to a question.

In: text, places, presses. Out: facts recorded, steps completed or declined, the next question; or
what was expected, in words. Forbidden here: losing what was sent.
"""

from datetime import timedelta

from handlers.catalogue import say
from handlers.context import Context
from handlers.documents import (
    ANSWERED_LIMIT,
    EVIDENCE,
    INCIDENTS,
    Conversation,
    Held,
    Question,
    evidence_key,
)
from handlers.incidents import notes
from handlers.keyboard import own_keyboard
from handlers.reporting.beginning import go_on
from handlers.reporting.choosing import Chooser
from handlers.reporting.chosen import remember_chosen
from handlers.reporting.facts import NotRead, read_fact, unit_of
from handlers.reporting.gated import why_refused
from handlers.reporting.questions import (
    ask,
    let_go,
    plan_for,
    still_open,
    take_buttons_away,
)
from handlers.reporting.said import keep, wanted
from handlers.reporting.spoken_answers import offer_answer
from handlers.reporting.starting import same_subject
from plans import commands as c
from plans.format import Plan
from plans.incident import FactValue
from plans.place import Place
from storage.delivery import Message

REASON_WITHIN = timedelta(minutes=10)


async def answer_text(context: Context, talk: Conversation, text: str) -> None:
    """A typed answer to the first open question."""
    question = talk.questions[0]
    if question.purpose == "decline":
        await _decline_or_note(context, talk, question, text)
        return
    plan = await plan_for(context, talk, question)
    if plan is None:
        await next_question(context, talk)
        return
    chooser = Chooser(context.speaker.roster, talk.person)
    asked, unit = plan.asked()[question.fact], await _unit(context, plan, question)
    value = read_fact(asked, text, chooser, context.turn.at, unit)
    if isinstance(value, NotRead):
        await _not_read(context, talk, value, text)
        return
    await take(context, plan, talk, question, value)


async def _unit(context: Context, plan: Plan, question: Question) -> str:
    """What the number asked for is counted in."""
    incident = await context.turn.get(INCIDENTS, str(question.incident))
    company = context.speaker.roster.company
    return unit_of(plan.asked()[question.fact], incident.fact, company) if incident else ""


async def _not_read(context: Context, talk: Conversation, why: NotRead, text: str) -> None:
    """Say what was expected. "It is burning!" answers no question and must not be lost either:
    what is no answer goes on record as a note."""
    if why.offers:
        await ask(context, talk, why.offers)
        return
    number, held = talk.questions[0].incident, Held(text=text)
    expected = say(context.speaker.lang, why.key, limit=why.limit, unit=why.unit)
    if number is None:
        await context.reply(Message(text=expected))
    elif not await offer_answer(context, held):
        await notes.add(context, number, held, but=expected)


async def answer_place(context: Context, talk: Conversation, place: Place) -> bool:
    """A shared place, when a place is being asked for; False when something else is."""
    question = talk.questions[0]
    plan = await plan_for(context, talk, question)
    if plan is None or question.purpose == "decline":
        return False
    if plan.asked()[question.fact].type != "place":
        return False
    await take(context, plan, talk, question, place)
    return True


async def answer_picture(context: Context, talk: Conversation, held: Held) -> bool:
    """A picture, when one is being asked for: kept as evidence, what is written under it as a note.
    False when something else is asked."""
    question = talk.questions[0]
    plan = await plan_for(context, talk, question)
    asked = plan.asked().get(question.fact) if plan is not None else None
    if plan is None or asked is None or asked.type != "photo" or not held.is_picture:
        return False
    if question.incident is None:
        files = talk.pictures - {question.fact}
        files |= {question.fact} if held.media == "document" else frozenset()
        talk = talk.model_copy(update={"pictures": files})
        if held.text:
            await keep(context.turn, talk.person, Held(text=held.text))
        await take(context, plan, talk, question, held.file_id)
    else:
        await _take_picture(context, plan, talk, question.incident, held)
    return True


async def _take_picture(
    context: Context, plan: Plan, talk: Conversation, number: int, held: Held
) -> None:
    """It is evidence from the moment on which it is told of; one that was refused is not."""
    question, turn = talk.questions[0], context.turn
    turn.put(EVIDENCE, wanted(number, held, turn.at))
    await take(context, plan, talk, question, held.file_id)
    incident = await turn.get(INCIDENTS, str(number))
    if incident is None or incident.fact(question.fact) != held.file_id:
        turn.remove(EVIDENCE, evidence_key(number, held.file_id))
    elif held.text:
        await context.act(number, c.AddNote(turn.at, context.speaker.person, held.text))


async def keep_other(context: Context, talk: Conversation, held: Held) -> None:
    """A file that cannot answer the open question is kept all the same; in the same message, what
    the question needs."""
    question = talk.questions[0]
    plan = await plan_for(context, talk, question)
    typed = plan is None or question.purpose == "decline"
    kind = "text" if plan is None or typed else plan.asked()[question.fact].type
    expected = say(context.speaker.lang, f"report.bad_{kind}")
    if question.incident is not None:
        await notes.add(context, question.incident, held, but=expected)
        return
    await keep(context.turn, talk.person, held)
    kept = say(context.speaker.lang, "report.kept_for_report")
    await context.reply(Message(text=f"{kept}\n{expected}"))


async def take(
    context: Context, plan: Plan, talk: Conversation, question: Question, value: FactValue
) -> None:
    """Take a value as the answer and go on with what follows."""
    if question.incident is None:
        facts = {**talk.facts, question.fact: value}
        left = tuple(q for q in talk.questions if q != question)
        answered = (*talk.answered, question)[-ANSWERED_LIMIT:]
        changes = {"facts": facts, "questions": left, "answered": answered}
        await go_on(context, plan, talk.model_copy(update=changes))
        return
    said = await record(context, question, value)
    if isinstance(said, c.Refusal):
        await _refused(context, talk, said)
        return
    await remember_chosen(context.turn, talk.person, plan, {question.fact: value})
    if question.fact == plan.subject:
        await _merge_if_same(context, plan, question.incident, value)
    if plan.asked()[question.fact].type == "place" and context.speaker.private:
        # The location button has served; buttons and a keyboard do not fit under one message.
        await context.reply(Message(text=said, keyboard=await own_keyboard(context)))
        said = ""
    await next_question(context, talk, said)


async def _refused(context: Context, talk: Conversation, why: c.Refusal) -> None:
    """Say why; a question that no answer can settle any more does not stand in the way."""
    question = talk.questions[0]
    if why.reason is c.Reason.NEEDS_FACT and question.completes:
        await take_buttons_away(context, question)
        more = question.model_copy(update={"fact": why.detail})
        questions = (more, *talk.questions[1:])
        await ask(context, talk.model_copy(update={"questions": questions}))
        return
    number = question.incident or 0
    if why.reason is c.Reason.GATE:
        await _refused_by_gate(context, talk, why.detail)
        return
    await context.say(f"refusals.{why.reason}", **context.why_not(why, number))
    if why.reason not in (c.Reason.BAD_VALUE, c.Reason.NO_REASON):
        await next_question(context, talk)


async def _refused_by_gate(context: Context, talk: Conversation, gate: str) -> None:
    """What stood there before still stands; where nothing did, another answer is awaited."""
    question = talk.questions[0]
    incident = await context.turn.get(INCIDENTS, str(question.incident))
    plan = await plan_for(context, talk, question)
    if incident is None or plan is None:
        return
    said = why_refused(plan, gate, context.speaker.lang)
    if incident.fact(question.fact) is None:
        await ask(context, talk, said=said)
    else:
        await next_question(context, talk, said)


async def record(context: Context, question: Question, value: FactValue) -> str | c.Refusal:
    """Record the fact, and complete the step when that is what the answer is for.

    Returns the words that confirm it.
    """
    number, turn, person = question.incident or 0, context.turn, context.speaker.person
    step = question.step or None
    done = await context.act(number, c.RecordFact(turn.at, person, question.fact, value, step))
    if not isinstance(done, c.Refusal) and question.completes:
        done = await context.act(number, c.CompleteStep(turn.at, person, question.step))
    if isinstance(done, c.Refusal):
        return done
    plan = await context.desk.plan_of(turn, done)
    shown = context.reader.about(done).fact(plan, question.fact, value)
    return say(context.speaker.lang, "report.kept", number=number, value=shown)


async def _merge_if_same(context: Context, plan: Plan, number: int, value: FactValue) -> None:
    """The vehicle named now is the one another incident is about: one of them is enough."""
    other = await same_subject(context.turn, plan, value, but=number)
    if other is None:
        return
    older, newer = sorted((other.number, number))
    at, person = context.turn.at, context.speaker.person
    merged = await context.turn.get(INCIDENTS, str(newer))
    place = merged.place() if merged else None
    await context.act(newer, c.MergeInto(at, person, older))
    await context.act(older, c.JoinReport(at, merged.reporter if merged else person, place))


async def next_question(context: Context, talk: Conversation, said: str = "") -> None:
    """Ask the next open question, leaving out what is answered or over by now."""
    await take_buttons_away(context, talk.questions[0])
    answered = (*talk.answered, talk.questions[0])[-ANSWERED_LIMIT:]
    left = talk.model_copy(update={"questions": talk.questions[1:], "answered": answered})
    await ask(context, await still_open(context.turn, left), said=said)


async def _decline_or_note(
    context: Context, talk: Conversation, question: Question, text: str
) -> None:
    """A reason, while the question is fresh; words that come much later are about something
    else and must not take the step away from its owner."""
    fresh = talk.asked_at is not None and context.turn.at - talk.asked_at < REASON_WITHIN
    if fresh:
        await _decline(context, talk, question, text)
        return
    await let_go(context, question.incident or 0, question.step)
    await notes.add(context, question.incident or 0, Held(text=text))


async def _decline(context: Context, talk: Conversation, question: Question, text: str) -> None:
    number = question.incident or 0
    command = c.DeclineStep(context.turn.at, context.speaker.person, question.step, text)
    result = await context.act(number, command)
    if isinstance(result, c.Refusal):
        await _refused(context, talk, result)
        return
    await next_question(context, talk, say(context.speaker.lang, "steps.declined_toast"))
