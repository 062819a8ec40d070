"""Questions: asking one person one thing at a time, and where that stands.

In: a conversation. Out: the question as a message, and the conversation moved on. Forbidden here:
reading answers (see `answers`); a question that a restart forgets.
"""

from datetime import timedelta

from handlers.areas.picking import Pick
from handlers.areas.question import begun, question_rows
from handlers.buttons import button, mark_of
from handlers.catalogue import Html, plain, say
from handlers.context import Context
from handlers.documents import CONVERSATIONS, INCIDENTS, QUESTIONS_LIMIT, Conversation, Question
from handlers.paging import arrows
from handlers.reporting.chosen import chosen_last
from handlers.reporting.gated import refused_answers
from handlers.reporting.offers import Asking, offered
from handlers.telling.happening import Reader
from handlers.telling.letters import Letters
from plans.engine.conditions import holds
from plans.format import Asked, Plan
from plans.incident import Incident
from plans.model import PersonId, StepId
from storage.delivery import Button, Keyboard, Message, Urgency
from storage.port import SLOTS, Turn

NUDGE_AFTER = timedelta(minutes=3)
# In a button in place of a person: somebody who is known by name only.
NOT_LISTED = "-"
DECLINE_REASONS = ("away", "vehicle", "road", "busy")


async def conversation_with(context: Context) -> Conversation:
    """What is under way with the speaker, without what is over; a new, empty one when nothing
    is."""
    speaker = context.speaker
    known = await context.turn.get(CONVERSATIONS, speaker.person)
    if known is None:
        return Conversation(person=speaker.person, chat=speaker.chat)
    return await still_open(context.turn, known)


async def put_first(context: Context, question: Question) -> None:
    """Ask this now, before anything else that is open."""
    talk = await conversation_with(context)
    rest = tuple(q for q in talk.questions if q != question)[: QUESTIONS_LIMIT - 1]
    await ask(context, talk.model_copy(update={"questions": (question, *rest)}))


async def still_open(turn: Turn, talk: Conversation) -> Conversation:
    """The conversation without what is over: questions about incidents that have ended."""
    left = []
    for question in talk.questions:
        if question.incident is None:
            left.append(question)
        else:
            incident = await turn.get(INCIDENTS, str(question.incident))
            left += [question] if incident is not None and incident.is_open else []
    return talk.model_copy(update={"questions": tuple(left)})


async def let_go(context: Context, number: int, step: StepId) -> None:
    """Ask no more about a step."""
    talk = await conversation_with(context)
    left = tuple(q for q in talk.questions if (q.incident, q.step) != (number, step))
    for question in talk.questions:
        if question not in left:
            await take_buttons_away(context, question)
    if left != talk.questions:
        context.turn.put(CONVERSATIONS, talk.model_copy(update={"questions": left}))


async def leave_as_it_was(context: Context, talk: Conversation) -> bool:
    """End a question whose answer changes what stands already, or by which one gives up a step;
    False where something else is asked, which somebody still has to know."""
    question = talk.questions[0] if talk.questions else None
    incident = await context.turn.get(INCIDENTS, str(question.incident)) if question else None
    if question is None or incident is None:
        return False
    if question.purpose != "decline" and not incident.knows(question.fact, question.step):
        return False
    await take_buttons_away(context, question)
    said = say(context.speaker.lang, "report.left_as_it_was", number=f"#{incident.number}")
    await ask(context, talk.model_copy(update={"questions": talk.questions[1:]}), said=said)
    return True


async def ask(
    context: Context, talk: Conversation, offers: tuple[str, ...] = (), said: str = ""
) -> None:
    """Ask the first open question, or end the conversation when there is none.

    `offers` are plates that matched what was typed. `said` (HTML) goes in front of the question:
    one message instead of two, where Telegram allows one a second.
    """
    turn = context.turn
    if not talk.questions:
        _leave_off(turn, talk)
        if said:
            await context.reply(Message(text=said))
        return
    question = talk.questions[0]
    asked_in = context.speaker.chat
    talk = talk.model_copy(
        update={
            "chat": asked_in,
            "asked_at": turn.at,
            "nudges": 0,
            "nudge_at": turn.at + NUDGE_AFTER,
        }
    )
    turn.put(CONVERSATIONS, talk)
    plan = await plan_for(context, talk, question)
    if plan is not None:
        pick = await begun(turn, question, offers)
        message = question_message(
            plan,
            talk,
            question,
            context.reader,
            context.speaker.private,
            offers,
            pick,
            await chosen_last(turn, talk.person),
            without=await _refused(context, plan, question),
        )
        text = f"{said}\n{message.text}" if said else message.text
        slot = question_slot(talk.person, question)
        turn.remove(SLOTS, slot)  # asked again is a new message, which makes a sound
        letters = Letters(turn, context.speaker.roster, question.incident)
        asked = message.model_copy(update={"text": text})
        await letters.chat(context.speaker.chat, asked, slot=slot)


