"""Chromium, found and started. In: CHROMIUM or the usual names. Out: a browser that shows pages."""

import os
import shutil
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from playwright.async_api import Browser, async_playwright, expect

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


@asynccontextmanager
async def launched_chromium() -> AsyncIterator[Browser]:
    """A browser; what is expected of its pages may take PATIENCE_MS to come true."""
    expect.set_options(timeout=PATIENCE_MS)
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
        yield browser
        await browser.close()
