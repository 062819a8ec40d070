"""The stand-in's clock: stands still, jumps, runs."""

import asyncio
from datetime import UTC, datetime, timedelta

import pytest

from simulator.clock import SimClock

START = datetime(2026, 7, 1, tzinfo=UTC)


def test_time_stands_still_until_it_is_advanced() -> None:
    clock = SimClock(START)
    assert clock.now() == clock.now() == START
    clock.advance(90)
    assert clock.now() == START + timedelta(seconds=90)


def test_what_comes_due_on_the_way_happens_in_order_and_at_its_own_time() -> None:
    clock = SimClock(START)
    seen: list[tuple[str, float]] = []

    def note(name: str) -> None:
        seen.append((name, (clock.now() - START).total_seconds()))

    clock.call_later(30, lambda: note("second"))
    clock.call_later(10, lambda: note("first"))
    clock.call_later(99, lambda: note("too late"))
    clock.advance(60)
    assert seen == [("first", 10), ("second", 30)]
    assert clock.now() == START + timedelta(seconds=60)


def test_a_timer_set_by_a_timer_still_comes_in_the_same_jump() -> None:
    clock = SimClock(START)
    seen: list[str] = []

    def chain() -> None:
        clock.call_later(10, lambda: seen.append("chained"))

    clock.call_later(10, chain)
    clock.advance(20)
    assert seen == ["chained"]


def test_a_cancelled_timer_does_nothing() -> None:
    clock = SimClock(START)
    seen: list[str] = []
    clock.call_later(10, lambda: seen.append("no")).cancel()
    clock.advance(60)
    assert seen == []


def test_time_never_goes_back() -> None:
    clock = SimClock(START)
    with pytest.raises(ValueError, match="forward"):
        clock.advance(-1)
    with pytest.raises(ValueError, match="forward"):
        clock.set_rate(-1)
    with pytest.raises(ValueError, match="zone"):
        SimClock(datetime(2026, 7, 1))  # noqa: DTZ001


async def test_running_time_fires_timers_by_itself() -> None:
    clock = SimClock(START, rate=3600)
    fired: asyncio.Future[None] = asyncio.get_running_loop().create_future()
    clock.wake_later(fired, 60)
    async with asyncio.timeout(10):
        await fired
    assert clock.now() >= START + timedelta(seconds=60)


async def test_a_change_of_rate_and_a_jump_are_new_versions() -> None:
    clock = SimClock(START)
    told = asyncio.create_task(clock.changed.wait())
    await asyncio.sleep(0)
    first = clock.version
    clock.set_rate(60)
    assert clock.version == first + 1
    clock.set_rate(0)
    clock.advance(1)
    assert clock.version == first + 3
    await told


def test_timers_are_bounded() -> None:
    clock = SimClock(START, most_timers=3)
    for _ in range(10):
        clock.call_later(10, lambda: None).cancel()
    for _ in range(3):
        clock.call_later(10, lambda: None)
    with pytest.raises(RuntimeError, match="too many timers"):
        clock.call_later(10, lambda: None)


def test_timers_without_end_are_stopped() -> None:
    clock = SimClock(START, most_timers=3)

    def again() -> None:
        clock.call_later(0, again)

    again()
    with pytest.raises(RuntimeError, match="without end"):
        clock.advance(1)
