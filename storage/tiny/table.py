"""A TinyDB table with a key, value indexes and no O(n) path for what the store does.

In: rows. Out: rows by key or by indexed values, in the order they were first put. Forbidden here:
disk, models. TinyDB's own reading (`search`, `get`, `all`, `len`) works for whoever looks; its
writing is closed, since it would pass the journal by.
"""

from collections import deque
from collections.abc import Iterator, Mapping, Sequence
from itertools import count
from typing import Any, NoReturn, cast

from tinydb import TinyDB
from tinydb.storages import Storage
from tinydb.table import Table

from storage.port import INDEX_VALUE
from storage.tiny.ids import Ids
from storage.tiny.rows import Row, Rows, RowStorage

CHANGES_KEPT = 1_000
_NONE = Ids()
_VERSIONS = count(1)


def next_version() -> int:
    """One row of numbers for all tables and turns of the process: no two contents have the same."""
    return next(_VERSIONS)


def _bucket(value: INDEX_VALUE) -> object:
    # True == 1 in a dict, but not in a document.
    return (bool, value) if isinstance(value, bool) else value


class KeyedTable(Table):
    # A cached result would be handed to several callers by reference.
    default_query_cache_capacity = 0

    def __init__(
        self,
        storage: Storage,
        name: str,
        cache_size: int = 0,
        persist_empty: bool = False,
        indexed: Sequence[str] = (),
    ) -> None:
        super().__init__(storage, name, cache_size)
        self.indexed = tuple(indexed)
        self._rows = cast(RowStorage, storage).tables.setdefault(name, Rows())
        self._ids: dict[str, int] = {}
        self._buckets: tuple[dict[object, Ids], ...] = tuple({} for _ in self.indexed)
        self._last_id = 0
        # Versions with the key that was put; None: not known, or something was removed.
        self._changes: deque[tuple[int, str | None]] = deque(maxlen=CHANGES_KEPT)
        self._changed(None)

    @property
    def version(self) -> int:
        return self._changes[-1][0]

    @property
    def rows(self) -> Mapping[int, Row]:
        """By document id, in the order of first puts."""
        return self._rows.by_id

    def row(self, key: str) -> Row | None:
        doc_id = self._ids.get(key)
        return None if doc_id is None else self._rows.by_id[doc_id]

    def put(self, row: Row, doc_id: int | None = None) -> None:
        """Store the row; one under the same key is replaced in its place.

        `doc_id` is given when a snapshot is read: in rising order, never twice.
        """
        self._changed(row.key)
        known = self._ids.get(row.key)
        if known is None:
            known = self._last_id + 1 if doc_id is None else doc_id
            self._last_id = known
            self._ids[row.key] = known
            self._enter(known, row)
        elif (old := self._rows.by_id[known]).values != row.values:
            self._leave(known, old)
            self._enter(known, row)
        self._rows.by_id[known] = row

    def discard(self, key: str) -> None:
        doc_id = self._ids.pop(key, None)
        if doc_id is not None:
            self._changed(None)
            self._leave(doc_id, self._rows.by_id.pop(doc_id))

    def changed(self, since: int) -> tuple[str, ...] | None:
        """Keys put since that version; None: not known."""
        keys: list[str] = []
        for version, key in reversed(self._changes):
            if version == since:
                return tuple(dict.fromkeys(reversed(keys)))
            if key is None:
                return None
            keys.append(key)
        return None

    def matching(self, equal: Mapping[str, INDEX_VALUE]) -> Iterator[Row]:
        """Rows whose indexed values equal the given ones, oldest first put first.

        Walks the smallest index bucket, so the cost does not grow with the table.
        """
        by_id = self._rows.by_id
        if not equal:
            return iter(by_id.values())
        found = [
            self._buckets[self.indexed.index(name)].get(_bucket(value), _NONE)
            for name, value in equal.items()
        ]
        rows = (by_id[doc_id] for doc_id in min(found, key=len))
        return rows if len(found) == 1 else (row for row in rows if self.fits(row, equal))

    def fits(self, row: Row, equal: Mapping[str, INDEX_VALUE]) -> bool:
        return all(
            _bucket(row.values[self.indexed.index(name)]) == _bucket(value)
            for name, value in equal.items()
        )

    def tally(self, name: str, value: INDEX_VALUE) -> int:
        """How many rows have this indexed value; O(1)."""
        return len(self._buckets[self.indexed.index(name)].get(_bucket(value), _NONE))

    def place(self, key: str) -> int:
        """The document id of a key: rises in the order of first puts. A new key comes last."""
        return self._ids.get(key, self._last_id + 1)

    def get(self, cond: Any = None, doc_id: Any = None, doc_ids: Any = None) -> Any:
        """TinyDB's, without its walk through the whole table for `doc_ids`."""
        if cond is None and doc_id is None and doc_ids is not None:
            found = (super(KeyedTable, self).get(doc_id=one) for one in dict.fromkeys(doc_ids))
            return [document for document in found if document is not None]
        return super().get(cond, doc_id, doc_ids)

    def _changed(self, key: str | None) -> None:
        self._changes.append((next_version(), key))

    def _enter(self, doc_id: int, row: Row) -> None:
        for buckets, value in zip(self._buckets, row.values, strict=True):
            ids = buckets.get(_bucket(value))
            if ids is None:
                ids = buckets[_bucket(value)] = Ids()
            ids.add(doc_id)

    def _leave(self, doc_id: int, row: Row) -> None:
        for buckets, value in zip(self._buckets, row.values, strict=True):
            ids = buckets[_bucket(value)]
            ids.remove(doc_id)
            if not ids:
                del buckets[_bucket(value)]

    def _read_table(self) -> Any:
        return self._rows

    def _update_table(self, updater: Any) -> NoReturn:
        self._storage.write({})
        raise AssertionError("the storage refuses")


class KeyedDB(TinyDB):
    """TinyDB with keyed tables in memory."""

    table_class = KeyedTable

    def __init__(self) -> None:
        super().__init__(storage=RowStorage)
