"""Documents as TinyDB holds them: JSON text in memory, parsed when somebody looks.

In: rows. Out: TinyDB's view of them. Forbidden here: disk, models.

JSON text cannot be changed through a reference, takes a fifth of the memory of dicts, and goes into
journal and snapshot as it is.
"""

import json
from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Any, NamedTuple, NoReturn

from tinydb.storages import Storage

from storage.port import INDEX_VALUE
from storage.tiny.lines import quoted


class Row(NamedTuple):
    """A document: key, JSON, values in the order of its kind's index, when it is due."""

    key: str
    json: bytes
    values: tuple[INDEX_VALUE, ...] = ()
    due: datetime | None = None


def keyed_json(row: Row) -> bytes:
    """The document with its key in front, as people and TinyDB see it: `{"_key":"12",...}`."""
    rest = row.json[1:]
    return b'{"_key":%s%s%s' % (quoted(row.key), b"" if rest == b"}" else b",", rest)


class Rows(Mapping[str, dict[str, Any]]):
    """A table the way TinyDB reads one: document ids as text to fresh dicts."""

    def __init__(self) -> None:
        self.by_id: dict[int, Row] = {}

    def __getitem__(self, doc_id: str) -> dict[str, Any]:
        document: dict[str, Any] = json.loads(keyed_json(self.by_id[int(doc_id)]))
        return document

    def __iter__(self) -> Iterator[str]:
        return map(str, self.by_id)

    def __len__(self) -> int:
        return len(self.by_id)


class RowStorage(Storage):
    """TinyDB's storage: every table's rows. Changes come in by `KeyedTable.put` and `discard`."""

    def __init__(self) -> None:
        self.tables: dict[str, Rows] = {}

    def read(self) -> dict[str, dict[str, Any]]:
        return self.tables  # type: ignore[return-value]  # TinyDB only reads it as a mapping

    def write(self, data: dict[str, dict[str, Any]]) -> NoReturn:
        raise PermissionError("the store changes by turns only; TinyDB's own writing is closed")
