"""The queue of updates a bot has not confirmed. In: updates made by what people do. Out: batches by
offset.

An update stays until the offset moves past it (or a webhook answers 2xx), or for 24 hours of
stand-in time. Forbidden here: waiting, HTTP, and knowing what an update means.
"""

import itertools
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from simulator.clock import SimClock
from simulator.stats import Stats

KEPT_S = 86_400
MAX_BATCH = 100
FUTURE_TOLERANCE = 10

KINDS = (
    "message",
    "edited_message",
    "channel_post",
    "edited_channel_post",
    "business_connection",
    "business_message",
    "edited_business_message",
    "deleted_business_messages",
    "guest_message",
    "message_reaction",
    "message_reaction_count",
    "inline_query",
    "chosen_inline_result",
    "callback_query",
    "shipping_query",
    "pre_checkout_query",
    "purchased_paid_media",
    "poll",
    "poll_answer",
    "my_chat_member",
    "chat_member",
    "chat_join_request",
    "chat_boost",
    "removed_chat_boost",
    "managed_bot",
)
NOT_BY_DEFAULT = frozenset({"chat_member", "message_reaction", "message_reaction_count"})
DEFAULT_KINDS = frozenset(KINDS) - NOT_BY_DEFAULT


@dataclass(frozen=True)
class Update:
    """One update; `lane` is the chat (or person) whose updates a webhook gets in order."""

    update_id: int
    kind: str
    body: Any
    lane: int
    expires_at: int

    def shape(self) -> dict[str, Any]:
        """The Bot API's Update object."""
        return {"update_id": self.update_id, self.kind: self.body}


class UpdateQueue:
    """Updates in order of id. At `most` new ones are dropped and counted, as Telegram's own
    queue does.
    """

    def __init__(
        self, clock: SimClock, stats: Stats, most: int, first_id: int = 100_000_001
    ) -> None:
        self._most = most
        self._clock = clock
        self._stats = stats
        self._waiting: OrderedDict[int, Update] = OrderedDict()
        self._next_id = first_id
        self.allowed: frozenset[str] = DEFAULT_KINDS
        self.on_add: Callable[[Update], None] = lambda update: None
        self.on_change: Callable[[], None] = lambda: None

    def __len__(self) -> int:
        self._drop_expired()
        return len(self._waiting)

    def add(self, kind: str, body: Any, lane: int = 0) -> int | None:
        """Queue an update and return its id; None when the bot does not want this kind or the queue
        is full.
        """
        if kind in KINDS and kind not in self.allowed:
            return None
        if len(self) >= self._most:
            self._stats.updates_dropped_full += 1
            return None
        update = Update(self._next_id, kind, body, lane, self._clock.timestamp() + KEPT_S)
        self._next_id += 1
        self._waiting[update.update_id] = update
        self._stats.updates_made += 1
        self.on_add(update)
        self.on_change()
        return update.update_id

    def allow(self, kinds: list[str] | None) -> None:
        """Remember which kinds the bot wants from now on: None leaves it, an empty list means the
        default.
        """
        if kinds is None:
            return
        wanted = frozenset(kind.lower() for kind in kinds if isinstance(kind, str)) & frozenset(
            KINDS
        )
        self.allowed = wanted or DEFAULT_KINDS

    def get(self, offset: int, limit: int) -> list[Update]:
        """Confirm what lies below `offset`, then return the first `limit` that wait.

        0 confirms nothing; a negative offset keeps only that many from the end. An offset more than
        FUTURE_TOLERANCE beyond the last id is not believed (ids have restarted): nothing is
        confirmed.
        """
        self._drop_expired()
        if offset < 0:
            self._keep_last(-offset)
        elif 0 < offset <= self._next_id + FUTURE_TOLERANCE:
            self._forget_below(offset)
        return list(itertools.islice(self._waiting.values(), limit))

    def find(self, update_id: int) -> Update | None:
        """An update that still waits."""
        self._drop_expired()
        return self._waiting.get(update_id)

    def confirm_one(self, update_id: int) -> None:
        """Forget one update, wherever it stands: a webhook has taken it or it was given up."""
        self._waiting.pop(update_id, None)
        self.on_change()

    def waiting(self) -> list[Update]:
        self._drop_expired()
        return list(self._waiting.values())

    def clear(self) -> None:
        self._waiting.clear()
        self.on_change()

    def restart_ids(self, next_id: int) -> None:
        """Go on from another id, as Telegram does after a week without updates. Only on an empty
        queue.
        """
        if self._waiting:
            raise RuntimeError("ids restart only when nothing waits")
        self._next_id = next_id

    def _keep_last(self, count: int) -> None:
        while len(self._waiting) > count:
            self._waiting.popitem(last=False)
        self.on_change()

    def _forget_below(self, offset: int) -> None:
        while (first := self._first()) is not None and first.update_id < offset:
            self._waiting.popitem(last=False)
        self.on_change()

    def _drop_expired(self) -> None:
        if not self._waiting:
            return
        now = self._clock.timestamp()
        while (first := self._first()) is not None and first.expires_at <= now:
            self._waiting.popitem(last=False)
            self._stats.updates_expired += 1

    def _first(self) -> Update | None:
        return next(iter(self._waiting.values()), None)
