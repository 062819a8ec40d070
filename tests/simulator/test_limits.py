"""The rates, on the stand-in's clock."""

from datetime import UTC, datetime, timedelta

from simulator import Limits, Simulator
from simulator.limits import Limiter
from tests.simulator.bare_bot import BareBot
from tests.simulator.conftest import ANNA, DEPOT, furnish

T0 = datetime(2026, 7, 1, tzinfo=UTC)


def at(seconds: float) -> datetime:
    return T0 + timedelta(seconds=seconds)


def test_a_private_chat_takes_a_short_burst_then_one_a_second() -> None:
    limiter = Limiter(Limits.telegram())
    assert [limiter.admit(1, T0) for _ in range(6)] == [None] * 5 + [1]
    assert limiter.admit(1, at(1)) is None
    assert limiter.admit(1, at(1)) == 1
    assert limiter.admit(2, at(1)) is None


def test_a_group_takes_20_in_any_minute() -> None:
    limiter = Limiter(Limits.telegram())
    assert all(limiter.admit(-1, at(second)) is None for second in range(20))
    assert limiter.admit(-1, at(20)) == 40
    assert limiter.admit(-1, at(60)) is None
    assert limiter.admit(-2, at(20)) is None


def test_all_chats_together_take_30_a_second() -> None:
    limiter = Limiter(Limits.telegram())
    assert all(limiter.admit(chat, T0) is None for chat in range(1, 31))
    assert limiter.admit(31, T0) == 1
    assert limiter.admit(32, at(0.5)) == 1
    assert limiter.admit(31, at(1)) is None


def test_a_bot_that_does_not_wait_waits_longer() -> None:
    limiter = Limiter(Limits(private_burst=1))
    assert limiter.admit(1, T0) is None
    assert limiter.admit(1, at(0.1)) == 1
    assert limiter.admit(1, at(0.2)) == 1
    limiter = Limiter(Limits(private_per_s=0.1, private_burst=1))
    assert limiter.admit(1, T0) is None
    assert limiter.admit(1, T0) == 10
    assert limiter.admit(1, at(2)) == 20
    assert limiter.admit(1, at(4)) == 40
    assert limiter.admit(1, at(44)) is None
    assert limiter.admit(1, at(44)) == 10


def test_a_wait_never_grows_past_its_bound() -> None:
    limits = Limits(private_per_s=0.1, private_burst=1, retry_max_s=60)
    limiter = Limiter(limits)
    limiter.admit(1, T0)
    waits = [limiter.admit(1, at(2 * n)) for n in range(8)]
    assert max(wait or 0 for wait in waits) == 60


def test_strict_has_no_burst_and_none_has_no_limit() -> None:
    strict, none = Limiter(Limits.strict()), Limiter(Limits.none())
    assert [strict.admit(1, T0) for _ in range(2)] == [None, 1]
    assert all(none.admit(chat, T0) is None for chat in [1, -1] * 500)


def test_chats_not_heard_of_are_forgotten() -> None:
    limiter = Limiter(Limits(overall_per_s=None, private_burst=1), most_chats=2)
    assert [limiter.admit(1, T0) for _ in range(2)] == [None, 1]
    assert limiter.admit(2, T0) is None
    assert limiter.admit(3, T0) is None
    assert limiter.admit(1, T0) is None
    assert limiter.admit(3, T0) == 1


async def test_edits_count_and_answers_and_actions_do_not() -> None:
    sim = Simulator(limits=Limits(private_burst=3))
    furnish(sim)
    await sim.start()
    async with BareBot(sim) as bot:
        sent = await bot.send(ANNA)
        where = {"chat_id": ANNA, "message_id": sent["message_id"]}
        await bot.call("editMessageText", text="two", **where)
        for _ in range(5):
            await bot.call("sendChatAction", chat_id=ANNA, action="typing")
        await bot.call("editMessageText", text="three", **where)
        async with bot.session.post(bot.url("sendMessage"), json={"chat_id": ANNA}) as answer:
            assert answer.headers["Retry-After"] == "1"
            assert await answer.json() == {
                "ok": False,
                "error_code": 429,
                "description": "Too Many Requests: retry after 1",
                "parameters": {"retry_after": 1},
            }
        sim.clock.advance(1)
        await bot.send(ANNA)
        await bot.send(DEPOT)
    await sim.stop()
    [refusal] = sim.world.stats.too_many
    assert (refusal.method, refusal.chat_id, refusal.scripted) == ("sendmessage", ANNA, False)
    assert sim.world.stats.too_many_count == 1
