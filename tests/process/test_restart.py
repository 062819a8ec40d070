"""What a restart remembers: half-filled reports, and deadlines that passed while it was down."""

from datetime import timedelta
from pathlib import Path

import pytest

from handlers.kinds import KINDS
from plans import events as e
from simulator import Fault
from storage.tiny import open_tiny
from tests.process.child import environment, muster
from tests.process.reckoning import record_of
from tests.process.stand_in import MORNING, reads, stand_in

pytestmark = pytest.mark.process

DRIVER, DISPATCHER, FLEET_KEEPER, HEAD = 700001, 700011, 700013, 700021
EAST = -1007000001
DOWN = timedelta(minutes=70)


async def test_a_half_filled_report_goes_on_after_a_kill(tmp_path: Path) -> None:
    async with stand_in(rate=20) as sim:
        settings = environment(sim, tmp_path)
        async with muster(tmp_path, settings) as child:
            sim.stage.say(DRIVER, DRIVER, "/breakdown")
            await child.until(sim, lambda: reads(sim, DRIVER, "车在哪里"))
            child.kill()
            await child.end()
        async with muster(tmp_path, settings) as child:
            sim.stage.share_location(DRIVER, DRIVER, 30.2, 120.4)
            await child.until(sim, lambda: reads(sim, EAST, "#1 "))


async def test_whoever_answered_while_it_was_down_is_not_escalated_over(tmp_path: Path) -> None:
    async with stand_in(rate=20) as sim:
        settings = environment(sim, tmp_path)
        async with muster(tmp_path, settings) as child:
            sim.stage.say(DRIVER, DRIVER, "/breakdown K12+300")
            await child.until(sim, lambda: reads(sim, DISPATCHER, "派备用车"))
            await child.until(sim, lambda: reads(sim, FLEET_KEEPER, "安排拖车"))
            child.kill()
            await child.end()

        asked = sim.world.last(DISPATCHER, by_bot=True)
        assert asked is not None
        sim.stage.press(DISPATCHER, asked, "ack:1:send_spare")
        sim.stage.press(DISPATCHER, asked, "done:1:send_spare")
        sim.clock.advance(DOWN.total_seconds())

        async with muster(tmp_path, settings) as child:
            # Who should have answered is named to the next in line.
            await child.until(sim, lambda: reads(sim, HEAD, "修得快 没有应答"))
            assert await child.stop() == 0
        async with open_tiny(tmp_path / "data", KINDS) as store:
            events = (await record_of(store)).timelines[1]

    spare = [event for event in events if getattr(event, "step", "") == "send_spare"]
    assert [event.type for event in spare if event.by == "p_an_ph"] == [
        "step_acknowledged",
        "step_completed",
    ]
    assert not [event for event in spare if isinstance(event, e.StepEscalated | e.DeadlineMissed)]
    missed = next(event for event in events if isinstance(event, e.DeadlineMissed))
    assert missed.step == "repair"
    reported_at = events[0].at
    assert missed.due_at == reported_at + timedelta(minutes=60)
    assert missed.at >= MORNING + DOWN > missed.due_at
    assert events.index(spare[-1]) < events.index(missed)


async def test_a_file_that_does_not_come_holds_up_no_deadline(tmp_path: Path) -> None:
    async with stand_in(rate=200) as sim:
        sim.stage.set_fault(Fault("timeout_before", "getFile", times=100, hang_s=86_400))
        async with muster(tmp_path, environment(sim, tmp_path)) as child:
            sim.stage.say(DRIVER, DRIVER, "/breakdown K12+300")
            await child.until(sim, lambda: reads(sim, EAST, "#1 "))
            sim.stage.send_photo(DRIVER, DRIVER, b"a picture of smoke")
            await child.until(sim, lambda: sim.world.stats.calls["getfile"] > 0)
            await child.until(sim, lambda: reads(sim, HEAD, "没有应答"))
            assert not [line for line in child.lines if "a file is not fetched yet" in line]
            assert await child.stop() == 0
