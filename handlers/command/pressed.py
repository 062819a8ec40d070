"""Command buttons: take over, authorise, take note, lay down, stand down, the briefing.

In: presses. Out: commands for the engine, a few words back. Forbidden here: judging who may (the
engine does, at the moment of pressing).
"""

from collections.abc import Awaitable, Callable

from telegram import Update

from handlers.buttons import Pressed, button, mark_of
from handlers.catalogue import Html, say
from handlers.command.briefing import FIRST, WHOLE, Extent, brief_rows, situation
from handlers.command.opened import show
from handlers.command.proposals import Rows, everybody, take_row
from handlers.context import Context
from handlers.directing.found import person_of
from handlers.incidents.pressing import act, open_incident
from handlers.paging import page_number
from handlers.telling.cards import head
from plans import commands as c
from plans.heads import could_take_over, may_authorise
from plans.incident import Incident
from plans.rights import may_inform
from storage.delivery import Message

_MARK = len(mark_of(""))


async def on_hq_pressed(update: Update, context: Context, pressed: Pressed) -> None:
    """One of the command buttons: which incident, what, and whom."""
    action = _ACTIONS.get(pressed.args[1])
    if action is None:
        context.refuse(update, "refusals.old_button")
        return
    incident = await open_incident(update, context, pressed)
    if incident is None:
        return
    if not _may_see(context, incident):
        context.refuse(update, "refusals.no_part", number=incident.number)
        return
    await action(update, context, pressed, incident)


def _may_see(context: Context, incident: Incident) -> bool:
    speaker = context.speaker
    there = speaker.roster.for_incident(incident.number)
    chief = speaker.person in there.chiefs()
    return chief or may_inform(there, incident, speaker.person, context.turn.at)


async def _card(update: Update, context: Context, _: Pressed, incident: Incident) -> None:
    context.toast(update)
    shown = await command_card(context, incident)
    await show(update, context, incident.number, "card", shown)


async def command_card(context: Context, incident: Incident) -> Message:
    """Who commands, and what the speaker may do about it."""
    plan = await context.desk.plan_of(context.turn, incident)
    lines = head(plan, incident, context.reader)
    return Message(text="\n".join(lines), buttons=_rows(context, incident))


def _rows(context: Context, incident: Incident) -> Rows:
    known, speaker, lang = incident.headquarters, context.speaker, context.speaker.lang
    number, at = incident.number, context.turn.at
    there = speaker.roster.for_incident(number)
    brief = button(say(lang, "command.brief_button"), "hq", number, "brief", "-")
    if known is None:
        return ((brief,),)
    rows: Rows = ((brief,),)
    chief, commands = speaker.person in there.chiefs(), known.commander == speaker.person
    is_there = there.can_be_told(speaker.person, at) == "yes"
    if is_there and could_take_over(there, known, speaker.person):
        rows = (*rows, take_row(incident, context.reader))
    if may_authorise(there, speaker.person, at):
        rows = (*rows, (button(say(lang, "command.change"), "hq", number, "more", 0),))
    if commands:
        rows = (*rows, (button(say(lang, "command.lay_yes"), "hq", number, "lay", "?"),))
    if commands or chief:
        rows = (*rows, (button(say(lang, "command.down"), "hq", number, "down", "-"),))
    return rows


async def _more(update: Update, context: Context, pressed: Pressed, incident: Incident) -> None:
    """All who could be authorised; for whoever may."""
    there = context.speaker.roster.for_incident(incident.number)
    if not may_authorise(there, context.speaker.person, context.turn.at):
        context.refuse(update, "refusals.no_chief")
        return
    context.toast(update)
    plan = await context.desk.plan_of(context.turn, incident)
    page = page_number(pressed.args[2])
    shown = everybody(plan, incident, page, context.reader)
    await show(update, context, incident.number, "whom", shown)


async def _let(update: Update, context: Context, pressed: Pressed, _: Incident) -> None:
    roster, who = context.speaker.roster, pressed.args[2]
    person = person_of(roster, who[:_MARK])
    if person is None:
        context.refuse(update, "refusals.old_button")
        return
    instead = person_of(roster, who[_MARK:])
    command = c.AuthoriseCommander(context.turn.at, context.speaker.person, person, instead)
    if await act(update, context, pressed, command) is not None:
        context.toast(update, "command.toast_authorised", name=context.reader.name(person))


async def _take(update: Update, context: Context, pressed: Pressed, _: Incident) -> None:
    by = context.speaker.person
    command = c.RelieveCommander(context.turn.at, by, by)
    if await act(update, context, pressed, command) is not None:
        context.toast(update, "command.toast_taken", number=pressed.number)


async def _note(update: Update, context: Context, pressed: Pressed, _: Incident) -> None:
    command = c.NoteCommand(context.turn.at, context.speaker.person)
    if await act(update, context, pressed, command) is not None:
        context.toast(update, "command.toast_noted", number=pressed.number)


async def _lay(update: Update, context: Context, pressed: Pressed, incident: Incident) -> None:
    """Asked once more: it leaves the incident without anybody who directs it."""
    if pressed.args[2] == "?":
        context.toast(update)
        lang, number = context.speaker.lang, incident.number
        yes = button(say(lang, "command.lay_yes"), "hq", number, "lay", "go")
        text = say(lang, "command.lay_sure", number=number)
        await show(update, context, number, "lay", Message(text=text, buttons=((yes,),)))
        return
    if pressed.args[2] != "go":
        context.refuse(update, "refusals.old_button")
        return
    command = c.RelieveCommander(context.turn.at, context.speaker.person, None)
    if await act(update, context, pressed, command) is not None:
        context.toast(update, "command.toast_laid")


async def _down(update: Update, context: Context, pressed: Pressed, _: Incident) -> None:
    command = c.StandDownHeadquarters(context.turn.at, context.speaker.person)
    if await act(update, context, pressed, command) is not None:
        context.toast(update, "command.toast_down")


async def _brief(update: Update, context: Context, _: Pressed, incident: Incident) -> None:
    context.toast(update)
    await brief(context, incident)


async def brief(context: Context, incident: Incident) -> None:
    """The situation on one screen, to whoever asked."""
    rows = brief_rows(incident.number, context.speaker.lang)
    await context.reply(Message(text=await _situation(context, incident, FIRST), buttons=rows))


async def _all(update: Update, context: Context, _: Pressed, incident: Incident) -> None:
    context.toast(update)
    await context.reply(Message(text=await _situation(context, incident, WHOLE)))


async def _situation(context: Context, incident: Incident, extent: Extent) -> Html:
    plan = await context.desk.plan_of(context.turn, incident)
    entries = await context.turn.timeline(incident.number)
    return situation(plan, incident, entries, context.reader, extent)


_ACTIONS: dict[str, Callable[[Update, Context, Pressed, Incident], Awaitable[None]]] = {
    "card": _card,
    "more": _more,
    "let": _let,
    "take": _take,
    "note": _note,
    "lay": _lay,
    "down": _down,
    "brief": _brief,
    "all": _all,
}
