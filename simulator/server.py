"""The stand-in as one thing: starts, serves the Bot API over HTTP on loopback, stops. In: HTTP.
Out: HTTP.

Forbidden here: what methods do (`methods/`), what people do (`stage`), what the page asks
(`stage_http`).
"""

import asyncio
from collections.abc import Awaitable, Callable
from typing import Any

from aiohttp import web

from simulator import errors
from simulator.api import Api, Reply
from simulator.bounds import Bounds
from simulator.busy import Busy
from simulator.clock import SimClock
from simulator.errors import ApiError
from simulator.faults import Fault, Faults
from simulator.limits import Limiter, Limits
from simulator.misfortune import Misfortune
from simulator.params import MAX_BODY_BYTES, Params, read_params
from simulator.people import BotProfile
from simulator.polling import Polling
from simulator.pulse import Pulse
from simulator.stage import Stage
from simulator.stage_http import is_ours, stage_routes
from simulator.webhook import Webhook
from simulator.world import World

Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]

HOST = "127.0.0.1"
STOP_WAIT_S = 1.0


class Simulator:
    """A Telegram for one bot and one machine.

    The token is "<bot's id>:<anything>". `clock` stands still unless it is given a rate. One event
    loop, no threads.
    """

    def __init__(
        self,
        token: str = "1:TEST",  # noqa: S107 (a stand-in's token opens nothing)
        clock: SimClock | None = None,
        limits: Limits | None = None,
        bot: BotProfile | None = None,
        bounds: Bounds | None = None,
    ) -> None:
        self.token = token
        self.clock = clock or SimClock()
        self.world = World(
            bot or BotProfile(int(token.partition(":")[0])), self.clock, bounds or Bounds()
        )
        self.faults = Faults()
        self.stage = Stage(self.world, self.faults)
        self._pulse = Pulse()
        self._busy = Busy(self._pulse)
        self.api = Api(self.world, Limiter(limits or Limits.telegram()), self.faults)
        self._misfortune = Misfortune(self.clock, self._busy)
        self._polling = Polling(self.world.queue, self.clock, self._busy)
        self._webhook = Webhook(self.world, self.api, self._busy)
        self.api.waiting = {
            "getupdates": self._get_updates,
            "setwebhook": self._set_webhook,
            "deletewebhook": self._webhook.delete,
            "getwebhookinfo": self._webhook.info,
        }
        self._runner: web.AppRunner | None = None
        self._watcher: asyncio.Task[None] | None = None
        self._port = 0
        self.world.queue.on_add = self._webhook.take_in
        self.world.queue.on_change = self._on_queue
        self.world.events.on_publish = self._pulse.beat

    # --- where it is

    @property
    def page(self) -> dict[str, Any]:
        """What the page is told besides the world (time zone, places, panes); passed through as it
        is.
        """
        return self.world.page

    @page.setter
    def page(self, told: dict[str, Any]) -> None:
        self.world.page = told

    @property
    def port(self) -> int:
        """0 before the start."""
        return self._port

    @property
    def url(self) -> str:
        return f"http://{HOST}:{self._port}"

    @property
    def api_url(self) -> str:
        """To be followed by the token, as python-telegram-bot's `base_url` is."""
        return f"{self.url}/bot"

    @property
    def file_url(self) -> str:
        """To be followed by the token, as python-telegram-bot's `base_file_url` is."""
        return f"{self.url}/file/bot"

    async def start(self, port: int = 0) -> None:
        """Serve on 127.0.0.1; port 0 takes a free one. OSError when the port is taken."""
        app = web.Application(client_max_size=MAX_BODY_BYTES, middlewares=[_guard])
        app.router.add_route("*", "/bot{token}/{method}", self._handle)
        app.router.add_get("/file/bot{token}/{path:.+}", self._download)
        app.add_routes(stage_routes(self.world, self.stage, self.faults))
        runner = web.AppRunner(app, handler_cancellation=True, shutdown_timeout=STOP_WAIT_S)
        await runner.setup()
        site = web.TCPSite(runner, HOST, port)
        try:
            await site.start()
        except OSError:
            await runner.cleanup()
            raise
        self._runner = runner
        self._port = runner.addresses[0][1]
        self.clock.arm()
        self._watcher = asyncio.create_task(self._tell_clock())

    async def stop(self) -> None:
        """End every connection and forget every timer. The world stays readable."""
        if self._runner is None:
            return
        if self._watcher is not None:
            self._watcher.cancel()
        await self._webhook.stop()
        self._polling.close()
        self._misfortune.end()
        self.world.events.close()
        self.clock.changed.beat()
        await self._runner.cleanup()
        self._runner = None
        self.clock.disarm()

    # --- what tests wait for

    def quiet(self) -> bool:
        """Whether the wire is at rest: every update confirmed, and no call being handled.

        A long poll that waits and a call hung by a fault are at rest. What the bot still has in its
        own hands (an answer it reads, a message it is about to send) cannot be known here: ask the
        bot as well.
        """
        return self.at_rest() and len(self.world.queue) == 0

    def at_rest(self) -> bool:
        """Whether no call and no webhook delivery is being handled; updates may wait, for a retry
        for example.
        """
        return self._busy.count == 0

    def is_polled(self) -> bool:
        """Whether a long poll of the bot waits now."""
        return self._polling.is_waiting

    async def changed(self) -> None:
        """Return when anything happens next: a call begins or ends, something is shown, an update
        is confirmed.
        """
        await self._pulse.wait()

    async def until(self, holds: Callable[[], bool], patience_s: float = 10.0) -> None:
        """Return when `holds()` is true, looking again after each change of the stand-in.

        It does not sleep; TimeoutError after `patience_s` real seconds, for what never comes.
        """
        async with asyncio.timeout(patience_s):
            while not holds():
                await self.changed()

    # --- the Bot API

    async def _handle(self, request: web.Request) -> web.StreamResponse:
        with self._busy.handling():
            response = await self._respond(request)
            await response.prepare(request)
            await response.write_eof()
            return response

    async def _respond(self, request: web.Request) -> web.Response:
        try:
            if request.match_info["token"] != self.token:
                raise errors.UNAUTHORIZED.error()
            params = await read_params(request)
        except ApiError as error:
            return _json(Reply(error.code, error.body()))
        reply = await self.api.call(request.match_info["method"], params)
        if isinstance(reply, Fault):
            return await self._misfortune.befall(request, reply)
        if reply.fault is not None and reply.fault.kind.endswith("_after"):
            return await self._misfortune.befall(request, reply.fault)
        return _json(reply)

    async def _download(self, request: web.Request) -> web.StreamResponse:
        with self._busy.handling():
            response = self._file(request)
            await response.prepare(request)
            await response.write_eof()
            return response

    def _file(self, request: web.Request) -> web.Response:
        if request.match_info["token"] != self.token:
            return _json(Reply(401, errors.UNAUTHORIZED.error().body()))
        stored = self.world.files.by_path(request.match_info["path"])
        if stored is None:
            return _json(Reply(404, errors.NOT_FOUND.error().body()))
        return web.Response(body=stored.data, content_type="application/octet-stream")

    async def _get_updates(self, params: Params) -> Any:
        if self._webhook.is_set:
            raise errors.WEBHOOK_ACTIVE.error()
        return await self._polling.get_updates(params)

    async def _set_webhook(self, params: Params) -> Any:
        self._polling.conflict(errors.POLL_WEBHOOK_SET)
        return await self._webhook.set(params)

    def _on_queue(self) -> None:
        self._polling.wake()
        self._pulse.beat()

    async def _tell_clock(self) -> None:
        while True:
            await self.clock.changed.wait()
            now = self.clock.now().isoformat()
            self.world.events.publish("clock", now=now, rate=self.clock.rate)


@web.middleware
async def _guard(request: web.Request, handler: Handler) -> web.StreamResponse:
    if not is_ours(request):
        raise web.HTTPForbidden
    return await handler(request)


def _json(reply: Reply) -> web.Response:
    headers = {"Retry-After": str(reply.retry_after)} if reply.retry_after else None
    return web.json_response(reply.body, status=reply.status, headers=headers)
