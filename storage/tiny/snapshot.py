"""`store.json`: everything as of one commit, for this program, stock TinyDB and people.

In: a view. Out: a file; from a file, its parts. Forbidden here: deciding when.

One table a kind, one document a line, its key first. The last table, `_store`, holds the format,
the number of the last commit in the file, and a checksum (CRC-32) over every byte before it and
that number.
"""

import json
import time
import zlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path

from storage.port import Damaged
from storage.tiny.disk import Disk
from storage.tiny.lines import quoted
from storage.tiny.memory import View
from storage.tiny.refusal import OtherVersion
from storage.tiny.rows import Row, keyed_json

NAME = "store.json"
FORMAT = 1
COUNTERS, TAKEN, STORE = "_counters", "_taken", "_store"
# Small enough that the event loop, which shares the interpreter, never waits long for its turn.
_ROWS_AT_ONCE = 100
_DECODE = json.JSONDecoder().raw_decode


@dataclass
class Parts:
    """A snapshot's content: documents as (document id, JSON) by table and key."""

    seq: int = 0
    tables: dict[str, dict[str, tuple[int | None, bytes]]] = field(default_factory=dict)


def write(folder: Path, view: View, disk: Disk) -> None:
    """Replace `store.json`; a crash leaves the old one or the new one. OSError: neither changed."""
    temporary = folder / (NAME + ".tmp")
    fd = disk.open(temporary)
    try:
        disk.truncate(fd)
        offset = 0
        for chunk in chunks(view):
            disk.write(fd, chunk, offset)
            offset += len(chunk)
            time.sleep(0)  # hands the interpreter to the event loop
        disk.sync(fd)
    finally:
        disk.close(fd)
    disk.replace(temporary, folder / NAME)


def chunks(view: View) -> Iterator[bytes]:
    """The file's bytes, a little at a time."""
    crc = 0
    for chunk in _tables(view):
        crc = zlib.crc32(chunk, crc)
        yield chunk
    end = {"format": FORMAT, "seq": view.seq, "crc": _sealed(crc, view.seq)}
    yield f'"{STORE}": {{\n  "1": {json.dumps(end)}\n}}\n}}\n'.encode()


def _sealed(crc: int, seq: int) -> str:
    return f"{zlib.crc32(b'%d' % seq, crc):08x}"


def _tables(view: View) -> Iterator[bytes]:
    yield b"{\n"
    for name, rows in view.tables.items():
        yield from _table(name, iter(rows.items()))
    numbered = enumerate(view.counters.items(), 1)
    yield from _table(COUNTERS, ((n, Row(k, b'{"last":%d}' % v)) for n, (k, v) in numbered))
    yield from _table(TAKEN, ((n, Row(key, b"{}")) for n, key in enumerate(view.taken, 1)))


def _table(name: str, rows: Iterator[tuple[int, Row]]) -> Iterator[bytes]:
    yield quoted(name) + b": {"
    separator = b"\n"
    while some := list(islice(rows, _ROWS_AT_ONCE)):
        lines = [b'  "%d": %s' % (doc_id, keyed_json(row)) for doc_id, row in some]
        yield separator + b",\n".join(lines)
        separator = b",\n"
    yield b"\n},\n"


def read(folder: Path) -> Parts | None:
    """The snapshot, or None when there is none.

    Damaged: not as it was written. OtherVersion: of a format this program does not know.
    """
    path = folder / NAME
    if not path.exists():
        return None
    data = path.read_bytes()
    end = data.rfind(b'"%s": {' % STORE.encode())
    try:
        about = json.loads(b"{" + data[max(end, 0) :])[STORE]["1"]
        version, seq, crc = about["format"], int(about["seq"]), about["crc"]
    except (ValueError, KeyError, TypeError):
        raise Damaged(f"{path}: byte {max(end, 0)}: the end of the snapshot is damaged") from None
    if version != FORMAT:
        raise OtherVersion(f"{path}: format {version}; this version reads format {FORMAT}")
    if crc != _sealed(zlib.crc32(data[:end]), seq):
        raise Damaged(f"{path}: bytes 0 to {end}: the checksum does not fit; it was changed")
    return _parts(data[:end].decode(), seq)


def _parts(text: str, seq: int) -> Parts:
    # The checksum says that this program wrote it, so the layout can be relied on.
    parts, table = Parts(seq), dict[str, tuple[int | None, bytes]]()
    for row in text.split("\n")[1:-1]:
        if row.startswith("  "):
            doc_id, at = _DECODE(row, 2)
            key, at = _DECODE(row, at + len(': {"_key":'))
            rest = row[at:].removesuffix(",").removeprefix(",")
            table[key] = (int(doc_id), b"{" + rest.encode())
        elif row.startswith('"'):
            table = parts.tables.setdefault(_DECODE(row)[0], {})
    return parts