async def _refused(context: Context, plan: Plan, question: Question) -> frozenset[str]:
    """The answers that do not stand as the incident is now."""
    incident = await context.turn.get(INCIDENTS, str(question.incident))
    if incident is None or question.fact not in plan.asked():
        return frozenset()
    return refused_answers(plan, context.speaker.roster, incident, question.fact, context.turn.at)


async def show_page(
    context: Context, plan: Plan, talk: Conversation, question: Question, page: int
) -> None:
    """Another page of the answers to a question, in its message."""
    recent, reader = await chosen_last(context.turn, talk.person), context.reader
    private = context.speaker.private
    message = question_message(plan, talk, question, reader, private, recent=recent, page=page)
    letters = Letters(context.turn, context.speaker.roster, question.incident)
    slot = question_slot(talk.person, question)
    await letters.chat(context.speaker.chat, message, slot=slot)


def question_slot(person: PersonId, question: Question) -> str:
    """The live message of a question: its buttons go when it is answered."""
    about = f"{question.incident or 0}/{question.fact}/{question.step}"
    return f"question/{person}/{question.purpose}/{about}"


async def question_pressed(
    context: Context, talk: Conversation, number: int, fact: str, message: int
) -> Question | None:
    """The open question about the fact that stands in that message, since somebody may be asked the
    same for several parts; else the first of them, on whatever copy it was pressed."""
    open_now = [q for q in talk.questions if (q.incident or 0, q.fact) == (number, fact)]
    for question in open_now:
        slot = await context.turn.get(SLOTS, question_slot(talk.person, question))
        if slot is not None and slot.message_id == message:
            return question
    return next(iter(open_now), None)


async def replied_to(context: Context, talk: Conversation, message: int) -> Conversation:
    """With the open question that stands in that message as the one being asked; as it is where
    none does."""
    for question in talk.questions:
        slot = await context.turn.get(SLOTS, question_slot(talk.person, question))
        here = slot is not None and slot.chat == context.speaker.chat
        if here and slot is not None and slot.message_id == message:
            rest = tuple(q for q in talk.questions if q != question)
            changes = {"questions": (question, *rest), "asked_at": context.turn.at}
            return talk.model_copy(update={**changes, "chat": context.speaker.chat})
    return talk


async def take_buttons_away(context: Context, question: Question) -> None:
    """An answered question keeps its words, not its buttons: on a phone they fill the screen."""
    turn, person = context.turn, context.speaker.person
    slot = await turn.get(SLOTS, question_slot(person, question))
    talk = Conversation(person=person, chat=context.speaker.chat, questions=(question,))
    plan = await plan_for(context, talk, question)
    if slot is None or plan is None or question.incident is None:
        return
    asked = question_message(plan, talk, question, context.reader, context.speaker.private)
    letters = Letters(turn, context.speaker.roster, question.incident)
    answered = Message(text=f"{asked.text} ✓")
    await letters.chat(slot.chat, answered, Urgency.NORMAL, slot=slot.slot)


def _leave_off(turn: Turn, talk: Conversation) -> None:
    """Nothing more is asked; what waits for its incident still waits."""
    if talk.held:
        turn.put(CONVERSATIONS, Conversation(person=talk.person, chat=talk.chat, held=talk.held))
    else:
        turn.remove(CONVERSATIONS, talk.person)


async def plan_for(context: Context, talk: Conversation, question: Question) -> Plan | None:
    """The plan a question comes from: the incident's frozen one, or the one being reported."""
    if question.incident is None:
        return context.desk.plans.get(talk.plan or "")
    incident = await context.turn.get(INCIDENTS, str(question.incident))
    return None if incident is None else await context.desk.plan_of(context.turn, incident)


def open_questions(plan: Plan, incident: Incident) -> tuple[Question, ...]:
    """What the plan still wants to know from whoever reported: first what it must know, then the
    rest in its order."""
    open_now = [
        name
        for name, asked in plan.ask.items()
        if name not in incident.facts
        and holds(asked.when, incident.facts, incident.earlier) is not False
    ]
    open_now.sort(key=lambda name: not plan.ask[name].required)
    return tuple(
        Question(purpose="fact", incident=incident.number, fact=name) for name in open_now
    )[:QUESTIONS_LIMIT]


