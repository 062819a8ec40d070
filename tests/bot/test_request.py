"""The HTTP client: works like python-telegram-bot's own, and says what a failure means."""

import asyncio
import socket
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest
from aiohttp import web
from telegram import Bot, InputFile
from telegram.error import BadRequest, ChatMigrated, Forbidden, InvalidToken, TelegramError

from bot.request import (
    BODY_LIMIT_BYTES,
    AiohttpRequest,
    FateUnknown,
    NotSent,
    ServerTrouble,
    Timeouts,
    TooManyRequests,
)
from simulator import Fault, Simulator
from tests.bot.harness import DRIVER, PLAIN_GROUP, QUICK, TOKEN, stand_in
from tests.fake_clock import FakeClock


@asynccontextmanager
async def a_bot(
    timeouts: Timeouts | None = None, connections: int = 8
) -> AsyncIterator[tuple[Bot, Simulator]]:
    async with (
        stand_in(FakeClock()) as sim,
        AiohttpRequest(timeouts=timeouts, connections=connections) as request,
    ):
        yield Bot(TOKEN, base_url=sim.api_url, base_file_url=sim.file_url, request=request), sim


def _free_port() -> int:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        port: int = taken.getsockname()[1]
        return port


async def test_calls_uploads_and_downloads_work() -> None:
    async with a_bot() as (bot, _):
        posted = await bot.send_message(DRIVER, "车在哪里? & <b>", parse_mode=None)
        assert posted.text == "车在哪里? & <b>"
        sent = await bot.send_document(DRIVER, InputFile(b"\x00report", filename="报告.pdf"))
        assert sent.document is not None
        assert sent.document.file_name == "报告.pdf"
        large = await bot.send_document(DRIVER, InputFile(b"x" * 2**21, filename="a.bin"))
        assert large.document is not None
        assert large.document.file_size == 2**21
        file = await bot.get_file(sent.document.file_id)
        assert bytes(await file.download_as_bytearray()) == b"\x00report"


async def test_telegrams_refusals_are_those_of_python_telegram_bot() -> None:
    async with a_bot() as (bot, sim):
        with pytest.raises(BadRequest, match="Message text is empty"):
            await bot.send_message(DRIVER, "")
        sim.stage.block(DRIVER)
        with pytest.raises(Forbidden):
            await bot.send_message(DRIVER, "x")
        new = sim.stage.migrate(PLAIN_GROUP)
        with pytest.raises(ChatMigrated) as moved:
            await bot.send_message(PLAIN_GROUP, "x")
        assert moved.value.new_chat_id == new
        stranger = Bot("1:OTHER", base_url=sim.api_url, request=bot.request)
        with pytest.raises(InvalidToken):
            await stranger.send_message(DRIVER, "x")


async def test_429_names_its_seconds() -> None:
    async with a_bot() as (bot, sim):
        sim.stage.set_fault(Fault("429", retry_after_s=37))
        with pytest.raises(TooManyRequests) as refused:
            await bot.send_message(DRIVER, "x")
        assert refused.value.retry_after_s == 37


async def test_server_trouble_was_surely_not_done() -> None:
    async with a_bot() as (bot, sim):
        sim.stage.set_fault(Fault("500"))
        sim.stage.set_fault(Fault("502"))
        for _ in range(2):
            with pytest.raises(ServerTrouble):
                await bot.send_message(DRIVER, "x")
        assert sim.world.messages(DRIVER, by_bot=True) == []


async def test_a_refused_connection_is_not_sent() -> None:
    async with AiohttpRequest() as request:
        bot = Bot(TOKEN, base_url=f"http://127.0.0.1:{_free_port()}/bot", request=request)
        with pytest.raises(NotSent):
            await bot.send_message(DRIVER, "x")


