"""An outbox over a real store and a stand-in for Telegram, on one fake time.

In: what a test delivers and what befalls it. Out: what people see, and what the store says. No
test sleeps: time moves by `advance`, and every step comes to rest before the next.
"""

import asyncio
import itertools
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any

from telegram import Bot
from telegram.request import RequestData

from bot.budget import Budget, Rates, Window
from bot.outbox import Failure, Outbox, OutboxSetup
from bot.request import AiohttpRequest, Timeouts
from simulator import Limits, SimClock, Simulator
from simulator.messages import Shown
from storage.delivery import (
    Answer,
    Button,
    Content,
    Delivery,
    DeliveryState,
    Message,
    Slot,
    Urgency,
)
from storage.port import DELIVERIES, SLOTS, Store
from storage.tiny import open_tiny
from tests.fake_clock import FakeClock

TOKEN = "1:TEST"
LOOPS_LIMIT = 1_000_000
MARK = "（可能重复）"
DRIVER, DISPATCHER, HEAD = 700001, 700002, 700003
GROUP, OTHER_GROUP = -1007000001, -1007000002
PLAIN_GROUP = -7001
QUICK = Timeouts(pool_s=0.05, connect_s=0.05, write_s=0.05, read_s=0.05)
# No budget at all: tests of other rules are not to wait for it.
FREE = Rates(overall=(Window(1000, 1.0),), private=(Window(1000, 1.0),), group=(Window(1000, 1.0),))

Calls = list[tuple[str, dict[str, str]]]


class RecordingRequest(AiohttpRequest):
    """Keeps each call's method and parameters on their way to Telegram.

    The answer to the next call to a chat in `slow` comes back only when its gate opens.
    """

    def __init__(self, *, timeouts: Timeouts | None) -> None:
        super().__init__(timeouts=timeouts)
        self.calls: Calls = []
        self.slow: dict[str, asyncio.Event] = {}

    async def do_request(
        self,
        url: str,
        method: str,
        request_data: RequestData | None = None,
        *rest: Any,
        **named: Any,
    ) -> tuple[int, bytes]:
        parameters = request_data.json_parameters if request_data else {}
        self.calls.append((url.rpartition("/")[2], parameters))
        answer = await super().do_request(url, method, request_data, *rest, **named)
        if gate := self.slow.pop(parameters.get("chat_id", ""), None):
            await gate.wait()
        return answer


@dataclass
class Town:
    """People, groups and a bot that can only send."""

    clock: FakeClock
    sim: Simulator
    store: Store
    bot: Bot
    outbox: Outbox
    request: RecordingRequest
    failed: list[tuple[str, Failure]] = field(default_factory=list)
    migrated: list[tuple[int, int]] = field(default_factory=list)
    numbers: "itertools.count[int]" = field(default_factory=itertools.count)
    work: "asyncio.Task[None] | None" = None

    async def commit(self, *deliveries: Delivery) -> None:
        """Deliver in one turn, without waiting for what comes of it."""
        async with self.store.turn(at=self.clock.now()) as turn:
            for delivery in deliveries:
                turn.deliver(delivery)

    async def deliver(self, *deliveries: Delivery) -> None:
        """Deliver in one turn; all that can be sent at this time is sent."""
        await self.commit(*deliveries)
        await self.settle()

    async def answer(self, answer: Answer) -> None:
        async with self.store.turn(at=self.clock.now()) as turn:
            turn.answer(answer)
        await self.settle()

    def text(
        self,
        chat: int,
        text: str = "",
        urgency: Urgency = Urgency.NORMAL,
        *,
        slot: str | None = None,
        buttons: tuple[str, ...] = (),
        content: Content | None = None,
        delivery_id: str = "",
    ) -> Delivery:
        """A delivery with an id of its own."""
        n = next(self.numbers)
        rows = tuple((Button(text=label, data=f"{n}:{label}"),) for label in buttons)
        return Delivery(
            id=delivery_id or f"d{n}",
            chat=chat,
            content=content or Message(text=text, buttons=rows),
            at=self.clock.now(),
            urgency=urgency,
            slot=slot,
            to=f"person-{chat}" if chat > 0 else None,
        )

    def urgent(self, chat: int, text: str) -> Delivery:
        return self.text(chat, text, Urgency.URGENT)

    def bulk(self, chat: int, text: str) -> Delivery:
        return self.text(chat, text, Urgency.BULK)

    @property
    def calls(self) -> Calls:
        return self.request.calls

    def slow_answer(self, chat: int) -> asyncio.Event:
        """The next call to the chat is answered when this is set."""
        gate = self.request.slow[str(chat)] = asyncio.Event()
        return gate

    async def settle(self) -> None:
        await self.outbox.settled()

    async def advance(self, seconds: float) -> None:
        await self.clock.advance(seconds)

    async def until_shown(self, chat: int, text: str) -> None:
        """Wait until somebody sees the text, though the call may still be under way."""
        while text not in self.texts(chat):
            await self.sim.changed()

    def shown(self, chat: int) -> list[Shown]:
        """What the bot has posted to the chat and is still there, oldest first."""
        return [shown for shown in self.sim.world.messages(chat, by_bot=True) if not shown.deleted]

    def texts(self, chat: int) -> list[str]:
        return [shown.text for shown in self.shown(chat)]

    async def stored(self, delivery: Delivery) -> Delivery:
        async with self.store.turn(at=self.clock.now()) as turn:
            found = await turn.get(DELIVERIES, delivery.id)
        assert found is not None
        return found

    async def state(self, delivery: Delivery) -> DeliveryState:
        return (await self.stored(delivery)).state

    async def slot(self, name: str) -> Slot | None:
        async with self.store.turn(at=self.clock.now()) as turn:
            return await turn.get(SLOTS, name)

    def too_many(self) -> int:
        """How many 429s Telegram gave that no test asked for."""
        return sum(not refusal.scripted for refusal in self.sim.world.stats.too_many)

    async def on_failed(self, delivery: Delivery, failure: Failure) -> None:
        self.failed.append((delivery.id, failure))

    async def on_migrated(self, old: int, new: int) -> None:
        self.migrated.append((old, new))

    def start(self) -> None:
        self.work = asyncio.create_task(self.outbox.run())

    async def crash(self) -> None:
        """The process is gone, in the middle of whatever it did."""
        if self.work is not None:
            self.work.cancel()
            with suppress(asyncio.CancelledError):
                await self.work
            self.work = None


