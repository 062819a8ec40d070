"""The gate: who is speaking? Runs before every other handler.

In: any update. Out: `context.speaker` for a person of the company; everybody else goes to
registration and no further. Forbidden here: acting on what was said.
"""

from telegram import Chat, Update
from telegram.constants import ChatID
from telegram.ext import ApplicationHandlerStop

from handlers.access import COMMANDS, PRESSES, RAISING, Rule, meets
from handlers.buttons import read_button
from handlers.catalogue import say
from handlers.context import Context, Speaker
from handlers.documents import PEOPLE
from handlers.groups.words import group_lang
from handlers.registration.visits import on_visit
from handlers.telling.letters import Letters
from handlers.typed import command_of, looks_like_command
from plans.model import PersonId
from plans.roster import Roster
from plans.text import Lang
from storage.delivery import Message


async def identify(update: Update, context: Context) -> None:
    """Let people of the company through; stop everybody else."""
    if update.my_chat_member is not None or update.effective_user is None:
        return
    message = update.effective_message
    if message is not None and (message.migrate_to_chat_id or message.migrate_from_chat_id):
        return
    roster = await context.desk.roster(context.turn)
    chat = update.effective_chat
    private = chat is None or chat.type == Chat.PRIVATE
    if update.effective_user.id == ChatID.ANONYMOUS_ADMIN or _sent_as_chat(update):
        if chat is not None and _meant_for_us(update, context):
            lang = group_lang(roster, chat.id)
            await _answer(context, roster, chat.id, lang, "general.anonymous")
        raise ApplicationHandlerStop
    person = roster.person_by_telegram(update.effective_user.id)
    if person is None:
        if private:
            await on_visit(update, context, roster)
        else:
            context.refuse(update, "refusals.unknown_person")
        raise ApplicationHandlerStop
    if chat is not None and not private and _is_foreign(update, context, roster, chat):
        context.refuse(update, "refusals.unknown_group")
        if _meant_for_us(update, context):
            lang = roster.language_of(person)
            await _answer(context, roster, chat.id, lang, "general.unknown_group")
        raise ApplicationHandlerStop
    if private:
        _now_reachable(context, roster, person)
    context.speaker = Speaker(
        person,
        roster,
        roster.language_of(person) if private or chat is None else group_lang(roster, chat.id),
        chat.id if chat else update.effective_user.id,
        private,
    )
    if (why := _refused(update, context)) is not None:
        context.refuse(update, why)
        if update.message is not None:
            await context.say(why)
        raise ApplicationHandlerStop


def _refused(update: Update, context: Context) -> str | None:
    """Why the command or button is not for the speaker, or not for this chat; None: it is."""
    rule = _rule(update, context)
    speaker = context.speaker
    if rule is None:
        return None
    if not meets(speaker.roster, speaker.person, rule.needs):
        return f"refusals.needs_{rule.needs}"
    return "refusals.private_only" if rule.private and not speaker.private else None


def _rule(update: Update, context: Context) -> Rule | None:
    """The row of the table; None for what is neither a command nor a button."""
    query = update.callback_query
    if query is not None:
        pressed = read_button(query.data or "")
        return PRESSES[pressed.verb] if pressed is not None else None
    name, _ = command_of(update.message)
    if any(plan.command == name for plan in context.desk.plans.values()):
        return RAISING
    return COMMANDS.get(name)


def _sent_as_chat(update: Update) -> bool:
    message = update.message
    return message is not None and message.sender_chat is not None


def _meant_for_us(update: Update, context: Context) -> bool:
    """A command or a reply to us; as an administrator of a group we also hear everything else."""
    message = update.message
    if message is None:
        return False
    replied = message.reply_to_message
    author = replied.from_user if replied is not None else None
    ours = author is not None and author.id == context.bot.id
    return ours or looks_like_command(message.text or "")


def _is_foreign(update: Update, context: Context, roster: Roster, chat: Chat) -> bool:
    """A group that no department has: who reads along there is not known. Nothing is said there
    but whose it shall be, and its number."""
    rule = _rule(update, context)
    return roster.group_by_chat(chat.id) is None and not (rule is not None and rule.anywhere)


def _now_reachable(context: Context, roster: Roster, person: PersonId) -> None:
    """Whoever writes privately can be written to again."""
    state = roster.state(person)
    if state is not None and not (state.reachable and state.started):
        changed = state.model_copy(update={"reachable": True, "started": True})
        context.turn.put(PEOPLE, changed)


async def _answer(context: Context, roster: Roster, chat: int, lang: Lang, key: str) -> None:
    await Letters(context.turn, roster).chat(chat, Message(text=say(lang, key)))
