"""A sorted set of document ids. In: ids. Out: the same, rising. Forbidden here: documents.

In chunks of neighbouring ids: adding and removing move at most one chunk's worth of memory, however
large the set, where one list of 100,000 ids costs a commit 50 us.
"""

from bisect import bisect_left, insort
from collections.abc import Iterator

_SHIFT = 9  # 512 ids a chunk


class Ids:
    __slots__ = ("_chunks", "_order", "_size")

    def __init__(self) -> None:
        self._chunks: dict[int, list[int]] = {}
        self._order: list[int] = []
        self._size = 0

    def add(self, doc_id: int) -> None:
        """`doc_id` is not in it yet."""
        chunk = self._chunks.get(doc_id >> _SHIFT)
        if chunk is None:
            self._chunks[doc_id >> _SHIFT] = [doc_id]
            insort(self._order, doc_id >> _SHIFT)
        else:
            insort(chunk, doc_id)
        self._size += 1

    def remove(self, doc_id: int) -> None:
        """`doc_id` is in it."""
        chunk = self._chunks[doc_id >> _SHIFT]
        del chunk[bisect_left(chunk, doc_id)]
        if not chunk:
            del self._chunks[doc_id >> _SHIFT]
            del self._order[bisect_left(self._order, doc_id >> _SHIFT)]
        self._size -= 1

    def __len__(self) -> int:
        return self._size

    def __iter__(self) -> Iterator[int]:
        for number in self._order:
            yield from self._chunks[number]
