"""The turn: one input, one decision, one commit. The program on a page.

In: an update, a document whose time has come, a delivery that failed, a group that moved. Out:
everything that follows, on disk as one unit; only then may the input be confirmed. Forbidden here:
the network, wording, rules.
"""

import logging
from collections.abc import Awaitable, Callable
from typing import Any

from telegram import Bot, Update

from bot.clock import Clock
from bot.outbox import Failure
from handlers.context import SCENE, App, Scene
from handlers.desk import Desk
from handlers.directory.stale import begin_rounds
from handlers.due import come_due
from handlers.groups.moving import migrate
from handlers.incidents.versions import keep_in_force
from handlers.losses import lost
from handlers.parking import park
from handlers.routines.running import plan_ahead
from storage.delivery import Delivery
from storage.port import Conflict, Due, Store, StoreFailed, Turn

log = logging.getLogger(__name__)

TRIES = 5


class HandlerFailed(Exception):
    """A handler raised; nothing of its turn was committed."""


class Turns:
    """Takes inputs, each in a turn of its own. Taking the same input again changes nothing."""

    def __init__(self, store: Store, desk: Desk, application: App, clock: Clock) -> None:
        self._store = store
        self._desk = desk
        self._application = application
        self._clock = clock

    async def take_update(self, raw: dict[str, Any]) -> None:
        """An update from Telegram. One that cannot be handled is parked with its error."""
        input_id = f"update:{raw['update_id']}"
        try:
            await self._take(None if _only_moves(raw) else input_id, lambda t: self._talk(raw, t))
        except StoreFailed:
            raise
        except Exception as error:
            log.exception("an update was parked", extra={"update": raw["update_id"]})
            words = f"{type(error).__name__}: {error}"
            await self._take(input_id, lambda t: park(t, self._desk, input_id, raw, words))

    async def take_due(self, due: Due) -> None:
        """A document whose time has come; nothing happens when it has changed meanwhile."""
        await self._take(None, lambda turn: come_due(turn, self._desk, due))

    async def take_routines(self) -> None:
        """The process begins: the plans it has are in force from now on, and what the clock will
        begin is planned ahead."""
        await self._take(None, lambda turn: keep_in_force(turn, self._desk))
        await self._take(None, lambda turn: plan_ahead(turn, self._desk))
        await self._take(None, lambda turn: begin_rounds(turn, self._desk))

    async def take_failure(self, delivery: Delivery, failure: Failure) -> None:
        """A delivery given up: whoever waited for it goes on to the next in line."""
        gone = failure.concerns_chat
        await self._take(
            f"failed:{delivery.id}", lambda turn: lost(turn, self._desk, delivery, gone=gone)
        )

    async def take_migration(self, old: int, new: int) -> None:
        """A group became a supergroup with another id."""

        async def moved(turn: Turn) -> None:
            await migrate(turn, await self._desk.roster(turn), old, new)

        await self._take(f"migrated:{old}:{new}", moved)

    async def _take(self, input_id: str | None, work: Callable[[Turn], Awaitable[None]]) -> None:
        for attempt in range(1, TRIES + 1):
            try:
                async with self._store.turn(input_id, at=self._clock.now()) as turn:
                    if not turn.already_taken:
                        await work(turn)
                return
            except Conflict:
                if attempt == TRIES:
                    raise

    async def _talk(self, raw: dict[str, Any], turn: Turn) -> None:
        """Let the handlers work on it; their exceptions fail the turn."""
        bot: Bot = self._application.bot
        update = Update.de_json(raw, bot)
        scene = Scene(turn, self._desk, bot.username)
        token = SCENE.set(scene)
        try:
            await self._application.process_update(update)
        finally:
            SCENE.reset(token)
        if scene.error is not None:
            raise HandlerFailed(type(scene.error).__name__) from scene.error


def migration_in(raw: dict[str, Any]) -> tuple[int, int] | None:
    """The old and the new id, when the update says that a group has become a supergroup."""
    message = raw.get("message")
    if not isinstance(message, dict) or not isinstance(message.get("chat"), dict):
        return None
    old, new = message["chat"].get("id"), message.get("migrate_to_chat_id")
    return (old, new) if isinstance(old, int) and isinstance(new, int) else None


def _only_moves(raw: dict[str, Any]) -> bool:
    """A live location that goes on: most are dropped on purpose and worth no commit; taking one
    twice does nothing, since the place is there already."""
    edited = raw.get("edited_message")
    return isinstance(edited, dict) and "location" in edited
