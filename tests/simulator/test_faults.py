"""Scripted misfortune: what reaches the world, and what the bot gets to hear."""

import asyncio

import aiohttp
import pytest

from simulator import Fault, Simulator
from simulator.faults import Kind
from tests.simulator.bare_bot import BareBot
from tests.simulator.conftest import ANNA, DEPOT


async def test_server_errors_come_as_telegram_gives_them(sim: Simulator, bot: BareBot) -> None:
    sim.stage.set_fault(Fault("500", times=1))
    sim.stage.set_fault(Fault("502", times=1))
    assert await bot.raw("sendMessage", chat_id=ANNA, text="x") == {
        "ok": False,
        "error_code": 500,
        "description": "Internal Server Error",
    }
    async with bot.session.get(bot.url("getMe")) as answer:
        assert answer.status == 502
        assert "<h1>502 Bad Gateway</h1>" in await answer.text()
    assert sim.world.messages(ANNA) == []
    await bot.send(ANNA)


async def test_a_429_names_its_wait_and_is_counted(sim: Simulator, bot: BareBot) -> None:
    sim.stage.set_fault(Fault("429", method="sendMessage", retry_after_s=35))
    refusal = await bot.raw("sendMessage", chat_id=ANNA, text="x")
    assert refusal["parameters"] == {"retry_after": 35}
    [counted] = sim.world.stats.too_many
    assert (counted.retry_after_s, counted.scripted) == (35, True)


async def test_a_fault_hits_only_its_method_and_chat_and_times(
    sim: Simulator, bot: BareBot
) -> None:
    sim.stage.set_fault(Fault("500", method="sendmessage", chat_id=DEPOT, times=2))
    await bot.send(ANNA)
    await bot.call("getChat", chat_id=DEPOT)
    await bot.refused("sendMessage", chat_id=DEPOT, text="x")
    await bot.refused("sendMessage", chat_id=DEPOT, text="x")
    await bot.send(DEPOT)


@pytest.mark.parametrize(("kind", "done"), [("cut_before", 0), ("cut_after", 1)])
async def test_a_cut_connection(sim: Simulator, bot: BareBot, kind: Kind, done: int) -> None:
    sim.stage.set_fault(Fault(kind))
    with pytest.raises(aiohttp.ClientError):
        await bot.send(ANNA)
    assert len(sim.world.messages(ANNA)) == done
    await sim.until(sim.quiet)
    await bot.send(ANNA)


@pytest.mark.parametrize(("kind", "done"), [("timeout_before", 0), ("timeout_after", 1)])
async def test_a_time_out_ends_when_the_bot_gives_up(
    sim: Simulator, bot: BareBot, kind: Kind, done: int
) -> None:
    sim.stage.set_fault(Fault(kind))
    call = await bot.begin("sendMessage", chat_id=ANNA, text="x")
    await sim.until(sim.quiet)
    assert not call.done()
    call.cancel()
    await asyncio.gather(call, return_exceptions=True)
    assert len(sim.world.messages(ANNA)) == done
    await bot.send(ANNA)


async def test_a_refused_call_hit_by_an_after_fault_did_nothing(
    sim: Simulator, bot: BareBot
) -> None:
    sim.stage.set_fault(Fault("cut_after"))
    with pytest.raises(aiohttp.ClientError):
        await bot.send(999)
    assert sim.world.messages() == []


def test_faults_are_bounded_and_known(sim: Simulator) -> None:
    with pytest.raises(ValueError, match="unknown fault"):
        sim.stage.set_fault(Fault("flood"))  # type: ignore[arg-type]
    for _ in range(1000):
        sim.stage.set_fault(Fault("500"))
    with pytest.raises(ValueError, match="too many"):
        sim.stage.set_fault(Fault("500"))
    sim.faults.clear()
    sim.stage.set_fault(Fault("500"))


async def test_stopping_ends_what_hangs(sim: Simulator, bot: BareBot) -> None:
    sim.stage.set_fault(Fault("timeout_before"))
    call = await bot.begin("sendMessage", chat_id=ANNA, text="x")
    poll = await bot.begin("getUpdates", timeout=50)
    await sim.stop()
    outcomes = await asyncio.gather(call, poll, return_exceptions=True)
    assert all(isinstance(outcome, Exception) for outcome in outcomes)
    await sim.stop()


async def test_an_outage_loses_nothing(sim: Simulator, bot: BareBot) -> None:
    sim.stage.say(ANNA, ANNA, "before")
    port = sim.port
    await sim.stop()
    with pytest.raises(aiohttp.ClientError):
        await bot.updates()
    sim.stage.say(ANNA, ANNA, "meanwhile")
    await sim.start(port)
    assert [update["message"]["text"] for update in await bot.updates()] == ["before", "meanwhile"]
