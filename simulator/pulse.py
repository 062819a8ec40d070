"""Tells waiters that something happened. In: `beat()`. Out: every `wait()` under way returns. It
says nothing of what.

Forbidden here: state. A waiter looks at the world itself, so a beat nobody waited for is not
missed.
"""

import asyncio


class Pulse:
    """One-shot wake-ups for any number of waiters in one event loop."""

    def __init__(self) -> None:
        self._waiting: set[asyncio.Future[None]] = set()

    def beat(self) -> None:
        """Wake everyone who waits now."""
        waiting, self._waiting = self._waiting, set()
        for future in waiting:
            if not future.done():
                future.set_result(None)

    async def wait(self) -> None:
        """Return after the next beat. Between looking at the world and calling this nothing may be
        awaited.
        """
        future: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self._waiting.add(future)
        try:
            await future
        finally:
            self._waiting.discard(future)
