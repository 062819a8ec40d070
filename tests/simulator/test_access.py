"""Who can be reached: people who have not started, have blocked, have gone; groups left, kicked
from, migrated.
"""

import pytest

from simulator import Simulator, StageError
from tests.simulator.bare_bot import BareBot
from tests.simulator.conftest import ANNA, BO, CAI, DEPOT


async def test_only_those_who_started_can_be_written_to(sim: Simulator, bot: BareBot) -> None:
    assert await bot.raw("sendMessage", chat_id=BO, text="x") == {
        "ok": False,
        "error_code": 403,
        "description": "Forbidden: bot can't initiate conversation with a user",
    }
    assert await bot.refused("sendMessage", chat_id=CAI, text="x") == (
        "Bad Request: chat not found"
    )
    sim.stage.start(BO)
    await bot.send(BO)


async def test_chats_that_are_not_there(bot: BareBot) -> None:
    for chat_id in (999, -999, "@somebody", "anna"):
        assert await bot.refused("sendMessage", chat_id=chat_id, text="x") == (
            "Bad Request: chat not found"
        )
    assert await bot.refused("sendMessage", text="x") == "Bad Request: chat_id is empty"


async def test_a_person_who_blocks_the_bot_and_comes_back(sim: Simulator, bot: BareBot) -> None:
    before = await bot.send(ANNA)
    sim.stage.block(ANNA)
    blocked = "Forbidden: bot was blocked by the user"
    assert await bot.refused("sendMessage", chat_id=ANNA, text="x") == blocked
    assert await bot.refused("sendChatAction", chat_id=ANNA, action="typing") == blocked
    where = {"chat_id": ANNA, "message_id": before["message_id"]}
    assert await bot.refused("editMessageText", text="x", **where) == blocked
    [update] = await bot.updates()
    change = update["my_chat_member"]
    assert (change["old_chat_member"]["status"], change["new_chat_member"]["status"]) == (
        "member",
        "kicked",
    )
    with pytest.raises(StageError, match="blocked"):
        sim.stage.say(ANNA, ANNA, "x")
    sim.stage.unblock(ANNA)
    sim.stage.unblock(ANNA)
    await bot.send(ANNA)
    assert len(await bot.updates()) == 2


async def test_a_deleted_account(sim: Simulator, bot: BareBot) -> None:
    sim.stage.deactivate(ANNA)
    assert await bot.refused("sendMessage", chat_id=ANNA, text="x") == (
        "Forbidden: user is deactivated"
    )
    with pytest.raises(StageError, match="deleted"):
        sim.stage.say(ANNA, ANNA, "x")


async def test_a_group_the_bot_was_put_out_of(sim: Simulator, bot: BareBot) -> None:
    sim.stage.remove_bot(ANNA, DEPOT)
    assert await bot.refused("sendMessage", chat_id=DEPOT, text="x") == (
        "Forbidden: bot was kicked from the supergroup chat"
    )
    [update] = await bot.updates()
    assert update["my_chat_member"]["new_chat_member"]["status"] == "kicked"
    assert update["my_chat_member"]["from"]["id"] == ANNA
    sim.stage.add_bot(ANNA, DEPOT)
    await bot.send(DEPOT)


async def test_a_group_the_bot_left_by_itself(sim: Simulator, bot: BareBot) -> None:
    await bot.call("leaveChat", chat_id=DEPOT)
    assert await bot.refused("sendMessage", chat_id=DEPOT, text="x") == (
        "Forbidden: bot is not a member of the supergroup chat"
    )
    assert await bot.refused("leaveChat", chat_id=ANNA) == (
        "Bad Request: chat member status can't be changed in private chats"
    )


async def test_a_group_that_becomes_a_supergroup(sim: Simulator, bot: BareBot) -> None:
    sim.stage.add_group(-55, "Small", [ANNA, BO], kind="group")
    card = await bot.send(-55, "card")
    new_id = sim.stage.migrate(-55)
    assert await bot.raw("sendMessage", chat_id=-55, text="x") == {
        "ok": False,
        "error_code": 400,
        "description": "Bad Request: group chat was upgraded to a supergroup chat",
        "parameters": {"migrate_to_chat_id": new_id},
    }
    moved_to, moved_from = await bot.updates()
    assert moved_to["message"]["migrate_to_chat_id"] == new_id
    assert moved_from["message"]["migrate_from_chat_id"] == -55
    assert moved_from["message"]["chat"]["id"] == new_id
    assert await bot.refused(
        "editMessageText", chat_id=-55, message_id=card["message_id"], text="x"
    ) == ("Bad Request: message can't be edited")
    assert (await bot.send(new_id))["chat"]["type"] == "supergroup"
    with pytest.raises(StageError, match="has become"):
        sim.stage.say(ANNA, -55, "x")
    with pytest.raises(StageError, match="once"):
        sim.stage.migrate(-55)


async def test_people_come_and_go(sim: Simulator, bot: BareBot) -> None:
    await bot.updates(allowed_updates=["message", "chat_member"])
    sim.stage.join(CAI, DEPOT)
    sim.stage.leave(CAI, DEPOT)
    came, _, went, change = await bot.updates()
    assert came["message"]["new_chat_members"][0]["id"] == CAI
    assert went["message"]["left_chat_member"]["id"] == CAI
    assert change["chat_member"]["new_chat_member"]["status"] == "left"
    with pytest.raises(StageError, match="not in that chat"):
        sim.stage.say(CAI, DEPOT, "x")
