"""The file layer: every write that durability rests on goes through here.

In: bytes and paths. Out: files. Forbidden here: what the bytes mean. A test hands in its own to
make a write or an fsync fail.
"""

import fcntl
import os
from pathlib import Path

# On macOS fsync stops at the drive's cache; this goes through it.
_FULL_SYNC: int | None = getattr(fcntl, "F_FULLFSYNC", None)


class Disk:
    """The real disk. Every method raises OSError when the disk refuses.

    `quick_s`: a sync that takes less holds the event loop up less than waking a thread would.
    """

    quick_s = 0.002

    def open(self, path: Path) -> int:
        """A descriptor for reading and writing; the file is made when it is not there."""
        return os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)

    def write(self, fd: int, data: bytes, offset: int) -> None:
        """All of the data at the offset."""
        written = os.pwrite(fd, data, offset)
        while written < len(data):
            written += os.pwrite(fd, data[written:], offset + written)

    def truncate(self, fd: int) -> None:
        """Empty the file."""
        os.ftruncate(fd, 0)

    def sync(self, fd: int) -> None:
        """Return when the file's data, and the size needed to read it, are on the medium."""
        if _FULL_SYNC is not None:
            fcntl.fcntl(fd, _FULL_SYNC)
        else:
            os.fdatasync(fd)

    def close(self, fd: int) -> None:
        os.close(fd)

    def replace(self, source: Path, target: Path) -> None:
        """Rename, and return when the folder's entry is on the medium."""
        source.replace(target)
        self.sync_folder(target.parent)

    def remove(self, path: Path) -> None:
        """Unlink; no error when it is not there."""
        path.unlink(missing_ok=True)

    def sync_folder(self, folder: Path) -> None:
        fd = os.open(folder, os.O_RDONLY | os.O_CLOEXEC)
        try:
            os.fsync(fd)
        finally:
            os.close(fd)

    def write_whole(self, path: Path, data: bytes) -> None:
        """The file holds either what it held or all of the data, whenever the power goes."""
        temporary = path.with_name(path.name + ".tmp")
        fd = self.open(temporary)
        try:
            self.truncate(fd)
            self.write(fd, data, 0)
            self.sync(fd)
        finally:
            self.close(fd)
        self.replace(temporary, path)
