"""A real Chromium, a stand-in with a small cast and an echo bot, and hands for the page.

Without a browser the tests marked `browser` do not run, and the summary says so loudly; where CI is
set they fail instead. CHROMIUM names another program than the usual ones.
"""

import os
import shutil
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AsyncExitStack
from datetime import UTC, datetime
from pathlib import Path

import pytest
import pytest_asyncio
from playwright.async_api import Browser, async_playwright, expect

from simulator.cast import put_on_stage, read_cast
from simulator.clock import SimClock
from simulator.limits import Limits
from simulator.server import Simulator
from tests.page.desk import Desk
from tests.page.echo_bot import EchoBot

NAMES = ("chromium", "chromium-browser", "google-chrome-stable", "google-chrome")
GIVEN = os.environ.get("CHROMIUM")
CHROMIUM = GIVEN or next(filter(None, map(shutil.which, NAMES)), None)
HOW_TO_GET_IT = (
    "no Chromium on this machine; "
    "apt-get install chromium fonts-noto-cjk fonts-noto-color-emoji, or set CHROMIUM to a program"
)
ARGUMENTS = [
    "--no-sandbox",
    "--headless",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
PATIENCE_MS = 15_000
CAST = Path(__file__).with_name("cast.yaml")
NIGHT = datetime(2026, 7, 1, 19, 0, tzinfo=UTC)  # 3 a.m. in Shanghai

not_run: list[str] = []


def pytest_runtest_setup(item: pytest.Item) -> None:
    if item.get_closest_marker("browser") is None or CHROMIUM is not None:
        return
    if os.environ.get("CI"):
        pytest.fail(HOW_TO_GET_IT, pytrace=False)
    not_run.append(item.nodeid)
    pytest.skip(HOW_TO_GET_IT)


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    if not not_run:
        return
    terminalreporter.section("THE PAGE WAS NOT TESTED", red=True, bold=True)
    terminalreporter.line(f"{len(not_run)} browser tests did not run: {HOW_TO_GET_IT}")
    for name in not_run:
        terminalreporter.line(f"  {name}")


@pytest_asyncio.fixture(scope="session", loop_scope="session")
async def browser() -> AsyncIterator[Browser]:
    expect.set_options(timeout=PATIENCE_MS)
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
        yield browser
        await browser.close()


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
            desk = Desk(await context.new_page(), sim)
            opened.callback(desk.had_no_errors)
            await desk.open()
            return desk

        yield open_it


@pytest_asyncio.fixture(loop_scope="session")
async def desk(open_desk: OpenDesk) -> Desk:
    return await open_desk()
