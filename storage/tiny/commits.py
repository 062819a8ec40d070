"""Group commit: many turns wait for one fsync, and the event loop for none.

In: commits in order. Out: a future each, done once that commit and all before it are on the medium;
listeners told in the same order. Forbidden here: what a commit means.

One thread writes. While it is at the disk the next commits gather and go together after it. The
first failure is the last: a failed fsync may have thrown data away, so nothing can be promised any
more (fail-stop).
"""

import asyncio
import logging
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass
from queue import SimpleQueue
from threading import Thread

from storage.port import Commit, StoreFailed
from storage.tiny.journal import Journal
from storage.tiny.limits import LINE_LIMIT, Limits

log = logging.getLogger(__name__)
Listener = Callable[[Commit], None]


@dataclass(slots=True)
class _Waiting:
    """A commit with its body (empty: nothing to write), or a `rotation` of the journal."""

    body: bytes
    told: Commit | None
    done: asyncio.Future[None]
    rotation: bool = False


class Commits:
    """`journal_bytes` is how much of the journal is in use."""

    def __init__(self, journal: Journal, limits: Limits) -> None:
        self._journal = journal
        self._limits = limits
        self._loop = asyncio.get_running_loop()
        self._waiting: deque[_Waiting] = deque()
        self._waiting_bytes = 0
        self._in_flight: list[_Waiting] = []
        self._failed: BaseException | None = None
        self._jobs: SimpleQueue[list[_Waiting] | None] = SimpleQueue()
        self._thread = Thread(target=self._work, name="journal", daemon=True)
        self._thread.start()
        self.listeners: list[Listener] = []

    @property
    def journal_bytes(self) -> int:
        return self._journal.size

    @property
    def failed(self) -> bool:
        return self._failed is not None

    def check(self) -> None:
        """StoreFailed: a write failed; nothing more can be read or committed."""
        if self._failed is not None:
            raise self._store_failed()

    def add(self, body: bytes, told: Commit | None) -> asyncio.Future[None]:
        """The next commit. With an empty body: done when all before it are."""
        return self._enqueue(_Waiting(body, told, self._loop.create_future()))

    def rotate(self) -> asyncio.Future[None]:
        """Set the journal aside once all commits so far are on it; later ones go to a new one."""
        return self._enqueue(_Waiting(b"", None, self._loop.create_future(), rotation=True))

    @property
    def idle(self) -> bool:
        return not (self._waiting or self._in_flight)

    async def room(self) -> None:
        """Return when fewer commits wait for the disk than the bounds say."""
        while (
            len(self._waiting) >= self._limits.waiting
            or self._waiting_bytes > self._limits.waiting_bytes
        ):
            await asyncio.wait([self._waiting[0].done])

    async def close(self) -> None:
        """Finish what waits, then end the thread."""
        while not self.idle:
            await asyncio.wait([(self._waiting or self._in_flight)[-1].done])
        self._jobs.put(None)
        await asyncio.to_thread(self._thread.join)
        self._journal.close()

    def _enqueue(self, waiting: _Waiting) -> asyncio.Future[None]:
        self.check()
        self._waiting.append(waiting)
        self._waiting_bytes += len(waiting.body)
        if not self._in_flight:
            self._send()
        return waiting.done

    def _send(self) -> None:
        """Hand the thread a rotation, or all commits up to one, within a line's bound."""
        size = 0
        while self._waiting and size <= LINE_LIMIT:
            if self._waiting[0].rotation and self._in_flight:
                break
            waiting = self._waiting.popleft()
            size += len(waiting.body)
            self._in_flight.append(waiting)
            if waiting.rotation:
                break
        self._waiting_bytes -= size
        if self._in_flight:
            self._jobs.put(self._in_flight)

    def _work(self) -> None:
        """The thread: it touches the journal and nothing else."""
        failed: BaseException | None = None
        while (batch := self._jobs.get()) is not None:
            try:
                if batch[0].rotation:
                    self._journal.rotate()
                elif bodies := [waiting.body for waiting in batch if waiting.body]:
                    self._journal.append(bodies)
            except BaseException as error:
                failed = error
            self._loop.call_soon_threadsafe(self._done, failed)

    def _done(self, failed: BaseException | None) -> None:
        if failed is not None:
            self._fail(failed)
            return
        batch, self._in_flight = self._in_flight, []
        self._send()  # before anything else: the disk must not wait for listeners
        for waiting in batch:
            if waiting.told is not None:
                self._tell(waiting.told)
            if not waiting.done.done():
                waiting.done.set_result(None)

    def _tell(self, commit: Commit) -> None:
        for listener in self.listeners:
            try:
                listener(commit)
            except Exception:
                log.exception("a listener raised, which it must not; the commit stands")

    def _store_failed(self) -> StoreFailed:
        return StoreFailed(f"the journal could not be written: {self._failed}")

    def _fail(self, error: BaseException) -> None:
        log.critical("the journal could not be written (%s); the store stops", error)
        self._failed = error
        lost = [*self._in_flight, *self._waiting]
        self._in_flight = []
        self._waiting.clear()
        self._waiting_bytes = 0
        for waiting in lost:
            if not waiting.done.done():
                waiting.done.set_exception(
                    StoreFailed(f"the journal could not be written: {error}")
                )
                waiting.done.exception()  # a turn that was cancelled does not fetch it
