"""How often Telegram may be called: rates as data, and what is left of them. Pure.

In: what began and ended when, with `now` as an argument. Out: when the next may begin. Forbidden
here: clocks, network, deliveries.

A call fills its place from the moment it begins until it has *ended* one window ago. Telegram
counts it somewhere between the two, so neither a slow network nor a clock that differs from
Telegram's can make us exceed a rate that we keep by this count.
"""

from collections import deque
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from storage.delivery import Urgency

METERS_LIMIT = 10_000


@dataclass(frozen=True)
class Window:
    """At most `count` calls in any `seconds`.

    The last `urgent_only` of them are kept for urgent ones, and `not_bulk` more are left by bulk.
    """

    count: int
    seconds: float
    urgent_only: int = 0
    not_bulk: int = 0

    def room(self, urgency: Urgency) -> int:
        """How many places this urgency may fill, at least 1."""
        match urgency:
            case Urgency.URGENT:
                return self.count
            case Urgency.NORMAL:
                return max(1, self.count - self.urgent_only)
            case Urgency.BULK:
                return max(1, self.count - self.urgent_only - self.not_bulk)


@dataclass(frozen=True)
class Rates:
    """What we allow ourselves: the letter of Telegram's FAQ (30 a second over all, one a second in
    a chat, 20 a minute in a group; edits count) without the bursts it lets through at times.

    Over all few places are kept: they come free again within the second, and the most urgent goes
    first then; so only what is urgent ever comes as near as that to Telegram's bound. In a group
    they come free within the minute only, so it keeps more of them.
    """

    overall: tuple[Window, ...] = (Window(30, 1.0, urgent_only=2),)
    private: tuple[Window, ...] = (Window(1, 1.0),)
    group: tuple[Window, ...] = (Window(1, 1.0), Window(20, 61.0, urgent_only=5, not_bulk=5))

    def of_chat(self, chat: int) -> tuple[Window, ...]:
        """Telegram's groups have negative ids."""
        return self.group if chat < 0 else self.private


class Meter:
    """What was used of some windows."""

    def __init__(self, windows: tuple[Window, ...]) -> None:
        self._windows = windows
        self._in_flight = 0
        self._ended: deque[datetime] = deque(maxlen=max(window.count for window in windows))

    def free_at(self, urgency: Urgency, now: datetime) -> datetime | None:
        """When a call may begin: `now`, later, or None: only after one under way has ended."""
        times = [self._free_in(window, urgency, now) for window in self._windows]
        return None if None in times else max(time for time in times if time is not None)

    def begin(self) -> None:
        self._in_flight += 1

    def end(self, now: datetime) -> None:
        self._in_flight -= 1
        self._ended.append(now)

    def unused(self, now: datetime) -> bool:
        """Nothing of it is filled: it may be forgotten."""
        longest_s = max(window.seconds for window in self._windows)
        return self._in_flight == 0 and not self._recent(longest_s, now)

    def _free_in(self, window: Window, urgency: Urgency, now: datetime) -> datetime | None:
        room = window.room(urgency)
        if self._in_flight >= room:
            return None
        recent = self._recent(window.seconds, now)
        over = self._in_flight + len(recent) - room
        if over < 0:
            return now
        return recent[over] + timedelta(seconds=window.seconds)

    def _recent(self, seconds: float, now: datetime) -> list[datetime]:
        since = now - timedelta(seconds=seconds)
        return [at for at in self._ended if at > since]


class Budget:
    """All meters: one over all, one for each chat. Meters of silent chats are forgotten."""

    def __init__(self, rates: Rates | None = None) -> None:
        self._rates = rates or Rates()
        self._overall = Meter(self._rates.overall)
        self._chats: dict[int, Meter] = {}

    def overall_free_at(self, urgency: Urgency, now: datetime) -> datetime | None:
        return self._overall.free_at(urgency, now)

    def chat_free_at(self, chat: int, urgency: Urgency, now: datetime) -> datetime | None:
        meter = self._chats.get(chat)
        return now if meter is None else meter.free_at(urgency, now)

    def begin(self, chat: int, now: datetime) -> None:
        """A call to the chat begins."""
        if chat not in self._chats:
            self._forget_silent(now)
            self._chats[chat] = Meter(self._rates.of_chat(chat))
        self._chats[chat].begin()
        self._overall.begin()

    def end(self, chat: int, now: datetime) -> None:
        """A call that had begun has ended, whatever came of it."""
        self._chats[chat].end(now)
        self._overall.end(now)

    def chats(self) -> Iterable[int]:
        """The chats remembered."""
        return self._chats.keys()

    def _forget_silent(self, now: datetime) -> None:
        if len(self._chats) >= METERS_LIMIT:
            self._chats = {c: m for c, m in self._chats.items() if not m.unused(now)}
