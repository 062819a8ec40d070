"""Reading a journal back. In: a file. Out: its records. Forbidden here: repair by guessing.

A last line that is not whole was cut short by a crash: nobody was told of that commit, and it is
left out. The same goes for a group of lines written at once of which the medium took only some
sectors. Anything else that does not fit is damage, and refused.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from storage.port import Damaged
from storage.tiny import lines
from storage.tiny.refusal import OtherVersion

NAME = "journal.jsonl"
FORMAT = 1
_SECTOR = 512
_BEGIN = re.compile(rb'\{"crc":"[0-9a-f]{8}","seq":')


@dataclass
class Scan:
    """Records in order; the last commit's number; where lines end; the file's length.

    `torn`: how many bytes at the end were left out.
    """

    after: int
    last: int
    end: int
    length: int
    torn: int = 0
    records: list[dict[str, Any]] = field(default_factory=list)


def scan(path: Path) -> Scan:
    """Damaged, OtherVersion: as their names say, with file and byte."""
    data = path.read_bytes()
    top = data.find(b"\n") + 1
    about = lines.record(data[: max(top - 1, 0)])
    if about is None or "format" not in about:
        raise Damaged(f"{path}: byte 0: this is not the beginning of a journal")
    if about["format"] != FORMAT:
        raise OtherVersion(f"{path}: format {about['format']}; this version reads format {FORMAT}")
    found = Scan(about["after"], about["after"], top, len(data))
    used = len(data.rstrip(b"\n"))
    for start, text, ended in _lines(data, top, used):
        record = lines.record(text) if ended else None
        if record is None:
            _judge(path, data[:used], start, found.last)
            found.torn = used - start
            break
        if record["seq"] != found.last + 1:
            raise Damaged(
                f"{path}: byte {start}: commit {record['seq']} follows commit {found.last}"
            )
        found.records.append(record)
        found.last += 1
        found.end = start + len(text) + 1
    return found


def _lines(data: bytes, start: int, used: int) -> Iterator[tuple[int, bytes, bool]]:
    """Each line with where it starts and whether a newline ends it."""
    while start < used:
        stop = data.find(b"\n", start)
        ended = stop >= 0
        yield start, data[start : stop if ended else len(data)], ended
        start = stop + 1 if ended else len(data)


def _judge(path: Path, data: bytes, start: int, last: int) -> None:
    """Return when the bad line at `start` was cut short by a crash; otherwise Damaged."""
    starts = (found.start() for found in _BEGIN.finditer(data, start + 1))
    ends = ((at, data.find(b"\n", at)) for at in starts)
    later = (lines.record(data[at : end if end >= 0 else None]) for at, end in ends)
    whole = [record for record in later if record is not None]
    if not whole:
        return
    # Lines written together reach the medium in any order, sector by sector.
    together = all(record.get("synced", last + 1) <= last for record in whole)
    if not (together and _unwritten_sector(data, start)):
        raise Damaged(
            f"{path}: byte {start}: a line is damaged that has whole lines after it; "
            "bring the file back from a backup"
        )


def _unwritten_sector(data: bytes, start: int) -> bool:
    """True when a sector from `start` on still has nothing but the padding it was made with."""
    blank = b"\n" * _SECTOR
    first = -(-start // _SECTOR) * _SECTOR
    return any(
        data[at : at + _SECTOR] == blank for at in range(first, len(data) - _SECTOR, _SECTOR)
    )