async def test_a_proxy_out_of_reach_is_not_sent() -> None:
    async with (
        stand_in(FakeClock()) as sim,
        AiohttpRequest(proxy=f"http://127.0.0.1:{_free_port()}") as request,
    ):
        bot = Bot(TOKEN, base_url=sim.api_url, request=request)
        with pytest.raises(NotSent):
            await bot.send_message(DRIVER, "x")


async def test_calls_go_through_the_proxy() -> None:
    seen: list[str] = []

    async def relay(request: web.BaseRequest) -> web.Response:
        seen.append(str(request.url))
        return web.json_response({"ok": True, "result": True})

    server = web.ServerRunner(web.Server(relay))
    await server.setup()
    site = web.TCPSite(server, "127.0.0.1", 0)
    await site.start()
    host, port = server.addresses[0][:2]
    try:
        async with AiohttpRequest(proxy=f"http://{host}:{port}") as request:
            bot = Bot(TOKEN, base_url="http://api.example/bot", request=request)
            assert await bot.delete_webhook()
        assert seen == ["http://api.example/bot1:TEST/deleteWebhook"]
    finally:
        await server.cleanup()


@pytest.mark.parametrize(
    ("fault", "shown"),
    [
        (Fault("cut_before"), 0),
        (Fault("cut_after"), 1),
        (Fault("timeout_before"), 0),
        (Fault("timeout_after"), 1),
    ],
)
async def test_a_call_begun_and_not_answered_has_an_unknown_fate(fault: Fault, shown: int) -> None:
    async with a_bot(QUICK) as (bot, sim):
        sim.stage.set_fault(fault)
        with pytest.raises(FateUnknown):
            await bot.send_message(DRIVER, "x")
        assert len(sim.world.messages(DRIVER, by_bot=True)) == shown


async def test_a_call_that_finds_no_free_connection_is_not_sent() -> None:
    async with a_bot(Timeouts(pool_s=0.03, connect_s=0.03, write_s=5, read_s=5), connections=1) as (
        bot,
        sim,
    ):
        sim.stage.set_fault(Fault("timeout_before"))
        hung = asyncio.create_task(bot.send_message(DRIVER, "hung"))
        while sim.world.stats.calls["sendmessage"] == 0:
            await sim.changed()
        with pytest.raises(NotSent):
            await bot.send_message(DRIVER, "second")
        hung.cancel()


@asynccontextmanager
async def answering(status: int, body: bytes) -> AsyncIterator[Bot]:
    """A server that answers everything with this."""

    async def answer(request: web.BaseRequest) -> web.Response:
        return web.Response(status=status, body=body)

    server = web.ServerRunner(web.Server(answer))
    await server.setup()
    await web.TCPSite(server, "127.0.0.1", 0).start()
    host, port = server.addresses[0][:2]
    try:
        async with AiohttpRequest() as request:
            yield Bot(TOKEN, base_url=f"http://{host}:{port}/bot", request=request)
    finally:
        await server.cleanup()


@pytest.mark.parametrize(
    ("status", "body"),
    [
        (504, b"<html>gateway time-out</html>"),
        (200, b"<html>please log in to the network</html>"),
        (200, b'{"ok": true, "result": true}' + b" " * BODY_LIMIT_BYTES),
    ],
)
async def test_an_answer_that_says_nothing_leaves_the_fate_unknown(
    status: int, body: bytes
) -> None:
    async with answering(status, body) as bot:
        with pytest.raises(FateUnknown):
            await bot.delete_webhook()


async def test_a_429_without_its_seconds_still_means_to_wait() -> None:
    async with answering(429, b"<html>slow down</html>") as bot:
        with pytest.raises(TooManyRequests) as refused:
            await bot.send_message(DRIVER, "x")
        assert refused.value.retry_after_s > 0


async def test_used_before_it_is_initialized_it_says_so() -> None:
    bot = Bot(TOKEN, request=AiohttpRequest())
    with pytest.raises(TelegramError, match="initialize"):
        await bot.send_message(DRIVER, "x")
