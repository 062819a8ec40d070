"""Groups made and filled while everything runs: the bot brought in, put out and muted, and
administrators who act as the group.
"""

from typing import Any

import pytest

from simulator import Simulator, StageError
from simulator.people import ANONYMOUS_ADMIN
from tests.simulator.bare_bot import BareBot
from tests.simulator.conftest import ANNA, BO, CAI, DEPOT
from tests.simulator.test_files import png, upload_to

YARD = -1010


@pytest.fixture
def yard(sim: Simulator) -> int:
    """A group without the bot."""
    sim.stage.add_group(YARD, "Yard", [ANNA, BO], bot="left")
    return YARD


def change(update: dict[str, Any]) -> tuple[int, str, str]:
    """Who did it, and the bot's status before and after."""
    told = update["my_chat_member"]
    return (
        told["from"]["id"],
        told["old_chat_member"]["status"],
        told["new_chat_member"]["status"],
    )


async def test_the_bot_is_brought_in_by_a_member_and_put_out(
    sim: Simulator, bot: BareBot, yard: int
) -> None:
    sim.stage.add_bot(BO, yard)
    came, added = await bot.updates()
    assert came["message"]["from"]["id"] == BO
    assert came["message"]["new_chat_members"][0]["username"] == "muster_demo_bot"
    assert change(added) == (BO, "left", "member")
    await bot.send(yard)
    with pytest.raises(StageError, match="is in that group"):
        sim.stage.add_bot(BO, yard)
    sim.stage.remove_bot(ANNA, yard)
    [put_out] = await bot.updates(added["update_id"] + 1)
    assert change(put_out) == (ANNA, "member", "kicked")
    assert await bot.refused("sendMessage", chat_id=yard, text="x") == (
        "Forbidden: bot was kicked from the supergroup chat"
    )
    with pytest.raises(StageError, match="not in that group"):
        sim.stage.remove_bot(ANNA, yard)


async def test_only_who_is_in_a_group_brings_the_bot(sim: Simulator, yard: int) -> None:
    with pytest.raises(StageError, match="not in that chat"):
        sim.stage.add_bot(CAI, yard)
    sim.stage.join(CAI, yard, by=ANNA)
    sim.stage.add_bot(CAI, yard)
    assert sim.world.bot_standing(sim.world.chats[yard]) == "member"


async def test_who_was_brought_in_by_whom_is_told(sim: Simulator, bot: BareBot) -> None:
    sim.stage.join(CAI, DEPOT, by=BO)
    [came] = await bot.updates()
    assert came["message"]["from"]["id"] == BO
    assert came["message"]["new_chat_members"][0]["id"] == CAI


async def test_a_bot_that_leaves_is_told_so_and_can_say_nothing_more(
    sim: Simulator, bot: BareBot
) -> None:
    small = sim.stage.create_group(ANNA, "Small", [BO])
    begun = await bot.updates()
    await bot.call("leaveChat", chat_id=small.id)
    [left] = await bot.updates(begun[-1]["update_id"] + 1)
    assert change(left) == (1, "member", "left")
    assert await bot.refused("sendMessage", chat_id=small.id, text="x") == (
        "Forbidden: bot is not a member of the group chat"
    )
    assert await bot.refused("leaveChat", chat_id=small.id) == (
        "Forbidden: bot is not a member of the group chat"
    )


async def test_a_group_made_with_the_bot_in_it(sim: Simulator, bot: BareBot) -> None:
    small = sim.stage.create_group(ANNA, " Small ", [BO])
    added, created = await bot.updates()
    assert change(added) == (ANNA, "left", "member")
    assert created["message"]["group_chat_created"] is True
    assert "new_chat_members" not in created["message"]
    assert created["message"]["chat"] == {"id": small.id, "type": "group", "title": "Small"}
    assert (small.standing[ANNA], small.standing[BO]) == ("creator", "member")
    sim.stage.remove_bot(ANNA, small)
    line, put_out = await bot.updates(created["update_id"] + 1)
    assert line["message"]["left_chat_member"]["id"] == 1
    assert change(put_out) == (ANNA, "member", "kicked")
    assert await bot.refused("sendMessage", chat_id=small.id, text="x") == (
        "Forbidden: bot was kicked from the group chat"
    )


async def test_a_group_made_without_the_bot_is_nothing_to_it(sim: Simulator, bot: BareBot) -> None:
    first = sim.stage.create_group(ANNA, "One", bot=False)
    second = sim.stage.create_group(BO, "Two", bot=False)
    assert first.id != second.id
    assert await bot.updates() == []
    with pytest.raises(StageError, match="1-128"):
        sim.stage.create_group(ANNA, " ")


