"""The stage over HTTP, for the page and for programs that follow the stand-in's time. In: HTTP.
Out: JSON, events.

Forbidden here: what people may do (`stage`).
"""

import asyncio
import binascii
import contextlib
import json
import os
from pathlib import Path

from aiohttp import web

from simulator.events import END, Event, TooManyWatchers
from simulator.faults import Faults
from simulator.messages import Json
from simulator.snapshot import state_of
from simulator.stage import Stage
from simulator.stage_acts import ACTS
from simulator.stage_floor import StageError
from simulator.world import World

PAGE = Path(__file__).parent / "page"
LOOPBACK = frozenset({"127.0.0.1", "localhost"})
CLOCK_WAIT_S = 25.0
KEEP_ALIVE_S = 15.0
MAX_RATE = 3600.0
MAX_ADVANCE_S = 31 * 86_400


def is_ours(request: web.Request) -> bool:
    """Whether a request comes from this machine's own page or a program on it, not from a foreign
    page in the browser: it must name a loopback host, and an Origin, where there is one, must be
    the page itself.
    """
    host = request.host.rpartition(":")[0] or request.host
    origin = request.headers.get("Origin")
    return host in LOOPBACK and origin in {None, f"http://{request.host}"}


def stage_routes(world: World, stage: Stage, faults: Faults) -> list[web.RouteDef]:
    """Every route of the page."""
    served = StageHttp(world, stage, faults)
    return [
        web.get("/", served.index),
        web.get("/page/{path:.+}", served.page),
        web.get("/stage/state", served.state),
        web.get("/stage/events", served.events),
        web.get("/stage/menu", served.menu),
        web.post("/stage/act", served.act),
        web.post("/stage/clock", served.set_clock),
        web.get("/stage/file/{file_id}", served.file),
        web.get("/clock", served.clock),
    ]


class StageHttp:
    def __init__(self, world: World, stage: Stage, faults: Faults) -> None:
        self._world = world
        self._stage = stage
        self._faults = faults

    async def index(self, request: web.Request) -> web.StreamResponse:
        return self._page_file("index.html")

    async def page(self, request: web.Request) -> web.StreamResponse:
        return self._page_file(request.match_info["path"])

    def _page_file(self, name: str) -> web.StreamResponse:
        path = Path(os.path.normpath(PAGE / name))
        if "\0" in name or not path.is_relative_to(PAGE) or not path.is_file():
            raise web.HTTPNotFound
        return web.FileResponse(path, headers={"Cache-Control": "no-cache"})

    async def state(self, request: web.Request) -> web.Response:
        return web.json_response(state_of(self._world))

    async def file(self, request: web.Request) -> web.Response:
        stored = self._world.files.by_id(request.match_info["file_id"])
        if stored is None:
            raise web.HTTPNotFound
        safety = {"Content-Security-Policy": "sandbox", "X-Content-Type-Options": "nosniff"}
        return web.Response(body=stored.data, content_type=stored.mime, headers=safety)

    async def menu(self, request: web.Request) -> web.Response:
        """The commands somebody's app offers in a chat; 400 when they are not in it."""
        try:
            who, chat = int(request.query["as"]), int(request.query["chat"])
            found = self._stage.menu(who, chat)
        except StageError as error:
            return _refused(str(error))
        except (KeyError, ValueError):
            return _refused("that cannot be read")
        commands = [{"command": name, "description": words} for name, words in found]
        return web.json_response({"commands": commands})

    # --- events

    async def events(self, request: web.Request) -> web.StreamResponse:
        """Server-sent events after `since`, then everything as it happens. 503 when too many
        watch.
        """
        try:
            since = int(request.query.get("since", self._world.events.seq))
        except ValueError:
            raise web.HTTPBadRequest from None
        try:
            queue = self._world.events.watch()
        except TooManyWatchers:
            raise web.HTTPServiceUnavailable from None
        response = web.StreamResponse(
            headers={"Content-Type": "text/event-stream", "Cache-Control": "no-cache"}
        )
        try:
            missed = self._world.events.since(since)
            await response.prepare(request)
            for event in missed:
                await _send(response, event)
            await self._stream(response, queue)
        finally:
            self._world.events.unwatch(queue)
        return response

    async def _stream(self, response: web.StreamResponse, queue: "asyncio.Queue[Event]") -> None:
        while True:
            try:
                event = await asyncio.wait_for(queue.get(), KEEP_ALIVE_S)
            except TimeoutError:
                await response.write(b": still here\n\n")
            else:
                await _send(response, event)
                if event["type"] == END:
                    return

    # --- acts

    async def act(self, request: web.Request) -> web.Response:
        """Do what a person does; 400 with the reason when they cannot."""
        try:
            order = await request.json()
            who, what = int(order["as"]), str(order["do"])
            act = ACTS.get(what)
            if act is None:
                return _refused(f"unknown act {what!r}")
            done = act(self._stage, who, order)
        except StageError as error:
            return _refused(str(error))
        except KeyError as error:
            return _refused(f"{error.args[0]} is missing")
        except (TypeError, ValueError, binascii.Error):
            return _refused("that cannot be read")
        return web.json_response({"ok": True, **done})

    # --- time

    async def set_clock(self, request: web.Request) -> web.Response:
        try:
            order = await request.json()
            rate, advance_s = order.get("rate"), order.get("advance_s")
            if rate is not None:
                if not 0 <= float(rate) <= MAX_RATE:
                    return _refused(f"the rate is 0 to {MAX_RATE:.0f}")
                self._world.clock.set_rate(float(rate))
            if advance_s is not None:
                if not 0 <= float(advance_s) <= MAX_ADVANCE_S:
                    return _refused(f"the jump is 0 to {MAX_ADVANCE_S} seconds")
                self._world.clock.advance(float(advance_s))
        except (AttributeError, TypeError, ValueError):
            return _refused("that cannot be read")
        return web.json_response({"ok": True, **self._time()})

    async def clock(self, request: web.Request) -> web.Response:
        """The time, at once when the caller does not know this version, else when it changes."""
        clock = self._world.clock
        if request.query.get("version") == str(clock.version):
            with contextlib.suppress(TimeoutError):
                await asyncio.wait_for(clock.changed.wait(), CLOCK_WAIT_S)
        return web.json_response(self._time())

    def _time(self) -> Json:
        clock = self._world.clock
        return {"now": clock.now().isoformat(), "rate": clock.rate, "version": clock.version}


async def _send(response: web.StreamResponse, event: Event) -> None:
    await response.write(f"data: {json.dumps(event, ensure_ascii=False)}\n\n".encode())


def _refused(reason: str) -> web.Response:
    return web.json_response({"error": reason}, status=400)
