"""Hearing: a reader confirms, in private or in a group.

In: presses. Out: the confirmation on record; the reader's message says so. Forbidden here:
counting anybody to whom it was not sent.
"""

from dataclasses import replace
from datetime import timedelta

from telegram import Update

from handlers.broadcasting.documents import CASTS, PARTS, Cast
from handlers.broadcasting.letter import letter_confirmed
from handlers.broadcasting.pace import delivery_id
from handlers.buttons import Pressed
from handlers.context import Context
from plans.broadcast import Reader, confirmed, part_of
from storage.delivery import Urgency

COUNTED_WITHIN = timedelta(seconds=5)


async def on_heard(update: Update, context: Context, pressed: Pressed) -> None:
    number = pressed.args[0]
    valid = number.isdecimal() and len(number) < 10
    cast = await context.turn.get(CASTS, number) if valid else None
    if cast is None:
        context.refuse(update, "refusals.old_button")
        return
    person, turn = context.speaker.person, context.turn
    part = await turn.get(PARTS, f"{cast.number}/{part_of(person, cast.parts)}")
    known = part.readers.get(person) if part is not None else None
    if part is None or known is None:
        context.refuse(update, "broadcast.not_a_reader")
        return
    if known.confirmed_at is not None:
        own = replace(context.reader, lang=context.own_lang)
        context.toast(update, "broadcast.heard_before", time=own.time(known.confirmed_at))
        return
    context.toast(update, "broadcast.heard_toast")
    changed = confirmed(known, turn.at)
    turn.put(PARTS, part.model_copy(update={"readers": {**part.readers, person: changed}}))
    await _show(context, cast, changed)
    _count_soon(context, cast)


async def _show(context: Context, cast: Cast, reader: Reader) -> None:
    """Their private copies of it say so; at most ROUNDS_LIMIT."""
    if cast.over or reader.confirmed_at is None:
        return
    about = await context.turn.get(CASTS, str(cast.about)) if cast.about else None
    person, at = context.speaker.person, reader.confirmed_at
    first = 2 if reader.in_group else 1
    for round_ in range(first, reader.rounds + 1):
        slot = delivery_id(cast.number, person, round_)
        await context.letters.person(
            person, lambda r: letter_confirmed(cast, r, about, at), Urgency.NORMAL, slot=slot
        )


def _count_soon(context: Context, cast: Cast) -> None:
    """The counts follow a moment later, however many press at once."""
    soon = context.turn.at + COUNTED_WITHIN
    if not cast.over and (cast.look_at is None or cast.look_at > soon):
        context.turn.put(CASTS, cast.model_copy(update={"look_at": soon}))
