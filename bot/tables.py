"""Tables: reads the files that administrators sent, makes those they asked for.

In: documents that are due. Out: what `handlers.directory` says about them, in turns of their own.
Forbidden here: what a table means; reading a file in the event loop.
"""

import asyncio
import logging
from datetime import timedelta
from functools import partial

from telegram import Bot

from bot.clock import Clock
from bot.errands import InTurns, Work
from bot.evidence import TooLarge, download
from bot.papers import keep_paper
from handlers.desk import Desk
from handlers.directory import importing, papers
from handlers.directory.documents import (
    IMPORTS,
    WORKBOOKS,
    TableImport,
    WorkbookWanted,
    grids_of,
)
from handlers.directory.entering import today
from plans.roster import Roster
from plans.tables.changes import Changes
from plans.tables.grids import FILE_LIMIT_BYTES, NO_TABLE, TOO_LARGE, Grid, Unreadable
from plans.tables.planning import plan_changes
from plans.tables.sheets import Tables, read_grids, recognised
from plans.tables.writing import bad_rows_of, empty_form, workbook_of
from storage.port import Store, StoreFailed, Turn

log = logging.getLogger(__name__)

TRIES = 3
WAIT = timedelta(seconds=20)
LEASE = timedelta(minutes=5)


class ReadTable(InTurns):
    """The errand: fetch a table, work out what it would change, show that."""

    def __init__(self, store: Store, bot: Bot, clock: Clock, desk: Desk) -> None:
        super().__init__(store, clock)
        self._bot = bot
        self._desk = desk

    async def begin(self, key: str) -> Work | None:
        async with self._store.turn(at=self._clock.now()) as turn:
            wanted = await turn.get(IMPORTS, key)
            if wanted is None:
                return None
            if wanted.state == "shown":
                turn.remove(IMPORTS, key)  # nobody has pressed in time
                return None
            turn.put(IMPORTS, wanted.model_copy(update={"look_at": turn.at + LEASE}))
        return partial(self._read, wanted)

    async def _read(self, wanted: TableImport) -> None:
        try:
            grids = grids_of(wanted) or await self._fetched(wanted)
            tables = grids if isinstance(grids, Unreadable) else recognised(grids)
            if isinstance(tables, Unreadable) or isinstance(grids, Unreadable):
                reason = tables if isinstance(tables, Unreadable) else NO_TABLE
                await self._turn(lambda turn: importing.refuse(turn, self._desk, wanted, reason))
                return
            await self._show(wanted, grids, tables)
        except StoreFailed:
            raise
        except Exception as error:
            log.warning("a table is not read yet: %s", type(error).__name__)
            await self._turn(lambda turn: self._again(turn, wanted))

    async def _fetched(self, wanted: TableImport) -> tuple[Grid, ...] | Unreadable:
        try:
            content = await download(self._bot, wanted.file_id, FILE_LIMIT_BYTES)
        except TooLarge:
            return TOO_LARGE
        return await asyncio.to_thread(read_grids, content)

    async def _show(self, wanted: TableImport, grids: tuple[Grid, ...], tables: Tables) -> None:
        async with self._store.turn(at=self._clock.now()) as turn:
            roster = await self._desk.roster(turn)
            day = today(turn, roster)
        changes: Changes = await asyncio.to_thread(plan_changes, tables, roster, day)
        errors = await self._errors(changes, roster, wanted)
        await self._turn(
            lambda turn: importing.show(turn, self._desk, wanted, grids, changes, errors)
        )

    async def _errors(self, changes: Changes, roster: Roster, wanted: TableImport) -> str:
        if not changes.bad:
            return ""
        lang = roster.language_of(wanted.person)
        content = await asyncio.to_thread(bad_rows_of, changes.bad, lang)
        try:
            return await keep_paper(self._store, self._clock, content)
        except ValueError:
            log.error("no room is left for the table of rows with mistakes")
            return ""  # the message names the first of them

    async def _again(self, turn: Turn, wanted: TableImport) -> None:
        tries = wanted.tries + 1
        if tries >= TRIES:
            await importing.lost(turn, self._desk, wanted)
            return
        changed = {"tries": tries, "look_at": turn.at + WAIT * tries}
        turn.put(IMPORTS, wanted.model_copy(update=changed))


class WriteWorkbook(InTurns):
    """The errand: write the register, or an empty form, to a workbook and send it."""

    def __init__(self, store: Store, clock: Clock, desk: Desk) -> None:
        super().__init__(store, clock)
        self._desk = desk

    async def begin(self, key: str) -> Work | None:
        async with self._store.turn(at=self._clock.now()) as turn:
            wanted = await turn.get(WORKBOOKS, key)
            if wanted is None:
                return None
            turn.put(WORKBOOKS, wanted.model_copy(update={"look_at": turn.at + LEASE}))
        return partial(self._write, wanted)

    async def _write(self, wanted: WorkbookWanted) -> None:
        try:
            sha256 = await self._written(wanted)
        except StoreFailed:
            raise
        except Exception as error:
            log.error("a workbook could not be written: %s", type(error).__name__)
            await self._turn(lambda turn: papers.refuse(turn, self._desk, wanted))
            return
        await self._turn(lambda turn: papers.send(turn, self._desk, wanted, sha256))

    async def _written(self, wanted: WorkbookWanted) -> str:
        async with self._store.turn(at=self._clock.now()) as turn:
            roster = await self._desk.roster(turn)
        write = workbook_of if wanted.what == "register" else empty_form
        content = await asyncio.to_thread(write, roster, roster.language_of(wanted.person))
        return await keep_paper(self._store, self._clock, content)
