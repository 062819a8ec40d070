"""The outbox's own life: idle, drained, told to stop, and what others changed in the store."""

import asyncio
from datetime import datetime
from pathlib import Path

import pytest

from bot.budget import Rates
from bot.outbox import Failure, Outbox, OutboxSetup
from simulator import Fault
from storage.delivery import Delivery, DeliveryState
from storage.port import DELIVERIES, StoreFailed
from tests.bot.harness import (
    DISPATCHER,
    DRIVER,
    HEAD,
    MARK,
    Town,
    a_town,
    open_town,
    stand_in,
)
from tests.fake_clock import FakeClock


async def test_it_is_idle_exactly_when_all_that_is_left_waits_for_time(tmp_path: Path) -> None:
    async with a_town(tmp_path, rates=Rates()) as town:
        assert town.outbox.idle()
        await town.commit(town.text(DRIVER, "a"), town.text(DRIVER, "b"))
        assert not town.outbox.idle()
        await town.settle()
        assert town.outbox.idle()
        assert town.texts(DRIVER) == ["a"]
        town.clock._move(_later(town, 1.0))
        assert not town.outbox.idle()


def _later(town: Town, seconds: float) -> datetime:
    at = town.clock.next_at()
    assert at is not None
    assert (at - town.clock.now()).total_seconds() == seconds
    return at


async def test_draining_finishes_what_is_under_way_and_leaves_the_rest_to_the_next_start(
    tmp_path: Path,
) -> None:
    clock = FakeClock()
    async with stand_in(clock) as sim:
        async with open_town(tmp_path, sim, clock, rates=Rates()) as town:
            under_way, waiting = town.text(DRIVER, "under way"), town.text(DRIVER, "waiting")
            answered = town.slow_answer(DRIVER)
            await town.commit(under_way, waiting)
            await town.until_shown(DRIVER, "under way")
            draining = asyncio.create_task(town.outbox.drain(5))
            await asyncio.sleep(0)
            late = town.urgent(HEAD, "late")
            await town.commit(late)
            answered.set()
            await draining
            states = [await town.state(d) for d in (under_way, waiting, late)]
            assert states == [DeliveryState.SENT, DeliveryState.PENDING, DeliveryState.PENDING]
            assert town.texts(HEAD) == []
        async with open_town(tmp_path, sim, clock) as town:
            assert town.texts(DRIVER) == ["under way", "waiting"]
            assert town.texts(HEAD) == ["late"]


async def test_draining_does_not_wait_longer_than_it_was_given(tmp_path: Path) -> None:
    clock = FakeClock()
    async with stand_in(clock) as sim:
        async with open_town(tmp_path, sim, clock) as town:
            sim.stage.set_fault(Fault("timeout_after", chat_id=DRIVER))
            hung = town.text(DRIVER, "hung")
            await town.commit(hung)
            await town.until_shown(DRIVER, "hung")
            await town.outbox.drain(0.01)
            assert await town.state(hung) is DeliveryState.SENDING
        async with open_town(tmp_path, sim, clock) as town:
            assert town.texts(DRIVER) == ["hung", f"{MARK}\nhung"]


async def test_a_delivery_withdrawn_in_the_store_is_not_sent(tmp_path: Path) -> None:
    async with a_town(tmp_path, rates=Rates()) as town:
        reminder, after = town.text(DRIVER, "reminder"), town.text(DRIVER, "after")
        await town.deliver(town.text(DRIVER, "first"), reminder, after)
        async with town.store.turn(at=town.clock.now()) as turn:
            turn.put(DELIVERIES, reminder.model_copy(update={"state": DeliveryState.FOLDED}))
        await town.advance(10)
        assert town.texts(DRIVER) == ["first", "after"]
        assert await town.state(reminder) is DeliveryState.FOLDED


