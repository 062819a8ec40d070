"""The stage over HTTP, for the page and for programs that follow the stand-in's time. In: HTTP.
Out: JSON, events.

Forbidden here: what people may do (`stage`).
"""

import asyncio
import base64
import binascii
import contextlib
import json
from collections.abc import Callable
from pathlib import Path

from aiohttp import web

from simulator.events import Event, TooManyWatchers
from simulator.faults import Faults
from simulator.messages import Json, Shown
from simulator.stage import Stage, StageError
from simulator.world import World

PAGE = Path(__file__).parent / "page"
CLOCK_WAIT_S = 25.0
KEEP_ALIVE_S = 15.0
MAX_RATE = 3600.0
MAX_ADVANCE_S = 31 * 86_400

Act = Callable[[Stage, int, Json], Json]


def stage_routes(world: World, stage: Stage, faults: Faults) -> list[web.RouteDef]:
    """Every route of the page."""
    served = StageHttp(world, stage, faults)
    return [
        web.get("/", served.index),
        web.get("/page/{path:.+}", served.page),
        web.get("/stage/state", served.state),
        web.get("/stage/events", served.events),
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
        path = (PAGE / name).resolve()
        if not path.is_relative_to(PAGE) or not path.is_file():
            raise web.HTTPNotFound
        return web.FileResponse(path, headers={"Cache-Control": "no-cache"})

    async def state(self, request: web.Request) -> web.Response:
        return web.json_response(self._world.state())

    async def file(self, request: web.Request) -> web.Response:
        stored = self._world.files.by_id(request.match_info["file_id"])
        if stored is None:
            raise web.HTTPNotFound
        return web.Response(body=stored.data, content_type=stored.mime)

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


def _told(shown: Shown) -> Json:
    return {"message": shown.shape()}


def _shown(stage: Stage, order: Json) -> Shown:
    shown = stage.world.message(int(order["chat"]), int(order["message"]))
    if shown is None:
        raise StageError("that message is not there")
    return shown


def _reply_to(order: Json) -> int | None:
    return int(order["reply_to"]) if order.get("reply_to") else None


def _data(order: Json) -> bytes:
    return base64.b64decode(order["data"], validate=True)


def _say(stage: Stage, who: int, order: Json) -> Json:
    anonymous = bool(order.get("anonymous"))
    reply_to = _reply_to(order)
    return _told(
        stage.say(who, int(order["chat"]), str(order["text"]), reply_to, anonymous=anonymous)
    )


def _press(stage: Stage, who: int, order: Json) -> Json:
    return {"query_id": stage.press(who, _shown(stage, order), str(order["button"]))}


def _location(stage: Stage, who: int, order: Json) -> Json:
    place = float(order["lat"]), float(order["lon"])
    return _told(stage.share_location(who, int(order["chat"]), *place, _reply_to(order)))


def _live(stage: Stage, who: int, order: Json) -> Json:
    place = float(order["lat"]), float(order["lon"])
    period_s = int(order.get("period_s", 3600))
    return _told(stage.start_live(who, int(order["chat"]), *place, period_s, _reply_to(order)))


def _move_live(stage: Stage, who: int, order: Json) -> Json:
    place = float(order["lat"]), float(order["lon"])
    return _told(stage.move_live(who, _shown(stage, order), *place))


def _stop_live(stage: Stage, who: int, order: Json) -> Json:
    return _told(stage.stop_live(who, _shown(stage, order)))


def _photo(stage: Stage, who: int, order: Json) -> Json:
    caption = order.get("caption")
    return _told(stage.send_photo(who, int(order["chat"]), _data(order), caption, _reply_to(order)))


def _document(stage: Stage, who: int, order: Json) -> Json:
    shown = stage.send_document(
        who,
        int(order["chat"]),
        _data(order),
        order.get("caption"),
        _reply_to(order),
        name=str(order.get("name") or "document.bin"),
        mime=str(order.get("mime") or "application/octet-stream"),
    )
    return _told(shown)


def _voice(stage: Stage, who: int, order: Json) -> Json:
    shown = stage.send_voice(
        who,
        int(order["chat"]),
        _data(order),
        order.get("caption"),
        _reply_to(order),
        duration_s=int(order.get("duration", 3)),
        mime=str(order.get("mime") or "audio/ogg"),
    )
    return _told(shown)


def _contact(stage: Stage, who: int, order: Json) -> Json:
    contact_of = int(order["contact_of"]) if order.get("contact_of") else None
    return _told(stage.share_contact(who, int(order["chat"]), contact_of, _reply_to(order)))


def _reply_button(stage: Stage, who: int, order: Json) -> Json:
    lat, lon = order.get("lat"), order.get("lon")
    shown = stage.press_reply_button(
        who,
        int(order["chat"]),
        str(order["label"]),
        None if lat is None else float(lat),
        None if lon is None else float(lon),
    )
    return _told(shown)


def _start(stage: Stage, who: int, order: Json) -> Json:
    return _told(stage.start(who, order.get("payload") or None))


def _edit(stage: Stage, who: int, order: Json) -> Json:
    return _told(stage.edit(who, _shown(stage, order), str(order["text"])))


def _block(stage: Stage, who: int, order: Json) -> Json:
    stage.block(who)
    return {}


def _unblock(stage: Stage, who: int, order: Json) -> Json:
    stage.unblock(who)
    return {}


def _join(stage: Stage, who: int, order: Json) -> Json:
    stage.join(who, int(order["chat"]))
    return {}


def _leave(stage: Stage, who: int, order: Json) -> Json:
    stage.leave(who, int(order["chat"]))
    return {}


def _migrate(stage: Stage, who: int, order: Json) -> Json:
    return {"chat": stage.migrate(int(order["chat"]))}


ACTS: dict[str, Act] = {
    "say": _say,
    "edit": _edit,
    "press": _press,
    "location": _location,
    "live": _live,
    "move_live": _move_live,
    "stop_live": _stop_live,
    "photo": _photo,
    "document": _document,
    "voice": _voice,
    "contact": _contact,
    "reply_button": _reply_button,
    "start": _start,
    "block": _block,
    "unblock": _unblock,
    "join": _join,
    "leave": _leave,
    "migrate": _migrate,
}
