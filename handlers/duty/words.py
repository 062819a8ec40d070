"""Duty in words: /duty with what stands behind it, and the times and names typed for it.

In: commands, words that were awaited. Out: the absence entered, or what was expected. Forbidden
here: giving up on words that were not understood; they are awaited again.
"""

from datetime import datetime, timedelta

from telegram import Update

from handlers.awaited import await_words
from handlers.buttons import button, mark_of
from handlers.catalogue import say
from handlers.context import Context
from handlers.directing.found import people_meant, told_apart
from handlers.duty.entering import choose, leave, show, zone
from handlers.reporting.plain_words import points_to_plan
from handlers.typed import command_of
from plans.roster import may_enter_duty, parse_span, parse_until
from storage.delivery import Message

NAMES_OFFERED = 8
MORNING_H, EVENING_H = 8, 20


async def on_duty(update: Update, context: Context) -> None:
    """/duty, /duty with a time, /duty with somebody's name."""
    _, typed = command_of(update.effective_message)
    person = context.speaker.person
    if not typed:
        await show(context, person)
    elif (until := parse_until(typed, context.turn.at, zone(context))) is not None:
        await leave(context, person, context.turn.at, until)
    elif (span := parse_span(typed, context.turn.at, zone(context))) is not None:
        await leave(context, person, *span)
    else:
        await _show_named(context, typed)


async def _show_named(context: Context, typed: str) -> None:
    """Somebody else's duty; several of the name are offered."""
    roster, by = context.speaker.roster, context.speaker.person
    found = people_meant(roster, typed)
    allowed = [person for person in found if may_enter_duty(roster, by, person)]
    if not allowed:
        await context.say("duty.not_theirs" if found else "duty.no_such_name")
    elif len(allowed) == 1:
        await show(context, allowed[0])
    else:
        reader = context.reader
        rows = tuple(
            (button(told_apart(reader, p), "duty", "show", mark_of(p), "-"),)
            for p in allowed[:NAMES_OFFERED]
        )
        text = say(reader.lang, "duty.which_one")
        await context.reply(Message(text=text, buttons=rows))


async def hear_until(context: Context, args: tuple[str, ...], text: str) -> bool | None:
    """The typed end of an absence that begins now; False for news of something else."""
    until = parse_until(text, context.turn.at, zone(context))
    if until is None and points_to_plan(context, text):
        return False
    if until is None:
        await_words(context.turn, context.speaker.person, "duty_until", *args)
        await context.say("duty.not_a_time")
        return None
    await leave(context, args[0], context.turn.at, until)
    return None


async def hear_span(context: Context, args: tuple[str, ...], text: str) -> bool | None:
    """The typed beginning and end of an absence planned ahead; False for news of something else."""
    span = parse_span(text, context.turn.at, zone(context))
    if span is None and points_to_plan(context, text):
        return False
    if span is None:
        await_words(context.turn, context.speaker.person, "duty_span", *args)
        await context.say("duty.not_a_span")
        return None
    await leave(context, args[0], *span)
    return None


async def hear_stand_in(context: Context, args: tuple[str, ...], text: str) -> bool | None:
    """The typed name of a stand-in; False for news of something else."""
    person = args[0]
    found = [p for p in people_meant(context.speaker.roster, text) if p != person]
    if len(found) == 1:
        await choose(context, person, found[0])
        return None
    if not found and points_to_plan(context, text):
        return False
    await_words(context.turn, context.speaker.person, "duty_stand_in", person)
    if not found:
        await context.say("duty.no_such_name")
        return None
    reader = context.reader
    rows = tuple(
        (button(told_apart(reader, p), "duty", "stand", mark_of(person), mark_of(p)),)
        for p in found[:NAMES_OFFERED]
    )
    await context.reply(Message(text=say(reader.lang, "duty.which_one"), buttons=rows))
    return None


def usual_ends(context: Context) -> list[tuple[str, datetime]]:
    now = context.turn.at.astimezone(zone(context)).replace(second=0, microsecond=0)
    tonight = now.replace(hour=EVENING_H, minute=0)
    morning = (now + timedelta(days=1)).replace(hour=MORNING_H, minute=0)
    moments = [("two_hours", now + timedelta(hours=2))]
    moments += [("tonight", tonight)] if tonight > moments[0][1] else []
    moments += [("morning", morning), ("three_days", morning + timedelta(days=2))]
    return moments
