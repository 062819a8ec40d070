"""Backups of the embedded store from the command line, also while Muster runs.

In: a folder and a path. Out: a backup file, or the reason why not in words. A running Muster has
the folder locked, so it is asked over a Unix socket in that folder and writes the file itself.
Forbidden here: anything that changes what is stored.
"""

import asyncio
import json
import logging
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

from handlers.kinds import KINDS
from storage.backup import backup_to
from storage.port import StoreFailed
from storage.tiny import StoreInUse, TinyStore, open_tiny

log = logging.getLogger(__name__)

SOCKET = "control"
ORDER_LIMIT_BYTES = 8_192
ORDER_WITHIN_S = 10.0
DONE_WITHIN_S = 3_600.0


class NoBackup(Exception):
    """There is no backup; the text says why, in both languages."""


async def back_up(folder: Path, path: Path) -> None:
    """Write a backup of the store in `folder` to `path` (absolute), by ourselves or by the Muster
    that runs.

    NoBackup: see there. OSError: the disk refused.
    """
    try:
        async with open_tiny(folder, KINDS) as store:
            await backup_to(store, path)
    except StoreInUse as in_use:
        await _ask(folder, path, in_use)


@asynccontextmanager
async def control(store: TinyStore) -> AsyncIterator[None]:
    """Listen for orders; one at a time. A folder that can hold no socket is only warned of."""
    path = store.folder / SOCKET
    path.unlink(missing_ok=True)
    at_work = asyncio.Lock()

    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        async with at_work:
            await _serve(store, reader, writer)

    try:
        server = await asyncio.start_unix_server(serve, path, limit=ORDER_LIMIT_BYTES)
    except OSError as error:
        log.warning("no backups while running: %s", error)
        yield
        return
    try:
        yield
    finally:
        server.close()
        path.unlink(missing_ok=True)


async def _serve(
    store: TinyStore, reader: asyncio.StreamReader, writer: asyncio.StreamWriter
) -> None:
    try:
        async with asyncio.timeout(ORDER_WITHIN_S):
            order = json.loads(await reader.readline())
        await backup_to(store, Path(order["backup"]))
        answer = ""
    except (OSError, ValueError, KeyError, TypeError, StoreFailed) as error:
        answer = f"{type(error).__name__}: {error}"
    if not answer:
        log.info("a backup was written")
    writer.write(json.dumps({"error": answer}).encode() + b"\n")
    try:
        await writer.drain()
    except OSError as error:
        log.info("who asked for a backup has gone: %s", error)
    finally:
        writer.close()


async def _ask(folder: Path, path: Path, in_use: StoreInUse) -> None:
    try:
        reader, writer = await asyncio.open_unix_connection(folder / SOCKET)
    except OSError:
        raise NoBackup(f"数据正在使用 · the data is in use: {in_use}") from None
    try:
        writer.write(json.dumps({"backup": str(path)}).encode() + b"\n")
        async with asyncio.timeout(DONE_WITHIN_S):
            answer = await reader.readline()
    finally:
        writer.close()
    error = json.loads(answer)["error"] if answer else "Muster has ended meanwhile"
    if error:
        raise NoBackup(f"没有备份 · no backup: {error}")
