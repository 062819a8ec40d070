"""Takes updates in by webhook: Telegram gets its 200 only after the commit.

In: HTTP requests. Out: one awaited `take(update)` for each. Forbidden here: knowing what an update
means, answering 200 before `take` has returned, trusting a request without the secret.
"""

import asyncio
import hmac
import json
import logging
from urllib.parse import urlsplit

from aiohttp import web
from telegram import Bot
from telegram.error import TelegramError

from bot.backoff import Backoff
from bot.clock import Clock
from bot.intake import ALLOWED_UPDATES, RawUpdate, Take
from storage.port import StoreFailed

SECRET_HEADER = "X-Telegram-Bot-Api-Secret-Token"  # noqa: S105 - a header's name
BODY_LIMIT_BYTES = 1024 * 1024
UNDER_WAY_LIMIT = 100
CONNECTIONS = 40
CATCH_UP_LIMIT_S = 120.0
LOOK_AGAIN_S = 1.0
NETWORK = Backoff(first_s=1.0, most_s=15.0)

log = logging.getLogger(__name__)


class Webhook:
    """A server for Telegram's calls, and the registration of its address.

    `url` is what Telegram calls (its path is served), `listen` is HOST:PORT here, behind the
    company's own TLS. More than UNDER_WAY_LIMIT calls at once are answered 503, a body over
    BODY_LIMIT_BYTES 413: Telegram repeats both.
    """

    def __init__(
        self, bot: Bot, take: Take, clock: Clock, *, url: str, listen: str, secret: str
    ) -> None:
        self._bot = bot
        self._take = take
        self._clock = clock
        self._url = url
        self._host, _, port = listen.rpartition(":")
        self._port = int(port)
        self._secret = secret
        self._under_way = 0
        self._failed: asyncio.Future[None] | None = None
        self._runner: web.AppRunner | None = None

    async def start(self) -> None:
        """Listen, then tell Telegram the address. OSError: the port is taken."""
        self._failed = asyncio.get_running_loop().create_future()
        app = web.Application(client_max_size=BODY_LIMIT_BYTES)
        app.router.add_post(urlsplit(self._url).path or "/", self._receive)
        self._runner = web.AppRunner(app, access_log=None)
        await self._runner.setup()
        await web.TCPSite(self._runner, self._host, self._port).start()
        await self._register()

    async def catch_up(self) -> None:
        """Wait until nothing waits at Telegram, CATCH_UP_LIMIT_S at most."""
        waited_s = 0.0
        while waited_s < CATCH_UP_LIMIT_S:
            try:
                info = await self._bot.get_webhook_info()
            except TelegramError as error:
                log.warning("what waits at Telegram cannot be seen now: %s", error)
            else:
                if info.pending_update_count == 0:
                    return
            await self._clock.wait(LOOK_AGAIN_S)
            waited_s += LOOK_AGAIN_S
        log.warning("updates still wait at Telegram; the clock starts all the same")

    async def run(self) -> None:
        """Serve until cancelled. StoreFailed: the process must end."""
        if self._failed is None:
            raise RuntimeError("start() comes first")
        await self._failed

    async def stop(self) -> None:
        """Stop listening. Telegram keeps what it cannot hand over."""
        if self._runner is not None:
            await self._runner.cleanup()

    async def _register(self) -> None:
        failures = 0
        while True:
            try:
                await self._bot.set_webhook(
                    self._url,
                    secret_token=self._secret,
                    allowed_updates=ALLOWED_UPDATES,
                    max_connections=CONNECTIONS,
                )
                return
            except TelegramError as error:
                failures += 1
                log.warning("the webhook could not be registered: %s", error)
            await self._clock.wait(NETWORK.delay_s(failures))

    async def _receive(self, request: web.Request) -> web.Response:
        given = request.headers.get(SECRET_HEADER, "").encode("utf-8", "surrogateescape")
        if not hmac.compare_digest(given, self._secret.encode()):
            return web.Response(status=403)
        if self._under_way >= UNDER_WAY_LIMIT:
            return web.Response(status=503)
        self._under_way += 1
        try:
            return await self._work(request)
        finally:
            self._under_way -= 1

    async def _work(self, request: web.Request) -> web.Response:
        update = _parsed(await request.read())
        if update is None:
            return web.Response(status=400)
        try:
            await self._take(update)
        except StoreFailed as error:
            self._fail(error)
            return web.Response(status=500)
        except Exception:
            log.exception("an update could not be taken in", extra={"update": update["update_id"]})
            return web.Response(status=500)
        return web.Response()

    def _fail(self, error: Exception) -> None:
        if self._failed is not None and not self._failed.done():
            self._failed.set_exception(error)


def _parsed(body: bytes) -> RawUpdate | None:
    try:
        update = json.loads(body)
    except ValueError:
        return None
    if not isinstance(update, dict) or not isinstance(update.get("update_id"), int):
        return None
    return update
