"""Between frozen models and rows. In: documents or JSON. Out: the other. Forbidden here: disk.

A document is read back while it is put, so that nothing gets in that could not be read again.
"""

from datetime import datetime
from typing import Any, Generic, cast

from pydantic import ValidationError

from storage.port import DELIVERIES, SLOTS, D, Entry, Kind
from storage.tiny.limits import KEY_LIMIT
from storage.tiny.refusal import OtherVersion
from storage.tiny.rows import Row
from storage.tiny.table import KeyedTable

TIMELINE = Kind(
    "timeline",
    Entry,
    key=lambda e: f"{e.incident}/{e.n}",
    indexed={"incident": lambda e: e.incident},
)
OWN_KINDS: tuple[Kind[Any], ...] = (DELIVERIES, SLOTS, TIMELINE)


def check_key(key: str, what: str) -> None:
    """ValueError: not of 1-200 characters."""
    if not 1 <= len(key) <= KEY_LIMIT:
        raise ValueError(f"{what} must have 1-{KEY_LIMIT} characters, not {len(key)}")


class Codec(Generic[D]):
    """Rows of one kind, and the table that holds them."""

    def __init__(self, kind: Kind[D], table: KeyedTable) -> None:
        self.kind = kind
        self.table = table
        # The model's methods, without the cost of their many options on every call.
        self._to_json = kind.model.__pydantic_serializer__.to_json
        self._from_json = kind.model.__pydantic_validator__.validate_json
        self._values = tuple(kind.indexed.values())

    def row(self, document: D) -> Row:
        """TypeError: another model's. ValueError: it could not be read again, or a bad key."""
        if type(document) is not self.kind.model:
            raise TypeError(f"{self.kind.name} holds {self.kind.model.__name__} documents only")
        json = self._to_json(document, by_alias=True, round_trip=True, warnings=False)
        try:
            kept = self._from_json(json)
        except ValidationError as error:
            raise ValueError(
                f"{self.kind.name}: a document that could not be read again: {_reasons(error)}"
            ) from None
        return self._row(kept, json)

    def row_of_json(self, key: str, json: bytes) -> Row:
        """OtherVersion: it does not fit the model, or has another key."""
        row = self._row(self._read(key, json), json)
        if row.key != key:
            raise OtherVersion(f"{self.kind.name} {key!r}: this version would call it {row.key!r}")
        return row

    def document(self, row: Row) -> D:
        """A fresh model: shares nothing with the store."""
        return self._read(row.key, row.json)

    def _read(self, key: str, json: bytes) -> D:
        try:
            return cast(D, self._from_json(json))
        except ValidationError as error:
            raise OtherVersion(
                f"{self.kind.name} {key!r} does not fit this version: {_reasons(error)}"
            ) from None

    def _row(self, document: D, json: bytes) -> Row:
        key = self.kind.key(document)
        check_key(key, f"a key of {self.kind.name}")
        due = self.kind.due(document) if self.kind.due else None
        return Row(key, json, tuple(value(document) for value in self._values), _aware(due))


def _aware(due: datetime | None) -> datetime | None:
    if due is not None and due.tzinfo is None:
        raise ValueError("a due time must be aware")
    return due


def _reasons(error: ValidationError) -> str:
    # Never the input: it may be a phone number or what somebody wrote.
    shown = error.errors(include_url=False, include_input=False, include_context=False)[:5]
    return "; ".join(f"{'.'.join(map(str, e['loc']))}: {e['msg']}" for e in shown)
