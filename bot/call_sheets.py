"""Call sheets: writes the call lists that were asked for as files.

In: documents that are due. Out: the file sent, in turns of their own. Forbidden here: what stands
in it (see `handlers.call_sheets`); writing a file in the event loop.
"""

import asyncio
import logging
from datetime import timedelta
from functools import partial

from bot.clock import Clock
from bot.errands import InTurns, Work
from bot.papers import keep_paper
from handlers import call_sheets
from handlers.call_sheets import CALL_SHEETS, CallSheetWanted, Sheet
from handlers.desk import Desk
from plans.call_sheet import sheet_of
from storage.port import Store, StoreFailed, Turn

log = logging.getLogger(__name__)

LEASE = timedelta(minutes=5)


class WriteCallSheet(InTurns):
    """The errand."""

    def __init__(self, store: Store, clock: Clock, desk: Desk) -> None:
        super().__init__(store, clock)
        self._desk = desk

    async def begin(self, key: str) -> Work | None:
        async with self._store.turn(at=self._clock.now()) as turn:
            wanted = await turn.get(CALL_SHEETS, key)
            if wanted is None:
                return None
            sheet = await call_sheets.content_of(turn, self._desk, wanted)
            if sheet is None:
                turn.remove(CALL_SHEETS, key)
                return None
            turn.put(CALL_SHEETS, wanted.model_copy(update={"look_at": turn.at + LEASE}))
        return partial(self._write, wanted, sheet)

    async def _write(self, wanted: CallSheetWanted, sheet: Sheet) -> None:
        try:
            content = await asyncio.to_thread(sheet_of, sheet.title, sheet.headings, sheet.rows)
            sha256 = await keep_paper(self._store, self._clock, content)
        except StoreFailed:
            raise
        except Exception as error:
            log.error("a call sheet could not be written: %s", type(error).__name__)
            await self._turn(lambda turn: call_sheets.refuse(turn, self._desk, wanted))
            return

        async def sent(turn: Turn) -> None:
            await call_sheets.send(turn, self._desk, wanted, sha256)

        await self._turn(sent)
