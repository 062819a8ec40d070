"""What people do that is not told elsewhere: live places, contacts, editing, and what phones do not
allow.
"""

import pytest

from simulator import Simulator, StageError
from tests.simulator.bare_bot import BareBot
from tests.simulator.conftest import ANNA, BO, CAI, DEPOT


async def test_a_live_place_moves_and_stops(sim: Simulator, bot: BareBot) -> None:
    live = sim.stage.start_live(ANNA, ANNA, 31.0, 121.0, period_s=600)
    sim.stage.move_live(ANNA, live, 31.1, 121.0, heading=90)
    sim.stage.stop_live(ANNA, live)
    began, moved, stopped = await bot.updates()
    assert began["message"]["location"]["live_period"] == 600
    place = moved["edited_message"]["location"]
    assert (place["latitude"], place["heading"], place["live_period"]) == (31.1, 90, 600)
    assert stopped["edited_message"]["location"] == {"latitude": 31.1, "longitude": 121.0}
    with pytest.raises(StageError, match="not live"):
        sim.stage.move_live(ANNA, live, 31.2, 121.0)


def test_a_live_place_ends_with_its_period(sim: Simulator) -> None:
    with pytest.raises(StageError, match="60-86400"):
        sim.stage.start_live(ANNA, ANNA, 31.0, 121.0, period_s=10)
    live = sim.stage.start_live(ANNA, ANNA, 31.0, 121.0, period_s=60)
    sim.clock.advance(61)
    with pytest.raises(StageError, match="not live"):
        sim.stage.move_live(ANNA, live, 31.1, 121.0)


async def test_a_contact_of_somebody_else_names_them(sim: Simulator, bot: BareBot) -> None:
    sim.stage.share_contact(ANNA, ANNA)
    sim.stage.share_contact(ANNA, ANNA, contact_of=BO)
    own, other = (update["message"]["contact"] for update in await bot.updates())
    assert own == {"phone_number": "8613800000001", "first_name": "Anna", "user_id": ANNA}
    assert (other["user_id"], other["phone_number"]) == (BO, "8613800000002")


async def test_a_typed_card_names_no_account(sim: Simulator, bot: BareBot) -> None:
    sim.stage.share_contact(ANNA, ANNA, plus=True)
    sim.stage.share_contact(ANNA, ANNA, phone="+86 138 0000 0002")
    own, forged = (update["message"]["contact"] for update in await bot.updates())
    assert own["phone_number"] == "+8613800000001"
    assert forged == {"phone_number": "8613800000002", "first_name": "Anna"}
    with pytest.raises(StageError, match="no phone number"):
        sim.stage.share_contact(CAI, CAI)


async def test_a_newcomer_gets_the_next_id_and_speaks_a_language(
    sim: Simulator, bot: BareBot
) -> None:
    newcomer = sim.stage.add_newcomer(" Dee ", "+86 138 0000 0004", "en")
    assert (newcomer.id, newcomer.first_name) == (CAI + 1, "Dee")
    sim.stage.start(newcomer)
    sim.stage.set_language(newcomer, "zh-hans")
    sim.stage.say(newcomer, newcomer.id, "x")
    sim.stage.set_language(newcomer, None)
    sim.stage.say(newcomer, newcomer.id, "y")
    senders = [update["message"]["from"] for update in await bot.updates()]
    assert [sender.get("language_code") for sender in senders] == ["en", "zh-hans", None]
    with pytest.raises(StageError, match="1-64"):
        sim.stage.add_newcomer(" ")


async def test_a_number_moves_and_an_account_goes(sim: Simulator, bot: BareBot) -> None:
    sim.stage.set_phone(ANNA, "+86 138 0000 0007")
    sim.stage.share_contact(ANNA, ANNA)
    [update] = await bot.updates()
    assert update["message"]["contact"]["phone_number"] == "8613800000007"
    sim.stage.deactivate(ANNA)
    assert await bot.refused("sendMessage", chat_id=ANNA, text="x") == (
        "Forbidden: user is deactivated"
    )
    again = sim.stage.add_newcomer("Anna", "+86 138 0000 0007")
    sim.stage.share_contact(again, again.id)
    [*_, update] = await bot.updates()
    assert update["message"]["contact"]["user_id"] == again.id != ANNA


async def test_people_edit_what_they_wrote(sim: Simulator, bot: BareBot) -> None:
    said = sim.stage.say(ANNA, ANNA, "/report fire")
    sim.clock.advance(3)
    sim.stage.edit(ANNA, said, "no fire")
    _, edited = await bot.updates()
    assert edited["edited_message"]["text"] == "no fire"
    assert "entities" not in edited["edited_message"]
    assert said.earlier == ["/report fire"]
    with pytest.raises(StageError, match="not a text of theirs"):
        sim.stage.edit(BO, said, "x")


@pytest.mark.parametrize(
    ("text", "reason"), [("", "1-4096"), ("x" * 4097, "1-4096"), ("\n", "1-4096")]
)
def test_texts_a_phone_does_not_send(sim: Simulator, text: str, reason: str) -> None:
    with pytest.raises(StageError, match=reason):
        sim.stage.say(ANNA, ANNA, text)


def test_what_is_not_there_cannot_be_used(sim: Simulator) -> None:
    stage = sim.stage
    with pytest.raises(StageError, match="no person"):
        stage.say(5, 5, "x")
    with pytest.raises(StageError, match="no chat"):
        stage.say(ANNA, -5, "x")
    with pytest.raises(StageError, match="not there"):
        stage.say(ANNA, ANNA, "x", reply_to=77)
    with pytest.raises(StageError, match="not in that chat"):
        stage.say(ANNA, BO, "x")
    with pytest.raises(StageError, match="not on Earth"):
        stage.share_location(ANNA, ANNA, 91, 0)
    with pytest.raises(StageError, match="empty"):
        stage.send_voice(ANNA, ANNA, b"")
    with pytest.raises(StageError, match="not a group"):
        stage.join(BO, ANNA)
    with pytest.raises(StageError, match="one thing"):
        stage.raw_update({"message": {}, "poll": {}})


def test_people_and_groups_are_set_up_once(sim: Simulator) -> None:
    with pytest.raises(ValueError, match="there already"):
        sim.stage.add_person(ANNA, "Anna again")
    with pytest.raises(ValueError, match="there already"):
        sim.stage.add_group(DEPOT, "again")
    with pytest.raises(StageError, match="negative id"):
        sim.stage.add_group(5, "x")


async def test_starting_opens_the_private_chat(sim: Simulator, bot: BareBot) -> None:
    sim.stage.start(CAI)
    [update] = await bot.updates()
    assert update["message"]["text"] == "/start"
    assert update["message"]["from"]["language_code"] == "zh-hans"
    await bot.send(CAI)


def test_the_world_reads_as_it_was_shown(sim: Simulator) -> None:
    sim.stage.say(ANNA, DEPOT, "one")
    sim.stage.say(ANNA, ANNA, "two")
    sim.stage.say(BO, DEPOT, "three")
    assert [shown.text for shown in sim.world.messages()] == ["one", "two", "three"]
    assert [shown.sender_id for shown in sim.world.messages(DEPOT)] == [ANNA, BO]
    assert sim.world.messages(DEPOT, by_bot=True) == []
