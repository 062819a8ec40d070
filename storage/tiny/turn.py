"""A turn on the embedded store. In: reads and writes of one input. Out: its changes.

Forbidden here: the shared state's change (that is the store's, when the block has ended) and the
disk. The turn's own writes lie over what is stored, so that a block that raises leaves nothing.
"""

from collections.abc import Container, Iterable, Iterator, Sequence
from datetime import datetime
from heapq import merge
from itertools import islice
from operator import itemgetter
from typing import Any

from storage.delivery import Answer, Delivery
from storage.port import DELIVERIES, FIND_LIMIT, INDEX_VALUE, D, Entry, Kind
from storage.tiny.changes import Changes
from storage.tiny.codec import TIMELINE, Codec, check_key
from storage.tiny.memory import Memory
from storage.tiny.rows import Row
from storage.tiny.table import next_version


class TinyTurn:
    def __init__(
        self, memory: Memory, archived: Container[int], input_id: str | None, at: datetime
    ) -> None:
        self._memory = memory
        self._archived = archived
        self._at = at
        self._already_taken = input_id in memory.taken
        self._changes = Changes(at, None if self._already_taken else input_id)
        self._open = True
        self._versions: dict[str, int] = {}
        self._entries: list[tuple[Entry, Row]] = []
        self.deliveries: list[Delivery] = []
        self.answers: list[Answer] = []

    @property
    def at(self) -> datetime:
        return self._at

    @property
    def already_taken(self) -> bool:
        return self._already_taken

    async def get(self, kind: Kind[D], key: str) -> D | None:
        row = self._row(kind, key)
        return None if row is None else self._memory.codec(kind).document(row)

    async def find(
        self, kind: Kind[D], *, limit: int = FIND_LIMIT, **equal: INDEX_VALUE
    ) -> list[D]:
        self._check_open()
        codec = self._memory.codec(kind)
        if unknown := equal.keys() - set(codec.table.indexed):
            raise ValueError(f"{kind.name} is not indexed by {', '.join(sorted(unknown))}")
        if not 1 <= limit <= FIND_LIMIT:
            raise ValueError(f"a limit of 1-{FIND_LIMIT}, not {limit}")
        rows = islice(self._matching(codec, equal), limit)
        return [codec.document(row) for row in rows]

    def version(self, kind: Kind[D]) -> int:
        self._check_open()
        own = self._versions.get(kind.name)
        return self._memory.codec(kind).table.version if own is None else own

    def changed(self, kind: Kind[D], since: int) -> Sequence[str] | None:
        self._check_open()
        stored = self._memory.codec(kind).table.changed(since)
        own = self._changes.rows.get(kind.name, {})
        if stored is None or None in own.values():
            return None
        return tuple(dict.fromkeys((*stored, *own)))

    def has_changed(self, kind: Kind[D]) -> bool:
        self._check_open()
        return kind.name in self._versions

    def put(self, kind: Kind[D], document: D) -> None:
        self._check_open()
        row = self._memory.codec(kind).row(document)
        self._own(kind)[row.key] = row

    def remove(self, kind: Kind[D], key: str) -> None:
        check_key(key, f"a key of {kind.name}")
        if self._row(kind, key) is not None:
            self._own(kind)[key] = None

    def drop(self, kind: str, keys: Iterable[str]) -> None:
        """Remove documents that are known to be there."""
        self._rows(kind).update(dict.fromkeys(keys))

    async def next_number(self, counter: str) -> int:
        self._check_open()
        check_key(counter, "a counter's name")
        counters = self._changes.counters
        counters[counter] = counters.get(counter, self._memory.counters.get(counter, 0)) + 1
        return counters[counter]

    def remember(self, entry: Entry) -> None:
        self._check_open()
        self._entries.append((entry, self._memory.codec(TIMELINE).row(entry)))

    async def timeline(self, incident: int) -> list[Entry]:
        self._check_open()
        codec = self._memory.codec(TIMELINE)
        stored = self._memory.codec(TIMELINE).table.matching({"incident": incident})
        own = (row for entry, row in self._entries if entry.incident == incident)
        return [codec.document(row) for row in (*stored, *own)]

    def deliver(self, delivery: Delivery) -> None:
        if self._row(DELIVERIES, delivery.id) is not None:
            raise ValueError(f"there is a delivery {delivery.id!r} already")
        self.put(DELIVERIES, delivery)
        self.deliveries.append(delivery)

    def answer(self, answer: Answer) -> None:
        self._check_open()
        self.answers.append(answer)

    def end(self) -> None:
        """The block is over: whoever still holds the turn can do nothing with it."""
        self._open = False

    def changes(self) -> Changes:
        """Everything the turn changes. ValueError: an entry that is not its timeline's next."""
        table = self._memory.codec(TIMELINE).table
        counts: dict[int, int] = {}
        for entry, row in self._entries:
            last = counts.get(entry.incident, table.tally("incident", entry.incident))
            if entry.n != last + 1 or entry.incident in self._archived:
                raise ValueError(
                    f"entry {entry.n} of incident {entry.incident} cannot follow entry {last}"
                )
            counts[entry.incident] = entry.n
            self._own(TIMELINE)[row.key] = row
        return self._changes

    def _check_open(self) -> None:
        if not self._open:
            raise RuntimeError("this turn is over")

    def _own(self, kind: Kind[Any]) -> dict[str, Row | None]:
        return self._rows(kind.name)

    def _rows(self, kind: str) -> dict[str, Row | None]:
        """The turn's own rows of the kind, about to be changed."""
        self._versions[kind] = next_version()
        return self._changes.rows.setdefault(kind, {})

    def _row(self, kind: Kind[Any], key: str) -> Row | None:
        self._check_open()
        own = self._changes.rows.get(kind.name)
        if own is not None and key in own:
            return own[key]
        return self._memory.codec(kind).table.row(key)

    def _matching(self, codec: Codec[Any], equal: dict[str, INDEX_VALUE]) -> Iterator[Row]:
        """What is stored with the turn's own writes over it, oldest first put first."""
        table = codec.table
        own = self._changes.rows.get(codec.kind.name)
        if not own:
            return table.matching(equal)
        fits = [row for row in own.values() if row is not None and table.fits(row, equal)]
        stored = ((table.place(r.key), r) for r in table.matching(equal) if r.key not in own)
        mine = sorted(((table.place(row.key), row) for row in fits), key=itemgetter(0))
        return (row for _, row in merge(stored, mine, key=itemgetter(0)))
