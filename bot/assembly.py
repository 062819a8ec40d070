"""Assembly: builds the running whole from its parts.

In: a store, a clock, a bot, a desk. Out: `Muster`, started in the order that matters: what waits
at Telegram first, then the clock. Forbidden here: reading settings or files; rules.
"""

import asyncio
import logging
from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass
from typing import Any, Protocol

from telegram import (
    BotCommandScope,
    BotCommandScopeAllGroupChats,
    BotCommandScopeAllPrivateChats,
    BotCommandScopeDefault,
)
from telegram.error import InvalidToken, TelegramError
from telegram.ext import ExtBot
from telegram.request import BaseRequest

from bot.backoff import Backoff
from bot.clock import Clock
from bot.clocks import machine_now
from bot.errands import Errand, Errands
from bot.evidence import FetchEvidence
from bot.intake import NOT_OUR_BOT, Intake, IntakeFailed, Take
from bot.line import Line
from bot.nightly import Nightly
from bot.outbox import Outbox, OutboxSetup
from bot.papers import ForgetPaper
from bot.sheets import OF_CALLS, OF_READERS, WriteSheet
from bot.tables import ReadTable, WriteWorkbook
from bot.turn import Turns, migration_in
from bot.watch import Watch
from bot.webhook import Webhook
from handlers.broadcasting.filing import CAST_LISTS
from handlers.build import build_application
from handlers.catalogue import say
from handlers.context import App
from handlers.desk import Desk
from handlers.directory.documents import IMPORTS, PAPERS, WORKBOOKS
from handlers.documents import EVIDENCE
from handlers.menus import Commands, group_menu, private_menu, strangers_menu
from handlers.steps.call_sheets import CALL_SHEETS
from plans.text import Lang
from storage.delivery import Delivery
from storage.port import Due, Store

log = logging.getLogger(__name__)

DRAIN_S = 10.0
HELLO = Backoff(first_s=1.0, most_s=30.0)


@dataclass(frozen=True)
class WebhookAddress:
    """Where Telegram calls (`url`), where we listen (HOST:PORT), and the word that proves it."""

    url: str
    listen: str
    secret: str


@dataclass(frozen=True)
class Parts:
    """What a Muster is made of. `poll_request` serves getUpdates alone, and nothing when there is
    a `webhook`."""

    store: Store
    clock: Clock
    bot: ExtBot[None]
    poll_request: BaseRequest
    desk: Desk
    poll_s: int = 50
    webhook: WebhookAddress | None = None


class Inbox(Protocol):
    """How updates come in."""

    async def catch_up(self) -> object:
        """Return when all that waited at Telegram has been taken in."""
        ...

    async def run(self) -> None:
        """Take updates in until cancelled. IntakeFailed, StoreFailed: the process must end."""
        ...


class Muster:
    """The process's workers. `run()` ends only with an error or by being cancelled."""

    def __init__(self, parts: Parts, application: App) -> None:
        self._parts = parts
        self.turns = Turns(parts.store, parts.desk, application, parts.clock)
        self._errands = Errands({kind: make(parts) for kind, make in ERRANDS.items()})
        setup = OutboxSetup(
            mark=self._mark,
            on_failed=self.turns.take_failure,
            on_migrated=self.turns.take_migration,
        )
        self.outbox = Outbox(parts.store, parts.bot, parts.clock, setup)
        self._line = Line(parts.clock, machine_now, parts.poll_s)
        self.watch = Watch(parts.store, parts.clock, self._line, self._come_due)
        self._nightly = Nightly(parts.store, parts.clock, parts.desk)

    async def run(self) -> None:
        """Take in what waits, then let time pass. StoreFailed, IntakeFailed: the process must
        end."""
        async with asyncio.TaskGroup() as workers:
            workers.create_task(self.outbox.run(), name="outbox")
            async with _inbox(self._parts, self._line, self._take_update) as inbox:
                await inbox.catch_up()
                log.info("what waited at Telegram has been taken in")
                await self.turns.take_routines()
                workers.create_task(self.watch.run(), name="watch")
                workers.create_task(self._errands.run(), name="errands")
                workers.create_task(self._nightly.run(), name="nightly")
                await inbox.run()

    def idle(self) -> bool:
        """Nothing can happen here without time passing or an update coming in."""
        workers = (self.outbox, self.watch, self._errands, self._nightly)
        return all(worker.idle() for worker in workers)

    async def _take_update(self, raw: dict[str, Any]) -> None:
        """What still waits for a group's old id goes to the new one."""
        await self.turns.take_update(raw)
        if (migration := migration_in(raw)) is not None:
            self.outbox.migrate(*migration)

    async def _come_due(self, due: Due) -> None:
        if self._errands.concern(due):
            await self._errands.want(due)
        else:
            await self.turns.take_due(due)

    def _mark(self, delivery: Delivery) -> str:
        """The words at the head of a message that may have arrived before."""
        return say(self._language_of(delivery.chat), "general.repeat_mark").unescape()

    def _language_of(self, chat: int) -> Lang:
        roster = self._parts.desk.latest_roster
        person = roster.person_by_telegram(chat)
        if person is not None:
            return roster.language_of(person)
        group = roster.group_by_chat(chat)
        state = roster.group_state(group) if group else None
        return state.language if state else roster.company.language


