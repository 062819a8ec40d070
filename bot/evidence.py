"""Evidence: fetches the files that people sent, after the commit that wants them.

In: evidence documents that are due. Out: the bytes kept under their hash. Forbidden here: giving
up on the first failure.
"""

import logging
from datetime import timedelta
from functools import partial

from telegram import Bot

from bot.clock import Clock
from bot.errands import InTurns, Work
from handlers.documents import EVIDENCE, Evidence
from storage.port import Store, StoreFailed, Turn

log = logging.getLogger(__name__)

TRIES = 6
SIZE_LIMIT_BYTES = 20 * 1024 * 1024
FIRST_WAIT = timedelta(seconds=30)
# A file that is queued is not due before; after a crash it is due again then.
LEASE = timedelta(minutes=10)


class TooLarge(ValueError):
    """The file is larger than what may be fetched."""


async def download(bot: Bot, file_id: str, limit_bytes: int) -> bytes:
    """A file that Telegram holds. TooLarge: see there. TelegramError: it did not come."""
    file = await bot.get_file(file_id)
    if (file.file_size or 0) > limit_bytes:
        raise TooLarge
    return bytes(await file.download_as_bytearray())


class FetchEvidence(InTurns):
    """The errand."""

    def __init__(self, store: Store, bot: Bot, clock: Clock) -> None:
        super().__init__(store, clock)
        self._bot = bot

    async def begin(self, key: str) -> Work | None:
        async with self._store.turn(at=self._clock.now()) as turn:
            wanted = await turn.get(EVIDENCE, key)
            if wanted is None or wanted.state != "wanted":
                return None
            turn.put(EVIDENCE, wanted.model_copy(update={"try_at": turn.at + LEASE}))
        return partial(self._fetch, wanted)

    async def _fetch(self, wanted: Evidence) -> None:
        changed = await self._fetched(wanted)

        async def record(turn: Turn) -> None:
            turn.put(EVIDENCE, changed)

        await self._turn(record)

    async def _fetched(self, wanted: Evidence) -> Evidence:
        try:
            content = await download(self._bot, wanted.file_id, SIZE_LIMIT_BYTES)
            sha256 = await self._store.keep_file(content)
        except StoreFailed:
            raise
        except Exception as error:
            # One file must not stop the others, nor be fetched at every start to stop it again.
            log.warning("a file is not fetched yet: %s", type(error).__name__)
            return self._later(wanted, type(error).__name__)
        return wanted.model_copy(update={"state": "kept", "sha256": sha256, "try_at": None})

    def _later(self, wanted: Evidence, error: str) -> Evidence:
        """Doubling waits; after the last try the file stays with Telegram and that is said."""
        tries = wanted.tries + 1
        changes: dict[str, object] = {"tries": tries, "error": error}
        if tries >= TRIES:
            log.error("a file could not be fetched", extra={"incident": wanted.incident})
            changes |= {"state": "lost", "try_at": None}
        else:
            changes["try_at"] = self._clock.now() + FIRST_WAIT * 2**tries
        return wanted.model_copy(update=changes)
