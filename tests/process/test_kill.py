"""kill -9, six times, in the middle of a bad day: nothing is lost and nothing is done twice."""

from collections.abc import Callable
from pathlib import Path

import pytest

from bot.outbox import OutboxSetup
from handlers.kinds import KINDS
from simulator import Simulator
from storage.tiny import open_tiny
from tests.process.child import environment, muster
from tests.process.crowd import a_bad_day, a_crowd
from tests.process.discretion import assert_quotes_nobody
from tests.process.reckoning import (
    Record,
    assert_folded,
    assert_same_history,
    assert_shown,
    assert_told,
    record_of,
)
from tests.process.stand_in import calm, stand_in

pytestmark = pytest.mark.process

UPDATES = 1_000
# Budgets run on the bot's clock: with a fast one a minute's messages go out at once.
RATE = 120
# When it is killed: at most so many updates still wait, and so many calls have come since it last
# asked for updates; early in the middle of a batch, later while sending.
KILLS = ((1000, 10), (800, 20), (500, 30), (200, 10), (0, 20), (0, 40))
ROUNDS_LIMIT = 5
SHORT = 3  # a text of so few characters may stand in a log by chance
IN_FLIGHT = OutboxSetup.in_flight_limit


async def test_killed_six_times_over_a_thousand_updates(tmp_path: Path) -> None:
    async with stand_in(RATE) as sim, a_crowd(sim, tmp_path / "undisturbed") as crowd:
        await a_bad_day(crowd, UPDATES)
        assert len(sim.world.queue) == crowd.updates == UPDATES
        expected = await record_of(crowd.store)

        lines: list[str] = []
        for waiting, made in KILLS:
            lines += await _run_until(tmp_path, sim, _busy_after(sim, waiting, made))
        found = await _finished(tmp_path, sim, lines)

        assert len(sim.world.queue) == 0
        assert found.notes() == crowd.notes
        assert_same_history(found, expected)
        assert_folded(found)
        counts = assert_shown(sim, found, crowd.old)
        assert counts.unnoted <= IN_FLIGHT * len(KILLS)
        assert counts.marked <= IN_FLIGHT * len(KILLS)
        for texts in crowd.notes.values():
            for text in texts:
                assert_told(sim, found, text)
        assert_quotes_nobody(lines, (text for text in crowd.typed if len(text) > SHORT))


def _busy_after(sim: Simulator, waiting: int, made: int) -> Callable[[], bool]:
    """It is in the middle of its work; or all is done, which the machine's pace may bring about."""
    calls, all_done = sim.world.stats.calls, calm(sim)
    polls, others = calls["getupdates"], 0

    def holds() -> bool:
        nonlocal polls, others
        if polls != calls["getupdates"]:
            polls, others = calls["getupdates"], sum(calls.values())
        working = others > 0 and sum(calls.values()) - others >= made
        return all_done() or (len(sim.world.queue) <= waiting and working)

    return holds


async def _run_until(folder: Path, sim: Simulator, holds: Callable[[], bool]) -> list[str]:
    """What it logged until it was killed."""
    async with muster(folder, environment(sim, folder)) as child:
        await child.until(sim, holds)
        child.kill()
        assert await child.end() == -9
    return child.lines


async def _finished(folder: Path, sim: Simulator, lines: list[str]) -> Record:
    """Let it run, stop it in order, look into its store; until nothing is left to send."""
    for _ in range(ROUNDS_LIMIT):
        async with muster(folder, environment(sim, folder)) as child:
            await child.until(sim, calm(sim))
            assert await child.stop() == 0
        lines += child.lines
        async with open_tiny(folder / "data", KINDS) as store:
            record = await record_of(store)
        if not record.unfinished():
            return record
    raise AssertionError(f"never sent: {record.unfinished()[:3]}")
