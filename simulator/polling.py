"""getUpdates. In: offset, limit, timeout. Out: updates, at once or when one comes. One poll waits
at a time: a second one that has to wait ends the first with 409. Forbidden here: HTTP.
"""

import asyncio
from typing import Any

from simulator import errors
from simulator.busy import Busy
from simulator.clock import SimClock
from simulator.errors import ErrorText
from simulator.params import Params
from simulator.updates import MAX_BATCH, UpdateQueue

MAX_TIMEOUT_S = 50


def read_allowed(params: Params) -> list[str] | None:
    """`allowed_updates`, None when the call does not name any."""
    value = params.parsed("allowed_updates", "allowed_updates")
    return value if isinstance(value, list) else None


class Polling:
    """The bot's long poll. Unlike Telegram, which holds a 409 back for three seconds, it is told at
    once.
    """

    def __init__(self, queue: UpdateQueue, clock: SimClock, busy: Busy) -> None:
        self._queue = queue
        self._clock = clock
        self._busy = busy
        self._poll: asyncio.Future[ErrorText | None] | None = None

    @property
    def is_waiting(self) -> bool:
        return self._poll is not None and not self._poll.done()

    def wake(self) -> None:
        """Something may be waiting for the bot now."""
        if self.is_waiting and len(self._queue):
            self._end(None)

    def conflict(self, reason: ErrorText) -> None:
        """End the poll that waits, if one does, with an error."""
        self._end(reason)

    def close(self) -> None:
        """Cut the poll that waits off: the server stops."""
        if self._poll is not None:
            self._poll.cancel()

    async def get_updates(self, params: Params) -> list[dict[str, Any]]:
        """ApiError 409 when another poll takes over."""
        offset = params.integer("offset", 0)
        limit = max(1, min(params.integer("limit", MAX_BATCH), MAX_BATCH))
        timeout_s = max(0, min(params.integer("timeout", 0), MAX_TIMEOUT_S))
        self._queue.allow(read_allowed(params))
        updates = self._queue.get(offset, limit)
        if not updates and timeout_s:
            await self._wait(timeout_s)
            updates = self._queue.get(offset, limit)
        return [update.shape() for update in updates]

    async def _wait(self, timeout_s: int) -> None:
        self._end(errors.POLL_TERMINATED)
        poll: asyncio.Future[ErrorText | None] = asyncio.get_running_loop().create_future()
        self._poll = poll
        timer = self._clock.wake_later(poll, timeout_s)
        try:
            with self._busy.waiting():
                ended = await poll
        finally:
            timer.cancel()
        if ended is not None:
            raise ended.error()

    def _end(self, reason: ErrorText | None) -> None:
        if self._poll is not None and not self._poll.done():
            self._poll.set_result(reason)
        self._poll = None
