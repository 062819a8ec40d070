"""The real thing in a folder of its own, and its page."""

from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AsyncExitStack
from pathlib import Path

import pytest_asyncio
from playwright.async_api import Browser

from bot.settings import NEW_COMPANY
from tests.browser.beginning import Beginning
from tests.browser.breakdown import Breakdown
from tests.browser.real_run import real_run
from tests.page.desk import Desk

OpenPlay = Callable[..., Awaitable[Breakdown]]
OpenBeginning = Callable[..., Awaitable[Beginning]]
OpenDesk = Callable[..., Awaitable[Desk]]

# What `--cast` calls a company of people whom the bot does not know.
NOBODY = Path("empty")


@pytest_asyncio.fixture(loop_scope="session")
async def open_run(browser: Browser, tmp_path: Path) -> AsyncIterator[OpenDesk]:
    """Starts it and opens the page; at the end neither may have had an error."""
    async with AsyncExitStack() as opened:

        async def open_it(width: int, height: int, **company: Path) -> Desk:
            url = await opened.enter_async_context(real_run(tmp_path, **company))
            context = await browser.new_context(
                viewport={"width": width, "height": height}, locale="zh-CN"
            )
            opened.push_async_callback(context.close)
            desk = Desk(await context.new_page(), url)
            opened.callback(desk.had_no_errors)
            await desk.open()
            return desk

        yield open_it


@pytest_asyncio.fixture(loop_scope="session")
async def open_play(open_run: OpenDesk) -> OpenPlay:
    """With the sample company."""

    async def open_it(width: int, height: int) -> Breakdown:
        return Breakdown(await open_run(width, height))

    return open_it


@pytest_asyncio.fixture(loop_scope="session")
async def open_beginning(open_run: OpenDesk, tmp_path: Path) -> OpenBeginning:
    """With a new company, in which nobody is yet."""

    async def open_it(width: int, height: int) -> Beginning:
        desk = await open_run(width, height, company=NEW_COMPANY, cast=NOBODY)
        return Beginning(desk, tmp_path)

    return open_it
