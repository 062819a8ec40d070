"""Evidence: fetches the files that people sent, after the commit that wants them.

In: evidence documents that are due. Out: the bytes kept under their hash. Forbidden here: being in
a turn while the network is used; giving up on the first failure.
"""

import logging
from datetime import timedelta

from telegram import Bot
from telegram.error import TelegramError

from bot.clock import Clock
from handlers.documents import EVIDENCE, Evidence
from storage.port import Store

log = logging.getLogger(__name__)

TRIES = 6
SIZE_LIMIT_BYTES = 20 * 1024 * 1024
FIRST_WAIT = timedelta(seconds=30)


class Fetcher:
    """Fetches one file at a time, when the watch says that it is due."""

    def __init__(self, store: Store, bot: Bot, clock: Clock) -> None:
        self._store = store
        self._bot = bot
        self._clock = clock

    async def fetch(self, file_id: str) -> None:
        """Fetch and keep, or note when to try again. StoreFailed: see there."""
        async with self._store.turn(at=self._clock.now()) as turn:
            wanted = await turn.get(EVIDENCE, file_id)
        if wanted is None or wanted.state != "wanted":
            return
        changed = await self._fetched(wanted)
        async with self._store.turn(at=self._clock.now()) as turn:
            turn.put(EVIDENCE, changed)

    async def _fetched(self, wanted: Evidence) -> Evidence:
        try:
            file = await self._bot.get_file(wanted.file_id)
            if (file.file_size or 0) > SIZE_LIMIT_BYTES:
                raise ValueError("too large to be fetched")
            content = bytes(await file.download_as_bytearray())
            sha256 = await self._store.keep_file(content)
        except (TelegramError, ValueError) as error:
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
