"""Group commit: many turns wait for one fsync, and the event loop for none.

In: commits in order. Out: a future each, done once that commit and all before it are on the medium;
listeners told in the same order. Forbidden here: what a commit means.

While the disk is quick the loop writes itself, between two rounds: waking a thread would take half
as long as the disk does. As soon as a sync is slow a thread writes, until one is quick again; the
next commits gather meanwhile and go together after it. The thread is woken, and wakes the loop,
through pipes: the kernel then runs the woken one at once, where locks and `call_soon_threadsafe`
cost 100 us more a commit on a small machine. The first failure is the last: a failed fsync may have
thrown data away, so nothing can be promised any more (fail-stop).
"""

import asyncio
import logging
import os
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass
from threading import Thread

from storage.port import Commit, StoreFailed
from storage.tiny.journal import Journal
from storage.tiny.limits import LINE_LIMIT, Limits

log = logging.getLogger(__name__)
_SIGNAL = b"!"  # one is under way at a time, so a pipe is never full
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
        self._work_end, self._send_end = os.pipe()
        self._done_end, self._report_end = os.pipe()
        self._loop.add_reader(self._done_end, self._reported)
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

    @property
    def full(self) -> bool:
        """True when as many commits wait for the disk as the bounds allow."""
        return (
            len(self._waiting) >= self._limits.waiting
            or self._waiting_bytes > self._limits.waiting_bytes
        )

    async def room(self) -> None:
        """Return when it is not full, or has failed."""
        while self.full:
            await asyncio.wait([self._waiting[0].done])

    async def close(self) -> None:
        """Finish what waits, then end the thread; whoever comes later gets StoreFailed."""
        while not self.idle:
            await asyncio.wait([(self._waiting or self._in_flight)[-1].done])
        self._failed = self._failed or RuntimeError("the store is closed")
        self._loop.remove_reader(self._done_end)
        os.close(self._send_end)
        await asyncio.to_thread(self._thread.join)
        for end in (self._work_end, self._done_end, self._report_end):
            os.close(end)
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
        if not self._in_flight:
            return
        if self._journal.quick and not self._in_flight[0].rotation:
            self._loop.call_soon(self._work_here)
        else:
            os.write(self._send_end, _SIGNAL)

    def _work_here(self) -> None:
        self._write()
        self._done()

    def _work(self) -> None:
        """The thread: it writes what is in flight when signalled, and touches nothing else."""
        while os.read(self._work_end, 1):
            self._write()
            os.write(self._report_end, _SIGNAL)

    def _write(self) -> None:
        batch = self._in_flight
        try:
            if batch[0].rotation:
                self._journal.rotate()
            elif bodies := [waiting.body for waiting in batch if waiting.body]:
                self._journal.append(bodies)
        except BaseException as error:
            self._failed = error

    def _reported(self) -> None:
        os.read(self._done_end, 1)
        self._done()

    def _done(self) -> None:
        if self._failed is not None:
            self._fail(self._failed)
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
        lost = [*self._in_flight, *self._waiting]
        self._in_flight = []
        self._waiting.clear()
        self._waiting_bytes = 0
        for waiting in lost:
            if not waiting.done.done():
                waiting.done.set_exception(self._store_failed())
                waiting.done.exception()  # a turn that was cancelled does not fetch it
