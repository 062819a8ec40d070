"""A member's new number: /phone, or one's own contact out of the blue.

In: a contact from somebody registered. Out: an application to change it. Forbidden here: taking a
number that Telegram has not proved to be the sender's own.
"""

from telegram import Update

from handlers import messages
from handlers.catalogue import say
from handlers.context import Context
from handlers.keyboard import own_keyboard
from handlers.registration import applications
from handlers.registration.documents import APPLICATIONS, Application
from handlers.registration.visitor import waiting_application
from plans.phone import international, phone_key
from storage.delivery import Keyboard, Message


async def on_command(_: Update, context: Context) -> None:
    """The number as it is, and the button that sends the new one."""
    lang, known = context.speaker.lang, context.speaker.roster.person(context.speaker.person)
    label = say(lang, "registration.send_phone").unescape()
    back = say(lang, "report.cancel").unescape()
    text = say(lang, "registration.own_phone", phone=(known.phone if known else "") or "—")
    keyboard = Keyboard(contact=label, labels=(back,))
    await context.reply(Message(text=text, keyboard=keyboard))


async def on_contact(update: Update, context: Context) -> None:
    """One's own number, when it is another than before; any other contact is a message."""
    message, user = update.message, update.effective_user
    contact = message.contact if message is not None else None
    if message is None or contact is None or user is None:
        return
    own = contact.user_id == user.id and message.forward_origin is None
    known = context.speaker.roster.person(context.speaker.person)
    if not own or known is None or not context.speaker.private:
        await messages.on_message(update, context)
    elif phone_key(known.phone or "") == phone_key(contact.phone_number):
        await _say(context, "registration.same_phone")
    elif await waiting_application(context.turn, user.id) is not None:
        await _say(context, "registration.phone_waiting")
    else:
        await _apply(context, user.full_name, user.id, contact.phone_number)


async def _apply(context: Context, telegram_name: str, telegram: int, phone: str) -> None:
    turn, roster, person = context.turn, context.speaker.roster, context.speaker.person
    asked = Application(
        number=await turn.next_number("application"),
        telegram=telegram,
        telegram_name=telegram_name,
        lang=context.speaker.lang,
        asking="phone",
        name=roster.company.people[person].name,
        phone=international(phone[:40]),
        before=roster.company.people[person].phone or "",
        person=person,
        at=turn.at,
    )
    turn.put(APPLICATIONS, asked)
    await applications.tell_administrators(turn, roster, asked)
    await _say(context, "registration.phone_waiting")


async def _say(context: Context, key: str) -> None:
    """With the usual keyboard back in place of the button."""
    text = say(context.speaker.lang, key)
    await context.reply(Message(text=text, keyboard=await own_keyboard(context)))
