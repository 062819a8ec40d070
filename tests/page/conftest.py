"""A stand-in with a small cast and an echo bot, and hands for its page."""

from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AsyncExitStack
from datetime import UTC, datetime
from pathlib import Path

import pytest_asyncio
from playwright.async_api import Browser

from simulator.cast import put_on_stage, read_cast
from simulator.clock import SimClock
from simulator.limits import Limits
from simulator.server import Simulator
from tests.page.desk import Desk
from tests.page.echo_bot import EchoBot

CAST = Path(__file__).with_name("cast.yaml")
NIGHT = datetime(2026, 7, 1, 19, 0, tzinfo=UTC)  # 3 a.m. in Shanghai


@pytest_asyncio.fixture(loop_scope="session")
async def sim() -> AsyncIterator[Simulator]:
    """The small cast at 3 a.m.; time stands still."""
    sim = Simulator(token="7:TEST", clock=SimClock(start=NIGHT), limits=Limits.none())
    put_on_stage(read_cast(CAST), sim)
    await sim.start()
    yield sim
    await sim.stop()


@pytest_asyncio.fixture(loop_scope="session")
async def bot(sim: Simulator) -> AsyncIterator[EchoBot]:
    async with EchoBot(sim.api_url, sim.token) as bot:
        yield bot


OpenDesk = Callable[..., Awaitable[Desk]]


@pytest_asyncio.fixture(loop_scope="session")
async def open_desk(browser: Browser, sim: Simulator, bot: EchoBot) -> AsyncIterator[OpenDesk]:
    """Opens the page at a size and in a language; at the end the page must have had no error."""
    async with AsyncExitStack() as opened:

        async def open_it(width: int = 1440, height: int = 900, locale: str = "zh-CN") -> Desk:
            context = await browser.new_context(
                viewport={"width": width, "height": height}, locale=locale
            )
            opened.push_async_callback(context.close)
            desk = Desk(await context.new_page(), sim.url)
            opened.callback(desk.had_no_errors)
            await desk.open()
            return desk

        yield open_it


@pytest_asyncio.fixture(loop_scope="session")
async def desk(open_desk: OpenDesk) -> Desk:
    return await open_desk()