async def until(reached: Callable[[], bool]) -> None:
    """Let everything go on until that is so; AssertionError when it never is."""
    for _ in range(LOOPS_LIMIT):
        if reached():
            return
        await asyncio.sleep(0)
    raise AssertionError("it never came to that")


@asynccontextmanager
async def stand_in(clock: FakeClock, limits: Limits | None = None) -> AsyncIterator[Simulator]:
    """A Telegram with a few people and groups, whose time follows the fake clock."""
    sim_clock = SimClock(clock.now())
    sim = Simulator(TOKEN, sim_clock, limits or Limits.none())

    def follow(now: datetime) -> None:
        sim_clock.advance(max(0.0, (now - sim_clock.now()).total_seconds()))

    clock.on_move = follow
    for person in (DRIVER, DISPATCHER, HEAD):
        sim.stage.add_person(person, f"P{person}", started=True)
    for group in (GROUP, OTHER_GROUP):
        sim.stage.add_group(group, f"G{group}", [DRIVER, DISPATCHER])
    sim.stage.add_group(PLAIN_GROUP, "G", [DRIVER, DISPATCHER], kind="group")
    await sim.start()
    try:
        yield sim
    finally:
        await sim.stop()


@asynccontextmanager
async def open_town(
    folder: Path,
    sim: Simulator,
    clock: FakeClock,
    *,
    rates: Rates = FREE,
    timeouts: Timeouts | None = None,
    queued_limit: int = 3_000,
    in_flight_limit: int = 16,
) -> AsyncIterator[Town]:
    """The bot's process: opens the store in the folder and sends."""
    request = RecordingRequest(timeouts=timeouts)
    bot = Bot(TOKEN, base_url=sim.api_url, base_file_url=sim.file_url, request=request)
    async with request, open_tiny(folder, []) as store:
        town: Town

        async def on_failed(delivery: Delivery, failure: Failure) -> None:
            await town.on_failed(delivery, failure)

        async def on_migrated(old: int, new: int) -> None:
            await town.on_migrated(old, new)

        setup = OutboxSetup(
            mark=lambda _: MARK,
            on_failed=on_failed,
            on_migrated=on_migrated,
            in_flight_limit=in_flight_limit,
            queued_limit=queued_limit,
        )
        outbox = Outbox(store, bot, clock, setup, Budget(rates))
        town = Town(clock, sim, store, bot, outbox, request)
        clock.settle = town.settle
        town.start()
        try:
            await town.settle()
            yield town
        finally:
            await town.crash()


@asynccontextmanager
async def a_town(
    folder: Path,
    *,
    limits: Limits | None = None,
    rates: Rates = FREE,
    timeouts: Timeouts | None = None,
    queued_limit: int = 3_000,
    in_flight_limit: int = 16,
) -> AsyncIterator[Town]:
    """Telegram and the bot's process together."""
    clock = FakeClock()
    async with (
        stand_in(clock, limits) as sim,
        open_town(
            folder,
            sim,
            clock,
            rates=rates,
            timeouts=timeouts,
            queued_limit=queued_limit,
            in_flight_limit=in_flight_limit,
        ) as town,
    ):
        yield town
