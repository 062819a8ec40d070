"""Which document is due next. In: due times by kind and key. Out: the earliest. Forbidden: clocks.

A heap with lazy deletion: a change leaves its old heap entry behind, which is dropped when it comes
up or when stale entries outnumber the live ones.
"""

from datetime import datetime
from heapq import heapify, heappop, heappush

from storage.port import Due

_SLACK = 1024


class DueHeap:
    def __init__(self) -> None:
        self._at: dict[tuple[str, str], datetime] = {}
        self._heap: list[tuple[datetime, str, str]] = []

    @property
    def size(self) -> int:
        """Heap entries, stale ones too: at most twice what is due and 1,024 more."""
        return len(self._heap)

    def set(self, kind: str, key: str, at: datetime | None) -> bool:
        """True when this changed something."""
        if self._at.get((kind, key)) == at:
            return False
        if at is None:
            del self._at[kind, key]
        else:
            self._at[kind, key] = at
            heappush(self._heap, (at, kind, key))
        if len(self._heap) > 2 * len(self._at) + _SLACK:
            self._heap = [(at, kind, key) for (kind, key), at in self._at.items()]
            heapify(self._heap)
        return True

    def earliest(self) -> datetime | None:
        while self._heap:
            at, kind, key = self._heap[0]
            if self._at.get((kind, key)) == at:
                return at
            heappop(self._heap)
        return None

    def until(self, at: datetime, limit: int) -> list[Due]:
        """Due at or before `at`, earliest first, at most `limit`."""
        found: dict[tuple[datetime, str, str], Due] = {}
        while self._heap and self._heap[0][0] <= at and len(found) < limit:
            entry = heappop(self._heap)
            when, kind, key = entry
            if self._at.get((kind, key)) == when:
                found[entry] = Due(kind, key, when)
        for entry in found:
            heappush(self._heap, entry)
        return list(found.values())
