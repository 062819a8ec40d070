"""Major: /major makes an incident a major one; /briefing says how one stands.

In: the commands, a press. Out: a headquarters set up once it has been asked a second time; a
briefing. Forbidden here: judging who may declare it (the engine does).
"""

from collections.abc import Callable, Sequence

from telegram import Update

from handlers.buttons import Pressed, Verb, button
from handlers.catalogue import say
from handlers.command.opened import show
from handlers.command.pressed import brief
from handlers.context import Context
from handlers.documents import INCIDENTS
from handlers.incidents.involved import visible_to
from handlers.incidents.pressing import act, open_incident
from handlers.telling.happening import brief as shortened
from handlers.telling.where import where
from handlers.typed import command_of
from plans import commands as c
from plans.incident import Incident
from plans.orders import ORDER_PLAN
from plans.rights import may_inform
from storage.delivery import Button, Message

ASK, GO = "?", "go"
LISTED = 15
# What a button about an incident carries, by its number.
Target = Callable[[int], tuple[Verb, tuple[object, ...]]]


async def on_major(update: Update, context: Context) -> None:
    """Which one, then whether really."""
    number = _number(update)
    if number is not None:
        incident = await context.turn.get(INCIDENTS, str(number))
        if incident is None or not _may_see(context, incident):
            await context.say("general.no_such_incident", number=number)
        elif (why := _why_not(context, incident)) is not None:
            await context.say(why, number=number)
        else:
            await _ask(update, context, incident)
        return
    found = [i for i in await visible_to(context.turn, context.speaker) if may_declare(context, i)]
    if not found:
        await context.say("command.major_none")
        return
    rows = await _rows(context, found, lambda n: ("major", (n, ASK)))
    text = say(context.speaker.lang, "command.major_which")
    await context.reply(Message(text=text, buttons=rows))


async def on_major_pressed(update: Update, context: Context, pressed: Pressed) -> None:
    incident = await open_incident(update, context, pressed)
    if incident is None:
        return
    if pressed.args[1] == ASK and may_declare(context, incident):
        context.toast(update)
        await _ask(update, context, incident)
        return
    if pressed.args[1] not in (ASK, GO):
        context.refuse(update, "refusals.old_button")
        return
    command = c.DeclareMajor(context.turn.at, context.speaker.person)
    if await act(update, context, pressed, command) is not None:
        context.toast(update, "command.toast_set", number=pressed.number)


async def on_briefing(update: Update, context: Context) -> None:
    """On the incident named; else on the only one there is, or which?"""
    number = _number(update)
    if number is not None:
        incident = await context.turn.get(INCIDENTS, str(number))
        if incident is None or not _may_see(context, incident):
            await context.say("general.no_such_incident", number=number)
            return
        await brief(context, incident)
        return
    visible = await visible_to(context.turn, context.speaker)
    found = [i for i in visible if not i.routine]
    if len(found) == 1:
        await brief(context, found[0])
    elif found:
        rows = await _rows(context, found, lambda n: ("hq", (n, "brief", "-")))
        text = say(context.speaker.lang, "command.brief_which")
        await context.reply(Message(text=text, buttons=rows))
    else:
        await context.say("general.no_incidents")


def _number(update: Update) -> int | None:
    _, typed = command_of(update.effective_message)
    number = typed.lstrip("#＃")
    return int(number) if number.isdecimal() and len(number) < 10 else None


def _may_see(context: Context, incident: Incident) -> bool:
    speaker = context.speaker
    there = speaker.roster.for_incident(incident.number)
    return may_inform(there, incident, speaker.person, context.turn.at)


def may_declare(context: Context, incident: Incident) -> bool:
    """Whether the speaker could make it a major one; routines and orders need nobody to direct."""
    if incident.headquarters is not None or incident.routine or incident.plan == ORDER_PLAN:
        return False
    speaker = context.speaker
    return speaker.roster.may(speaker.person, "command", incident.region)


def _why_not(context: Context, incident: Incident) -> str | None:
    """The key of why it cannot be made a major one by the speaker; None: it can."""
    if not incident.is_open:
        return "refusals.ended"
    if incident.headquarters is not None:
        return "refusals.major_already"
    return None if may_declare(context, incident) else "refusals.no_part"


async def _ask(update: Update, context: Context, incident: Incident) -> None:
    """Whether really: it wakes the chiefs."""
    lang, number = context.speaker.lang, incident.number
    title = shortened((await context.desk.plan_of(context.turn, incident)).title.in_(lang))
    yes = button(say(lang, "command.major_yes"), "major", number, GO)
    text = say(lang, "command.major_sure", number=number, title=title)
    await show(update, context, number, "major", Message(text=text, buttons=((yes,),)))


async def _rows(
    context: Context, found: Sequence[Incident], target: Target
) -> tuple[tuple[Button, ...], ...]:
    rows = []
    for incident in found[:LISTED]:
        title = (await context.desk.plan_of(context.turn, incident)).title.in_(context.speaker.lang)
        label = f"#{incident.number} {title} {where(incident, context.reader)}"
        verb, args = target(incident.number)
        rows.append((button(label, verb, *args),))
    return tuple(rows)
