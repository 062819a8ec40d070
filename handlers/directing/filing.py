"""Filing: reporting for somebody who phoned. /for: which plan, for whom, then the usual questions.

In: the command, presses, a typed name. Out: a report begun for that person; whoever filed it is
asked what there is to know. Forbidden here: the questions themselves (see `handlers.reporting`).
"""

from telegram import Update

from handlers.awaited import AWAITED, await_words, awaited_words
from handlers.buttons import Pressed, button, mark_of
from handlers.catalogue import say
from handlers.context import Context
from handlers.directing.found import TYPED_LIMIT, people_meant, person_of, told_apart
from handlers.reporting.beginning import begin, start
from handlers.reporting.questions import NOT_LISTED, conversation_with, take_buttons_away
from plans.format import Plan
from storage.delivery import Message

SHOWN = 8
PLANS_SHOWN = 20
PLANS_IN_A_COLUMN = 10


async def on_for(_: Update, context: Context) -> None:
    """Which plan?"""
    lang = context.speaker.lang
    plans = [p for p in context.desk.plans.values() if p.command]
    buttons = [
        button(f"{p.icon} {p.title.in_(lang)}", "for_plan", p.plan) for p in plans[:PLANS_SHOWN]
    ]
    width = 1 if len(buttons) <= PLANS_IN_A_COLUMN else 2
    rows = tuple(tuple(buttons[i : i + width]) for i in range(0, len(buttons), width))
    await context.reply(Message(text=say(lang, "directing.for_plan"), buttons=rows))


async def on_plan_pressed(update: Update, context: Context, pressed: Pressed) -> None:
    """For whom? A name, a plate, the last digits of a phone."""
    plan = _plan(context, pressed.args[0])
    if plan is None:
        context.refuse(update, "refusals.old_button")
        return
    context.toast(update)
    await_words(context.turn, context.speaker.person, "for", plan.plan, "")
    await context.say("directing.for_whom", title=plan.title.in_(context.speaker.lang))


async def on_typed(context: Context, args: tuple[str, ...], text: str) -> None:
    """Who may be meant; whoever is not on the list can still be helped."""
    plan = _plan(context, args[0])
    if plan is None:
        await context.say("refusals.old_button")
        return
    typed = " ".join(text.split())[:TYPED_LIMIT]
    await_words(context.turn, context.speaker.person, "for", plan.plan, typed)
    found = people_meant(context.speaker.roster, typed)
    lang, reader = context.speaker.lang, context.reader
    buttons = [
        button(told_apart(reader, p), "for_who", plan.plan, mark_of(p)) for p in found[:SHOWN]
    ]
    none = say(lang, "directing.not_listed")
    buttons.append(button(none, "for_who", plan.plan, NOT_LISTED))
    key = "directing.for_none" if not found else "directing.for_which"
    more = say(lang, "directing.for_more", count=len(found)) if len(found) > SHOWN else ""
    text = say(lang, key, typed=typed, more=more)
    await context.reply(Message(text=text, buttons=tuple((b,) for b in buttons)))


async def on_who_pressed(update: Update, context: Context, pressed: Pressed) -> None:
    """Begin the report. Somebody who is not on the list is reported for by name only."""
    plan, speaker = _plan(context, pressed.args[0]), context.speaker
    awaited = await awaited_words(context.turn, speaker.person)
    typed = awaited.args[1] if awaited is not None and awaited.purpose == "for" else ""
    person = person_of(speaker.roster, pressed.args[1])
    unlisted = pressed.args[1] == NOT_LISTED and bool(typed)
    if plan is None or (person is None and not unlisted):
        context.refuse(update, "refusals.old_button")
        return
    context.toast(update)
    context.turn.remove(AWAITED, speaker.person)
    await begin(context, plan, reporter=person, reporter_name="" if person else typed)


async def on_start_without(update: Update, context: Context, pressed: Pressed) -> None:
    """Help starts; the place is asked again afterwards."""
    talk = await conversation_with(context)
    plan = _plan(context, talk.plan or "")
    whose = mark_of(talk.reporter) if talk.reporter else NOT_LISTED
    under_way = bool(talk.reporter or talk.reporter_name)
    if plan is None or not under_way or pressed.args != (plan.plan, whose):
        context.refuse(update, "refusals.old_button")
        return
    context.toast(update)
    await take_buttons_away(context, talk.questions[0])
    await start(context, plan, talk)


def _plan(context: Context, plan: str) -> Plan | None:
    return context.desk.plans.get(plan)
