"""Who must be left alone, and until when: after a 429, after server trouble, without a line. Pure.

In: what calls came to, with `now`. Out: the times before which nothing may begin. Forbidden here:
waiting.

Trouble that meets SEVERAL chats within SEVERAL_WITHIN and no success in between is taken to concern
everything; then one call at a time tries the line until one is answered.
"""

from collections import deque
from datetime import datetime, timedelta

from bot.backoff import Backoff

SEVERAL = 3
SEVERAL_WITHIN = timedelta(seconds=10)
CHAT = Backoff(first_s=1.0, most_s=60.0)
LINE = Backoff(first_s=1.0, most_s=10.0)
CHATS_LIMIT = 10_000
PAST_RETRY_S = 0.5  # Telegram names whole seconds; a call on the dot may still be early


class Holds:
    """Holds on chats and on everything. At CHATS_LIMIT chats the expired holds are forgotten."""

    def __init__(self) -> None:
        self._chats: dict[int, datetime] = {}
        self._chat_failures: dict[int, int] = {}
        self._flooded_until: datetime | None = None
        self._line_until: datetime | None = None
        self._line_failures = 0
        self._recent: deque[tuple[datetime, int]] = deque(maxlen=SEVERAL * 10)
        self.probing = False

    def chat_until(self, chat: int, now: datetime) -> datetime | None:
        """The chat is left alone until then; None: it is free."""
        until = self._chats.get(chat)
        return until if until is not None and until > now else None

    def everything_until(self, now: datetime) -> datetime | None:
        """Everything is left alone until then; None: it is free."""
        times = [at for at in (self._flooded_until, self._line_until) if at is not None]
        until = max(times, default=None)
        return until if until is not None and until > now else None

    def answered(self, chat: int, now: datetime) -> None:
        """Telegram answered a call to the chat in earnest: the line and the chat work."""
        self._chats.pop(chat, None)
        self._chat_failures.pop(chat, None)
        self._recent.clear()
        self._line_until = None
        self._line_failures = 0
        if self._flooded_until is None or self._flooded_until <= now:
            self._flooded_until = None
            self.probing = False

    def flooded(self, chat: int, retry_after_s: float, now: datetime) -> None:
        """429: Telegram asks for silence in this chat, or in all when several chats get it."""
        until = now + timedelta(seconds=retry_after_s + PAST_RETRY_S)
        self._hold_chat(chat, until, now)
        if self._several(chat, now) or self._flooded_until is not None:
            self._flooded_until = max(until, self._flooded_until or until)
            self.probing = True

    def server_trouble(self, chat: int, now: datetime) -> None:
        """5xx: the chat waits, longer each time; everything does when several chats get it."""
        failures = self._chat_failures.get(chat, 0) + 1
        self._chat_failures[chat] = failures
        self._hold_chat(chat, now + timedelta(seconds=CHAT.delay_s(failures)), now)
        if self._several(chat, now):
            self.no_line(now)

    def no_line(self, now: datetime) -> None:
        """No connection: nobody can be reached; calls that were under way too count once."""
        if self._line_until is not None and self._line_until > now:
            return
        self._line_failures += 1
        self._line_until = now + timedelta(seconds=LINE.delay_s(self._line_failures))
        self.probing = True

    def _hold_chat(self, chat: int, until: datetime, now: datetime) -> None:
        if len(self._chats) >= CHATS_LIMIT:
            self._chats = {c: at for c, at in self._chats.items() if at > now}
            self._chat_failures = {c: self._chat_failures.get(c, 0) for c in self._chats}
        self._chats[chat] = until

    def _several(self, chat: int, now: datetime) -> bool:
        self._recent.append((now, chat))
        since = now - SEVERAL_WITHIN
        return len({c for at, c in self._recent if at >= since}) >= SEVERAL
