"""Raising: the ways a report begins. `/breakdown`, a link from a group, a place just shared.

In: commands, shared places, their buttons. Out: a report begun. Forbidden here: the questions that
follow (see `questions`).
"""

from datetime import timedelta
from urllib.parse import urlencode

from telegram import Update

from handlers.buttons import Pressed, button
from handlers.catalogue import say
from handlers.context import Context
from handlers.documents import CONVERSATIONS, Conversation, Shared
from handlers.form.giving_up import give_up_own
from handlers.form.opening import keep_for_later
from handlers.incidents.involved import involved_in
from handlers.incidents.pressing import act, open_incident
from handlers.keyboard import own_keyboard, report_named
from handlers.reporting.beginning import begin
from handlers.reporting.live_places import follow
from handlers.reporting.questions import conversation_with
from handlers.reporting.said import forget, said_by
from handlers.typed import command_of
from plans import commands as c
from plans.format import Plan
from plans.place import Place, read_place
from storage.delivery import Button, Message

SHARED_HOLDS = timedelta(minutes=30)
OFFERED = 10
PRESSED_AGAIN = timedelta(minutes=2)


async def on_command(update: Update, context: Context) -> None:
    """A plan's command, with or without a place typed behind it; or its label on the keyboard."""
    message, plans = update.effective_message, context.desk.plans
    name, rest = command_of(message)
    plan = next((p for p in plans.values() if p.command == name), None)
    if not name and message is not None:
        plan = report_named(plans, message.text or "")
    if plan is not None:
        typed = read_place(rest) if rest and not plan.form else None
        talk = await conversation_with(context)
        await raise_plan(context, plan, typed or shared_place(context, talk), rest)


async def raise_plan(
    context: Context, plan: Plan, place: Place | None = None, words: str = ""
) -> None:
    """Begin the report; in a group answer with a link to the private chat, since only there can
    a phone send its place. A place typed already is kept for then, and so are `words` for a
    form."""
    if context.speaker.private:
        await begin(context, plan, place, words=words)
        return
    if plan.form and words:
        await keep_for_later(context, plan, words)
    if place is not None:
        talk = await conversation_with(context)
        shared = Shared(place=place, at=context.turn.at)
        context.turn.put(CONVERSATIONS, talk.model_copy(update={"shared": shared}))
    lang = context.speaker.lang
    link = private_link(context, plan, say(lang, "general.go_private").unescape())
    await context.reply(Message(text=say(lang, "general.group_report"), buttons=((link,),)))


def private_link(context: Context, plan: Plan, label: str) -> Button:
    """To the private chat, where the report begins at once."""
    url = f"https://t.me/{context.scene.bot_name}?{urlencode({'start': plan.command})}"
    return Button(text=label[:64], url=url)


async def offer_plans(context: Context, place: Place, live_message: int | None) -> None:
    """A place came out of the blue: ask what happened there."""
    talk = await conversation_with(context)
    shared = Shared(place=place, at=context.turn.at)
    context.turn.put(
        CONVERSATIONS, talk.model_copy(update={"shared": shared, "live_message": live_message})
    )
    lang = context.speaker.lang
    rows = [(b,) for b in plan_buttons(context)]
    mine = await involved_in(context.turn, context.speaker)
    rows[:0] = [
        (button(say(lang, "report.update_place", number=i.number), "moved", i.number),)
        for i in mine[:3]
        if context.speaker.person in (i.reporter, *i.also_reported)
    ]
    await context.reply(Message(text=say(lang, "report.what_is_it"), buttons=tuple(rows[:OFFERED])))


def shared_place(context: Context, talk: Conversation) -> Place | None:
    """The place just shared. Where somebody was long ago is not where it happened."""
    shared = talk.shared
    fresh = shared is not None and context.turn.at - shared.at < SHARED_HOLDS
    return shared.place if shared is not None and fresh else None


def plan_buttons(context: Context) -> list[Button]:
    """One button for each plan that is offered at a place, the first OFFERED of them."""
    lang = context.speaker.lang
    buttons = [
        button(f"{plan.icon} {plan.offered_at_place.in_(lang)}", "plan", plan.plan)
        for plan in context.desk.plans.values()
        if plan.offered_at_place is not None
    ]
    return buttons[:OFFERED]


async def on_plan_pressed(update: Update, context: Context, pressed: Pressed) -> None:
    plan = context.desk.plans.get(pressed.args[0])
    if plan is None:
        context.refuse(update, "refusals.old_button")
        return
    place = shared_place(context, await conversation_with(context))
    said = await said_by(context.turn, context.speaker.person)
    again = place is None and not said and not plan.form
    if again and (number := await _just_raised(context, plan)):
        context.toast(update, "report.already", number=number)
        return
    context.toast(update)
    await raise_plan(context, plan, place)


async def _just_raised(context: Context, plan: Plan) -> int | None:
    """What this person's last press began: on a bad connection people press again."""
    for incident in await involved_in(context.turn, context.speaker):
        mine = incident.reporter == context.speaker.person and incident.plan == plan.plan
        if mine and context.turn.at - incident.reported_at < PRESSED_AGAIN:
            return incident.number
    return None


async def on_moved_pressed(update: Update, context: Context, pressed: Pressed) -> None:
    """The place just shared is where an incident of the speaker's is now."""
    talk = await conversation_with(context)
    place = shared_place(context, talk)
    if place is None:
        context.refuse(update, "refusals.old_button")
        return
    incident = await open_incident(update, context, pressed)
    if incident is None:
        return
    plan = await context.desk.plan_of(context.turn, incident)
    name = next((n for n, asked in plan.ask.items() if asked.type == "place"), "")
    command = c.RecordFact(context.turn.at, context.speaker.person, name, place)
    if await act(update, context, pressed, command) is None:
        return
    context.toast(update)
    if talk.live_message is not None:
        told_in = context.speaker.chat, talk.live_message
        follow(context.turn, context.speaker.person, told_in, incident.number, place)
    changes = {"shared": None, "live_message": None}
    context.turn.put(CONVERSATIONS, talk.model_copy(update=changes))
    await context.say("report.place_updated", number=incident.number)


async def on_drop(update: Update, context: Context) -> None:
    """Give up a report that has not become an incident."""
    context.toast(update)
    talk = await conversation_with(context)
    if talk.plan is None and await give_up_own(context):
        return
    left = tuple(q for q in talk.questions if q.incident is not None)
    dropped = talk.plan is not None or talk.shared is not None
    forget(context.turn, context.speaker.person)
    kept = Conversation(
        person=talk.person, chat=talk.chat, questions=left, nudges=1, held=talk.held
    )
    context.turn.put(CONVERSATIONS, kept)
    key = "report.cancelled" if dropped else "report.nothing_to_cancel"
    keys = await own_keyboard(context)
    await context.reply(Message(text=say(context.speaker.lang, key), keyboard=keys))
