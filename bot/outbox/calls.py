"""One delivery's content as one call to the Bot API.

In: a send. Out: the message's id. Forbidden here: repeating, deciding, the store.
"""

import html
import re
from collections.abc import Awaitable, Callable, Sequence
from typing import Any, assert_never

from telegram import (
    Bot,
    BotCommandScopeChat,
    CopyTextButton,
    ForceReply,
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    InputFile,
    KeyboardButton,
    LinkPreviewOptions,
    ReplyKeyboardMarkup,
    ReplyKeyboardRemove,
)
from telegram import Message as PostedMessage
from telegram.constants import ParseMode

from bot.outbox.bundle import MENTION, joined
from bot.outbox.job import Send
from storage.delivery import (
    Button,
    Content,
    Delivery,
    File,
    Keyboard,
    Leave,
    Menu,
    Message,
    Paper,
    PhoneCard,
    Pin,
    Urgency,
)

TEXT_LIMIT = 4096
CAPTION_LIMIT = 1024
HINT_LIMIT = 64
LABELS_A_ROW = 2
NO_PREVIEW = LinkPreviewOptions(is_disabled=True)
TAG = re.compile(
    r"</?(?:b|strong|i|em|u|ins|s|strike|del|span|tg-spoiler|tg-emoji|a|code|pre|blockquote)"
    r"(?:\s[^<>]*)?>",
    re.IGNORECASE,
)

Mark = Callable[[Delivery], str]
# The bytes of a kept file by its hash, or None when the store has lost it.
ReadFile = Callable[[str], Awaitable[bytes | None]]
NO_MESSAGE = 0
Markup = InlineKeyboardMarkup | ReplyKeyboardMarkup | ReplyKeyboardRemove | ForceReply


async def make_call(bot: Bot, send: Send, mark: Mark, read_file: ReadFile) -> int:
    """Make the call; returns the id of the message posted or edited (NO_MESSAGE: what was done
    leaves none). TelegramError: it failed. ValueError: the file is not there any more.

    A repeat of a post carries the mark at the head of its text, unless the text is so long that
    it has no room for it; a place on the map has none.
    """
    content = _content(send)
    delivery = send.carrier.delivery
    head = mark(delivery) if delivery.repeat and send.edits is None else ""
    silent = send.carrier.urgency is not Urgency.URGENT and not delivery.aloud
    match content:
        case Message():
            return await _message(bot, send, content, head, silent)
        case Pin(lat=lat, lon=lon):
            posted = await bot.send_location(send.chat, lat, lon, disable_notification=silent)
        case File():
            posted = await _file(bot, send, content, head, silent)
        case Paper():
            posted = await _paper(bot, send, content, head, read_file)
        case PhoneCard(phone=phone, name=name):
            posted = await bot.send_contact(send.chat, phone, name, disable_notification=silent)
        case Menu(commands=commands):
            await _menu(bot, send.chat, commands)
            return NO_MESSAGE
        case Leave():
            await bot.leave_chat(send.chat)
            return NO_MESSAGE
        case _:
            assert_never(content)
    return posted.message_id


def without_tags(text: str) -> str:
    """The text as it would be shown, without its formatting."""
    return html.unescape(TAG.sub("", text))


def _content(send: Send) -> Content:
    contents = [job.delivery.content for job in send.jobs]
    texts = [content for content in contents if isinstance(content, Message)]
    return joined(texts) if len(texts) > 1 else contents[0]


async def _message(bot: Bot, send: Send, message: Message, head: str, silent: bool) -> int:
    text = _headed(message.text, head, "\n", TEXT_LIMIT)
    formatting = _formatting(text, send)
    if send.edits is not None:
        await bot.edit_message_text(
            chat_id=send.chat,
            message_id=send.edits,
            link_preview_options=NO_PREVIEW,
            reply_markup=_inline(message.buttons),
            **formatting,
        )
        return send.edits
    posted = await bot.send_message(
        send.chat,
        link_preview_options=NO_PREVIEW,
        reply_markup=_markup(message),
        disable_notification=silent,
        **formatting,
    )
    return posted.message_id


async def _file(bot: Bot, send: Send, file: File, head: str, silent: bool) -> PostedMessage:
    caption = _headed(file.caption, head, "\n", CAPTION_LIMIT)
    formatting = _formatting(caption, send, "caption")
    chat, file_id = send.chat, file.file_id
    match file.media:
        case "photo":
            return await bot.send_photo(chat, file_id, disable_notification=silent, **formatting)
        case "voice":
            return await bot.send_voice(chat, file_id, disable_notification=silent, **formatting)
        case "document":
            return await bot.send_document(chat, file_id, disable_notification=silent, **formatting)
        case "video":
            return await bot.send_video(chat, file_id, disable_notification=silent, **formatting)


async def _paper(
    bot: Bot, send: Send, paper: Paper, head: str, read_file: ReadFile
) -> PostedMessage:
    content = await read_file(paper.sha256)
    if content is None:
        raise ValueError("a file that should be sent is not in the store")
    caption = _headed(paper.caption, head, "\n", CAPTION_LIMIT)
    formatting = _formatting(caption, send, "caption")
    document = InputFile(content, filename=paper.name)
    return await bot.send_document(send.chat, document, **formatting)


async def _menu(bot: Bot, chat: int, commands: Sequence[tuple[str, str]]) -> None:
    scope = BotCommandScopeChat(chat)
    if commands:
        await bot.set_my_commands(commands, scope=scope)
    else:
        await bot.delete_my_commands(scope=scope)


def _formatting(text: str, send: Send, name: str = "text") -> dict[str, Any]:
    if send.carrier.plain:
        return {name: without_tags(text), "parse_mode": None}
    return {name: text, "parse_mode": ParseMode.HTML}


def _headed(text: str, head: str, between: str, limit: int) -> str:
    if not head:
        return text
    if not text:
        return head
    if len(without_tags(text)) + len(head) + len(between) > limit:
        return text
    return f"{head}{between}{text}"


def _markup(message: Message) -> Markup | None:
    if message.buttons:
        return _inline(message.buttons)
    if message.keyboard is not None:
        return _keyboard(message.keyboard)
    if message.ask:
        # Selective opens the box only for those whom the text mentions: nobody, without a mention.
        return ForceReply(
            selective=bool(MENTION.search(message.text)),
            input_field_placeholder=message.ask[:HINT_LIMIT],
        )
    return None


def _inline(rows: Sequence[Sequence[Button]]) -> InlineKeyboardMarkup | None:
    if not rows:
        return None
    return InlineKeyboardMarkup([[_inline_button(button) for button in row] for row in rows])


def _inline_button(button: Button) -> InlineKeyboardButton:
    if button.url:
        return InlineKeyboardButton(button.text, url=button.url)
    if button.copies:
        return InlineKeyboardButton(button.text, copy_text=CopyTextButton(button.copies))
    return InlineKeyboardButton(button.text, callback_data=button.data)


def _keyboard(keyboard: Keyboard) -> ReplyKeyboardMarkup | ReplyKeyboardRemove:
    rows = [[KeyboardButton(keyboard.location, request_location=True)]] if keyboard.location else []
    if keyboard.contact:
        rows.append([KeyboardButton(keyboard.contact, request_contact=True)])
    labels = [KeyboardButton(label) for label in keyboard.labels]
    rows += [labels[at : at + LABELS_A_ROW] for at in range(0, len(labels), LABELS_A_ROW)]
    if keyboard.remove or not rows:
        return ReplyKeyboardRemove()
    return ReplyKeyboardMarkup(rows, resize_keyboard=True, is_persistent=keyboard.permanent)
