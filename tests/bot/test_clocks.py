"""The clocks: one APScheduler job, late never dropped, a rehearsal's time followed."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta

import pytest
from aiohttp import web

from bot import clocks
from bot.clocks import JOB_ID, FollowedClock, SystemClock
from simulator import SimClock, Simulator
from tests.bot.harness import until
from tests.fake_clock import FakeClock

SOON_S = 0.03
LONG_S = 3600.0


async def _woken(event: asyncio.Event) -> None:
    async with asyncio.timeout(5):
        await event.wait()


async def test_real_time_is_aware_and_utc() -> None:
    async with SystemClock() as clock:
        assert clock.now().utcoffset() == timedelta(0)
        assert abs(clock.now() - datetime.now(UTC)) < timedelta(seconds=5)


async def test_an_armed_time_wakes_once_and_not_before() -> None:
    async with SystemClock() as clock:
        woken, at = asyncio.Event(), clock.now() + timedelta(seconds=SOON_S)
        times: list[datetime] = []

        def wake() -> None:
            times.append(clock.now())
            woken.set()

        clock.arm(at, wake)
        await _woken(woken)
        await asyncio.sleep(SOON_S)
        assert len(times) == 1
        assert times[0] >= at


async def test_a_time_long_past_wakes_at_once() -> None:
    async with SystemClock() as clock:
        woken = asyncio.Event()
        clock.arm(clock.now() - timedelta(days=3), woken.set)
        await _woken(woken)


async def test_a_loop_that_was_blocked_past_the_time_still_wakes() -> None:
    async with SystemClock() as clock:
        woken, blocked_until = asyncio.Event(), clock.now() + timedelta(seconds=0.09)
        clock.arm(clock.now() + timedelta(seconds=0.01), woken.set)
        while clock.now() < blocked_until:
            pass
        await _woken(woken)


async def test_arming_again_replaces_what_was_armed_and_there_is_one_job_only() -> None:
    async with SystemClock() as clock:
        first, second = asyncio.Event(), asyncio.Event()
        for seconds in range(1, 50):
            clock.arm(clock.now() + timedelta(seconds=seconds), first.set)
        clock.arm(clock.now(), second.set)
        await _woken(second)
        clock.arm(clock.now() + timedelta(hours=1), first.set)
        jobs = clock._alarm._scheduler.get_jobs()
        assert [job.id for job in jobs] == [JOB_ID]
        assert jobs[0].misfire_grace_time is None
        assert not first.is_set()


async def test_a_long_wait_is_cut_into_naps_so_that_a_jump_of_the_clock_is_noticed() -> None:
    async with SystemClock() as clock:
        clock.arm(clock.now() + timedelta(seconds=LONG_S), lambda: None)
        job = clock._alarm._scheduler.get_job(JOB_ID)
        nap = job.trigger.run_date - clock.now()
        assert nap <= timedelta(seconds=clocks.LONGEST_NAP_S)


async def test_disarmed_nothing_wakes() -> None:
    async with SystemClock() as clock:
        woken = asyncio.Event()
        clock.arm(clock.now() + timedelta(seconds=0.01), woken.set)
        clock.disarm()
        clock.disarm()
        await asyncio.sleep(SOON_S)
        assert not woken.is_set()


async def test_waiting_nothing_returns_at_once() -> None:
    async with SystemClock() as clock:
        await clock.wait(0)
        await clock.wait(-5)
        await clock.wait(0.001)


@asynccontextmanager
async def a_rehearsal(rate: float) -> AsyncIterator[tuple[FollowedClock, SimClock]]:
    sim = Simulator(clock=SimClock(rate=rate))
    await sim.start()
    try:
        async with FollowedClock(f"{sim.url}/clock") as clock:
            yield clock, sim.clock
    finally:
        await sim.stop()


async def _followed(clock: FollowedClock, version: int) -> None:
    await until(lambda: clock._version == version)


async def test_a_rehearsals_time_is_taken_over_and_runs_at_its_rate() -> None:
    async with a_rehearsal(rate=1000) as (clock, leader):
        assert abs(clock.now() - leader.now()) < timedelta(minutes=10)
        before = clock.now()
        await asyncio.sleep(0.01)
        assert clock.now() - before >= timedelta(seconds=10)


async def test_an_hour_of_a_rehearsal_passes_in_a_moment() -> None:
    async with a_rehearsal(rate=1_000_000) as (clock, _):
        woken, at = asyncio.Event(), clock.now() + timedelta(seconds=LONG_S)
        clock.arm(at, woken.set)
        before = clock.now()
        await clock.wait(LONG_S)
        assert clock.now() - before >= timedelta(seconds=LONG_S)
        await _woken(woken)
        assert clock.now() >= at


async def test_a_jump_wakes_who_waits_and_who_is_armed_though_time_stands_still() -> None:
    async with a_rehearsal(rate=0) as (clock, leader):
        woken, at = asyncio.Event(), clock.now() + timedelta(minutes=5)
        clock.arm(at, woken.set)
        waiting = asyncio.create_task(clock.wait(300))
        leader.advance(299)
        await _followed(clock, leader.version)
        assert clock.now() == leader.now()
        assert not woken.is_set()
        assert not waiting.done()
        leader.advance(1)
        await _woken(woken)
        async with asyncio.timeout(5):
            await waiting


async def test_a_faster_rate_hastens_what_was_armed_before() -> None:
    async with a_rehearsal(rate=0.001) as (clock, leader):
        woken = asyncio.Event()
        clock.arm(clock.now() + timedelta(hours=1), woken.set)
        leader.set_rate(1_000_000)
        await _woken(woken)


async def test_a_past_time_wakes_at_once_though_time_stands_still() -> None:
    async with a_rehearsal(rate=0) as (clock, _):
        woken = asyncio.Event()
        clock.arm(clock.now() - timedelta(hours=1), woken.set)
        await _woken(woken)


async def test_disarmed_a_rehearsal_wakes_nobody() -> None:
    async with a_rehearsal(rate=0) as (clock, leader):
        woken = asyncio.Event()
        clock.arm(clock.now() + timedelta(minutes=1), woken.set)
        clock.disarm()
        leader.advance(120)
        await _followed(clock, leader.version)
        await asyncio.sleep(0.01)
        assert not woken.is_set()


async def test_a_rehearsals_clock_out_of_reach_is_said_at_the_start() -> None:
    async with a_rehearsal(rate=0):
        pass
    with pytest.raises(ConnectionError, match="cannot be read"):
        async with FollowedClock("http://127.0.0.1:9/clock"):
            pass


async def test_when_the_leader_goes_away_its_last_rate_goes_on() -> None:
    async def answer(request: web.Request) -> web.Response:
        if "version" in request.query:
            return web.Response(status=500)
        return web.json_response({"now": "2026-07-01T00:00:00+00:00", "rate": 1000, "version": 1})

    app = web.Application()
    app.router.add_get("/clock", answer)
    runner = web.AppRunner(app)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    host, port = runner.addresses[0][:2]
    try:
        async with FollowedClock(f"http://{host}:{port}/clock") as clock:
            await clock.wait(10)
            assert clock.now() >= datetime(2026, 7, 1, 0, 0, 10, tzinfo=UTC)
    finally:
        await runner.cleanup()


async def test_the_fake_clock_wakes_in_the_order_of_time_and_lets_each_come_to_rest() -> None:
    clock = FakeClock()
    seen: list[tuple[str, float]] = []
    start = clock.now()

    def note(name: str) -> None:
        seen.append((name, (clock.now() - start).total_seconds()))

    async def twice(name: str, seconds: float) -> None:
        for _ in range(2):
            await clock.wait(seconds)
            note(name)

    tasks = [asyncio.create_task(twice("three", 3)), asyncio.create_task(twice("two", 2))]
    await asyncio.sleep(0)
    clock.arm(start + timedelta(seconds=5), lambda: note("armed"))
    await clock.advance(5.5)
    assert seen == [("two", 2), ("three", 3), ("two", 4), ("armed", 5)]
    await clock.advance(0.5)
    assert seen[-1] == ("three", 6)
    await asyncio.gather(*tasks)
