"""The process: settings to a running Muster, signals, the end.

In: settings. Out: an exit code. Forbidden here: everything else; it only opens and closes.
"""

import asyncio
import logging
import signal
from collections.abc import AsyncIterator, Iterator
from contextlib import AsyncExitStack, asynccontextmanager, suppress

from telegram.ext import ExtBot

from bot.assembly import Parts, WebhookAddress, assembled, run_until_cancelled
from bot.claim import offer_claim, show_claim
from bot.clock import Clock
from bot.clocks import FollowedClock, SystemClock
from bot.control import control
from bot.intake import IntakeFailed
from bot.library import Library, read_library
from bot.log import set_up_logging
from bot.orders import Orders
from bot.request import AiohttpRequest
from bot.settings import Settings
from handlers.kinds import KINDS
from storage.port import Damaged, StoreFailed
from storage.tiny import StoreInUse, open_tiny

log = logging.getLogger(__name__)

POLL_S = 50
TOLD_IN_WORDS = (IntakeFailed, StoreFailed, StoreInUse, Damaged, OSError)


async def run_process(settings: Settings) -> int:
    """Run until SIGINT or SIGTERM. 0: stopped in order; 1: could not go on, with words logged.

    NotReadable: the company or a plan is wrong.
    """
    set_up_logging(settings.muster_log, settings.secrets)
    library = read_library(settings.muster_company, settings.muster_plans)
    for warning in library.warnings:
        log.warning("%s", warning)
    working = asyncio.create_task(_work(settings, library))
    for name in (signal.SIGINT, signal.SIGTERM):
        asyncio.get_running_loop().add_signal_handler(name, working.cancel)
    code = 0
    try:
        with suppress(asyncio.CancelledError):
            await working
    except* TOLD_IN_WORDS as errors:
        code = 1
        for error in _each(errors):
            log.error("%s", error)
    except* Exception as errors:
        code = 1
        for error in _each(errors):
            log.error("Muster ends, by a fault of its own", exc_info=error)
    return code


async def _work(settings: Settings, library: Library) -> None:
    async with AsyncExitStack() as stack:
        clock = await stack.enter_async_context(_clock(settings))
        store = await stack.enter_async_context(open_tiny(settings.muster_data, KINDS))
        orders = Orders(store, library.desk, clock.now)
        await stack.enter_async_context(control(store.folder, orders.carry_out))
        proxy = settings.bot_proxy or None
        poll_request = AiohttpRequest(proxy=proxy, connections=4)
        bot = ExtBot(
            settings.bot_token.get_secret_value(),
            base_url=settings.bot_api_url,
            base_file_url=settings.bot_file_url,
            request=AiohttpRequest(proxy=proxy),
            get_updates_request=AiohttpRequest(proxy=proxy, connections=4),
        )
        webhook = _webhook(settings)
        parts = Parts(store, clock, bot, poll_request, library.desk, POLL_S, webhook)
        muster = await stack.enter_async_context(assembled(parts))
        if code := await offer_claim(store, library.desk, at=clock.now()):
            show_claim(code, bot.username)
        await run_until_cancelled(muster)


def _webhook(settings: Settings) -> WebhookAddress | None:
    if not settings.bot_webhook_url or settings.bot_webhook_secret is None:
        return None
    secret = settings.bot_webhook_secret.get_secret_value()
    return WebhookAddress(settings.bot_webhook_url, settings.bot_webhook_listen, secret)


def _each(errors: BaseExceptionGroup[BaseException]) -> Iterator[BaseException]:
    for error in errors.exceptions:
        if isinstance(error, BaseExceptionGroup):
            yield from _each(error)
        else:
            yield error


@asynccontextmanager
async def _clock(settings: Settings) -> AsyncIterator[Clock]:
    if settings.muster_clock_url:
        async with FollowedClock(settings.muster_clock_url) as followed:
            yield followed
    else:
        async with SystemClock() as clock:
            yield clock
