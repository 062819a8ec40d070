"""Telegram's rates, as data, and who is over them. In: a call that sends or edits. Out: seconds to
wait, or none.

The true limits vary and are not documented; these are the ones Telegram's FAQ names. Every sending
and editing call that reaches a chat counts, also one that is refused later. Forbidden here:
waiting.
"""

import math
from collections import OrderedDict, deque
from dataclasses import dataclass
from datetime import datetime, timedelta


@dataclass(frozen=True)
class Limits:
    """Rates; None means no limit.

    `retry_grows_after_s`: calls made within this time of a 429 were under way already and make
    nothing worse; later ones, made although the wait was named, double the wait each time, up to
    `retry_max_s`.
    """

    overall_per_s: int | None = 30
    private_per_s: float | None = 1.0
    private_burst: int = 5
    group_per_min: int | None = 20
    retry_grows_after_s: float = 1.0
    retry_max_s: int = 3600

    @classmethod
    def telegram(cls) -> "Limits":
        """As Telegram's FAQ has them, with the short bursts it lets through."""
        return cls()

    @classmethod
    def strict(cls) -> "Limits":
        """No bursts: to see that a bot would keep even the letter of the FAQ."""
        return cls(private_burst=1)

    @classmethod
    def none(cls) -> "Limits":
        """No limits."""
        return cls(overall_per_s=None, private_per_s=None, group_per_min=None)


class _Window:
    """At most `count` in any `span_s` seconds."""

    def __init__(self, count: int, span_s: float) -> None:
        self._count = count
        self._span = timedelta(seconds=span_s)
        self._taken: deque[datetime] = deque()

    def wait_s(self, now: datetime) -> float:
        while self._taken and self._taken[0] <= now - self._span:
            self._taken.popleft()
        if len(self._taken) < self._count:
            return 0.0
        return (self._taken[0] + self._span - now).total_seconds()

    def take(self, now: datetime) -> None:
        self._taken.append(now)


class _Bucket:
    """`burst` at once, refilled at `per_s`."""

    def __init__(self, per_s: float, burst: int) -> None:
        self._per_s = per_s
        self._burst = float(burst)
        self._level = float(burst)
        self._at: datetime | None = None

    def wait_s(self, now: datetime) -> float:
        if self._at is not None:
            filled = self._level + (now - self._at).total_seconds() * self._per_s
            self._level = min(self._burst, filled)
        self._at = now
        missing = 1.0 - self._level
        return max(0.0, missing / self._per_s) if missing > 1e-9 else 0.0

    def take(self, now: datetime) -> None:
        self._level -= 1.0


@dataclass
class _Hold:
    """A chat (or everything) that was told to wait."""

    since: datetime
    until: datetime
    named_s: int


class Limiter:
    """Counts calls against `limits`. Of more than `most_chats` chats the one not heard of longest
    is forgotten.
    """

    def __init__(self, limits: Limits, most_chats: int = 50_000) -> None:
        self.limits = limits
        self._most_chats = most_chats
        self._overall = None if limits.overall_per_s is None else _Window(limits.overall_per_s, 1.0)
        self._chats: OrderedDict[int, _Window | _Bucket] = OrderedDict()
        self._holds: dict[int | None, _Hold] = {}

    def admit(self, chat_id: int, now: datetime) -> int | None:
        """None when the call may go on (it is counted then), else the `retry_after` in whole
        seconds.
        """
        for held in (None, chat_id):
            hold = self._holds.get(held)
            if hold is not None and now < hold.until:
                return self._ignored(hold, now)
        chat = self._chat(chat_id)
        for key, rule in ((None, self._overall), (chat_id, chat)):
            wait_s = 0.0 if rule is None else rule.wait_s(now)
            if wait_s > 0:
                return self._hold(key, now, max(1, math.ceil(wait_s)))
        self._holds.pop(chat_id, None)
        self._holds.pop(None, None)
        for counted in (self._overall, chat):
            if counted is not None:
                counted.take(now)
        return None

    def _hold(self, key: int | None, now: datetime, wait_s: int) -> int:
        self._holds[key] = _Hold(now, now + timedelta(seconds=wait_s), wait_s)
        return wait_s

    def _ignored(self, hold: _Hold, now: datetime) -> int:
        grace = timedelta(seconds=self.limits.retry_grows_after_s)
        if now - hold.since < grace:
            return max(1, math.ceil((hold.until - now).total_seconds()))
        hold.named_s = min(hold.named_s * 2, self.limits.retry_max_s)
        hold.since = now
        hold.until = now + timedelta(seconds=hold.named_s)
        return hold.named_s

    def _chat(self, chat_id: int) -> _Window | _Bucket | None:
        if chat_id not in self._chats:
            made = self._new_rule(chat_id)
            if made is None:
                return None
            self._chats[chat_id] = made
            if len(self._chats) > self._most_chats:
                forgotten, _ = self._chats.popitem(last=False)
                self._holds.pop(forgotten, None)
        self._chats.move_to_end(chat_id)
        return self._chats[chat_id]

    def _new_rule(self, chat_id: int) -> _Window | _Bucket | None:
        limits = self.limits
        if chat_id > 0:
            if limits.private_per_s is None:
                return None
            return _Bucket(limits.private_per_s, limits.private_burst)
        return None if limits.group_per_min is None else _Window(limits.group_per_min, 60.0)
