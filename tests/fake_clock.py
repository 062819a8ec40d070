"""A clock that stands still until a test moves it.

In: `advance(seconds)`. Out: the clock port. Waiters wake in the order of their times, one by one,
and whatever they set off comes to rest before time goes on.
"""

import asyncio
import heapq
import itertools
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime, timedelta

FIRST_DAY = datetime(2026, 7, 1, 0, 0, tzinfo=UTC)
WAKES_LIMIT = 1_000_000


async def a_few_turns() -> None:
    """Let tasks that wait for nothing outside the loop come to rest."""
    for _ in range(20):
        await asyncio.sleep(0)


class FakeClock:
    """`settle` is awaited after every wake-up; `on_move` is told every new time before anyone
    wakes, so that another clock can be kept in step."""

    def __init__(
        self,
        start: datetime = FIRST_DAY,
        *,
        settle: Callable[[], Awaitable[None]] = a_few_turns,
        on_move: Callable[[datetime], None] | None = None,
    ) -> None:
        self._now = start
        self.settle = settle
        self.on_move = on_move
        self._order = itertools.count()
        self._waiting: list[tuple[datetime, int, asyncio.Future[None]]] = []
        self._armed: tuple[datetime, Callable[[], None]] | None = None

    def now(self) -> datetime:
        return self._now

    async def wait(self, seconds: float) -> None:
        if seconds <= 0:
            return
        woken: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        at = self._now + timedelta(seconds=seconds)
        heapq.heappush(self._waiting, (at, next(self._order), woken))
        await woken

    def arm(self, at: datetime, wake: Callable[[], None]) -> None:
        self._armed = (at, wake)
        if at <= self._now:
            asyncio.get_running_loop().call_soon(self._ring)

    def disarm(self) -> None:
        self._armed = None

    def next_at(self) -> datetime | None:
        """When somebody wakes next, or None."""
        while self._waiting and self._waiting[0][2].done():
            heapq.heappop(self._waiting)
        times = [self._waiting[0][0]] if self._waiting else []
        if self._armed is not None:
            times.append(self._armed[0])
        return min(times, default=None)

    async def advance(self, seconds: float) -> None:
        """Go forward, waking everyone on the way at their own time."""
        await self.settle()
        target = self._now + timedelta(seconds=seconds)
        for _ in range(WAKES_LIMIT):
            at = self.next_at()
            if at is None or at > target:
                break
            self._move(max(at, self._now))
            self._wake_one()
            await self.settle()
        else:
            raise RuntimeError("waiters set each other off without end")
        self._move(target)
        await self.settle()

    def set_back(self, seconds: float) -> None:
        """The clock was wrong and is corrected: everything goes on, at an earlier time."""
        back = timedelta(seconds=seconds)
        self._now -= back
        self._waiting = [(at - back, n, woken) for at, n, woken in self._waiting]

    def _move(self, to: datetime) -> None:
        self._now = to
        if self.on_move is not None:
            self.on_move(to)

    def _wake_one(self) -> None:
        if self._armed is not None and self._armed[0] <= self._now:
            self._ring()
            return
        if self._waiting and self._waiting[0][0] <= self._now:
            woken = heapq.heappop(self._waiting)[2]
            if not woken.done():
                woken.set_result(None)

    def _ring(self) -> None:
        if self._armed is not None and self._armed[0] <= self._now:
            _, wake = self._armed
            self._armed = None
            wake()
