"""Evidence: fetches the files that people sent, after the commit that wants them.

In: evidence documents that are due. Out: the bytes kept under their hash. Forbidden here: being in
a turn while the network is used; holding up deadlines; giving up on the first failure.
"""

import asyncio
import logging
from datetime import timedelta

from telegram import Bot

from bot.clock import Clock
from handlers.documents import EVIDENCE, Evidence
from storage.port import Conflict, Store, StoreFailed

log = logging.getLogger(__name__)

TRIES = 6
SIZE_LIMIT_BYTES = 20 * 1024 * 1024
FIRST_WAIT = timedelta(seconds=30)
# A file that is queued here is not due before; after a crash it is due again then.
LEASE = timedelta(minutes=10)
QUEUED_LIMIT = 1_000


class Fetcher:
    """Fetches one file after another, beside the watch: a slow line must not hold up deadlines.

    At QUEUED_LIMIT waiting files a further one is looked at again after LEASE.
    """

    def __init__(self, store: Store, bot: Bot, clock: Clock) -> None:
        self._store = store
        self._bot = bot
        self._clock = clock
        self._queue: asyncio.Queue[Evidence] = asyncio.Queue(QUEUED_LIMIT)
        self._under_way = 0

    async def want(self, key: str) -> None:
        """The document is due: queue it. StoreFailed: see there."""
        async with self._store.turn(at=self._clock.now()) as turn:
            wanted = await turn.get(EVIDENCE, key)
            if wanted is None or wanted.state != "wanted":
                return
            turn.put(EVIDENCE, wanted.model_copy(update={"try_at": turn.at + LEASE}))
        if not self._queue.full():
            self._under_way += 1
            self._queue.put_nowait(wanted)

    def idle(self) -> bool:
        """Nothing is being fetched, or waits to be."""
        return self._under_way == 0

    async def run(self) -> None:
        """Until cancelled. StoreFailed: the process must end."""
        while True:
            await self._keep(await self._fetched(await self._queue.get()))
            self._under_way -= 1

    async def _keep(self, changed: Evidence) -> None:
        while True:
            try:
                async with self._store.turn(at=self._clock.now()) as turn:
                    turn.put(EVIDENCE, changed)
                return
            except Conflict:
                continue

    async def _fetched(self, wanted: Evidence) -> Evidence:
        try:
            file = await self._bot.get_file(wanted.file_id)
            if (file.file_size or 0) > SIZE_LIMIT_BYTES:
                raise ValueError("too large to be fetched")
            content = bytes(await file.download_as_bytearray())
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
