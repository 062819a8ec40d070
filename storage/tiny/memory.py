"""The whole working set in memory. In: changes. Out: rows, views. Forbidden here: disk, waiting.

Holds what is committed or about to be; a turn keeps its own changes to itself until its block ends.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, cast

from storage.port import TAKEN_LIMIT, D, Kind
from storage.tiny.changes import Changes
from storage.tiny.codec import OWN_KINDS, Codec
from storage.tiny.due import DueHeap
from storage.tiny.rows import Row
from storage.tiny.table import KeyedDB, KeyedTable


@dataclass(frozen=True)
class View:
    """Everything as of one commit, `seq`. Tables are document id to row."""

    seq: int
    tables: Mapping[str, Mapping[int, Row]]
    counters: Mapping[str, int]
    taken: Sequence[str]


class Memory:
    """`db` is a TinyDB to look into; `seq` is the number of the last commit."""

    def __init__(self, kinds: Sequence[Kind[Any]]) -> None:
        self.db = KeyedDB()
        self.seq = 0
        self.counters: dict[str, int] = {}
        self.taken: dict[str, None] = {}
        self.due = DueHeap()
        self._codecs: dict[str, Codec[Any]] = {}
        for kind in (*OWN_KINDS, *(k for k in kinds if k not in OWN_KINDS)):
            if kind.name in self._codecs or kind.name.startswith("_"):
                raise ValueError(f"two kinds named {kind.name!r}, or a reserved name")
            self.db.table(kind.name, indexed=tuple(kind.indexed))
            self._codecs[kind.name] = Codec(kind, self.table(kind.name))

    def codec(self, kind: Kind[D]) -> Codec[D]:
        """KeyError: the store was not opened with this kind."""
        return cast(Codec[D], self._codecs[kind.name])

    def table(self, name: str) -> KeyedTable:
        return cast(KeyedTable, self.db.table(name))

    def apply(self, changes: Changes) -> bool:
        """Take in one commit; True when due times changed."""
        self.seq += 1
        due_changed = False
        for kind, rows in changes.rows.items():
            table = self.table(kind)
            for key, row in rows.items():
                if row is None:
                    table.discard(key)
                else:
                    table.put(row)
                due_changed |= self.due.set(kind, key, row and row.due)
        self.counters.update(changes.counters)
        if changes.input_id:
            self.take(changes.input_id)
        return due_changed

    def take(self, input_id: str) -> None:
        """Remember an input; beyond TAKEN_LIMIT the oldest is forgotten."""
        self.taken[input_id] = None
        if len(self.taken) > TAKEN_LIMIT:
            del self.taken[next(iter(self.taken))]

    def load(self, name: str, doc_id: int | None, key: str, json: bytes) -> None:
        """Take in a document from disk; of a kind nobody knows it is kept as it is.

        OtherVersion: it does not fit its kind.
        """
        codec = self._codecs.get(name)
        row = codec.row_of_json(key, json) if codec else Row(key, json)
        self.table(name).put(row, doc_id)
        self.due.set(name, key, row.due)

    def view(self) -> View:
        tables = {table.name: dict(table.rows) for table in self._tables()}
        return View(self.seq, tables, dict(self.counters), tuple(self.taken))

    def _tables(self) -> Iterator[KeyedTable]:
        return (self.table(name) for name in self.db.storage.read() or {})
