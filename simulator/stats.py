"""What was counted while the stand-in ran, for tests and the page to ask. In: counts. Out: numbers.
Decides nothing.
"""

from collections import Counter, deque
from dataclasses import dataclass, field
from datetime import datetime

MAX_REFUSALS_KEPT = 10_000
MAX_ERROR_TEXTS = 1_000
OTHER_ERRORS = "other"


@dataclass(frozen=True)
class TooMany:
    """One 429 that was given."""

    method: str
    chat_id: int | None
    at: datetime
    retry_after_s: int
    scripted: bool


@dataclass
class Stats:
    """Counts since the start. Of refusals the last MAX_REFUSALS_KEPT are kept; `too_many_count`
    counts all.
    """

    calls: Counter[str] = field(default_factory=Counter)
    errors: Counter[str] = field(default_factory=Counter)
    too_many: deque[TooMany] = field(default_factory=lambda: deque(maxlen=MAX_REFUSALS_KEPT))
    too_many_count: int = 0
    updates_made: int = 0
    updates_dropped_full: int = 0
    updates_expired: int = 0
    webhook_given_up: int = 0
    messages_forgotten: int = 0

    def count_call(self, method: str) -> None:
        self.calls[method] += 1

    def count_error(self, description: str) -> None:
        """At MAX_ERROR_TEXTS different ones the rest is counted together."""
        known = description in self.errors or len(self.errors) < MAX_ERROR_TEXTS
        self.errors[description if known else OTHER_ERRORS] += 1

    def refuse(self, refusal: TooMany) -> None:
        self.too_many.append(refusal)
        self.too_many_count += 1
