"""A consistent copy of the embedded store while it runs, and the way back.

In: an open store and a path. Out: a `.tar.gz` with the snapshot, an empty journal that goes on
after it, evidence files and the archive; from it, a folder that opens as it was. Forbidden here:
overwriting a store.
"""

import asyncio
import gzip
import io
import os
import re
import shutil
import tarfile
import tempfile
import time
import zlib
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

from storage.port import Damaged
from storage.tiny import TinyStore, archive, files, journal, scan, snapshot
from storage.tiny.disk import Disk
from storage.tiny.memory import View

UNPACKED_LIMIT = 64 << 30  # bytes; an archive that unpacks to more is refused
_MEMBER = re.compile(
    rf"{re.escape(snapshot.NAME)}|{re.escape(scan.NAME)}|{files.FOLDER}/[0-9a-f]{{2}}/[0-9a-f]{{64}}"
    rf"|{archive.FOLDER}/incident-[0-9]{{6,18}}\.json"
)


async def backup_to(store: TinyStore, path: Path) -> None:
    """Write the archive, for its owner's eyes only; it appears whole or not at all. OSError: the
    disk refused.

    Holds everything committed before the call. Turns go on meanwhile.
    """
    view = await store.view()
    await asyncio.to_thread(_pack, store.folder, view, path)


def restore(path: Path, folder: Path) -> None:
    """Unpack an archive into a folder that is not there yet, or is empty.

    FileExistsError: it has something in it. Damaged: the archive is not whole, or not a backup.
    """
    if folder.exists() and any(folder.iterdir()):
        raise FileExistsError(f"{folder} is not empty: a backup is never put over another store")
    unpacked = folder.with_name(folder.name + ".restoring")
    shutil.rmtree(unpacked, ignore_errors=True)
    unpacked.mkdir(parents=True, mode=0o700)
    try:
        _unpack(path, unpacked)
        if snapshot.read(unpacked) is None:
            raise Damaged(f"{path}: byte 0: there is no {snapshot.NAME} in it")
        scan.scan(unpacked / scan.NAME)
        os.sync()
        Disk().replace(unpacked, folder)
    finally:
        shutil.rmtree(unpacked, ignore_errors=True)


def _pack(folder: Path, view: View, path: Path) -> None:
    temporary = path.with_name(path.name + ".tmp")
    temporary.unlink(missing_ok=True)  # one left by a crash may be open to others
    with os.fdopen(os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as out:
        with tarfile.open(fileobj=out, mode="w:gz", compresslevel=3) as packed:
            _add_snapshot(packed, view, path.parent)
            header = journal.header(view.seq)
            packed.addfile(_member(scan.NAME, len(header)), io.BytesIO(header))
            for path_in in _kept(folder):
                with suppress(FileNotFoundError):  # it is kept no longer
                    packed.add(path_in, path_in.relative_to(folder), recursive=False)
        out.flush()
        os.fsync(out.fileno())
    Disk().replace(temporary, path)


def _add_snapshot(packed: tarfile.TarFile, view: View, folder: Path) -> None:
    with tempfile.TemporaryFile(dir=folder) as whole:
        for chunk in snapshot.chunks(view):
            whole.write(chunk)
            time.sleep(0)  # hands the interpreter to the event loop
        size = whole.tell()
        whole.seek(0)
        packed.addfile(_member(snapshot.NAME, size), whole)


def _kept(folder: Path) -> Iterator[Path]:
    """Kept files and closed incidents: as long as they are there, they never change."""
    for pattern in (f"{files.FOLDER}/*/*", f"{archive.FOLDER}/*"):
        for path in sorted(folder.glob(pattern)):
            if _MEMBER.fullmatch(path.relative_to(folder).as_posix()):
                yield path


def _member(name: str, size: int) -> tarfile.TarInfo:
    member = tarfile.TarInfo(name)
    member.size, member.mode = size, 0o600
    return member


def _unpack(path: Path, folder: Path) -> None:
    with path.open("rb") as raw:
        try:
            with tarfile.open(fileobj=raw, mode="r:gz") as packed:
                _extract(packed, folder, path)
        except (tarfile.TarError, EOFError, zlib.error, gzip.BadGzipFile) as error:
            raise Damaged(f"{path}: byte {raw.tell()}: not a whole backup ({error})") from None


def _extract(packed: tarfile.TarFile, folder: Path, path: Path) -> None:
    size = 0
    for member in packed:
        size += member.size
        content = packed.extractfile(member)
        if content is None or not _MEMBER.fullmatch(member.name) or size > UNPACKED_LIMIT:
            raise Damaged(
                f"{path}: byte {member.offset} unpacked: {member.name!r} is no part of it"
            )
        target = folder / member.name
        target.parent.mkdir(parents=True, exist_ok=True)
        with target.open("xb") as out:
            shutil.copyfileobj(content, out)
