"""The journal: one line a commit, on disk before anybody hears of it.

In: bodies of commits. Out: lines in `journal.jsonl`. Forbidden here: what a body means, the event
loop. Used by one thread at a time.

Each line has `seq`, the number of the commit (from 1 without holes), and `synced`, the last commit
known to be on the medium when the line was written: by it a reader can tell a write that the power
cut short from damage. The first line names the format and the commit it goes on `after`.
"""

import time
from collections.abc import Sequence
from pathlib import Path

from storage.tiny import lines
from storage.tiny.disk import Disk
from storage.tiny.scan import FORMAT, NAME, Scan


def header(after: int) -> bytes:
    return lines.line(b'"format":%d,"after":%d' % (FORMAT, after))


def create(folder: Path, after: int, disk: Disk) -> None:
    """An empty journal that goes on after a commit; durable when this returns."""
    disk.write_whole(folder / NAME, header(after))


class Journal:
    """The journal that is being written. Every method raises OSError when the disk refuses.

    `seq` is the last commit on the medium, `size` the bytes in use, `quick` whether the last sync
    was.
    """

    def __init__(self, folder: Path, found: Scan, padding: int, disk: Disk) -> None:
        """Go on where a scan ended; what it would not take is blanked out first."""
        self._folder, self._padding, self._disk = folder, padding, disk
        self._fd = disk.open(folder / NAME)
        self.seq = found.last
        self._after = found.after
        self.size = found.end
        self.quick = disk.quick_s > 0
        self._allocated = found.length
        if found.torn:
            disk.write(self._fd, b"\n" * (found.length - found.end), found.end)
            disk.sync(self._fd)

    @property
    def empty(self) -> bool:
        """True when nothing was committed since it was begun."""
        return self.seq == self._after

    def append(self, bodies: Sequence[bytes]) -> None:
        """Return when a line for each body, in order, is on the medium."""
        data = b"".join(
            lines.line(b'"seq":%d,"synced":%d,%s' % (seq, self.seq, body))
            for seq, body in enumerate(bodies, self.seq + 1)
        )
        end = self.size + len(data)
        if end > self._allocated:
            self._allocated = end + self._padding
            data += b"\n" * self._padding
        self._disk.write(self._fd, data, self.size)
        begun_s = time.perf_counter()
        self._disk.sync(self._fd)
        self.quick = time.perf_counter() - begun_s < self._disk.quick_s
        self.size = end
        self.seq += len(bodies)

    def rotate(self) -> None:
        """Set this journal aside, for a snapshot to replace, and begin the next one."""
        if self.empty:
            return
        aside = self._folder / f"journal-{self._after:012}.jsonl"
        self._disk.replace(self._folder / NAME, aside)
        create(self._folder, self.seq, self._disk)
        self._disk.close(self._fd)
        self._fd = self._disk.open(self._folder / NAME)
        self._after = self.seq
        self.size = self._allocated = len(header(self.seq))

    def close(self) -> None:
        self._disk.close(self._fd)


def aside(folder: Path) -> list[Path]:
    """Journals set aside whose snapshot was not finished, oldest first."""
    return sorted(folder.glob("journal-*.jsonl"))


def drop_aside(folder: Path, disk: Disk) -> None:
    """Remove the journals set aside: a snapshot has what they had."""
    for path in aside(folder):
        disk.remove(path)
    disk.sync_folder(folder)
