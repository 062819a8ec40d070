"""getUpdates over HTTP: long polls on the stand-in's clock, redelivery, conflicts."""

import asyncio

from simulator import Simulator
from tests.simulator.bare_bot import BareBot
from tests.simulator.conftest import ANNA


async def test_a_long_poll_returns_when_somebody_writes(sim: Simulator, bot: BareBot) -> None:
    poll = await bot.begin("getUpdates", timeout=30)
    sim.stage.say(ANNA, ANNA, "help")
    [update] = (await poll)["result"]
    assert update["message"]["text"] == "help"


async def test_a_long_poll_ends_empty_when_the_time_has_passed(
    sim: Simulator, bot: BareBot
) -> None:
    poll = await bot.begin("getUpdates", timeout=30)
    sim.clock.advance(29)
    await asyncio.sleep(0)
    assert not poll.done()
    sim.clock.advance(1)
    assert (await poll)["result"] == []


async def test_a_poll_that_returned_leaves_no_timer(sim: Simulator, bot: BareBot) -> None:
    poll = await bot.begin("getUpdates", timeout=30)
    await sim.until(sim.is_polled)
    assert sim.clock.timers() == 1
    sim.stage.say(ANNA, ANNA, "x")
    await poll
    assert sim.clock.timers() == 0


async def test_a_poll_longer_than_telegram_allows_ends_after_50_s(
    sim: Simulator, bot: BareBot
) -> None:
    poll = await bot.begin("getUpdates", timeout=600)
    sim.clock.advance(50)
    assert (await poll)["result"] == []


async def test_a_bot_killed_in_the_middle_gets_its_updates_again(
    sim: Simulator, bot: BareBot
) -> None:
    sim.stage.say(ANNA, ANNA, "one")
    sim.stage.say(ANNA, ANNA, "two")
    first = await bot.updates()
    again = await bot.updates()
    assert first == again
    assert [update["message"]["text"] for update in again] == ["one", "two"]
    assert await bot.updates(offset=again[-1]["update_id"] + 1) == []


async def test_ids_grow_by_one(sim: Simulator, bot: BareBot) -> None:
    for _ in range(3):
        sim.stage.say(ANNA, ANNA, "x")
    first, second, third = (update["update_id"] for update in await bot.updates())
    assert (second, third) == (first + 1, first + 2)


async def test_limit_is_clamped_to_1_and_100(sim: Simulator, bot: BareBot) -> None:
    for _ in range(120):
        sim.stage.say(ANNA, ANNA, "x")
    assert len(await bot.updates(limit=500)) == 100
    assert len(await bot.updates(limit=0)) == 1


async def test_a_second_poll_ends_the_first_with_a_conflict(sim: Simulator, bot: BareBot) -> None:
    older = await bot.begin("getUpdates", timeout=30)
    newer = await bot.begin("getUpdates", timeout=30)
    refusal = await older
    assert refusal["error_code"] == 409
    assert refusal["description"] == (
        "Conflict: terminated by other getUpdates request; "
        "make sure that only one bot instance is running"
    )
    sim.stage.say(ANNA, ANNA, "for the newer")
    assert len((await newer)["result"]) == 1


async def test_a_caller_who_hangs_up_leaves_the_updates(sim: Simulator, bot: BareBot) -> None:
    poll = await bot.begin("getUpdates", timeout=30)
    poll.cancel()
    await sim.until(lambda: not sim.is_polled())
    sim.stage.say(ANNA, ANNA, "still here")
    assert len(await bot.updates()) == 1


async def test_allowed_updates_are_remembered(sim: Simulator, bot: BareBot) -> None:
    await bot.updates(allowed_updates=["callback_query"])
    sim.stage.say(ANNA, ANNA, "not wanted")
    assert await bot.updates() == []
    await bot.updates(allowed_updates=[])
    sim.stage.say(ANNA, ANNA, "wanted")
    assert len(await bot.updates()) == 1


async def test_polling_while_a_webhook_is_set_is_a_conflict(sim: Simulator, bot: BareBot) -> None:
    poll = await bot.begin("getUpdates", timeout=30)
    await bot.call("setWebhook", url="http://127.0.0.1:9/hook")
    assert (await poll)["description"] == "Conflict: terminated by setWebhook request"
    assert await bot.refused("getUpdates") == (
        "Conflict: can't use getUpdates method while webhook is active; "
        "use deleteWebhook to delete the webhook first"
    )
    await bot.call("deleteWebhook")
    assert await bot.updates() == []


async def test_any_raw_update_reaches_the_bot(sim: Simulator, bot: BareBot) -> None:
    sim.stage.raw_update({"telepathy": {"thought": 1}})
    [update] = await bot.updates()
    assert update["telepathy"] == {"thought": 1}
