"""Visits: whoever the company does not know is answered, politely and within bounds.

In: what they write or press in private. Out: the form, or one polite answer, then silence.
Forbidden here: letting anybody in.
"""

from telegram import Message as TelegramMessage
from telegram import Update

from handlers.buttons import Pressed, read_button
from handlers.context import Context
from handlers.registration import claim, form
from handlers.registration.applications import AGAIN_AFTER, tell_waiting
from handlers.registration.documents import APPLICATIONS
from handlers.registration.register import retired_by_telegram
from handlers.registration.visitor import (
    Visitor,
    heard,
    may_answer,
    visitor_of,
    waiting_application,
)
from handlers.typed import command_of
from plans.roster import Roster


async def on_visit(update: Update, context: Context, roster: Roster) -> None:
    """Anything private from somebody without rights."""
    visitor = await visitor_of(update, context, roster)
    if visitor is None:
        return
    if update.callback_query is not None:
        await _pressed(visitor, update)
    elif update.message is not None:
        await _message(visitor, update.message)


async def on_pressed_by_member(update: Update, context: Context, _: Pressed) -> None:
    """A button of a form that is long filled in."""
    context.refuse(update, "registration.member_already")


async def _pressed(visitor: Visitor, update: Update) -> None:
    query = update.callback_query
    pressed = read_button(query.data or "") if query is not None else None
    if pressed is None or pressed.verb != "reg" or len(pressed.args) != 2:
        visitor.context.refuse(update, "refusals.unknown_person")
    elif not await may_answer(visitor, form=True):
        visitor.context.refuse(update, "registration.enough_for_today")
    else:
        await form.on_pressed(visitor, update, pressed)


async def _message(visitor: Visitor, message: TelegramMessage) -> None:
    name, rest = command_of(message)
    visit = await visitor.visit()
    if name in ("start", "claim"):
        if await may_answer(visitor):
            await (_start(visitor) if name == "start" else _claim(visitor, rest))
    elif visit is not None:
        if await may_answer(visitor, form=True):
            await form.on_message(visitor, visit, message)
    elif await waiting_application(visitor.turn, visitor.telegram) is not None:
        if await may_answer(visitor):
            await tell_waiting(visitor)
    elif await heard(visitor):
        retired = retired_by_telegram(visitor.roster, visitor.telegram)
        await visitor.say("registration.retired" if retired else "registration.stranger")


async def _claim(visitor: Visitor, code: str) -> None:
    if await claim.is_right(visitor, code):
        await form.begin(visitor, claiming=True)


async def _start(visitor: Visitor) -> None:
    if retired_by_telegram(visitor.roster, visitor.telegram) is not None:
        await visitor.say("registration.retired")
    elif await waiting_application(visitor.turn, visitor.telegram) is not None:
        await tell_waiting(visitor)
    elif await _rejected_lately(visitor):
        await visitor.say("registration.again_tomorrow")
    else:
        await form.begin(visitor)


async def _rejected_lately(visitor: Visitor) -> bool:
    found = await visitor.turn.find(APPLICATIONS, telegram=visitor.telegram)
    turned_down = [a for a in found if a.state == "rejected" and a.asking != "phone"]
    return any(
        a.decided_at is not None and visitor.turn.at - a.decided_at < AGAIN_AFTER
        for a in turned_down
    )