async def test_withdrawn_deliveries_do_not_fill_the_memory(tmp_path: Path) -> None:
    async with a_town(tmp_path, rates=Rates(), queued_limit=2) as town:
        for n in range(4):
            withdrawn = town.text(DRIVER, f"{n}")
            await town.deliver(town.urgent(DRIVER, "u"), withdrawn)
            async with town.store.turn(at=town.clock.now()) as turn:
                turn.put(DELIVERIES, withdrawn.model_copy(update={"state": DeliveryState.FOLDED}))
            await town.advance(5)
        await town.deliver(town.text(DISPATCHER, "still works"))
        assert town.texts(DISPATCHER) == ["still works"]


async def test_what_was_committed_before_it_runs_is_sent_once_and_only_the_newest_of_a_slot(
    tmp_path: Path,
) -> None:
    async with a_town(tmp_path) as town:
        await town.crash()
        setup = OutboxSetup(lambda _: MARK, town.on_failed, town.on_migrated)
        town.outbox = Outbox(town.store, town.bot, town.clock, setup)
        await town.commit(town.text(DRIVER, "v1", slot="card"), town.text(DRIVER, "once"))
        newest = town.text(DRIVER, "v2", slot="card")
        await town.commit(newest)
        town.start()
        await town.advance(10)
        assert town.texts(DRIVER) == ["v2", "once"]
        assert await town.state(newest) is DeliveryState.SENT


async def test_a_withdrawn_part_of_a_bundle_is_left_out(tmp_path: Path) -> None:
    async with a_town(tmp_path, rates=Rates()) as town:
        parts = [town.text(DRIVER, text) for text in "abcd"]
        await town.deliver(town.text(DRIVER, "first"))
        await town.deliver(*parts)
        async with town.store.turn(at=town.clock.now()) as turn:
            turn.put(DELIVERIES, parts[0].model_copy(update={"state": DeliveryState.FOLDED}))
        await town.advance(10)
        assert town.texts(DRIVER) == ["first", "b\n\nc\n\nd"]
        assert [(await town.state(part)).value for part in parts] == [
            "folded",
            "sent",
            "folded",
            "folded",
        ]


async def test_one_delivery_that_cannot_be_made_into_a_call_stops_nobody(tmp_path: Path) -> None:
    async with a_town(tmp_path) as town:

        def no_words(delivery: Delivery) -> str:
            raise KeyError(delivery.id)

        await town.crash()
        setup = OutboxSetup(no_words, town.on_failed, town.on_migrated)
        town.outbox = Outbox(town.store, town.bot, town.clock, setup)
        town.start()
        broken = town.text(DRIVER, "x").model_copy(update={"repeat": True})
        await town.deliver(broken, town.text(DISPATCHER, "fine"))
        assert town.texts(DISPATCHER) == ["fine"]
        assert town.failed == [(broken.id, Failure.REJECTED)]


async def test_an_engine_that_stumbles_over_a_failure_does_not_stop_the_outbox(
    tmp_path: Path,
) -> None:
    async with a_town(tmp_path) as town:

        async def stumble(delivery: Delivery, failure: Failure) -> None:
            raise RuntimeError

        await town.crash()
        setup = OutboxSetup(lambda _: MARK, stumble, town.on_migrated)
        town.outbox = Outbox(town.store, town.bot, town.clock, setup)
        town.start()
        town.sim.stage.block(DRIVER)
        lost = town.text(DRIVER, "x")
        await town.deliver(lost, town.text(DISPATCHER, "fine"))
        assert town.texts(DISPATCHER) == ["fine"]
        assert await town.state(lost) is DeliveryState.FAILED


async def test_when_the_store_fails_the_outbox_ends(tmp_path: Path) -> None:
    async with a_town(tmp_path) as town:

        async def fail(delivery: Delivery, failure: Failure) -> None:
            raise StoreFailed

        await town.crash()
        setup = OutboxSetup(lambda _: MARK, fail, town.on_migrated)
        outbox = Outbox(town.store, town.bot, town.clock, setup)
        run = asyncio.create_task(outbox.run())
        town.sim.stage.block(DRIVER)
        await town.commit(town.text(DRIVER, "x"))
        with pytest.raises(StoreFailed):
            await run
