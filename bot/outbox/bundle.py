"""A storm is bundled: which waiting texts go as one message, and how that message reads. Pure.

In: jobs waiting for one chat. Out: the leading ones that go together, and their joined content.
Forbidden here: dropping a text or a button.
"""

import re
from collections.abc import Iterable

from bot.outbox.job import Job
from storage.delivery import Button, Message

WAITING_BEFORE_BUNDLING = 3
TEXTS_LIMIT = 20
TEXT_LIMIT = 3_900  # below Telegram's 4096, so that a repeat's mark fits
ROWS_LIMIT = 8
MENTIONS_LIMIT = 5  # Telegram notifies about five people for one message
LABEL_LIMIT = 64
BETWEEN = "\n\n"
NUMBERS = "①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳"
MENTION = re.compile(r"tg://user\?id=|(?<!\w)@\w{4,}")


def leading_bundle(waiting: Iterable[Job]) -> list[Job]:
    """The leading jobs that go as one message; one alone when no storm waits. Not for none."""
    run = _leading_run(waiting)
    return run[: _how_many_fit(run)] if len(run) > WAITING_BEFORE_BUNDLING else run[:1]


def joined(messages: list[Message]) -> Message:
    """One message of all texts and buttons.

    When there are buttons every text gets a number, and the buttons that belong to it show it.
    """
    if len(messages) == 1:
        return messages[0]
    if not any(message.buttons for message in messages):
        return Message(text=BETWEEN.join(message.text for message in messages))
    texts, rows = [], []
    for number, message in zip(NUMBERS, messages, strict=False):
        texts.append(f"{number} {message.text}")
        rows += [tuple(_numbered(number, button) for button in row) for row in message.buttons]
    return Message(text=BETWEEN.join(texts), buttons=tuple(rows))


def _leading_run(waiting: Iterable[Job]) -> list[Job]:
    run: list[Job] = []
    for job in waiting:
        if run and not (_joinable(job) and _alike(run[0], job)):
            break
        run.append(job)
        if len(run) == TEXTS_LIMIT or not _joinable(job):
            break
    return run


def _joinable(job: Job) -> bool:
    content = job.delivery.content
    return (
        isinstance(content, Message)
        and job.delivery.slot is None
        and content.keyboard is None
        and not content.ask
    )


def _alike(one: Job, other: Job) -> bool:
    return one.plain == other.plain and one.delivery.repeat == other.delivery.repeat


def _how_many_fit(run: list[Job]) -> int:
    length = rows = mentions = 0
    for count, job in enumerate(run):
        content = job.delivery.content
        if not isinstance(content, Message):
            return max(count, 1)
        length += len(content.text) + len(BETWEEN) + 2
        rows += len(content.buttons)
        mentions += len(MENTION.findall(content.text))
        over = length > TEXT_LIMIT or rows > ROWS_LIMIT or mentions > MENTIONS_LIMIT
        if over:
            return max(count, 1)
    return len(run)


def _numbered(number: str, button: Button) -> Button:
    return button.model_copy(update={"text": f"{number} {button.text}"[:LABEL_LIMIT]})
