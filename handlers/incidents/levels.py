"""Levels: /level, and the button on an incident's card: higher or lower, asked once more.

In: the command, presses. Out: a screen that says what would begin and stop; the level corrected.
Forbidden here: judging who may (the engine does, at the moment of pressing); changing a level that
is another than whoever presses has before their eyes.
"""

from collections.abc import Sequence

from telegram import Update

from handlers.buttons import Pressed, button
from handlers.catalogue import Html, say
from handlers.context import Context
from handlers.documents import INCIDENTS
from handlers.incidents.involved import visible_to
from handlers.incidents.pressing import act, open_incident
from handlers.registration.screen import show
from handlers.telling.level_buttons import levels_of
from handlers.telling.levelled import arrow, change_lines
from handlers.telling.where import where
from handlers.typed import command_of
from plans import commands as c
from plans.engine import decide
from plans.events import Event
from plans.evolve import evolve
from plans.format import Plan
from plans.incident import Incident
from plans.model import FactName
from plans.rights import may_record
from storage.delivery import Button, Message

LISTED = 8
LIST = "?"
_BETWEEN = "-"  # no answer's key has one


async def on_level(update: Update, context: Context) -> None:
    """/level 12; without a number the only one there is, or which?"""
    _, typed = command_of(update.effective_message)
    number = typed.lstrip("#＃")
    if number.isdecimal() and len(number) < 10:
        await _show_named(context, int(number))
        return
    found = []
    for incident in await visible_to(context.turn, context.speaker):
        plan = await context.desk.plan_of(context.turn, incident)
        found += [(incident, plan)] if _changeable(context, plan, incident) else []
    if len(found) == 1:
        incident, plan = found[0]
        await _show(context, plan, incident, _changeable(context, plan, incident)[0], fresh=True)
    elif found:
        await _ask_which(context, found)
    else:
        await context.say("levels.none")


async def _ask_which(context: Context, found: Sequence[tuple[Incident, Plan]]) -> None:
    """A button each; of more than fit it is said how many, and how to name one."""
    lang, left = context.speaker.lang, len(found) - LISTED
    rows = tuple((_chosen(context, plan, one),) for one, plan in found[:LISTED])
    lines = [say(lang, "levels.which")]
    if left > 0:
        lines.append(say(lang, "levels.not_listed", count=left, number=found[-1][0].number))
    await context.reply(Message(text=Html("\n".join(lines)), buttons=rows))


async def _show_named(context: Context, number: int) -> None:
    incident = await context.turn.get(INCIDENTS, str(number))
    if incident is None:
        await context.say("general.no_such_incident", number=number)
        return
    plan = await context.desk.plan_of(context.turn, incident)
    names = _changeable(context, plan, incident)
    if not incident.is_open:
        await context.say("refusals.ended", number=number)
    elif names:
        await _show(context, plan, incident, names[0], fresh=True)
    else:
        known = any(name in incident.facts for name in levels_of(plan))
        await context.say("refusals.no_part" if known else "levels.no_level", number=number)


def _chosen(context: Context, plan: Plan, incident: Incident) -> Button:
    title = plan.title.in_(context.speaker.lang)
    label = f"#{incident.number} {title} {where(incident, context.reader)}"
    place = levels_of(plan).index(_changeable(context, plan, incident)[0])
    return button(label, "level", incident.number, place, LIST)


def _changeable(context: Context, plan: Plan, incident: Incident) -> list[FactName]:
    """The levels that are known, and that the speaker may correct."""
    speaker, at = context.speaker, context.turn.at
    there = speaker.roster.for_incident(incident.number)
    return [
        name
        for name in levels_of(plan)
        if name in incident.facts and incident.is_open
        if may_record(there, plan, incident, name, speaker.person, at)
    ]


async def on_pressed(update: Update, context: Context, pressed: Pressed) -> None:
    """The list of levels, or what choosing one would mean."""
    incident = await open_incident(update, context, pressed)
    if incident is None:
        return
    plan = await context.desk.plan_of(context.turn, incident)
    name, wanted = _level(plan, pressed.args[1]), pressed.args[2]
    if name is None or (wanted != LIST and wanted not in plan.asked()[name].choices):
        context.refuse(update, "refusals.old_button")
        return
    if name not in _changeable(context, plan, incident):
        context.refuse(update, "refusals.no_part", number=incident.number)
        return
    if wanted in (LIST, incident.fact(name)):
        context.toast(update)
        # From a card it goes to the bottom of the chat, where it is seen.
        await _show(context, plan, incident, name, fresh=wanted == LIST)
        return
    command = c.RecordFact(context.turn.at, context.speaker.person, name, wanted)
    roster = context.speaker.roster.for_incident(incident.number)
    events = decide(plan, incident, command, roster)
    if isinstance(events, c.Refusal):
        values = context.why_not(events, incident.number)
        context.refuse(update, f"refusals.{events.reason}", **values)
        return
    context.toast(update)
    await _confirm(context, plan, incident, command, events)


