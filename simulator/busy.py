"""How many calls are being handled now. In: begin and end. Out: a count, and a beat at each
change.
"""

from collections.abc import Iterator
from contextlib import contextmanager

from simulator.pulse import Pulse


class Busy:
    """Calls under way. One that waits (a long poll, a scripted hang) does not count while it
    waits.
    """

    def __init__(self, pulse: Pulse) -> None:
        self.count = 0
        self._pulse = pulse

    @contextmanager
    def handling(self) -> Iterator[None]:
        self.count += 1
        self._pulse.beat()
        try:
            yield
        finally:
            self.count -= 1
            self._pulse.beat()

    @contextmanager
    def waiting(self) -> Iterator[None]:
        """Inside `handling`: this call waits."""
        self.count -= 1
        self._pulse.beat()
        try:
            yield
        finally:
            self.count += 1
            self._pulse.beat()
