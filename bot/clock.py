"""The clock port: what time it is, and waiting.

In: nothing. Out: UTC times. Forbidden here: any knowledge of incidents. Real time, a rehearsal's
faster time and a test's fake time are implementations of one port, so that budgets, deadlines and
long waits all follow the same time.
"""

from collections.abc import Callable
from datetime import datetime
from typing import Protocol


class Clock(Protocol):
    def now(self) -> datetime:
        """The time, aware, UTC."""
        ...

    async def wait(self, seconds: float) -> None:
        """Return when that many of this clock's seconds have passed; 0 or less: at once."""
        ...

    def arm(self, at: datetime, wake: Callable[[], None]) -> None:
        """Call `wake` in the event loop once at or after `at`; replaces what was armed before.

        Late is never dropped: a time in the past wakes at once.
        """
        ...

    def disarm(self) -> None:
        """Forget what was armed."""
        ...
