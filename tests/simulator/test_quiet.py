"""`quiet` and `changed`: what lets a test wait for a bot without sleeping."""

import asyncio

from simulator import Fault, Simulator
from tests.simulator.bare_bot import BareBot
from tests.simulator.conftest import ANNA


async def test_a_fresh_stand_in_is_quiet(sim: Simulator) -> None:
    assert sim.quiet()


async def test_a_waiting_long_poll_is_quiet(sim: Simulator, bot: BareBot) -> None:
    poll = await bot.begin("getUpdates", timeout=30)
    await sim.until(sim.is_polled)
    assert sim.quiet()
    poll.cancel()


async def test_an_update_handed_out_is_not_quiet_until_the_offset_moves(
    sim: Simulator, bot: BareBot
) -> None:
    sim.stage.say(ANNA, ANNA, "one")
    assert not sim.quiet()
    [update] = await bot.updates()
    assert not sim.quiet()
    poll = await bot.begin("getUpdates", offset=update["update_id"] + 1, timeout=30)
    await sim.until(sim.quiet)
    poll.cancel()


async def test_an_update_the_bot_does_not_want_leaves_it_quiet(
    sim: Simulator, bot: BareBot
) -> None:
    await bot.updates(allowed_updates=["callback_query"])
    sim.stage.say(ANNA, ANNA, "nobody listens")
    assert sim.quiet()


async def test_a_call_being_handled_is_not_quiet(sim: Simulator, bot: BareBot) -> None:
    seen: list[bool] = []
    sim.world.events.on_publish = lambda: seen.append(sim.quiet())
    await bot.send(ANNA)
    assert seen == [False]
    assert sim.quiet()


async def test_a_hung_call_is_quiet_and_ends_when_time_passes(sim: Simulator, bot: BareBot) -> None:
    sim.stage.set_fault(Fault("timeout_before", method="sendMessage", hang_s=60))
    call = asyncio.create_task(bot.raw("sendMessage", chat_id=ANNA, text="x"))
    await sim.until(lambda: sim.world.stats.calls["sendmessage"] == 1)
    await sim.until(sim.quiet)
    sim.clock.advance(60)
    outcome = await asyncio.gather(call, return_exceptions=True)
    assert isinstance(outcome[0], Exception)


async def test_changed_returns_at_the_next_thing_that_happens(sim: Simulator) -> None:
    waiting = asyncio.create_task(sim.changed())
    await asyncio.sleep(0)
    assert not waiting.done()
    sim.stage.say(ANNA, ANNA, "now")
    await waiting


async def test_updates_that_expire_are_quiet(sim: Simulator) -> None:
    sim.stage.say(ANNA, ANNA, "nobody ever came")
    sim.clock.advance(86_400)
    assert sim.quiet()
