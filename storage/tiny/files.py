"""Files by hash: `files/ab/abcdef…`. In: bytes. Out: their sha-256, and the bytes back.

Forbidden here: what the bytes are, and for how long they are kept. The folder's size is counted
once, at start.
"""

import asyncio
import hashlib
import re
from pathlib import Path

from storage.port import Damaged
from storage.tiny.disk import Disk
from storage.tiny.limits import FILE_LIMIT

FOLDER = "files"
_SHA256 = re.compile(r"[0-9a-f]{64}")


class Files:
    def __init__(self, folder: Path, limit: int, disk: Disk) -> None:
        self._folder, self._limit, self._disk = folder / FOLDER, limit, disk
        self._one_at_a_time = asyncio.Lock()
        self._folder.mkdir(exist_ok=True)
        for unfinished in self._folder.glob("*/*.tmp"):
            disk.remove(unfinished)
        self._size = sum(path.stat().st_size for path in self._folder.glob("*/*"))

    async def keep(self, content: bytes) -> str:
        """ValueError: over a bound. OSError: the disk refused; nothing is kept."""
        if len(content) > FILE_LIMIT:
            raise ValueError(f"a file of {len(content)} bytes; at most {FILE_LIMIT} are kept")
        async with self._one_at_a_time:
            return await asyncio.to_thread(self._keep, content)

    async def read(self, sha256: str) -> bytes | None:
        """Damaged: the content is no longer what was kept."""
        return await asyncio.to_thread(self._read, sha256)

    async def forget(self, sha256: str) -> None:
        """OSError: the disk refused; it is still kept."""
        async with self._one_at_a_time:
            await asyncio.to_thread(self._forget, sha256)

    def _keep(self, content: bytes) -> str:
        sha256 = hashlib.sha256(content).hexdigest()
        path = self._path(sha256)
        if path.exists():
            return sha256
        if self._size + len(content) > self._limit:
            raise ValueError(f"the folder of kept files is full ({self._limit} bytes)")
        if not path.parent.exists():
            path.parent.mkdir()
            self._disk.sync_folder(self._folder)
        self._disk.write_whole(path, content)
        self._size += len(content)
        return sha256

    def _forget(self, sha256: str) -> None:
        path = self._kept(sha256)
        if path is None:
            return
        size = path.stat().st_size
        self._disk.remove(path)
        self._disk.sync_folder(path.parent)
        self._size -= size

    def _read(self, sha256: str) -> bytes | None:
        path = self._kept(sha256)
        if path is None:
            return None
        content = path.read_bytes()
        if hashlib.sha256(content).hexdigest() != sha256:
            raise Damaged(f"{path}: byte 0: the content does not fit its hash")
        return content

    def _kept(self, sha256: str) -> Path | None:
        if not _SHA256.fullmatch(sha256):
            return None
        path = self._path(sha256)
        return path if path.exists() else None

    def _path(self, sha256: str) -> Path:
        return self._folder / sha256[:2] / sha256
