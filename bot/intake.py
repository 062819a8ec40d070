"""Takes updates in: Telegram is the inbox, and an update is confirmed only after its commit.

In: what getUpdates hands out. Out: one awaited `take(update)` for each, in order. Forbidden here:
knowing what an update means, confirming before `take` has returned.

python-telegram-bot's own Updater raises the offset before anybody has worked, so a crash loses
what waits in its queue; that is why this loop stands here.
"""

import asyncio
import json
import logging
from collections.abc import Awaitable, Callable
from typing import Any
from urllib.parse import urlencode

from telegram import Bot
from telegram.error import Conflict, InvalidToken, TelegramError
from telegram.request import BaseRequest

from bot.backoff import Backoff
from bot.clock import Clock
from bot.line import Line
from bot.request import FateUnknown, NotSent, TooManyRequests
from storage.port import StoreFailed

RawUpdate = dict[str, Any]
Take = Callable[[RawUpdate], Awaitable[None]]

ALLOWED_UPDATES = (
    "message",
    "edited_message",
    "callback_query",
    "my_chat_member",
    "chat_member",
)
BATCH_LIMIT = 100
POLL_S = 50
# Turns side by side: enough to share a write to the disk, too few to keep the event loop from
# sending and answering while a long queue is taken in.
AT_ONCE = 8
TAKE_TRIES = 5
CATCH_UP_BATCHES_LIMIT = 10_000
NETWORK = Backoff(first_s=1.0, most_s=15.0)
AGAIN = Backoff(first_s=0.5, most_s=5.0)
NOT_OUR_BOT = (
    "Telegram does not know this bot token. Look at BOT_TOKEN (@BotFather shows the valid one), "
    "and at BOT_API_URL if you use a server of your own."
)

log = logging.getLogger(__name__)


class IntakeFailed(Exception):
    """No update can be taken any more; the text says why and what to do. Nothing was confirmed."""


class Intake:
    """Long polling. `take` commits the update and returns; it parks what it cannot work on.

    `request` is the client for getUpdates alone (a long poll must not fill a sender's place); the
    bot gives the address. A `take` that raises is tried TAKE_TRIES times; then IntakeFailed ends
    the run, so that the update stays at Telegram. StoreFailed ends it at once.
    """

    def __init__(
        self,
        bot: Bot,
        request: BaseRequest,
        take: Take,
        clock: Clock,
        line: Line,
        *,
        poll_s: int = POLL_S,
    ) -> None:
        self._bot = bot
        self._request = request
        self._take = take
        self._clock = clock
        self._line = line
        self._poll_s = poll_s
        self._room = asyncio.Semaphore(AT_ONCE)
        self._offset: int | None = None

    async def catch_up(self) -> int:
        """Take in all that waits at Telegram, then return how many there were.

        Waits for the network as long as it must: until the waiting answers are in, nobody may be
        escalated over.
        """
        taken = 0
        for _ in range(CATCH_UP_BATCHES_LIMIT):
            batch = await self._poll(0)
            if not batch:
                break
            taken += len(batch)
        return taken

    async def run(self) -> None:
        """Poll until cancelled. IntakeFailed, StoreFailed: the process must end."""
        while True:
            await self._poll(self._poll_s)

    async def _poll(self, timeout_s: int) -> list[RawUpdate]:
        batch = await self._fetch_stubbornly(timeout_s)
        # Tasks start in order, so their commits queue in order and share one write to the disk.
        tasks = [asyncio.create_task(self._take_in_order(update)) for update in batch]
        try:
            await asyncio.gather(*tasks)
        finally:
            for task in tasks:
                task.cancel()
        if batch:
            self._offset = max(int(update["update_id"]) for update in batch) + 1
        if len(batch) < BATCH_LIMIT or not self._line.is_down():
            self._line.answered()
        return batch

    async def _take_in_order(self, update: RawUpdate) -> None:
        async with self._room:
            await self._take_stubbornly(update)

    async def _take_stubbornly(self, update: RawUpdate) -> None:
        for failures in range(1, TAKE_TRIES + 1):
            try:
                return await self._take(update)
            except StoreFailed:
                raise
            except Exception as error:
                log.exception("an update could not be taken in", extra=_named(update, failures))
                if failures == TAKE_TRIES:
                    raise IntakeFailed(
                        f"Update {update['update_id']} could neither be worked on nor parked."
                    ) from error
            await self._clock.wait(AGAIN.delay_s(failures))
        return None

    async def _fetch_stubbornly(self, timeout_s: int) -> list[RawUpdate]:
        failures = 0
        while True:
            try:
                # After a failure at once: what waits is wanted, and some proxies cut long calls.
                return await self._fetch(0 if failures else timeout_s)
            except InvalidToken as error:
                raise IntakeFailed(NOT_OUR_BOT) from error
            except TelegramError as error:
                failures += 1
                if isinstance(error, (NotSent, FateUnknown)):
                    self._line.unanswered()
                else:
                    self._line.answered()
                delay_s = max(NETWORK.delay_s(failures), _named_delay_s(error))
                await self._explain(error, failures, delay_s)
            await self._clock.wait(delay_s)

    async def _fetch(self, timeout_s: int) -> list[RawUpdate]:
        query: dict[str, int | str] = {
            "timeout": timeout_s,
            "limit": BATCH_LIMIT,
            "allowed_updates": json.dumps(ALLOWED_UPDATES),
        }
        if self._offset is not None:
            query["offset"] = self._offset
        url = f"{self._bot.base_url}/getUpdates?{urlencode(query)}"
        read_s = timeout_s + (self._request.read_timeout or 0)
        batch = await self._request.post(url, read_timeout=read_s)
        if not isinstance(batch, list):
            raise IntakeFailed("getUpdates did not answer with a list: is BOT_API_URL right?")
        return batch

    async def _explain(self, error: TelegramError, failures: int, delay_s: float) -> None:
        extra = {"attempts": failures, "delay_s": delay_s}
        if not isinstance(error, Conflict):
            log.warning("updates cannot be fetched now: %s", error, extra=extra)
        elif "webhook" in error.message:
            log.warning("a webhook is set for this bot; it is removed so that polling can go on")
            await self._remove_webhook()
        else:
            log.error(
                "another process is polling with this bot token; only one of the two gets each "
                "update. Stop the other one.",
                extra=extra,
            )

    async def _remove_webhook(self) -> None:
        try:
            await self._bot.delete_webhook(drop_pending_updates=False)
        except TelegramError as error:
            log.warning("the webhook could not be removed: %s", error)


def _named(update: RawUpdate, failures: int) -> dict[str, object]:
    kinds = sorted(update.keys() - {"update_id"})
    return {
        "update": update.get("update_id"),
        "update_kind": ",".join(kinds[:3]),
        "attempts": failures,
    }


def _named_delay_s(error: TelegramError) -> float:
    return error.retry_after_s if isinstance(error, TooManyRequests) else 0.0
