"""Orders from the command line to the Muster that runs.

In: a folder and an order (JSON). Out: its answer, or the reason why not in words. A running Muster
has the folder locked, so it is asked over a Unix socket in that folder. Forbidden here: what the
orders are.
"""

import asyncio
import json
import logging
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from contextlib import asynccontextmanager
from pathlib import Path

from pydantic import JsonValue

from storage.port import Conflict, StoreFailed

log = logging.getLogger(__name__)

SOCKET = "control"
ORDER_LIMIT_BYTES = 8_192
ANSWER_LIMIT_BYTES = 1 << 20
ORDER_WITHIN_S = 10.0
DONE_WITHIN_S = 3_600.0

Order = Mapping[str, JsonValue]
CarryOut = Callable[[Order], Awaitable[Order]]


class NotDone(Exception):
    """The order was not carried out; the text says why, in both languages."""


@asynccontextmanager
async def control(folder: Path, carry_out: CarryOut) -> AsyncIterator[None]:
    """Listen for orders; one at a time. A folder that can hold no socket is only warned of."""
    path = folder / SOCKET
    path.unlink(missing_ok=True)
    at_work = asyncio.Lock()

    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        async with at_work:
            await _serve(carry_out, reader, writer)

    try:
        server = await asyncio.start_unix_server(serve, path, limit=ORDER_LIMIT_BYTES)
    except OSError as error:
        log.warning("no backups and no tables while running: %s", error)
        yield
        return
    try:
        yield
    finally:
        server.close()
        path.unlink(missing_ok=True)


async def ask(folder: Path, order: Order, busy: str) -> Order:
    """The running Muster's answer. NotDone: see there; nobody listens: with the words `busy`."""
    try:
        reader, writer = await asyncio.open_unix_connection(
            folder / SOCKET, limit=ANSWER_LIMIT_BYTES
        )
    except OSError:
        raise NotDone(busy) from None
    try:
        writer.write(json.dumps(order).encode() + b"\n")
        async with asyncio.timeout(DONE_WITHIN_S):
            line = await reader.readline()
    finally:
        writer.close()
    answer: dict[str, JsonValue] = json.loads(line) if line else {"error": "Muster has ended"}
    if answer.get("error"):
        raise NotDone(str(answer["error"]))
    return answer


async def _serve(
    carry_out: CarryOut, reader: asyncio.StreamReader, writer: asyncio.StreamWriter
) -> None:
    try:
        async with asyncio.timeout(ORDER_WITHIN_S):
            order = json.loads(await reader.readline())
        answer = dict(await carry_out(order))
    except NotDone as refusal:
        answer = {"error": str(refusal)}
    except (OSError, ValueError, KeyError, TypeError, StoreFailed, Conflict) as error:
        answer = {"error": f"{type(error).__name__}: {error}"}
    writer.write(json.dumps(answer).encode() + b"\n")
    try:
        await writer.drain()
    except OSError as error:
        log.info("who gave an order has gone: %s", error)
    finally:
        writer.close()
