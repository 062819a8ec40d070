"""The clocks: real time, and a rehearsal's time that is followed from a URL.

In: the machine's clock, or `{"now", "rate", "version"}` over HTTP. Out: the clock port. Forbidden
here: what is due and why; one job is armed, whatever the number of deadlines.
"""

import asyncio
import logging
import time
from collections.abc import Callable
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from types import TracebackType
from typing import Self

import aiohttp
from apscheduler.schedulers.asyncio import AsyncIOScheduler

JOB_ID = "next-deadline"
# Real seconds. A machine that slept, or whose clock was set, is noticed after this long at most.
LONGEST_NAP_S = 30.0
FOLLOW_RETRY_S = 1.0
POLL_TIMEOUT_S = 40.0

log = logging.getLogger(__name__)


def machine_now() -> datetime:
    """The machine's own time, whatever a rehearsal says; it goes on while the machine sleeps."""
    return datetime.now(UTC)


class Alarm:
    """One APScheduler date job: `ring` is called in the event loop at a real time."""

    def __init__(self) -> None:
        self._scheduler = AsyncIOScheduler(timezone=UTC)

    def start(self) -> None:
        self._scheduler.start()

    def set(self, at: datetime, ring: Callable[[], None]) -> None:
        async def run() -> None:
            ring()

        self._scheduler.add_job(
            run,
            "date",
            run_date=at,
            id=JOB_ID,
            replace_existing=True,
            misfire_grace_time=None,
        )

    def clear(self) -> None:
        if self._scheduler.get_job(JOB_ID) is not None:
            self._scheduler.remove_job(JOB_ID)

    def stop(self) -> None:
        self._scheduler.shutdown(wait=False)


class SystemClock:
    """Real time. Use as `async with`."""

    def __init__(self) -> None:
        self._alarm = Alarm()

    async def __aenter__(self) -> Self:
        self._alarm.start()
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._alarm.stop()
        # APScheduler stops in a call of its own, one turn of the loop later.
        await asyncio.sleep(0)

    def now(self) -> datetime:
        return machine_now()

    async def wait(self, seconds: float) -> None:
        if seconds > 0:
            await asyncio.sleep(seconds)

    def arm(self, at: datetime, wake: Callable[[], None]) -> None:
        def ring() -> None:
            if self.now() >= at:
                wake()
            else:
                self.arm(at, wake)

        self._alarm.set(min(at, self.now() + timedelta(seconds=LONGEST_NAP_S)), ring)

    def disarm(self) -> None:
        self._alarm.clear()


class FollowedClock:
    """A rehearsal's time: `GET url?version=V` answers `{"now", "rate", "version"}`.

    The answer is held back until the version differs from V, so changes arrive at once. `rate` is
    this clock's seconds in a real second; 0 stands still. While the URL cannot be read the last
    rate goes on. Use as `async with`; ConnectionError when the first reading fails.
    """

    def __init__(self, url: str) -> None:
        self._url = url
        self._alarm = Alarm()
        self._base = datetime.min.replace(tzinfo=UTC)
        self._base_s = 0.0
        self._rate = 1.0
        self._version: int | None = None
        self._moved = asyncio.Event()
        self._armed: tuple[datetime, Callable[[], None]] | None = None
        self._session: aiohttp.ClientSession | None = None
        self._following: asyncio.Task[None] | None = None

    async def __aenter__(self) -> Self:
        self._session = aiohttp.ClientSession(timeout=aiohttp.ClientTimeout(total=POLL_TIMEOUT_S))
        try:
            await self._read(self._session)
        except (aiohttp.ClientError, TimeoutError, ValueError, KeyError) as error:
            await self._session.close()
            raise ConnectionError(f"the clock at {self._url} cannot be read") from error
        self._alarm.start()
        self._following = asyncio.create_task(self._follow(self._session))
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if self._following is not None:
            self._following.cancel()
            with suppress(asyncio.CancelledError):
                await self._following
        self._alarm.stop()
        if self._session is not None:
            await self._session.close()

    def now(self) -> datetime:
        return self._base + timedelta(seconds=(time.monotonic() - self._base_s) * self._rate)

    async def wait(self, seconds: float) -> None:
        until = self.now() + timedelta(seconds=seconds)
        while (left_s := (until - self.now()).total_seconds()) > 0:
            moved = self._moved
            with suppress(TimeoutError):
                async with asyncio.timeout(left_s / self._rate if self._rate > 0 else None):
                    await moved.wait()

    def arm(self, at: datetime, wake: Callable[[], None]) -> None:
        self._armed = (at, wake)
        self._set_alarm()

    def disarm(self) -> None:
        self._armed = None
        self._alarm.clear()

    def _set_alarm(self) -> None:
        if self._armed is None:
            return
        left_s = max((self._armed[0] - self.now()).total_seconds(), 0.0)
        if left_s > 0 and self._rate == 0:
            self._alarm.clear()
            return
        real_s = min(left_s / self._rate, LONGEST_NAP_S) if left_s > 0 else 0.0
        self._alarm.set(machine_now() + timedelta(seconds=real_s), self._ring)

    def _ring(self) -> None:
        if self._armed is None:
            return
        at, wake = self._armed
        if self.now() < at:
            self._set_alarm()
            return
        self._armed = None
        wake()

    async def _follow(self, session: aiohttp.ClientSession) -> None:
        while True:
            try:
                await self._read(session)
            except (aiohttp.ClientError, TimeoutError, ValueError, KeyError):
                log.warning("the rehearsal's clock cannot be read; the last rate goes on")
                await asyncio.sleep(FOLLOW_RETRY_S)

    async def _read(self, session: aiohttp.ClientSession) -> None:
        query = {} if self._version is None else {"version": str(self._version)}
        async with session.get(self._url, params=query) as response:
            response.raise_for_status()
            answer = await response.json()
        version = int(answer["version"])
        if version == self._version:
            return
        self._base = datetime.fromisoformat(answer["now"]).astimezone(UTC)
        self._base_s = time.monotonic()
        self._rate = float(answer["rate"])
        self._version = version
        self._moved.set()
        self._moved = asyncio.Event()
        self._set_alarm()
