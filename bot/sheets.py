"""Sheets: writes lists that were asked for as files.

In: documents that are due. Out: the file sent, in turns of their own. Forbidden here: what stands
in it (see `handlers.steps.call_sheets`, `handlers.broadcasting.filing`); writing a file in the
event loop.
"""

import asyncio
import logging
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import timedelta
from functools import partial
from typing import Generic, TypeVar

from bot.clock import Clock
from bot.errands import InTurns, Work
from bot.papers import keep_paper
from handlers.broadcasting import filing
from handlers.broadcasting.filing import CAST_LISTS
from handlers.desk import Desk
from handlers.steps import call_sheets
from handlers.steps.call_sheets import CALL_SHEETS, Sheet
from plans.call_sheet import sheet_of
from storage.document import Document
from storage.port import Kind, Store, StoreFailed, Turn

log = logging.getLogger(__name__)

LEASE = timedelta(minutes=5)

W = TypeVar("W", bound=Document)


@dataclass(frozen=True)
class Filing(Generic[W]):
    """One kind of list: who wants it, what stands in it, what comes of it."""

    kind: Kind[W]
    content_of: Callable[[Turn, Desk, W], Awaitable[Sheet | None]]
    send: Callable[[Turn, Desk, W, str], Awaitable[None]]
    refuse: Callable[[Turn, Desk, W], Awaitable[None]]


OF_CALLS = Filing(CALL_SHEETS, call_sheets.content_of, call_sheets.send, call_sheets.refuse)
OF_READERS = Filing(CAST_LISTS, filing.content_of, filing.send, filing.refuse)


class WriteSheet(InTurns, Generic[W]):
    """The errand."""

    def __init__(self, store: Store, clock: Clock, desk: Desk, lists: Filing[W]) -> None:
        super().__init__(store, clock)
        self._desk = desk
        self._lists = lists

    async def begin(self, key: str) -> Work | None:
        async with self._store.turn(at=self._clock.now()) as turn:
            wanted = await turn.get(self._lists.kind, key)
            if wanted is None:
                return None
            sheet = await self._lists.content_of(turn, self._desk, wanted)
            if sheet is None:
                turn.remove(self._lists.kind, key)
                return None
            later = {"look_at": turn.at + LEASE}
            turn.put(self._lists.kind, wanted.model_copy(update=later))
        return partial(self._write, wanted, sheet)

    async def _write(self, wanted: W, sheet: Sheet) -> None:
        try:
            content = await asyncio.to_thread(sheet_of, sheet.title, sheet.headings, sheet.rows)
            sha256 = await keep_paper(self._store, self._clock, content)
        except StoreFailed:
            raise
        except Exception as error:
            log.error("a list could not be written: %s", type(error).__name__)
            await self._turn(lambda turn: self._lists.refuse(turn, self._desk, wanted))
            return
        await self._turn(lambda turn: self._lists.send(turn, self._desk, wanted, sha256))
