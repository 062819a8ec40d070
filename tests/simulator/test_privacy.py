"""What a bot sees of a group in privacy mode: commands for it, replies to it, service messages.
Nothing else.
"""

from typing import Any

import pytest

from simulator import Simulator
from simulator.people import ANONYMOUS_ADMIN
from tests.simulator.bare_bot import BareBot
from tests.simulator.conftest import ANNA, BO, DEPOT


async def seen(bot: BareBot) -> list[str]:
    updates = await bot.updates()
    return [update["message"].get("text", "?") for update in updates]


@pytest.mark.parametrize(
    ("text", "is_seen"),
    [
        ("/report", True),
        ("/report@muster_demo_bot now", True),
        ("/report@Muster_Demo_Bot", True),
        ("/report@other_bot", False),
        ("there is smoke", False),
        ("please /report", False),
        ("@muster_demo_bot help", False),
    ],
)
async def test_texts(sim: Simulator, bot: BareBot, text: str, *, is_seen: bool) -> None:
    sim.stage.say(BO, DEPOT, text)
    assert await seen(bot) == ([text] if is_seen else [])
    shown = sim.world.last(DEPOT)
    assert shown is not None
    assert shown.text == text


async def test_replies_to_the_bot_are_seen_and_replies_to_people_are_not(
    sim: Simulator, bot: BareBot
) -> None:
    card = await bot.send(DEPOT, "where?")
    sim.stage.share_location(BO, DEPOT, 31.0, 121.0, reply_to=card["message_id"])
    talk = sim.stage.say(ANNA, DEPOT, "hm")
    sim.stage.say(BO, DEPOT, "hm hm", reply_to=talk)
    [update] = await bot.updates()
    assert update["message"]["location"]["latitude"] == 31.0
    assert update["message"]["reply_to_message"]["text"] == "where?"


async def test_a_bare_place_is_not_seen_nor_its_moves(sim: Simulator, bot: BareBot) -> None:
    live = sim.stage.start_live(BO, DEPOT, 31.0, 121.0)
    sim.stage.move_live(BO, live, 31.1, 121.0)
    assert await bot.updates() == []


async def test_the_bot_cannot_answer_what_it_has_not_seen(sim: Simulator, bot: BareBot) -> None:
    unseen = sim.stage.say(BO, DEPOT, "there is smoke")
    reply: dict[str, Any] = {"message_id": unseen.message_id}
    assert await bot.refused("sendMessage", chat_id=DEPOT, text="x", reply_parameters=reply) == (
        "Bad Request: message to be replied not found"
    )


async def test_what_it_has_not_seen_it_cannot_pass_on(sim: Simulator, bot: BareBot) -> None:
    unseen = sim.stage.say(BO, DEPOT, "there is smoke")
    where = {"chat_id": ANNA, "from_chat_id": DEPOT, "message_id": unseen.message_id}
    assert await bot.refused("forwardMessage", **where) == (
        "Bad Request: message to forward not found"
    )


async def test_an_administrator_sees_everything(sim: Simulator, bot: BareBot) -> None:
    sim.stage.promote(sim.world.bot.id, DEPOT)
    await bot.updates()
    sim.stage.say(BO, DEPOT, "there is smoke")
    assert (await seen_last(bot)) == "there is smoke"


async def seen_last(bot: BareBot) -> str:
    updates = await bot.updates()
    return str(updates[-1]["message"]["text"])


async def test_without_privacy_mode_the_bot_sees_everything(sim: Simulator, bot: BareBot) -> None:
    sim.world.bot.reads_all = True
    sim.stage.say(BO, DEPOT, "there is smoke")
    assert await seen(bot) == ["there is smoke"]
    assert (await bot.call("getMe"))["can_read_all_group_messages"] is True


async def test_outside_a_group_the_bot_sees_nothing(sim: Simulator, bot: BareBot) -> None:
    sim.stage.add_group(-77, "Others", [ANNA], bot="left")
    sim.stage.say(ANNA, -77, "/report")
    assert await bot.updates() == []


async def test_an_anonymous_administrator_is_a_fake_sender(sim: Simulator, bot: BareBot) -> None:
    sim.stage.say(ANNA, DEPOT, "/report", anonymous=True)
    [update] = await bot.updates()
    assert update["message"]["from"] == ANONYMOUS_ADMIN
    assert update["message"]["sender_chat"]["id"] == DEPOT
    with pytest.raises(ValueError, match="administrators"):
        sim.stage.say(BO, DEPOT, "x", anonymous=True)
