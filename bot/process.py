"""The process: settings to a running Muster, signals, the end.

In: settings. Out: an exit code. Forbidden here: everything else; it only opens and closes.
"""

import asyncio
import logging
import signal
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager, suppress

from telegram.ext import ExtBot

from bot.assembly import Parts, assembled, run_until_cancelled
from bot.clock import Clock
from bot.clocks import FollowedClock, SystemClock
from bot.intake import IntakeFailed
from bot.library import read_library
from bot.log import set_up_logging
from bot.request import AiohttpRequest
from bot.settings import Settings
from handlers.documents import KINDS
from storage.port import Damaged, StoreFailed
from storage.tiny import StoreInUse, open_tiny

log = logging.getLogger(__name__)

POLL_S = 50


async def run_process(settings: Settings) -> int:
    """Run until SIGINT or SIGTERM. 0: stopped in order; 1: could not go on, with words logged."""
    set_up_logging(settings.muster_log, settings.secrets)
    library = read_library(settings.muster_company)
    for warning in library.warnings:
        log.warning("%s", warning)
    code = 0
    try:
        async with AsyncExitStack() as stack:
            clock = await stack.enter_async_context(_clock(settings))
            store = await stack.enter_async_context(open_tiny(settings.muster_data, KINDS))
            proxy = settings.bot_proxy or None
            poll_request = AiohttpRequest(proxy=proxy, connections=4)
            bot = ExtBot(
                settings.bot_token.get_secret_value(),
                base_url=settings.bot_api_url,
                base_file_url=settings.bot_file_url,
                request=AiohttpRequest(proxy=proxy),
                get_updates_request=AiohttpRequest(proxy=proxy, connections=4),
            )
            parts = Parts(store, clock, bot, poll_request, library.desk, POLL_S)
            muster = await stack.enter_async_context(assembled(parts))
            await _until_signalled(asyncio.create_task(run_until_cancelled(muster)))
    except* (IntakeFailed, StoreFailed, StoreInUse, Damaged) as errors:
        for error in errors.exceptions:
            log.error("%s", error)
        code = 1
    return code


async def _until_signalled(running: asyncio.Task[None]) -> None:
    loop = asyncio.get_running_loop()
    for name in (signal.SIGINT, signal.SIGTERM):
        loop.add_signal_handler(name, running.cancel)
    with suppress(asyncio.CancelledError):
        await running


@asynccontextmanager
async def _clock(settings: Settings) -> AsyncIterator[Clock]:
    if settings.muster_clock_url:
        async with FollowedClock(settings.muster_clock_url) as followed:
            yield followed
    else:
        async with SystemClock() as clock:
            yield clock
