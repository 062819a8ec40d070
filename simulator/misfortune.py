"""Carries scripted faults out on a connection. In: a fault and the request it hits. Out: an error,
a silence, a cut.

Forbidden here: choosing whom a fault hits (`faults`).
"""

import asyncio
from typing import NoReturn

from aiohttp import web

from simulator import errors
from simulator.busy import Busy
from simulator.clock import SimClock
from simulator.faults import Fault

BAD_GATEWAY = """<html>
<head><title>502 Bad Gateway</title></head>
<body>
<center><h1>502 Bad Gateway</h1></center>
<hr><center>nginx/1.18.0</center>
</body>
</html>
"""


class Misfortune:
    """Hung calls end when their time has passed, their caller gives up or the stand-in stops."""

    def __init__(self, clock: SimClock, busy: Busy) -> None:
        self._clock = clock
        self._busy = busy
        self._hangs: set[asyncio.Future[None]] = set()

    async def befall(self, request: web.Request, fault: Fault) -> web.Response:
        match fault.kind:
            case "500":
                return web.json_response(errors.INTERNAL.error().body(), status=500)
            case "502":
                return web.Response(status=502, text=BAD_GATEWAY, content_type="text/html")
            case "timeout_before" | "timeout_after":
                await self._hang(fault.hang_s)
            case _:
                pass
        return await self._cut(request)

    def end(self) -> None:
        """Cut every hung call off."""
        for hang in list(self._hangs):
            hang.cancel()

    async def _hang(self, hang_s: float) -> None:
        hang: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        timer = self._clock.wake_later(hang, hang_s)
        self._hangs.add(hang)
        try:
            with self._busy.waiting():
                await hang
        finally:
            timer.cancel()
            self._hangs.discard(hang)

    async def _cut(self, request: web.Request) -> NoReturn:
        if request.transport is not None:
            request.transport.abort()
        raise asyncio.CancelledError
