"""One process a folder. In: the folder. Out: a held lock, or StoreInUse. Forbidden: waiting."""

import fcntl
import os
from pathlib import Path

NAME = "lock"


class StoreInUse(Exception):
    """Another process has the folder open. The message names the folder and the process."""


class FolderLock:
    """Held from construction to `release`; the system drops it when the process dies.

    The folder is made when it is not there, for its owner only.
    """

    def __init__(self, folder: Path) -> None:
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        self._fd = os.open(folder / NAME, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
        try:
            fcntl.flock(self._fd, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            holder = os.pread(self._fd, 20, 0).decode("ascii", "replace").strip() or "unknown"
            os.close(self._fd)
            raise StoreInUse(
                f"{folder} is already open in process {holder}: one process a folder"
            ) from None
        os.ftruncate(self._fd, 0)
        os.pwrite(self._fd, f"{os.getpid()}\n".encode(), 0)

    def release(self) -> None:
        os.close(self._fd)
