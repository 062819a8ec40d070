"""Makes one call and says what it came to; tells who asked about failures and migrations.

In: a send whose beginning is on disk. Out: an outcome. Forbidden here: memory of other calls, the
store.

The engine is told of a failure before the failure is recorded: after a crash in between the
delivery is tried again and told again, never forgotten.
"""

import logging
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass

from telegram import Bot
from telegram.error import TelegramError

from bot.outbox.calls import Mark, ReadFile, make_call
from bot.outbox.job import Job, Send
from bot.outbox.outcome import (
    Failure,
    Moved,
    Outcome,
    Refused,
    Sent,
    Withdrawn,
    outcome_of,
)
from bot.outbox.results import failed, final
from storage.delivery import Delivery
from storage.port import StoreFailed

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class OutboxSetup:
    """What the outbox is told from outside.

    `mark` gives the words at the head of a repeat, in the chat's language. `on_failed` is awaited
    before a failure is recorded, and after a crash perhaps twice: take `delivery.id` as the
    input's id. `on_migrated(old, new)` likewise. `queued_limit` bounds the deliveries held in
    memory for each urgency; the rest waits in the store. (Three times it must stay below the
    store's FIND_LIMIT, so that a look into the store always finds some that are not held.)
    """

    mark: Mark
    on_failed: Callable[[Delivery, Failure], Awaitable[None]]
    on_migrated: Callable[[int, int], Awaitable[None]]
    in_flight_limit: int = 16
    queued_limit: int = 3_000


class Sender:
    def __init__(self, bot: Bot, setup: OutboxSetup, read_file: ReadFile) -> None:
        self._bot = bot
        self._setup = setup
        self._read_file = read_file

    async def send(self, send: Send) -> Outcome:
        """Make the call. StoreFailed: from those who were told."""
        if not send.jobs:
            return Withdrawn()
        outcome = await self._call(send)
        if isinstance(outcome, Refused):
            await self.tell_failed(send.jobs, outcome)
        elif isinstance(outcome, Moved):
            await self._told(self._setup.on_migrated(send.chat, outcome.chat))
        return outcome

    async def tell_failed(self, jobs: Sequence[Job], refused: Refused) -> None:
        """Tell of each job's delivery that it is given up."""
        for job in jobs:
            delivery = failed(job.delivery, refused)
            log.warning(
                "a delivery has failed",
                extra={
                    "delivery": delivery.id,
                    "chat": delivery.chat,
                    "failure": refused.failure.value,
                },
            )
            await self._told(self._setup.on_failed(delivery, refused.failure))

    async def _call(self, send: Send) -> Outcome:
        try:
            return Sent(await make_call(self._bot, send, self._setup.mark, self._read_file))
        except TelegramError as error:
            return final(send, outcome_of(error, send.edits))
        except Exception as error:
            # One delivery that cannot be made into a call must not stop the others.
            log.exception("a delivery cannot be made", extra={"delivery": send.carrier.delivery.id})
            return Refused(Failure.REJECTED, type(error).__name__)

    async def _told(self, telling: Awaitable[None]) -> None:
        try:
            await telling
        except StoreFailed:
            raise
        except Exception:
            log.exception("who was told of a failure or a migration has failed itself")
