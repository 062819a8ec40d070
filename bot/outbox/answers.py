"""Answers to button presses: at once, side by side, once.

In: answers, right after their commit. Out: one call each; a refusal that could not be shown goes
privately instead. Forbidden here: budgets (Telegram has none for these), repeating.
"""

import asyncio
import html
import logging
from collections.abc import Callable

from telegram import Bot
from telegram.error import TelegramError

from bot.clock import Clock
from storage.delivery import Answer, Delivery, Message, Urgency
from storage.port import Conflict, Store

UNDER_WAY_LIMIT = 200
TRIES = 20

log = logging.getLogger(__name__)


class Answers:
    """At most UNDER_WAY_LIMIT at once; beyond it an answer is not shown (what was pressed holds
    all the same, the card shows it), and a refusal goes privately.

    `on_end` is called when one has ended, with the exception that must end the process, or None.
    """

    def __init__(
        self, bot: Bot, store: Store, clock: Clock, on_end: Callable[[BaseException | None], None]
    ) -> None:
        self._bot = bot
        self._store = store
        self._clock = clock
        self._on_end = on_end
        self._tasks: set[asyncio.Task[None]] = set()

    def submit(self, answer: Answer) -> None:
        """Begin to answer. Returns at once."""
        crowded = len(self._tasks) >= UNDER_WAY_LIMIT
        if crowded and not answer.refusal:
            log.warning("too many button presses at once: an answer is not shown")
            return
        task = asyncio.create_task(self._tell(answer) if crowded else self._answer(answer))
        self._tasks.add(task)
        task.add_done_callback(self._ended)

    def idle(self) -> bool:
        return not self._tasks

    def tasks(self) -> set[asyncio.Task[None]]:
        return set(self._tasks)

    async def _answer(self, answer: Answer) -> None:
        try:
            await self._bot.answer_callback_query(
                answer.query_id, text=answer.text or None, show_alert=answer.alert
            )
        except TelegramError as error:
            log.info("a button press could not be answered: %s", error)
            if answer.refusal:
                await self._tell(answer)

    async def _tell(self, answer: Answer) -> None:
        if answer.person_chat is None or not answer.text:
            return
        delivery = Delivery(
            id=f"answer:{answer.query_id}"[:200],
            chat=answer.person_chat,
            content=Message(text=html.escape(answer.text)),
            at=self._clock.now(),
            urgency=Urgency.URGENT,
        )
        for _ in range(TRIES):
            try:
                async with self._store.turn(delivery.id, at=self._clock.now()) as turn:
                    if not turn.already_taken:
                        turn.deliver(delivery)
            except Conflict:
                continue
            return

    def _ended(self, task: asyncio.Task[None]) -> None:
        self._tasks.discard(task)
        self._on_end(None if task.cancelled() else task.exception())
