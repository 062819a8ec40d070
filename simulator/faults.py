"""Scripted misfortune. In: faults set by a test or the page. Out: the one that hits this call, if
any.

Forbidden here: carrying it out; the server does that.
"""

from dataclasses import dataclass
from typing import Literal

MAX_FAULTS = 1_000

Kind = Literal["500", "502", "429", "timeout_before", "timeout_after", "cut_before", "cut_after"]
KINDS: tuple[Kind, ...] = (
    "500",
    "502",
    "429",
    "timeout_before",
    "timeout_after",
    "cut_before",
    "cut_after",
)
DONE_FIRST: frozenset[str] = frozenset({"timeout_after", "cut_after"})


@dataclass
class Fault:
    """Hits the next `times` calls of `method` (None: any) to `chat_id` (None: any).

    500 and 502 answer an error; 429 names `retry_after_s`; timeout_* answer nothing until `hang_s`
    of stand-in time have passed or the caller gives up; cut_* close the connection. *_before:
    nothing was done; *_after: it was.
    """

    kind: Kind
    method: str | None = None
    chat_id: int | None = None
    times: int = 1
    retry_after_s: int = 5
    hang_s: float = 120.0

    def hits(self, method: str, chat_id: int | None) -> bool:
        if self.times <= 0:
            return False
        if self.method is not None and self.method.lower() != method:
            return False
        return self.chat_id is None or self.chat_id == chat_id


class Faults:
    """The faults set, in order. MAX_FAULTS at most: ValueError."""

    def __init__(self) -> None:
        self._set: list[Fault] = []

    def set(self, fault: Fault) -> None:
        if fault.kind not in KINDS:
            raise ValueError(f"unknown fault {fault.kind!r}")
        self._set = [kept for kept in self._set if kept.times > 0]
        if len(self._set) >= MAX_FAULTS:
            raise ValueError("too many faults")
        self._set.append(fault)

    def clear(self) -> None:
        self._set.clear()

    def take(self, method: str, chat_id: int | None) -> Fault | None:
        """The first fault that hits a call of `method` (lower case); it has one time less then."""
        for fault in self._set:
            if fault.hits(method, chat_id):
                fault.times -= 1
                return fault
        return None
