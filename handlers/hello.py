"""Hello: /start, /language, /id. In: commands. Out: short answers. Forbidden here: anything
about incidents."""

from telegram import Update

from handlers.buttons import Pressed, button
from handlers.catalogue import say
from handlers.context import Context, Speaker
from handlers.documents import GROUPS
from handlers.keyboard import own_keyboard
from handlers.registration.register import change_state
from handlers.reporting.questions import conversation_with
from handlers.reporting.raising import raise_plan, shared_place
from handlers.typed import command_of
from plans.text import Lang
from storage.delivery import Message


async def on_start(update: Update, context: Context) -> None:
    """Start, also from a group's link that names a plan's command."""
    _, payload = command_of(update.effective_message)
    plan = next((p for p in context.desk.plans.values() if p.command == payload), None)
    if plan is not None:
        await raise_plan(context, plan, shared_place(context, await conversation_with(context)))
        return
    speaker = context.speaker
    text = say(speaker.lang, "general.start", name=context.reader.name(speaker.person))
    await context.reply(Message(text=text, keyboard=await own_keyboard(context)))


async def on_id(_: Update, context: Context) -> None:
    """The numbers an administrator writes into the company file."""
    key = "general.id_private" if context.speaker.private else "general.id_group"
    await context.say(key, id=context.speaker.chat)


async def on_language(_: Update, context: Context) -> None:
    buttons = (button("中文", "lang", "zh"), button("English", "lang", "en"))
    text = say(context.speaker.lang, "general.language_ask")
    await context.reply(Message(text=text, buttons=(buttons,)))


async def on_language_pressed(update: Update, context: Context, pressed: Pressed) -> None:
    """A person's language in private, the group's in a group."""
    lang: Lang = "en" if pressed.args[0] == "en" else "zh"
    speaker = context.speaker
    context.toast(update)
    if speaker.private:
        await change_state(context.turn, speaker.roster, speaker.person, language=lang)
    else:
        group = speaker.roster.group_by_chat(speaker.chat)
        known = speaker.roster.group_state(group) if group else None
        if known is not None:
            context.turn.put(GROUPS, known.model_copy(update={"language": lang}))
    context.speaker = Speaker(speaker.person, speaker.roster, lang, speaker.chat, speaker.private)
    text = say(lang, "general.language_set")
    await context.reply(Message(text=text, keyboard=await own_keyboard(context)))
