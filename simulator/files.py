"""Files that people and the bot sent. In: bytes. Out: file ids, paths and the bytes again.

Bound: so many files and bytes; the oldest are forgotten first. Forbidden here: HTTP and
messages.
"""

import base64
import hashlib
import mimetypes
import struct
from collections import OrderedDict
from dataclasses import dataclass
from typing import Any

from simulator.bounds import Bounds

MAX_DOWNLOAD_BYTES = 20 * 1024 * 1024
MAX_UPLOAD_BYTES = 50 * 1024 * 1024
MAX_PHOTO_BYTES = 10 * 1024 * 1024
THUMBNAIL_PX = 90
OCTETS = "application/octet-stream"
OFFICE = {
    "csv": "text/csv",
    "oga": "audio/ogg",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}
"""Endings that not every machine's own table knows, or knows in the same way."""


@dataclass(frozen=True)
class StoredFile:
    file_id: str
    unique_id: str
    path: str
    name: str
    mime: str
    data: bytes

    def shape(self) -> dict[str, Any]:
        """What every Bot API file object has."""
        return {
            "file_id": self.file_id,
            "file_unique_id": self.unique_id,
            "file_size": len(self.data),
        }


class FileStore:
    """Files by id and by path."""

    def __init__(self, bounds: Bounds) -> None:
        self._bounds = bounds
        self._by_id: OrderedDict[str, StoredFile] = OrderedDict()
        self._by_path: dict[str, StoredFile] = {}
        self._total_bytes = 0
        self._count = 0

    def keep(self, folder: str, name: str, mime: str, data: bytes) -> StoredFile:
        """Store bytes under a new id; `folder` is photos, documents or voice."""
        self._count += 1
        digest = hashlib.sha256(data + folder.encode()).digest()
        token = f"{self._count}:".encode() + digest[:18]
        suffix = name.rpartition(".")[2] if "." in name else "bin"
        stored = StoredFile(
            file_id="AgAC" + base64.urlsafe_b64encode(token).decode().rstrip("="),
            unique_id="AQAD" + base64.urlsafe_b64encode(digest[:9]).decode(),
            path=f"{folder}/file_{self._count}.{suffix}",
            name=name,
            mime=mime,
            data=data,
        )
        self._by_id[stored.file_id] = stored
        self._by_path[stored.path] = stored
        self._total_bytes += len(data)
        self._forget_oldest()
        return stored

    def by_id(self, file_id: str) -> StoredFile | None:
        return self._by_id.get(file_id)

    def by_path(self, path: str) -> StoredFile | None:
        return self._by_path.get(path)

    def _forget_oldest(self) -> None:
        most, most_bytes = self._bounds.files, self._bounds.file_bytes
        while len(self._by_id) > most or self._total_bytes > most_bytes:
            _, oldest = self._by_id.popitem(last=False)
            del self._by_path[oldest.path]
            self._total_bytes -= len(oldest.data)


def mime_of(name: str, given: str = OCTETS) -> str:
    """The kind of a file by its name's ending, as Telegram tells it; `given` where that says
    nothing.
    """
    ending = name.rpartition(".")[2].lower()
    found = OFFICE.get(ending) or mimetypes.guess_type(name)[0]
    return found or given.partition(";")[0].strip() or OCTETS


def image_size(data: bytes) -> tuple[int, int] | None:
    """Width and height in pixels of a PNG or JPEG, None when it is neither."""
    if data[:8] == b"\x89PNG\r\n\x1a\n" and len(data) >= 24:
        width, height = struct.unpack(">II", data[16:24])
        return int(width), int(height)
    if data[:2] == b"\xff\xd8":
        return _jpeg_size(data)
    return None


def _jpeg_size(data: bytes) -> tuple[int, int] | None:
    at = 2
    while at + 9 <= len(data) and data[at] == 0xFF:
        marker, length = data[at + 1], struct.unpack(">H", data[at + 2 : at + 4])[0]
        if 0xC0 <= marker <= 0xCF and marker not in {0xC4, 0xC8, 0xCC}:
            height, width = struct.unpack(">HH", data[at + 5 : at + 9])
            return int(width), int(height)
        at += 2 + length
    return None


def photo_sizes(stored: StoredFile, size: tuple[int, int]) -> list[dict[str, Any]]:
    """The Bot API's PhotoSize list, smallest first. The small one is the same picture: nothing is
    scaled here.
    """
    width, height = size
    scale = min(1.0, THUMBNAIL_PX / max(width, height, 1))
    small = {
        **stored.shape(),
        "width": max(1, int(width * scale)),
        "height": max(1, int(height * scale)),
    }
    return [small, {**stored.shape(), "width": width, "height": height}]
