"""Papers: files written for somebody, kept until they are surely sent, and no longer.

In: bytes; documents that are due. Out: kept files, and files forgotten. Forbidden here: forgetting
evidence. Called by errands alone: they go one after another, so that no file is kept anew while it
is being forgotten.
"""

import hashlib
import logging
from datetime import timedelta
from functools import partial

from bot.clock import Clock
from bot.errands import InTurns, Work
from handlers.directory.documents import PAPERS, KeptPaper
from handlers.documents import EVIDENCE
from storage.delivery import UNDER_WAY, Paper
from storage.port import DELIVERIES, Store, Turn

log = logging.getLogger(__name__)

LIFE = timedelta(days=1)
LEASE = timedelta(hours=1)


async def keep_paper(store: Store, clock: Clock, content: bytes) -> str:
    """The kept file's sha-256. It is noted first, so that none outlives a crash unnoticed.
    ValueError: see `Store.keep_file`."""
    sha256 = hashlib.sha256(content).hexdigest()
    async with store.turn(at=clock.now()) as turn:
        turn.put(PAPERS, KeptPaper(sha256=sha256, forget_at=turn.at + LIFE))
    return await store.keep_file(content)


class ForgetPaper(InTurns):
    """The errand."""

    async def begin(self, key: str) -> Work | None:
        async with self._store.turn(at=self._clock.now()) as turn:
            paper = await turn.get(PAPERS, key)
            if paper is None:
                return None
            turn.put(PAPERS, paper.model_copy(update={"forget_at": turn.at + LEASE}))
        return partial(self._forget, key)

    async def _forget(self, sha256: str) -> None:
        async with self._store.turn(at=self._clock.now()) as turn:
            if await _is_still_to_be_sent(turn, sha256):
                return  # it is looked at again when it is due again
            evidence = await turn.find(EVIDENCE, limit=1, sha256=sha256)
        if not evidence:
            await self._store.forget_file(sha256)
            log.info("a paper is kept no longer")

        async def done(turn: Turn) -> None:
            turn.remove(PAPERS, sha256)

        await self._turn(done)


async def _is_still_to_be_sent(turn: Turn, sha256: str) -> bool:
    for state in UNDER_WAY:
        for delivery in await turn.find(DELIVERIES, state=state.value):
            if isinstance(delivery.content, Paper) and delivery.content.sha256 == sha256:
                return True
    return False
