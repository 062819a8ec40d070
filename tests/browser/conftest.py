"""The real thing in a folder of its own, and its page."""

from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AsyncExitStack
from pathlib import Path

import pytest_asyncio
from playwright.async_api import Browser

from tests.browser.breakdown import Breakdown
from tests.browser.real_run import real_run
from tests.page.desk import Desk

OpenPlay = Callable[..., Awaitable[Breakdown]]


@pytest_asyncio.fixture(loop_scope="session")
async def open_play(browser: Browser, tmp_path: Path) -> AsyncIterator[OpenPlay]:
    """Starts it and opens the page; at the end neither may have had an error."""
    async with AsyncExitStack() as opened:

        async def open_it(width: int, height: int) -> Breakdown:
            url = await opened.enter_async_context(real_run(tmp_path))
            context = await browser.new_context(
                viewport={"width": width, "height": height}, locale="zh-CN"
            )
            opened.push_async_callback(context.close)
            desk = Desk(await context.new_page(), url)
            opened.callback(desk.had_no_errors)
            await desk.open()
            return Breakdown(desk)

        yield open_it
