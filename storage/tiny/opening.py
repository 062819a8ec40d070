"""Opening the embedded store: lock, snapshot, journals, memory, in this order.

In: a folder. Out: an open store, closed at the end. Forbidden here: going on with damaged files.
"""

import asyncio
import json
import logging
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

from storage.port import Damaged, Kind
from storage.tiny import snapshot
from storage.tiny.disk import Disk
from storage.tiny.journal import Journal, aside, create
from storage.tiny.limits import Limits
from storage.tiny.lines import compact
from storage.tiny.lock import FolderLock
from storage.tiny.memory import Memory
from storage.tiny.scan import NAME, Scan, scan
from storage.tiny.store import TinyStore

log = logging.getLogger(__name__)


@asynccontextmanager
async def open_tiny(
    folder: Path,
    kinds: Sequence[Kind[Any]],
    *,
    limits: Limits | None = None,
    disk: Disk | None = None,
) -> AsyncIterator[TinyStore]:
    """The store in the folder, which is made when it is not there. One process a folder.

    Deliveries and slots are among the kinds without being named. StoreInUse: another process has
    it open. Damaged: see there. OtherVersion: written by a version this one does not understand.
    """
    limits, disk = limits or Limits(), disk or Disk()
    lock = FolderLock(folder)
    try:
        memory = Memory(kinds)
        found = await asyncio.to_thread(load, folder, memory, disk)
        store = TinyStore(
            folder, memory, Journal(folder, found, limits.padding, disk), limits, disk
        )
        try:
            yield store
        finally:
            await store.close()
    finally:
        lock.release()


def load(folder: Path, memory: Memory, disk: Disk) -> Scan:
    """Fill the memory from the folder; returns where the journal goes on."""
    parts = snapshot.read(folder) or snapshot.Parts()
    current = folder / NAME
    older = aside(folder)
    if not (current.exists() or older) and (folder / snapshot.NAME).exists():
        raise Damaged(f"{current}: byte 0: the journal is missing; bring it back from a backup")
    last = parts.seq
    for path in older:
        last = _take(parts, path, last).last
    if not current.exists():
        create(folder, last, disk)
    found = _take(parts, current, last)
    _fill(memory, parts)
    memory.seq = found.last
    if not (folder / snapshot.NAME).exists():
        snapshot.write(folder, memory.view(), disk)
    return found


def _take(parts: snapshot.Parts, path: Path, last: int) -> Scan:
    """Lay a journal's commits over the parts, which end at commit `last`.

    One that was set aside may be older than the snapshot: it was about to be removed.
    """
    found = scan(path)
    finished = path.name != NAME
    if found.torn and finished:
        raise Damaged(f"{path}: byte {found.end}: the end of a finished journal is damaged")
    if found.torn:
        log.warning("%s: left out %d bytes that a crash cut short", path, found.torn)
    if found.last < last and finished:
        found.last = last
    if found.after > last or found.last < last:
        raise Damaged(
            f"{path}: byte 0: has commits {found.after + 1} to {found.last}, "
            f"but the files before it end at commit {last}"
        )
    for record in found.records:
        if record["seq"] > parts.seq:
            _lay(parts, record)
    found.records.clear()
    return found


def _lay(parts: snapshot.Parts, record: dict[str, Any]) -> None:
    for kind, documents in record.get("put", {}).items():
        table = parts.tables.setdefault(kind, {})
        for key, document in documents.items():
            doc_id = table[key][0] if key in table else None
            table[key] = (doc_id, compact(document))
    for kind, keys in record.get("removed", {}).items():
        for key in keys:
            parts.tables.get(kind, {}).pop(key, None)
    for name, number in record.get("counters", {}).items():
        parts.tables.setdefault(snapshot.COUNTERS, {})[name] = (None, b'{"last":%d}' % number)
    if "input" in record:
        taken = parts.tables.setdefault(snapshot.TAKEN, {})
        taken.pop(record["input"], None)
        taken[record["input"]] = (None, b"{}")


def _fill(memory: Memory, parts: snapshot.Parts) -> None:
    for input_id in parts.tables.pop(snapshot.TAKEN, {}):
        memory.take(input_id)
    for name, (_, text) in parts.tables.pop(snapshot.COUNTERS, {}).items():
        memory.counters[name] = json.loads(text)["last"]
    for name, documents in parts.tables.items():
        for key, (doc_id, text) in documents.items():
            memory.load(name, doc_id, key, text)