async def test_a_muted_bot_hears_and_may_not_speak(sim: Simulator, bot: BareBot) -> None:
    card = await bot.send(DEPOT, "card")
    assert sim.stage.restrict_bot(ANNA, DEPOT).id == DEPOT
    [muted] = await bot.updates()
    assert change(muted) == (ANNA, "member", "restricted")
    rights = muted["my_chat_member"]["new_chat_member"]
    assert (rights["is_member"], rights["can_send_messages"]) == (True, False)
    refused, no = bot.refused, "Bad Request: not enough rights to send {} to the chat"
    assert await refused("sendMessage", chat_id=DEPOT, text="x") == no.format("text messages")
    place = {"chat_id": DEPOT, "latitude": 1, "longitude": 1}
    assert await refused("sendLocation", **place) == no.format("locations")
    venue = {**place, "title": "t", "address": "a"}
    assert await refused("sendVenue", **venue) == no.format("venues")
    contact = {"chat_id": DEPOT, "phone_number": "1", "first_name": "x"}
    assert await refused("sendContact", **contact) == no.format("contacts")
    photo = await upload_to(bot, DEPOT, "sendPhoto", "photo", png(1, 1))
    assert photo == no.format("photos")
    copied = {"chat_id": DEPOT, "from_chat_id": DEPOT, "message_id": card["message_id"]}
    assert await refused("copyMessage", **copied) == "Bad Request: message can't be copied"
    assert await refused("forwardMessage", **copied) == "Bad Request: message can't be forwarded"
    where = {"chat_id": DEPOT, "message_id": card["message_id"]}
    await bot.call("editMessageText", **where, text="changed")
    sim.stage.say(BO, DEPOT, "/report")
    sim.stage.restrict_bot(ANNA, DEPOT, can_send=True)
    heard, freed = await bot.updates(muted["update_id"] + 1)
    assert heard["message"]["text"] == "/report"
    assert change(freed) == (ANNA, "restricted", "member")
    await bot.send(DEPOT)


async def test_muting_makes_a_plain_group_a_supergroup_first(sim: Simulator, bot: BareBot) -> None:
    small = sim.stage.create_group(ANNA, "Small")
    muted = sim.stage.restrict_bot(ANNA, small)
    assert small.migrated_to == muted.id
    assert (await bot.raw("sendMessage", chat_id=small.id, text="x"))["parameters"] == {
        "migrate_to_chat_id": muted.id
    }
    assert "not enough rights" in await bot.refused("sendMessage", chat_id=muted.id, text="x")
    with pytest.raises(StageError, match="has become"):
        sim.stage.remove_bot(ANNA, small)


async def test_an_administrator_is_made_and_unmade(sim: Simulator, bot: BareBot) -> None:
    sim.stage.promote(1, DEPOT, by=ANNA)
    sim.stage.demote(1, DEPOT, by=ANNA)
    made, unmade = await bot.updates()
    assert change(made) == (ANNA, "member", "administrator")
    assert change(unmade) == (ANNA, "administrator", "member")
    with pytest.raises(StageError, match="only an administrator"):
        sim.stage.demote(BO, DEPOT)
    with pytest.raises(StageError, match="only who is in"):
        sim.stage.promote(CAI, DEPOT)


async def test_an_anonymous_administrator_acts_as_the_group(
    sim: Simulator, bot: BareBot, yard: int
) -> None:
    sim.stage.promote(BO, yard, anonymous=True)
    sim.stage.add_bot(BO, yard)
    sim.stage.say(BO, yard, "/report")
    came, added, said = await bot.updates()
    assert came["message"]["from"] == added["my_chat_member"]["from"] == ANONYMOUS_ADMIN
    assert came["message"]["sender_chat"]["id"] == yard
    assert (said["message"]["from"], said["message"]["sender_chat"]["id"]) == (
        ANONYMOUS_ADMIN,
        yard,
    )
    member = await bot.call("getChatMember", chat_id=yard, user_id=BO)
    assert (member["status"], member["is_anonymous"]) == ("administrator", True)
    sim.stage.promote(BO, yard, anonymous=False)
    sim.stage.say(BO, yard, "/report")
    [known] = await bot.updates(said["update_id"] + 1)
    assert known["message"]["from"]["id"] == BO


async def test_a_press_names_who_pressed_also_an_anonymous_one(
    sim: Simulator, bot: BareBot
) -> None:
    sim.stage.promote(BO, DEPOT, anonymous=True)
    button = {"inline_keyboard": [[{"text": "bind", "callback_data": "b"}]]}
    sent = await bot.send(DEPOT, "card", reply_markup=button)
    card = sim.world.message(DEPOT, sent["message_id"])
    assert card is not None
    sim.stage.press(BO, card, "bind")
    [*_, pressed] = await bot.updates()
    assert pressed["callback_query"]["from"]["id"] == BO


async def test_an_anonymous_administrator_is_listed_to_administrators_only(
    sim: Simulator, bot: BareBot
) -> None:
    async def listed() -> list[int]:
        found = await bot.call("getChatAdministrators", chat_id=DEPOT)
        return [one["user"]["id"] for one in found]

    sim.stage.promote(BO, DEPOT, anonymous=True)
    assert await listed() == [ANNA]
    sim.stage.promote(1, DEPOT)
    assert await listed() == [ANNA, BO, 1]


async def test_who_loses_the_office_loses_the_mask(sim: Simulator) -> None:
    sim.stage.promote(BO, DEPOT, anonymous=True)
    sim.stage.demote(BO, DEPOT)
    assert sim.stage.say(BO, DEPOT, "x").sender_id == BO
    small = sim.stage.create_group(ANNA, "Small", [BO])
    large = sim.stage.promote(BO, small, anonymous=True)
    assert (large.kind, small.migrated_to) == ("supergroup", large.id)
    assert sim.stage.say(BO, large, "x").sender_id == ANONYMOUS_ADMIN["id"]


async def test_messages_without_a_sound_are_marked(sim: Simulator, bot: BareBot) -> None:
    await bot.send(ANNA, "loud")
    await bot.send(ANNA, "soft", disable_notification=True)
    shown = sim.world.messages(ANNA)
    assert [one.silent for one in shown] == [False, True]
    assert [one.shape()["silent"] for one in shown] == [False, True]
