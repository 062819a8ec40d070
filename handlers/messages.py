"""Messages that are no command: answers, notes, places, words out of the blue.

In: texts, places, files, in private or as replies in groups. Out: whatever they mean now. Forbidden
here: silence; somebody who writes always hears back.
"""

import re

from telegram import Message as TelegramMessage
from telegram import Update

from handlers.context import Context
from handlers.directing import cancelling
from handlers.documents import Conversation, Held
from handlers.form.hearing import hear as hear_for_form
from handlers.form.hearing import listening, stop
from handlers.hearers import hear, hear_reply
from handlers.incidents import notes
from handlers.reporting import answers
from handlers.reporting import plain_words as words
from handlers.reporting.live_places import follow, is_live
from handlers.reporting.questions import conversation_with, replied_to
from handlers.reporting.raising import offer_plans
from handlers.reporting.spoken_answers import offer_answer
from handlers.stores import counting
from handlers.typed import is_cancel, looks_like_command


async def on_message(update: Update, context: Context) -> None:
    """Any message that is no command."""
    message = update.message
    if message is None:
        return
    held = notes.held_from(message)
    replied = message.reply_to_message
    number = notes.incident_number(replied) if replied and _ours(context, replied) else None
    talk = await conversation_with(context)
    if number is not None and replied is not None:
        talk = await replied_to(context, talk, replied.message_id)
        if held and held.text and not held.file_id and await hear_reply(context, number, held.text):
            return
    if not context.speaker.private:
        await _in_group(message, context, talk, held, number)
    elif number is not None and not _asks_about(talk, number):
        await _note(context, number, held)
    else:
        await _in_private(update, context, talk, held)


async def on_edited(update: Update, context: Context) -> None:
    """A text changed afterwards: what it said before has been acted on, so it is not taken
    silently for the new one."""
    message = update.edited_message
    replied = message.reply_to_message if message else None
    if context.speaker.private or (replied is not None and _ours(context, replied)):
        await context.say("general.edited")


def _ours(context: Context, message: TelegramMessage) -> bool:
    return message.from_user is not None and message.from_user.id == context.bot.id


def _asks_about(talk: Conversation, number: int) -> bool:
    return bool(talk.questions) and talk.questions[0].incident == number


async def _note(context: Context, number: int, held: Held | None) -> None:
    if held is None:
        await context.say("general.not_understood")
    else:
        await notes.add(context, number, held)


async def _in_group(
    message: TelegramMessage,
    context: Context,
    talk: Conversation,
    held: Held | None,
    number: int | None,
) -> None:
    """In groups only replies to our messages, and words that name us, reach us on purpose."""
    if number is None:
        await _said_in_group(message, context, held)
        return
    asked_here = _asks_about(talk, number) and talk.chat == context.speaker.chat
    if asked_here and held and held.file_id and await answers.answer_picture(context, talk, held):
        return
    if asked_here and held and held.text and not held.file_id:
        await answers.answer_text(context, talk, held.text)
    else:
        await _note(context, number, held)


async def _said_in_group(message: TelegramMessage, context: Context, held: Held | None) -> None:
    name = f"@{context.scene.bot_name}"
    named = name.lower() in {said.lower() for said in message.parse_entities(["mention"]).values()}
    replied = message.reply_to_message
    if held is None or not (named or (replied is not None and _ours(context, replied))):
        return
    text = re.sub(re.escape(name), "", held.text, flags=re.IGNORECASE).strip()
    if not await words.offer(context, held.model_copy(update={"text": text})) and named:
        await words.not_understood(context, None)


async def _in_private(
    update: Update, context: Context, talk: Conversation, held: Held | None
) -> None:
    opened = await listening(context, talk)
    if held is None:
        await words.not_understood(context, None)
    elif opened is not None and held.text and not held.file_id and is_cancel(held.text):
        await stop(context, opened)
    elif held.text and not held.file_id and is_cancel(held.text):
        await cancelling.on_said(update, context)
    elif held.text and not held.file_id and looks_like_command(held.text):
        await context.say("general.unknown_command")
    elif held.text and not held.file_id and await hear(context, talk, held.text):
        return
    elif opened is not None and await hear_for_form(context, opened, held):
        about = talk.model_copy(update={"plan": opened[0].plan})
        await words.offer_besides(context, about, held)
    elif held.place is not None:
        await _place(update, context, talk, held)
    elif talk.questions:
        await _answer(context, talk, held)
        await words.offer_besides(context, talk, held)
    elif not held.file_id and await _asked_or_counted(context, held.text):
        return
    elif await offer_answer(context, held) or await notes.note_or_ask(context, held):
        await words.offer_besides(context, talk, held)
    elif not await words.offer(context, held):
        await words.not_understood(context, held)


async def _asked_or_counted(context: Context, text: str) -> bool:
    """Whom they look for, or what they have counted in their store."""
    asked = await words.look_up(context, text)
    return asked or await counting.hear_out_of_the_blue(context, text)


async def _answer(context: Context, talk: Conversation, held: Held) -> None:
    """An answer in words, or a picture where one is asked for; any other file cannot be one, but is
    kept all the same."""
    if held.file_id and await answers.answer_picture(context, talk, held):
        return
    if held.file_id:
        await answers.keep_other(context, talk, held)
        return
    await answers.answer_text(context, talk, held.text)


async def _place(update: Update, context: Context, talk: Conversation, held: Held) -> None:
    message, place = update.message, held.place
    if message is None or place is None:
        return
    live = message.message_id if is_live(message) else None
    talk = talk.model_copy(update={"live_message": live})
    if talk.questions and await answers.answer_place(context, talk, place):
        number, there = talk.questions[0].incident, context.speaker
        if live is not None and number is not None:
            follow(context.turn, there.person, (there.chat, live), number, place)
        return
    await offer_plans(context, place, live)