# Work outside the turn, by the kind of the document that is due; the rest is in `handlers.due`.
ERRANDS: Mapping[str, Callable[[Parts], Errand]] = {
    EVIDENCE.name: lambda p: FetchEvidence(p.store, p.bot, p.clock),
    IMPORTS.name: lambda p: ReadTable(p.store, p.bot, p.clock, p.desk),
    WORKBOOKS.name: lambda p: WriteWorkbook(p.store, p.clock, p.desk),
    CALL_SHEETS.name: lambda p: WriteSheet(p.store, p.clock, p.desk, OF_CALLS),
    CAST_LISTS.name: lambda p: WriteSheet(p.store, p.clock, p.desk, OF_READERS),
    PAPERS.name: lambda p: ForgetPaper(p.store, p.clock),
}


@asynccontextmanager
async def _inbox(parts: Parts, line: Line, take: Take) -> AsyncIterator[Inbox]:
    """With a webhook nothing is known of the line: it counts as up."""
    bot, clock = parts.bot, parts.clock
    if parts.webhook is None:
        yield Intake(bot, parts.poll_request, take, clock, line, poll_s=parts.poll_s)
        return
    address = parts.webhook
    webhook = Webhook(
        bot,
        take,
        clock,
        url=address.url,
        listen=address.listen,
        secret=address.secret,
    )
    try:
        await webhook.start()
        yield webhook
    finally:
        await webhook.stop()


@asynccontextmanager
async def assembled(parts: Parts) -> AsyncIterator[Muster]:
    """A Muster that has said hello to Telegram. IntakeFailed: Telegram does not know the token."""
    application = build_application(parts.bot, parts.desk)
    try:
        await _say_hello(parts, application)
        await parts.poll_request.initialize()
        yield Muster(parts, application)
    finally:
        await parts.poll_request.shutdown()
        await application.shutdown()
        await parts.bot.shutdown()


async def run_until_cancelled(muster: Muster) -> None:
    """Run; when cancelled (SIGTERM), begin nothing new and finish what is being sent.

    Cancelled again meanwhile: what is being sent counts as unknown at the next start.
    """
    running = asyncio.create_task(muster.run())
    try:
        await asyncio.shield(running)
    except asyncio.CancelledError:
        log.info("stopping: finishing what is under way")
        await muster.outbox.drain(DRAIN_S)
        raise
    finally:
        running.cancel()
        with suppress(asyncio.CancelledError):
            await running


async def _say_hello(parts: Parts, application: App) -> None:
    """Learn who we are; waits for the network as long as it must."""
    failures = 0
    while True:
        try:
            await application.initialize()
            break
        except InvalidToken as error:
            raise IntakeFailed(NOT_OUR_BOT) from error
        except TelegramError as error:
            failures += 1
            if failures == 1 or failures % 10 == 0:
                log.warning("Telegram cannot be reached yet; trying on: %s", error)
        await parts.clock.wait(HELLO.delay_s(failures))
    try:
        await _set_commands(parts)
    except TelegramError as error:
        log.warning("the command menus are not set anew: %s", error)


async def _set_commands(parts: Parts) -> None:
    langs: tuple[Lang, ...] = ("zh", "en")
    plans = parts.desk.plans
    for lang in langs:
        # A phone in neither language is shown the company's.
        code = None if lang == parts.desk.company.language else lang
        scopes: tuple[tuple[BotCommandScope, Commands], ...] = (
            (BotCommandScopeAllPrivateChats(), private_menu(plans, lang)),
            (BotCommandScopeAllGroupChats(), group_menu(plans, lang)),
            (BotCommandScopeDefault(), strangers_menu(lang)),
        )
        for scope, commands in scopes:
            await parts.bot.set_my_commands(commands, scope=scope, language_code=code)
