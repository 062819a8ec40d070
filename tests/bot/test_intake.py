"""Updates are taken in order and confirmed only when all of a batch are committed."""

import asyncio
import logging
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager, suppress

import pytest
from telegram import Bot

from bot.intake import POLL_S, TAKE_TRIES, Intake, IntakeFailed, RawUpdate
from bot.line import Line
from bot.request import AiohttpRequest
from simulator import Fault, Simulator
from storage.port import StoreFailed
from tests.bot.harness import DISPATCHER, DRIVER, TOKEN, stand_in, until
from tests.fake_clock import FakeClock


class Desk:
    """Where updates are taken: remembers them, stumbles as told."""

    def __init__(self) -> None:
        self.texts: list[str] = []
        self.stumble: dict[str, Exception] = {}
        self.tries: list[str] = []
        self.gate: Callable[[str], Awaitable[None]] | None = None

    async def take(self, update: RawUpdate) -> None:
        text = str(update["message"]["text"])
        self.tries.append(text)
        if self.gate is not None:
            await self.gate(text)
        if text in self.stumble:
            raise self.stumble[text]
        self.texts.append(text)


@asynccontextmanager
async def a_desk(
    token: str = TOKEN,
) -> AsyncIterator[tuple[Desk, Intake, Simulator, FakeClock]]:
    clock, desk = FakeClock(), Desk()
    async with stand_in(clock) as sim, AiohttpRequest() as polling, AiohttpRequest() as request:
        bot = Bot(token, base_url=sim.api_url, request=request)
        yield (
            desk,
            Intake(bot, polling, desk.take, clock, Line(clock, clock.now, POLL_S)),
            sim,
            clock,
        )


@asynccontextmanager
async def running(intake: Intake) -> AsyncIterator["asyncio.Task[None]"]:
    task = asyncio.create_task(intake.run())
    try:
        yield task
    finally:
        task.cancel()
        with suppress(asyncio.CancelledError, IntakeFailed, StoreFailed):
            await task


async def test_all_that_waits_is_taken_in_first_and_in_order() -> None:
    async with a_desk() as (desk, intake, sim, _):
        said = [f"{n}" for n in range(230)]
        for text in said:
            sim.stage.say(DRIVER, DRIVER, text)
        assert await intake.catch_up() == 230
        assert desk.texts == said
        assert sim.quiet()


async def test_what_comes_later_is_taken_as_it_comes() -> None:
    async with a_desk() as (desk, intake, sim, _):
        await intake.catch_up()
        async with running(intake):
            await until(sim.is_polled)
            sim.stage.say(DRIVER, DRIVER, "到了")
            await until(lambda: sim.is_polled() and sim.quiet())
            assert desk.texts == ["到了"]


async def test_a_batch_is_confirmed_only_when_its_last_update_is_committed() -> None:
    async with a_desk() as (desk, intake, sim, _):
        held = asyncio.Event()

        async def hold(text: str) -> None:
            if text == "slow":
                await held.wait()

        desk.gate = hold
        for text in ("a", "slow", "c"):
            sim.stage.say(DRIVER, DRIVER, text)
        async with running(intake):
            await until(lambda: len(desk.tries) == 3)
            for _ in range(50):
                await asyncio.sleep(0)
            assert desk.texts == ["a", "c"]
            assert sim.world.stats.calls["getupdates"] == 1
            assert not sim.quiet()
            held.set()
            await until(lambda: sim.is_polled() and sim.quiet())
            assert desk.texts == ["a", "c", "slow"]


async def test_a_process_that_ends_in_the_middle_gets_the_whole_batch_again() -> None:
    async with a_desk() as (desk, intake, sim, _):
        held = asyncio.Event()

        async def hold(text: str) -> None:
            if text == "slow":
                await held.wait()

        desk.gate = hold
        for text in ("a", "slow"):
            sim.stage.say(DRIVER, DRIVER, text)
        async with running(intake):
            await until(lambda: len(desk.tries) == 2)
        held.set()
        await intake.catch_up()
        assert desk.texts == ["a", "a", "slow"]


async def test_only_the_kinds_we_work_on_are_asked_for() -> None:
    async with a_desk() as (desk, intake, sim, _):
        await intake.catch_up()
        assert sim.stage.raw_update({"poll": {}}) is None
        assert sim.stage.raw_update({"message": {"text": "x"}}) is not None
        await intake.catch_up()
        assert desk.texts == ["x"]


