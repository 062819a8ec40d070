"""The stand-in's time. In: `advance` and `set_rate`. Out: `now`, and callbacks when their time has
come.

Everything in the stand-in that waits, waits here: dates, limits, long polls, webhook retries.
Forbidden: sleeping.
"""

import asyncio
import heapq
import itertools
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

from simulator.pulse import Pulse

MAX_FIRED_A_TIMER = 100
FIRST_DAY = datetime(2026, 7, 1, 0, 0, tzinfo=UTC)


class Timer:
    """A callback due at a time; `cancel` makes it do nothing."""

    __slots__ = ("at", "cancelled", "fire")

    def __init__(self, at: datetime, fire: Callable[[], None]) -> None:
        self.at = at
        self.fire = fire
        self.cancelled = False

    def cancel(self) -> None:
        self.cancelled = True


class SimClock:
    """Time that stands still (rate 0, moved by `advance`) or runs at `rate` stand-in seconds a real
    second.

    `version` grows whenever the rate changes or time jumps; `changed` beats then.
    """

    def __init__(
        self, start: datetime = FIRST_DAY, rate: float = 0.0, most_timers: int = 100_000
    ) -> None:
        self._most_timers = most_timers
        if start.tzinfo is None:
            raise ValueError("the clock starts at a time with a zone")
        self._base = start.astimezone(UTC)
        self._mark_s = time.monotonic()
        self._rate = rate
        self._timers: list[tuple[datetime, int, Timer]] = []
        self._order = itertools.count()
        self._armed: asyncio.TimerHandle | None = None
        self.version = 1
        self.changed = Pulse()

    @property
    def rate(self) -> float:
        return self._rate

    def now(self) -> datetime:
        """The time now, UTC."""
        if self._rate == 0:
            return self._base
        return self._base + timedelta(seconds=(time.monotonic() - self._mark_s) * self._rate)

    def timestamp(self) -> int:
        """Now in whole Unix seconds, as Telegram's dates are."""
        return int(self.now().timestamp())

    def advance(self, seconds: float) -> None:
        """Jump forward, firing in order whatever comes due on the way, each at its own time."""
        if seconds < 0:
            raise ValueError("time goes forward only")
        target = self.now() + timedelta(seconds=seconds)
        fired = 0
        while self._timers and self._timers[0][0] <= target:
            at, _, timer = heapq.heappop(self._timers)
            self._set(max(at, self.now()))
            fired += 1
            if fired > self._most_timers * MAX_FIRED_A_TIMER:
                raise RuntimeError("timers set each other off without end")
            if not timer.cancelled:
                timer.fire()
        self._set(target)
        self._jumped()

    def set_rate(self, rate: float) -> None:
        """Run at `rate` stand-in seconds a second from now on; 0 stands still until `advance`."""
        if rate < 0:
            raise ValueError("time goes forward only")
        self._set(self.now())
        self._rate = rate
        self._jumped()

    def call_later(self, seconds: float, fire: Callable[[], None]) -> Timer:
        """Call `fire` once, `seconds` of stand-in time from now. RuntimeError at MAX_TIMERS
        waiting.
        """
        if len(self._timers) >= self._most_timers:
            self._timers = [entry for entry in self._timers if not entry[2].cancelled]
            heapq.heapify(self._timers)
        if len(self._timers) >= self._most_timers:
            raise RuntimeError("too many timers")
        timer = Timer(self.now() + timedelta(seconds=seconds), fire)
        heapq.heappush(self._timers, (timer.at, next(self._order), timer))
        self.arm()
        return timer

    def timers(self) -> int:
        """How many timers wait that were not cancelled."""
        return sum(1 for _, _, timer in self._timers if not timer.cancelled)

    def wake_later(self, future: "asyncio.Future[Any]", seconds: float) -> Timer:
        """Give `future` the result None after that time, unless it is done by then."""

        def wake() -> None:
            if not future.done():
                future.set_result(None)

        return self.call_later(seconds, wake)

    def arm(self) -> None:
        """Ask the event loop for a call when the next timer is due; does nothing while time stands
        still.
        """
        if self._armed is not None:
            self._armed.cancel()
            self._armed = None
        if self._rate == 0 or not self._timers:
            return
        try:
            loop = asyncio.get_running_loop()
        except RuntimeError:
            return
        wait_s = (self._timers[0][0] - self.now()).total_seconds() / self._rate
        self._armed = loop.call_later(max(wait_s, 0.0), self._fire_due)

    def disarm(self) -> None:
        """Drop every timer: the server has stopped."""
        self._timers.clear()
        self.arm()

    def _fire_due(self) -> None:
        self._armed = None
        now = self.now()
        while self._timers and self._timers[0][0] <= now:
            timer = heapq.heappop(self._timers)[2]
            if not timer.cancelled:
                timer.fire()
        self.arm()

    def _set(self, at: datetime) -> None:
        self._base = at
        self._mark_s = time.monotonic()

    def _jumped(self) -> None:
        self.version += 1
        self.arm()
        self.changed.beat()