def question_message(
    plan: Plan,
    talk: Conversation,
    question: Question,
    reader: Reader,
    private: bool,
    offers: tuple[str, ...] = (),
    pick: Pick | None = None,
    recent: tuple[str, ...] = (),
    page: int = 0,
    without: frozenset[str] = frozenset(),
) -> Message:
    """The question with buttons for what can be pressed instead of typed: of a long list a `page`,
    with `recent` first, and not what stands `without`; `pick` is what is ticked of an area."""
    if question.purpose == "decline":
        return _decline_question(plan, question, reader)
    asked = plan.asked()[question.fact]
    number = Html("") if question.incident is None else plain(f"#{question.incident} ")
    text = say(reader.lang, "report.question", number=number, text=asked.text.in_(reader.lang))
    if asked.type == "area":
        rows = question_rows(pick or Pick(), question, reader)
    elif asked.type == "customer" and not private:
        rows = []  # who reads along in a group need not be shown customers
    else:
        asking = Asking(reader, talk.person, offers, page, recent, without=without)
        rows = _answer_rows(asked, question, asking)
    rows += _way_rows(asked, talk, question, reader)
    if asked.type == "place" and (talk.reporter or talk.reporter_name):
        return _place_on_the_phone(talk, question, reader, rows)
    if asked.type == "place" and private:
        keyboard = Keyboard(
            location=say(reader.lang, "report.send_location").unescape(),
            labels=(say(reader.lang, "report.cancel").unescape(),),
        )
        return Message(text=text, keyboard=keyboard)
    if not rows and not private:
        return Message(text=text, ask=asked.text.in_(reader.lang)[:60])
    return Message(text=text, buttons=tuple(rows))


def _place_on_the_phone(
    talk: Conversation, question: Question, reader: Reader, rows: list[tuple[Button, ...]]
) -> Message:
    """Where somebody else is: not where this phone is. Help may start before that is known."""
    name = talk.reporter_name or reader.name(talk.reporter)
    number = Html("") if question.incident is None else plain(f"#{question.incident} ")
    text = say(reader.lang, "directing.filed_place", number=number, name=name)
    mark = mark_of(talk.reporter) if talk.reporter else NOT_LISTED
    now = (button(say(reader.lang, "directing.filed_now"), "for_now", talk.plan, mark),)
    return Message(text=text, buttons=(now, *rows) if question.incident is None else tuple(rows))


def _answer_rows(asked: Asked, question: Question, asking: Asking) -> list[tuple[Button, ...]]:
    number, fact = question.incident or 0, question.fact
    offer = offered(asked, asking)
    buttons = [button(label, "fact", number, fact, value) for label, value in offer.pairs]
    width = _WIDTHS.get(asked.type, 2)
    rows = [tuple(buttons[i : i + width]) for i in range(0, len(buttons), width)]
    if offer.count > len(offer.pairs):
        leaf = arrows(offer.count, asking.page, lambda label, to: _leaf(label, question, to))
        rows.append(leaf)
    return rows


# How many answers stand in a row; a customer takes a whole one.
_WIDTHS: dict[str, int] = {"duration": 3, "customer": 1}


def _leaf(label: str, question: Question, page: int) -> Button:
    return button(label, "leaf", question.incident or 0, question.fact, page)


def _way_rows(
    asked: Asked, talk: Conversation, question: Question, reader: Reader
) -> list[tuple[Button, ...]]:
    """Back, skip, cancel: what makes sense at this question."""
    lang, number = reader.lang, question.incident or 0
    if question.purpose == "record":
        if not question.completes or asked.required:
            return []
        return [(button(say(lang, "steps.without"), "only", number, question.step),)]
    row = []
    if talk.answered:
        row.append(button(say(lang, "report.back"), "back", number))
    if question.incident is None:
        row.append(button(say(lang, "report.cancel"), "drop"))
    elif not asked.required:
        row.append(button(say(lang, "report.skip"), "skip", number, question.fact))
    return [tuple(row)] if row else []


def _decline_question(plan: Plan, question: Question, reader: Reader) -> Message:
    number, lang = question.incident or 0, reader.lang
    do = plan.step(question.step).do.in_(lang)
    buttons = [
        button(say(lang, f"steps.cant_{reason}"), "why", number, question.step, reason)
        for reason in DECLINE_REASONS
    ]
    rows = [tuple(buttons[i : i + 2]) for i in range(0, len(buttons), 2)]
    rows.append((button(say(lang, "steps.never_mind"), "still", number, question.step),))
    text = say(lang, "steps.why_cant", number=number, do=do)
    return Message(text=text, buttons=tuple(rows))