async def test_an_update_that_stumbles_once_is_taken_again_while_the_others_go_on() -> None:
    async with a_desk() as (desk, intake, sim, clock):
        desk.stumble["odd"] = RuntimeError()
        for text in ("odd", "b"):
            sim.stage.say(DRIVER, DRIVER, text)
        async with running(intake):
            await until(lambda: "b" in desk.texts)
            del desk.stumble["odd"]
            await clock.advance(1)
            await until(lambda: sim.is_polled() and sim.quiet())
            assert desk.texts == ["b", "odd"]


async def test_an_update_that_can_never_be_taken_ends_the_run_and_stays_at_telegram() -> None:
    async with a_desk() as (desk, intake, sim, clock):
        desk.stumble["poison"] = RuntimeError()
        for text in ("poison", "b"):
            sim.stage.say(DRIVER, DRIVER, text)
        async with running(intake) as run:
            await until(lambda: "poison" in desk.tries)
            await clock.advance(60)
            with pytest.raises(IntakeFailed):
                await run
        assert desk.tries.count("poison") == TAKE_TRIES
        assert len(sim.world.queue) == 2


async def test_when_the_store_fails_the_run_ends_at_once_and_nothing_is_confirmed() -> None:
    async with a_desk() as (desk, intake, sim, _):
        desk.stumble["b"] = StoreFailed()
        for text in ("a", "b", "c"):
            sim.stage.say(DRIVER, DRIVER, text)
        with pytest.raises(StoreFailed):
            await intake.run()
        assert desk.tries.count("b") == 1
        assert len(sim.world.queue) == 3


async def test_trouble_on_the_way_is_waited_out_with_growing_delay() -> None:
    async with a_desk() as (desk, intake, sim, clock):
        sim.stage.say(DRIVER, DRIVER, "a")
        sim.stage.set_fault(Fault("cut_before", method="getUpdates", times=2))
        sim.stage.set_fault(Fault("502", method="getUpdates"))
        async with running(intake):
            for delay_s in (1, 2, 4):
                await until(lambda: clock.next_at() is not None)
                at = clock.next_at()
                assert at is not None
                assert (at - clock.now()).total_seconds() == delay_s
                assert desk.texts == []
                await clock.advance(delay_s)
            await until(lambda: sim.is_polled() and sim.quiet())
            assert desk.texts == ["a"]


async def test_a_rate_limit_is_waited_out_for_the_time_named() -> None:
    async with a_desk() as (_, intake, sim, clock):
        sim.stage.set_fault(Fault("429", method="getUpdates", retry_after_s=33))
        async with running(intake):
            await until(lambda: clock.next_at() is not None)
            at = clock.next_at()
            assert at is not None
            assert (at - clock.now()).total_seconds() == 33


async def test_another_process_that_polls_is_told_of_in_words_and_outlived(
    caplog: pytest.LogCaptureFixture,
) -> None:
    async with (
        a_desk() as (desk, intake, sim, clock),
        AiohttpRequest() as other,
        running(intake),
    ):
        await until(sim.is_polled)
        second = asyncio.create_task(other.post(f"{sim.api_url}{TOKEN}/getUpdates?timeout=30"))
        with caplog.at_level(logging.ERROR, "bot.intake"):
            await until(lambda: clock.next_at() is not None)
        assert "another process is polling" in caplog.text
        second.cancel()
        await until(lambda: not sim.is_polled())
        await clock.advance(5)
        await until(sim.is_polled)
        sim.stage.say(DRIVER, DRIVER, "a")
        await until(lambda: sim.is_polled() and sim.quiet())
        assert desk.texts == ["a"]


async def test_a_forgotten_webhook_is_removed_and_nothing_that_waits_is_dropped() -> None:
    async with a_desk() as (desk, intake, sim, clock), AiohttpRequest() as other:
        await other.post(f"{sim.api_url}{TOKEN}/setWebhook?url=http://127.0.0.1:9/x")
        sim.stage.say(DISPATCHER, DISPATCHER, "a")
        async with running(intake):
            await until(lambda: sim.world.stats.calls["deletewebhook"] == 1)
            await until(lambda: clock.next_at() is not None)
            await clock.advance(5)
            await until(lambda: sim.is_polled() and sim.quiet())
            assert desk.texts == ["a"]


async def test_a_wrong_token_ends_the_run_with_words_that_help() -> None:
    async with a_desk("1:WRONG") as (_, intake, _sim, _clock):
        with pytest.raises(IntakeFailed, match="BOT_TOKEN"):
            await intake.run()
