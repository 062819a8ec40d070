"""The line: whether Telegram answers, and what people have said meanwhile has been taken in.

In: that a call for updates was answered, or was not. Out: until when time must not pass. Forbidden
here: calling anybody.

Where the line is cut, people go on answering: what they press waits at Telegram. Nobody of them may
be escalated over, and nobody could be told of it either. So time waits for the line, as it does at
the start; but no longer than HELD_LIMIT, lest a fault of ours become silence.
"""

from collections.abc import Callable
from datetime import datetime, timedelta

from bot.clock import Clock

HELD_LIMIT = timedelta(hours=2)
# Beyond the longest call for updates; a machine that has slept has heard nothing for longer.
GRACE = timedelta(seconds=60)


class Line:
    """Up until something else is known. `poll_s`: how long Telegram may leave a call for updates
    without an answer when nothing happens. `machine_now`: the machine's own time, since a
    rehearsal's clock that is moved on has not slept."""

    def __init__(self, clock: Clock, machine_now: Callable[[], datetime], poll_s: float) -> None:
        self._clock = clock
        self._machine_now = machine_now
        self._patience = timedelta(seconds=poll_s) + GRACE
        self._answered_at: datetime | None = None
        self._cut = False
        self._down_at: datetime | None = None
        self._on_up: Callable[[], None] | None = None

    def listen(self, on_up: Callable[[], None]) -> None:
        """`on_up` is called whenever the line is up again."""
        self._on_up = on_up

    def answered(self) -> None:
        """Telegram has answered; all that waited there has been taken in."""
        was_down = self.is_down()
        self._answered_at, self._cut, self._down_at = self._machine_now(), False, None
        if was_down and self._on_up is not None:
            self._on_up()

    def unanswered(self) -> None:
        """A call has had no answer from Telegram at all."""
        self._cut = True

    def is_down(self) -> bool:
        """Whether people may have said what nobody here has heard."""
        if self._cut or self._answered_at is None:
            return self._cut
        return self._machine_now() - self._answered_at > self._patience

    def held_until(self) -> datetime | None:
        """Until when time must not pass unless the line is up before; None: it may."""
        if not self.is_down():
            return None
        now = self._clock.now()
        self._down_at = self._down_at or now
        until = self._down_at + HELD_LIMIT
        return until if now < until else None
