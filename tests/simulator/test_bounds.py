"""Nothing grows without end, and a busy day is no trouble."""

import pytest

from simulator import Limits, Simulator
from simulator.bounds import Bounds
from simulator.commands import DEFAULT, CommandLists, ScopeKey
from simulator.snapshot import state_of
from simulator.stats import Stats
from tests.simulator.bare_bot import BareBot
from tests.simulator.conftest import ANNA, furnish


async def test_five_thousand_messages_in_and_out(sim: Simulator, bot: BareBot) -> None:
    for number in range(5_000):
        sim.stage.say(ANNA, ANNA, f"message {number}")
    offset, texts = 0, []
    for _ in range(50):
        batch = await bot.updates(offset=offset)
        texts += [update["message"]["text"] for update in batch]
        offset = batch[-1]["update_id"] + 1
    assert await bot.updates(offset=offset) == []
    assert texts == [f"message {number}" for number in range(5_000)]
    assert sim.quiet()


def test_of_messages_the_oldest_are_forgotten() -> None:
    sim = Simulator(bounds=Bounds(messages_a_chat=3, messages_a_chat_in_state=2))
    furnish(sim)
    for number in range(5):
        sim.stage.say(ANNA, ANNA, str(number))
    assert [shown.text for shown in sim.world.messages(ANNA)] == ["2", "3", "4"]
    assert [message["text"] for message in state_of(sim.world)["messages"][str(ANNA)]] == ["3", "4"]
    assert sim.world.message(ANNA, 1) is None
    assert sim.world.stats.messages_forgotten == 2


async def test_of_presses_the_oldest_are_forgotten() -> None:
    sim = Simulator(limits=Limits.none(), bounds=Bounds(queries=2))
    furnish(sim)
    await sim.start()
    async with BareBot(sim) as bot:
        button = {"inline_keyboard": [[{"text": "ok", "callback_data": "d"}]]}
        await bot.send(ANNA, reply_markup=button)
        card = sim.world.last(ANNA)
        assert card is not None
        first, *rest = [sim.stage.press(ANNA, card, "d") for _ in range(3)]
        assert "too old" in await bot.refused("answerCallbackQuery", callback_query_id=first)
        for query_id in rest:
            await bot.call("answerCallbackQuery", callback_query_id=query_id)
        assert list(sim.world.answers) == rest
    await sim.stop()


def test_people_and_chats_are_bounded() -> None:
    sim = Simulator(bounds=Bounds(people=1, chats=1))
    sim.stage.add_person(1, "One")
    with pytest.raises(ValueError, match="too many people"):
        sim.stage.add_person(2, "Two")
    with pytest.raises(ValueError, match="too many chats"):
        sim.stage.add_group(-1, "Group")


def test_command_lists_are_bounded() -> None:
    lists = CommandLists(most=1)
    listed = [{"command": "x", "description": "y"}]
    here: ScopeKey = ("chat", 1, 0)
    assert lists.set(DEFAULT, "", listed)
    assert lists.set(DEFAULT, "", listed), "the same list again"
    assert not lists.set(here, "", listed)
    assert lists.set(DEFAULT, "", [])
    assert lists.set(here, "", listed)


def test_error_texts_are_bounded() -> None:
    stats = Stats()
    for number in range(1_100):
        stats.count_error(str(number))
    assert len(stats.errors) == 1_001
    assert stats.errors["other"] == 100


async def test_a_taken_port_is_told() -> None:
    first, second = Simulator(), Simulator()
    await first.start()
    with pytest.raises(OSError, match="address already in use"):
        await second.start(port=first.port)
    await second.start()
    assert second.port != first.port
    await first.stop()
    await second.stop()
