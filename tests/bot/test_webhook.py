"""Updates by webhook: only Telegram's, bounded, and 200 only after the commit."""

import asyncio
import io
import json
import socket
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import aiohttp
import pytest
from telegram import Bot

from bot.intake import RawUpdate
from bot.request import AiohttpRequest
from bot.webhook import BODY_LIMIT_BYTES, SECRET_HEADER, UNDER_WAY_LIMIT, Webhook
from simulator import Simulator
from storage.port import StoreFailed
from tests.bot.harness import DRIVER, TOKEN, stand_in, until
from tests.fake_clock import FakeClock

SECRET = "a-secret-of-some-length"
UPDATE = json.dumps({"update_id": 1, "message": {"text": "a"}})


class Desk:
    def __init__(self) -> None:
        self.texts: list[str] = []
        self.begun = 0
        self.error: Exception | None = None
        self.open = asyncio.Event()
        self.open.set()

    async def take(self, update: RawUpdate) -> None:
        self.begun += 1
        await self.open.wait()
        if self.error is not None:
            raise self.error
        self.texts.append(str(update["message"]["text"]))


@asynccontextmanager
async def a_webhook() -> AsyncIterator[tuple[Desk, Webhook, Simulator, str, FakeClock]]:
    clock, desk = FakeClock(), Desk()
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        port = taken.getsockname()[1]
    url = f"http://127.0.0.1:{port}/telegram"
    async with stand_in(clock) as sim, AiohttpRequest() as request:
        bot = Bot(TOKEN, base_url=sim.api_url, request=request)
        webhook = Webhook(bot, desk.take, clock, url=url, listen=f"127.0.0.1:{port}", secret=SECRET)
        await webhook.start()
        try:
            yield desk, webhook, sim, url, clock
        finally:
            await webhook.stop()


async def _post(url: str, body: str | bytes | io.BytesIO, secret: str = SECRET) -> int:
    async with (
        aiohttp.ClientSession() as session,
        session.post(url, data=body, headers={SECRET_HEADER: secret}) as response,
    ):
        return response.status


async def test_what_people_send_arrives_and_is_confirmed_when_committed() -> None:
    async with a_webhook() as (desk, _, sim, _url, _clock):
        desk.open.clear()
        sim.stage.say(DRIVER, DRIVER, "到了")
        await until(lambda: desk.begun == 1)
        assert len(sim.world.queue) == 1
        desk.open.set()
        while not sim.quiet():
            await sim.changed()
        assert desk.texts == ["到了"]


async def test_catching_up_waits_until_nothing_waits_at_telegram() -> None:
    async with a_webhook() as (desk, webhook, sim, _url, clock):
        desk.open.clear()
        sim.stage.say(DRIVER, DRIVER, "a")
        catching_up = asyncio.create_task(webhook.catch_up())
        await until(lambda: clock.next_at() is not None)
        assert not catching_up.done()
        desk.open.set()
        while not sim.quiet():
            await sim.changed()
        await clock.advance(1)
        await catching_up
        assert desk.texts == ["a"]


@pytest.mark.parametrize("secret", ["", "wrong", SECRET[:-1], "ü"])
async def test_a_request_without_the_secret_is_refused_unread(secret: str) -> None:
    async with a_webhook() as (desk, _, _sim, url, _clock):
        assert await _post(url, UPDATE, secret) == 403
        assert desk.begun == 0


@pytest.mark.parametrize("body", ["", "no json", "[]", "{}", '{"update_id": "x"}', b"\xff\xfe"])
async def test_what_is_no_update_is_refused(body: str | bytes) -> None:
    async with a_webhook() as (desk, _, _sim, url, _clock):
        assert await _post(url, body) == 400
        assert desk.begun == 0


async def test_a_body_over_the_bound_is_refused() -> None:
    async with a_webhook() as (desk, _, _sim, url, _clock):
        assert await _post(url, io.BytesIO(b"x" * (BODY_LIMIT_BYTES + 1))) == 413
        assert desk.begun == 0


async def test_an_update_that_could_not_be_taken_is_not_confirmed() -> None:
    async with a_webhook() as (desk, _, _sim, url, _clock):
        desk.error = RuntimeError()
        assert await _post(url, UPDATE) == 500
        desk.error = None
        assert await _post(url, UPDATE) == 200


async def test_when_the_store_fails_the_run_ends_and_nothing_is_confirmed() -> None:
    async with a_webhook() as (desk, webhook, _sim, url, _clock):
        desk.error = StoreFailed()
        assert await _post(url, UPDATE) == 500
        with pytest.raises(StoreFailed):
            await webhook.run()


async def test_more_calls_at_once_than_the_bound_are_sent_away_for_now() -> None:
    async with (
        a_webhook() as (desk, _, _sim, url, _clock),
        aiohttp.ClientSession(
            connector=aiohttp.TCPConnector(limit=0), headers={SECRET_HEADER: SECRET}
        ) as session,
    ):
        desk.open.clear()

        async def post() -> int:
            async with session.post(url, data=UPDATE) as response:
                return response.status

        held = [asyncio.create_task(post()) for _ in range(UNDER_WAY_LIMIT)]
        await until(lambda: desk.begun == UNDER_WAY_LIMIT)
        assert await post() == 503
        desk.open.set()
        assert set(await asyncio.gather(*held)) == {200}
