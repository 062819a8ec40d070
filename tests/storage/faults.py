"""File layers that misbehave on purpose, and what a power cut leaves."""

import shutil
import threading
from collections.abc import Callable
from pathlib import Path

from storage.tiny.disk import Disk


class QuickDisk(Disk):
    """Syncs nothing: enough where the process, not the power, is what goes."""

    def sync(self, fd: int) -> None:
        pass

    def sync_folder(self, folder: Path) -> None:
        pass


class FailingDisk(Disk):
    """Writes or syncs fail with OSError from the moment `broken` names them."""

    def __init__(self) -> None:
        self.broken: set[str] = set()

    def write(self, fd: int, data: bytes, offset: int) -> None:
        self._check("write")
        super().write(fd, data, offset)

    def sync(self, fd: int) -> None:
        self._check("sync")
        super().sync(fd)

    def replace(self, source: Path, target: Path) -> None:
        self._check(f"replace {target.name}")
        super().replace(source, target)

    def _check(self, operation: str) -> None:
        if operation in self.broken:
            raise OSError(5, f"made to fail: {operation}")


class CountingDisk(Disk):
    """Counts syncs, and calls `before_sync` in the writing thread before each."""

    def __init__(self) -> None:
        self.syncs = 0
        self.before_sync: Callable[[], object] = lambda: None

    def sync(self, fd: int) -> None:
        self.syncs += 1
        self.before_sync()
        super().sync(fd)


class HeldDisk(CountingDisk):
    """The journal's syncs wait until `go` is set, as on a slow disk."""

    quick_s = 0.0

    def __init__(self) -> None:
        super().__init__()
        self.go = threading.Event()
        self.go.set()
        self.before_sync = self._hold

    def _hold(self) -> None:
        if threading.current_thread().name == "journal":
            self.go.wait(10)


class MoodyDisk(Disk):
    """Says which thread each sync of the journal ran in; `quick_s` decides what counts as slow."""

    def __init__(self) -> None:
        self.threads: list[str] = []

    def sync(self, fd: int) -> None:
        self.threads.append(threading.current_thread().name)
        super().sync(fd)


class PhotographingDisk(Disk):
    """Copies the folder before and after every step that changes it: what a crash there leaves."""

    def __init__(self, folder: Path, album: Path) -> None:
        self._folder, self._album = folder, album
        self.photos: list[Path] = []
        self.on = False

    def write(self, fd: int, data: bytes, offset: int) -> None:
        self._photo()
        super().write(fd, data[: len(data) // 2], offset)
        self._photo()
        super().write(fd, data, offset)
        self._photo()

    def replace(self, source: Path, target: Path) -> None:
        self._photo()
        super().replace(source, target)
        self._photo()

    def remove(self, path: Path) -> None:
        super().remove(path)
        self._photo()

    def _photo(self) -> None:
        if self.on:
            photo = self._album / str(len(self.photos))
            shutil.copytree(self._folder, photo)
            self.photos.append(photo)