async def on_raise(update: Update, context: Context, pressed: Pressed) -> None:
    """Change it, unless somebody has changed it meanwhile."""
    incident = await open_incident(update, context, pressed)
    if incident is None:
        return
    plan = await context.desk.plan_of(context.turn, incident)
    name = _level(plan, pressed.args[1])
    previous, _, wanted = pressed.args[2].partition(_BETWEEN)
    if name is None or wanted not in plan.asked()[name].choices:
        context.refuse(update, "refusals.old_button")
        return
    value = context.reader.fact(plan, name, wanted)
    if incident.fact(name) == wanted:  # a second tap
        context.toast(update, "levels.toast", value=value)
        return
    if incident.fact(name) != previous:
        fact = incident.facts.get(name)
        who = context.reader.name(fact.by if fact else None)
        shown = context.reader.fact(plan, name, fact.value) if fact else ""
        context.refuse(update, "levels.changed", value=shown, name=who)
        await _show(context, plan, incident, name)
        return
    command = c.RecordFact(context.turn.at, context.speaker.person, name, wanted)
    after = await act(update, context, pressed, command)
    if after is None:
        return
    if after.fact(name) != wanted:  # one part's owner alone does not lower it for all
        context.toast(update)
        await _show(context, plan, after, name)
        return
    context.toast(update, "levels.toast", value=value)
    values = _values(context, plan, after, name)
    change = arrow(plan, name, previous, wanted, context.reader)
    text = say(context.speaker.lang, "levels.done", change=change, **values)
    await show(context, f"level/{after.number}", Message(text=text))


def _level(plan: Plan, place: str) -> FactName | None:
    names = levels_of(plan)
    return names[int(place)] if place.isdecimal() and int(place) < len(names) else None


def _values(context: Context, plan: Plan, incident: Incident, name: FactName) -> dict[str, object]:
    lang = context.speaker.lang
    return {
        "number": incident.number,
        "title": plan.title.in_(lang),
        "what": plan.asked()[name].called(lang),
    }


async def _show(
    context: Context, plan: Plan, incident: Incident, name: FactName, *, fresh: bool = False
) -> None:
    """The levels in their order, the highest on top, the present one marked."""
    lang, number, present = context.speaker.lang, incident.number, incident.fact(name)
    place, rows = levels_of(plan).index(name), []
    for key, words in reversed(plan.asked()[name].choices.items()):
        label: str = words.in_(lang)
        if key == present:
            label = say(lang, "levels.present", value=label)
        rows.append((button(label, "level", number, place, key),))
    shown = context.reader.fact(plan, name, present) if present is not None else Html("")
    text = say(lang, "levels.head", value=shown, **_values(context, plan, incident, name))
    await show(context, f"level/{number}", Message(text=text, buttons=tuple(rows)), fresh=fresh)


async def _confirm(
    context: Context,
    plan: Plan,
    incident: Incident,
    command: c.RecordFact,
    events: Sequence[Event],
) -> None:
    """What would begin and stop, from the events of a decision that is not carried out."""
    lang, reader, number = context.speaker.lang, context.reader, incident.number
    name, wanted, after = command.name, str(command.value), incident
    previous, place = str(incident.fact(name)), levels_of(plan).index(name)
    for event in events:
        after = evolve(after, event)
    change = arrow(plan, name, previous, wanted, reader)
    head = say(lang, "levels.confirm", change=change, **_values(context, plan, incident, name))
    lines = change_lines(plan, incident, after, events, reader)
    value = reader.fact(plan, name, wanted)
    change_to = f"{previous}{_BETWEEN}{wanted}"
    yes = button(say(lang, "levels.yes", value=value), "raise", number, place, change_to)
    back = button(say(lang, "levels.back"), "level", number, place, previous)
    message = Message(text=Html("\n".join([head, *lines])), buttons=((yes,), (back,)))
    await show(context, f"level/{number}", message)
