"""Typed: what people's keyboards really send, read forgivingly.

In: Telegram's messages and texts. Out: what was meant to be said. Forbidden here: answering.
"""

import re
import unicodedata
from collections.abc import Mapping
from functools import cache

from telegram import Message, MessageEntity

from handlers.catalogue import catalogue

_COMMAND = re.compile(r"/[A-Za-z]")
# What Chinese and English keyboards put between a command and the words behind it.
_BETWEEN = " \t\r\n\u00a0\u3000,，:：、#＃"
_TURNING = dict.fromkeys(
    (0x061C, 0x200E, 0x200F, *range(0x202A, 0x202F), *range(0x2066, 0x206A)), ""
)
# Letters and signs by name, but blank on every phone.
_BLANK = "\u115f\u1160\u2800\u3164\uffa0"


def command_of(message: Message | None) -> tuple[str, str]:
    """A command's name in small letters and the words behind it; ("", "") for other messages. A
    label of the keyboard is the command it stands for.

    Where the name ends is Telegram's to say: behind it may stand a line break or a wide space.
    """
    if message is None or not message.text:
        return "", ""
    if not message.entities:
        return _labelled().get(label(message.text), ""), ""
    first = message.entities[0]
    if first.type != MessageEntity.BOT_COMMAND or first.offset:
        return "", ""
    name = message.text[1 : first.length].partition("@")[0].lower()
    return name, visible(message.text[first.length :]).strip(_BETWEEN)


def label(text: str) -> str:
    """A label as it is compared: without what a phone adds to an emoji, in small letters."""
    return " ".join(text[:64].replace("\ufe0f", "").lower().split())


@cache
def _labelled() -> Mapping[str, str]:
    """The labels of the keyboard in both languages, older ones too, and the commands they mean."""
    return {
        label(said): key.removeprefix("keyboard.").partition(".")[0]
        for key, wording in catalogue().items()
        if key.startswith("keyboard.")
        for said in (wording.zh, wording.en)
    }


def visible(text: str) -> str:
    """The text without what turns the writing of a whole message round; empty when nothing of it
    can be seen."""
    kept = text.translate(_TURNING)
    return kept if any(map(_can_be_seen, kept)) else ""


def _can_be_seen(character: str) -> bool:
    hidden = character in _BLANK or unicodedata.category(character)[0] in "CZ"
    return not hidden


def looks_like_command(text: str) -> bool:
    """Whether somebody meant a command, even one that there is not."""
    return _COMMAND.match(text) is not None


def is_cancel(text: str) -> bool:
    """The label of the cancel button, or that it is not wanted after all, in any language: the
    keyboard may be older than a change of language."""
    return label(text).rstrip("。.!！吧") in _cancelling()


@cache
def _cancelling() -> frozenset[str]:
    wording = catalogue()
    said = (wording["report.cancel"], wording["report.never_mind"])
    words = (word for text in said for both in (text.zh, text.en) for word in both.split("|"))
    return frozenset(label(word) for word in words)
