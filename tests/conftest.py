"""A real Chromium for the tests that need one.

Without a browser the tests marked `browser` do not run, and the summary says so loudly; where CI is
set they fail instead. CHROMIUM names another program than the usual ones.
"""

from collections.abc import AsyncIterator
from os import environ

import pytest
import pytest_asyncio
from playwright.async_api import Browser

from tests.chromium import CHROMIUM, HOW_TO_GET_IT, launched_chromium


def pytest_runtest_setup(item: pytest.Item) -> None:
    if item.get_closest_marker("browser") is None or CHROMIUM is not None:
        return
    if environ.get("CI"):
        pytest.fail(HOW_TO_GET_IT, pytrace=False)
    pytest.skip(HOW_TO_GET_IT)


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    # From the reports, which come also from the processes of other cores.
    skipped = terminalreporter.stats.get("skipped", ())
    not_run = [report.nodeid for report in skipped if HOW_TO_GET_IT in str(report.longrepr)]
    if not not_run:
        return
    terminalreporter.section("THE PAGE WAS NOT TESTED", red=True, bold=True)
    terminalreporter.line(f"{len(not_run)} browser tests did not run: {HOW_TO_GET_IT}")
    for name in not_run:
        terminalreporter.line(f"  {name}")


@pytest_asyncio.fixture(scope="session", loop_scope="session")
async def browser() -> AsyncIterator[Browser]:
    async with launched_chromium() as browser:
        yield browser
