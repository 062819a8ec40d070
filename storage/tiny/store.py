"""The embedded store. In: turns. Out: commits on disk, and what they brought, told to listeners.

Forbidden here: the format of any file. Turns run one at a time in the order they came; the lock is
given up before the disk is waited for, so that waiting turns share an fsync.
"""

import asyncio
import logging
from collections.abc import Callable, Coroutine, Mapping
from datetime import datetime
from pathlib import Path
from types import TracebackType
from typing import Any, TypeVar

from pydantic import JsonValue
from tinydb import TinyDB

from storage.port import INCIDENTS_NAME, Commit, Due, StoreFailed
from storage.tiny import snapshot
from storage.tiny.archive import Archive, closed_incident
from storage.tiny.codec import check_key
from storage.tiny.commits import Commits
from storage.tiny.disk import Disk
from storage.tiny.files import Files
from storage.tiny.journal import Journal, drop_aside
from storage.tiny.limits import Limits
from storage.tiny.memory import Memory, View
from storage.tiny.turn import TinyTurn

R = TypeVar("R")
log = logging.getLogger(__name__)


class TinyStore:
    """Implements `storage.port.Store`; see there. Made by `open_tiny`.

    Cancelling a turn whose block has ended leaves its commit standing. Reads of what is not yet on
    disk are possible inside a turn; no turn ends before what it read is on disk.
    """

    def __init__(
        self, folder: Path, memory: Memory, journal: Journal, limits: Limits, disk: Disk
    ) -> None:
        self.folder = folder
        self.memory = memory
        self._journal, self._limits, self._disk = journal, limits, disk
        self._commits = Commits(journal, limits)
        self._archive = Archive(folder, disk)
        self._files = Files(folder, limits.files, disk)
        self._turns = asyncio.Lock()
        self._holder: asyncio.Task[Any] | None = None
        self._snapshots = asyncio.Lock()
        self._folding = False
        self._work: set[asyncio.Task[Any]] = set()
        self._forget_half_archived()

    @property
    def db(self) -> TinyDB:
        """The working set as a TinyDB to look into; its own writing is closed."""
        return self.memory.db

    def turn(self, input_id: str | None = None, *, at: datetime) -> "_Turning":
        if input_id is not None:
            check_key(input_id, "an input id")
        return _Turning(self, input_id, at)

    def listen(self, listener: Callable[[Commit], None]) -> None:
        self._commits.listeners.append(listener)

    async def earliest_due(self) -> datetime | None:
        self._commits.check()
        return self.memory.due.earliest()

    async def due(self, at: datetime, limit: int = 100) -> list[Due]:
        self._commits.check()
        return self.memory.due.until(at, limit)

    async def keep_file(self, content: bytes) -> str:
        self._commits.check()
        return await self._undisturbed(self._files.keep(content))

    async def file(self, sha256: str) -> bytes | None:
        return await self._files.read(sha256)

    async def forget_file(self, sha256: str) -> None:
        self._commits.check()
        await self._undisturbed(self._files.forget(sha256))

    async def archived(self, incident: int) -> Mapping[str, JsonValue] | None:
        if incident not in self._archive.numbers:
            return None
        return await asyncio.to_thread(self._archive.read, incident)

    async def archive(self, incident: int, *, at: datetime) -> None:
        self._check_not_nested()
        await self._undisturbed(self._archive_now(incident, at))

    async def _archive_now(self, incident: int, at: datetime) -> None:
        await self.begin()
        try:
            if incident in self._archive.numbers:
                return
            turn = self.new_turn(None, at)
            closed = closed_incident(self.memory, incident)
            await self._commits.add(b"", None)  # the file must not be ahead of the journal
            await asyncio.to_thread(self._archive.write, closed, at)
            for kind, rows in closed.rows.items():
                turn.drop(kind, (row.key for row in rows))
            done = self.commit(turn)
            self._archive.numbers.add(incident)
        finally:
            self.release()
        if done is not None:
            await done

    async def begin(self) -> None:
        """Wait for this task's turn; nobody else reads or commits until `release`."""
        self._check_not_nested()
        await self._turns.acquire()
        try:
            if self._commits.full:
                await self._commits.room()
            self._commits.check()
        except BaseException:
            self._turns.release()
            raise
        self._holder = asyncio.current_task()

    def release(self) -> None:
        self._holder = None
        self._turns.release()

    def new_turn(self, input_id: str | None, at: datetime) -> TinyTurn:
        return TinyTurn(self.memory, self._archive.numbers, input_id, at)

    def _check_not_nested(self) -> None:
        if self._holder is not None and self._holder is asyncio.current_task():
            raise RuntimeError("a turn inside a turn of the same task would wait for ever")

    async def _undisturbed(self, work: Coroutine[Any, Any, R]) -> R:
        """Work with files goes on to its end though the caller be cancelled; `close` waits."""
        return await asyncio.shield(self._begin_work(work))

    def _begin_work(self, work: Coroutine[Any, Any, R]) -> asyncio.Task[R]:
        task = asyncio.create_task(work)
        self._work.add(task)
        task.add_done_callback(self._work.discard)
        return task

    def commit(self, turn: TinyTurn) -> asyncio.Future[None] | None:
        """Take in a turn's changes; the future is done when they, and all before, are on disk.

        None: nothing changed and nothing waits. ValueError: see Turn; nothing is changed.
        """
        changes = turn.changes()
        body = changes.body()
        if not body and not turn.answers and self._commits.idle:
            return None
        due_changed = self.memory.apply(changes) if body else False
        told = None
        if turn.deliveries or turn.answers or due_changed:
            told = Commit(tuple(turn.deliveries), tuple(turn.answers), due_changed)
        done = self._commits.add(body, told)
        if self._commits.journal_bytes >= self._limits.journal and not self._folding:
            self._folding = True
            self._begin_work(self._snapshot_in_background())
        return done

    async def view(self) -> View:
        """Everything as of now, once it is on disk."""
        await self.begin()
        try:
            view = self.memory.view()
            done = self._commits.add(b"", None)
        finally:
            self.release()
        await done
        return view

    async def snapshot(self) -> None:
        """Write `store.json` and begin an empty journal. OSError: the journals are kept instead."""
        self._check_not_nested()
        await self._undisturbed(self._snapshot_now())

    async def _snapshot_now(self) -> None:
        async with self._snapshots:
            await self.begin()
            try:
                view = self.memory.view()
                done = self._commits.rotate()
            finally:
                self.release()
            await done
            await asyncio.to_thread(snapshot.write, self.folder, view, self._disk)
            await asyncio.to_thread(drop_aside, self.folder, self._disk)

    async def _snapshot_in_background(self) -> None:
        try:
            await self._snapshot_now()
        except (OSError, StoreFailed) as error:
            log.error("no snapshot (%s); commits go on in the journal", error)
        finally:
            self._folding = False

    async def settle(self) -> None:
        """Return when no snapshot, archiving or keeping of a file is under way."""
        while self._work:
            await asyncio.wait(self._work)

    async def close(self) -> None:
        """Finish what was begun, and fold the journal into the snapshot."""
        async with self._turns:
            pass  # whoever is in a turn, or waits for one already, comes first
        await self.settle()
        if not self._commits.failed and not self._journal.empty:
            await self._snapshot_in_background()
        await self._commits.close()

    def _forget_half_archived(self) -> None:
        # A crash between the file and its commit: the incident never left the working set.
        for incident in list(self._archive.numbers):
            if self.memory.table(INCIDENTS_NAME).row(str(incident)) is not None:
                self._archive.discard(incident)


class _Turning:
    """`async with` for one turn."""

    __slots__ = ("_at", "_input_id", "_store", "_turn")
    _turn: TinyTurn

    def __init__(self, store: TinyStore, input_id: str | None, at: datetime) -> None:
        self._store, self._input_id, self._at = store, input_id, at

    async def __aenter__(self) -> TinyTurn:
        await self._store.begin()
        self._turn = self._store.new_turn(self._input_id, self._at)
        return self._turn

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._turn.end()
        # Nothing else runs before the next await, so the commit still comes before the next turn;
        # and waking the journal's thread last, it finds the interpreter free.
        self._store.release()
        if error is None:
            done = self._store.commit(self._turn)
            if done is not None:
                await done
