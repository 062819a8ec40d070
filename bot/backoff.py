"""How long to wait before the next try. Pure. In: how many tries failed. Out: seconds."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Backoff:
    """Doubles from `first_s` up to `most_s`."""

    first_s: float
    most_s: float

    def delay_s(self, failures: int) -> float:
        """Seconds to wait after that many failures in a row (1 or more)."""
        return min(self.first_s * 2.0 ** min(failures - 1, 30), self.most_s)
