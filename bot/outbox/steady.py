"""A time for budgets and holds that never goes back.

In: a clock that may be set back (a wrong clock corrected by the network). Out: a time that goes on
from where it was. Forbidden here: what is written to the store; that carries the real time.

Without it, a clock set back by an hour would silence the bot for an hour: all it has sent would lie
in the future.
"""

from datetime import datetime, timedelta

from bot.clock import Clock


class SteadyTime:
    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._ahead = timedelta(0)
        self._latest = clock.now()

    def now(self) -> datetime:
        """The clock's time, plus as much as it was ever set back."""
        now = self._clock.now() + self._ahead
        if now < self._latest:
            self._ahead += self._latest - now
            now = self._latest
        self._latest = now
        return now
