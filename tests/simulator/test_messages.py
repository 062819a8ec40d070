"""Sending, editing and deleting: what Telegram takes and in which words it refuses."""

from typing import Any

import pytest

from simulator import Simulator
from tests.simulator.bare_bot import BareBot
from tests.simulator.conftest import ANNA, BO, DEPOT

OK = {"inline_keyboard": [[{"text": "OK", "callback_data": "ok"}]]}


async def test_a_message_is_shown_and_told(sim: Simulator, bot: BareBot) -> None:
    told = await bot.send(ANNA, "<b>车</b> on fire", parse_mode="HTML", reply_markup=OK)
    shown = sim.world.last(ANNA)
    assert shown is not None
    assert shown.text == told["text"] == "车 on fire"
    assert told["entities"] == [{"type": "bold", "offset": 0, "length": 1}]
    assert shown.labels == ["OK"]
    assert told["from"]["is_bot"] is True
    assert told["date"] == sim.clock.timestamp()


async def test_ids_grow_by_one_in_each_chat(bot: BareBot) -> None:
    assert [(await bot.send(ANNA))["message_id"] for _ in range(3)] == [1, 2, 3]
    assert (await bot.send(DEPOT))["message_id"] == 1


@pytest.mark.parametrize(
    ("params", "refusal"),
    [
        ({"text": ""}, "Bad Request: message text is empty"),
        ({"text": " \n "}, "Bad Request: text must be non-empty"),
        ({"text": "x" * 4097}, "Bad Request: message is too long"),
        ({"text": "🚚" * 2049}, "Bad Request: message is too long"),
        ({"text": "<b>x", "parse_mode": "HTML"}, "Bad Request: can't parse entities: "
         'Can\'t find end tag corresponding to start tag "b"'),
        ({"text": "x", "parse_mode": "BBCode"}, "Bad Request: unsupported parse_mode"),
        ({"text": "x", "parse_mode": "MarkdownV2"}, "not simulated: parse_mode MarkdownV2"),
        ({"text": "x", "message_thread_id": 4}, "not simulated: message_thread_id"),
        ({"text": "x", "reply_parameters": {"message_id": 1, "chat_id": BO}},
         "not simulated: replies to another chat"),
        ({"text": "x", "reply_parameters": {"message_id": 99}},
         "Bad Request: message to be replied not found"),
    ],
)  # fmt: skip
async def test_texts_that_are_refused(bot: BareBot, params: dict[str, Any], refusal: str) -> None:
    assert await bot.refused("sendMessage", chat_id=ANNA, **params) == refusal


async def test_the_length_counts_after_the_entities(bot: BareBot) -> None:
    sent = await bot.send(ANNA, "<b>" + "x" * 4096 + "</b>", parse_mode="HTML")
    assert len(sent["text"]) == 4096


async def test_a_reply_shows_what_it_replies_to(sim: Simulator, bot: BareBot) -> None:
    asked = sim.stage.say(ANNA, ANNA, "where?")
    answer = await bot.send(ANNA, "here", reply_parameters={"message_id": asked.message_id})
    assert answer["reply_to_message"]["text"] == "where?"
    lenient = {"message_id": 99, "allow_sending_without_reply": True}
    assert "reply_to_message" not in await bot.send(ANNA, "here", reply_parameters=lenient)


async def test_every_way_of_calling_is_understood(sim: Simulator, bot: BareBot) -> None:
    url = bot.url("SENDMESSAGE")
    params = {"chat_id": str(ANNA), "text": "x", "reply_markup": '{"force_reply": true}'}
    async with bot.session.get(url, params=params) as answer:
        assert (await answer.json())["ok"]
    async with bot.session.post(url, data=params) as answer:
        assert (await answer.json())["ok"]
    assert len(sim.world.messages(ANNA)) == 2
    keyboard = sim.world.keyboard(ANNA, ANNA)
    assert keyboard is not None
    assert keyboard["force_reply"] is True


async def test_an_edit_changes_text_and_drops_buttons_not_named_again(
    sim: Simulator, bot: BareBot
) -> None:
    sent = await bot.send(ANNA, "one", reply_markup=OK)
    sim.clock.advance(5)
    where = {"chat_id": ANNA, "message_id": sent["message_id"]}
    edited = await bot.call("editMessageText", text="two", **where)
    assert (edited["text"], edited["edit_date"]) == ("two", sim.clock.timestamp())
    assert "reply_markup" not in edited
    shown = sim.world.last(ANNA)
    assert shown is not None
    assert shown.earlier == ["one"]


async def test_an_edit_that_changes_nothing_is_refused(bot: BareBot) -> None:
    sent = await bot.send(ANNA, "<b>one</b>", parse_mode="HTML", reply_markup=OK)
    where = {"chat_id": ANNA, "message_id": sent["message_id"]}
    not_modified = (
        "Bad Request: message is not modified: specified new message content and reply markup "
        "are exactly the same as a current content and reply markup of the message"
    )
    same = {"text": "<b>one</b>", "parse_mode": "HTML", "reply_markup": OK}
    assert await bot.refused("editMessageText", **where, **same) == not_modified
    assert await bot.refused("editMessageReplyMarkup", **where, reply_markup=OK) == not_modified
    without_bold = await bot.call("editMessageText", text="one", reply_markup=OK, **where)
    assert "entities" not in without_bold
    without_buttons = await bot.call("editMessageReplyMarkup", **where)
    assert "reply_markup" not in without_buttons


async def test_edits_that_are_refused(sim: Simulator, bot: BareBot) -> None:
    theirs = sim.stage.say(ANNA, ANNA, "mine")
    place = await bot.call("sendLocation", chat_id=ANNA, latitude=31.0, longitude=121.0)
    edit = {"chat_id": ANNA, "text": "x"}
    refused = bot.refused
    assert await refused("editMessageText", **edit, message_id=99) == (
        "Bad Request: message to edit not found"
    )
    assert await refused("editMessageText", **edit) == "Bad Request: message to edit not found"
    assert await refused("editMessageText", **edit, message_id=theirs.message_id) == (
        "Bad Request: message can't be edited"
    )
    assert await refused("editMessageText", **edit, message_id=place["message_id"]) == (
        "Bad Request: there is no text in the message to edit"
    )
    assert await refused("editMessageCaption", chat_id=ANNA, message_id=place["message_id"]) == (
        "Bad Request: there is no caption in the message to edit"
    )
    too_long = {"chat_id": ANNA, "message_id": place["message_id"], "text": "x" * 4097}
    assert await refused("editMessageText", **too_long) == "Bad Request: MESSAGE_TOO_LONG"


async def test_a_place_lives_until_its_time_is_over(sim: Simulator, bot: BareBot) -> None:
    place = {"latitude": 31.0, "longitude": 121.0}
    assert await bot.refused("sendLocation", chat_id=ANNA, live_period=59, **place) == (
        "Bad Request: wrong live location period specified"
    )
    sent = await bot.call("sendLocation", chat_id=ANNA, live_period=60, **place)
    where = {"chat_id": ANNA, "message_id": sent["message_id"]}
    moved = await bot.call("editMessageLiveLocation", **where, latitude=31.5, longitude=121.0)
    assert moved["location"]["latitude"] == 31.5
    sim.clock.advance(61)
    assert (
        await bot.refused("editMessageLiveLocation", **where, latitude=32, longitude=121)
        == "Bad Request: message can't be edited"
    )


async def test_a_stopped_place_lives_no_more(bot: BareBot) -> None:
    place = {"latitude": 31.0, "longitude": 121.0}
    sent = await bot.call("sendLocation", chat_id=ANNA, live_period=600, **place)
    where = {"chat_id": ANNA, "message_id": sent["message_id"]}
    stopped = await bot.call("stopMessageLiveLocation", **where)
    assert "live_period" not in stopped["location"]
    assert await bot.refused("stopMessageLiveLocation", **where) == (
        "Bad Request: message can't be edited"
    )


async def test_places_must_be_on_earth(bot: BareBot) -> None:
    refused = bot.refused
    assert await refused("sendLocation", chat_id=ANNA) == "Bad Request: latitude is empty"
    assert await refused("sendLocation", chat_id=ANNA, latitude=1) == (
        "Bad Request: longitude is empty"
    )
    assert await refused("sendLocation", chat_id=ANNA, latitude=91, longitude=0) == (
        "Bad Request: wrong location specified"
    )
    venue = {"latitude": 31, "longitude": 121, "title": "Depot", "address": "1 Pier Road"}
    sent = await bot.call("sendVenue", chat_id=ANNA, **venue)
    assert sent["venue"]["title"] == "Depot"


async def test_deleting(sim: Simulator, bot: BareBot) -> None:
    own = await bot.send(DEPOT)
    theirs = sim.stage.say(BO, DEPOT, "/report")
    await bot.call("deleteMessage", chat_id=DEPOT, message_id=own["message_id"])
    assert sim.world.message(DEPOT, own["message_id"]) is None
    refused = bot.refused
    assert await refused("deleteMessage", chat_id=DEPOT, message_id=own["message_id"]) == (
        "Bad Request: message to delete not found"
    )
    assert await refused("deleteMessage", chat_id=DEPOT, message_id=theirs.message_id) == (
        "Bad Request: message can't be deleted"
    )
    sim.stage.promote(sim.world.bot.id, DEPOT)
    await bot.call("deleteMessage", chat_id=DEPOT, message_id=theirs.message_id)
    assert theirs.deleted


async def test_nothing_older_than_48_hours_is_deleted(sim: Simulator, bot: BareBot) -> None:
    old = await bot.send(ANNA)
    sim.clock.advance(48 * 3600 + 1)
    assert await bot.refused("deleteMessage", chat_id=ANNA, message_id=old["message_id"]) == (
        "Bad Request: message can't be deleted for everyone"
    )
    where = {"chat_id": ANNA, "message_id": old["message_id"]}
    assert (await bot.call("editMessageText", text="still editable", **where))["edit_date"]


async def test_several_are_deleted_at_once(sim: Simulator, bot: BareBot) -> None:
    ids = [(await bot.send(ANNA))["message_id"] for _ in range(3)]
    await bot.call("deleteMessages", chat_id=ANNA, message_ids=[*ids[:2], 99])
    assert [shown.deleted for shown in sim.world.messages(ANNA)] == [True, True, False]


async def test_forwarding_names_the_origin_and_copying_does_not(
    sim: Simulator, bot: BareBot
) -> None:
    report = sim.stage.say(ANNA, ANNA, "tree on the road")
    source = {"from_chat_id": ANNA, "message_id": report.message_id}
    forwarded = await bot.call("forwardMessage", chat_id=DEPOT, **source)
    assert forwarded["forward_origin"]["sender_user"]["first_name"] == "Anna"
    copied = await bot.call("copyMessage", chat_id=DEPOT, **source)
    shown = sim.world.message(DEPOT, copied["message_id"])
    assert shown is not None
    assert shown.text == "tree on the road"
    assert "forward_origin" not in shown.body
    assert await bot.refused("copyMessage", chat_id=DEPOT, from_chat_id=ANNA, message_id=99) == (
        "Bad Request: message to copy not found"
    )
    where = {"chat_id": DEPOT, "message_id": forwarded["message_id"]}
    assert await bot.refused("editMessageText", text="x", **where) == (
        "Bad Request: message can't be edited"
    )


async def test_protected_content_stays_where_it_is(bot: BareBot) -> None:
    secret = await bot.send(ANNA, "secret", protect_content=True)
    source = {"from_chat_id": ANNA, "message_id": secret["message_id"]}
    assert await bot.refused("forwardMessage", chat_id=DEPOT, **source) == (
        "Bad Request: message can't be forwarded"
    )


async def test_a_mention_by_id_carries_the_person_if_there_is_one(bot: BareBot) -> None:
    text = f'<a href="tg://user?id={ANNA}">Anna</a> <a href="tg://user?id=5">who</a>'
    sent = await bot.send(DEPOT, text, parse_mode="HTML")
    [mention] = sent["entities"]
    assert mention["user"]["id"] == ANNA


async def test_entities_the_bot_counted_itself(bot: BareBot) -> None:
    bold = {"type": "bold", "offset": 0, "length": 2}
    assert (await bot.send(ANNA, "ok", entities=[bold]))["entities"] == [bold]
    assert await bot.refused("sendMessage", chat_id=ANNA, text="ok", entities=[{}]) == (
        'Bad Request: can\'t parse MessageEntity: Field "offset" must be of type Number'
    )


async def test_methods_not_covered_say_so(bot: BareBot) -> None:
    assert await bot.raw("sendPoll") == {
        "ok": False,
        "error_code": 501,
        "description": "not simulated: sendPoll",
    }
    assert (await bot.raw("sendDreams"))["description"] == "Not Found"
    assert (await bot.raw("sendDreams"))["error_code"] == 404


async def test_a_wrong_token_is_unauthorized(sim: Simulator, bot: BareBot) -> None:
    async with bot.session.get(f"{sim.api_url}2:OTHER/getMe") as answer:
        assert (answer.status, await answer.json()) == (
            401,
            {"ok": False, "error_code": 401, "description": "Unauthorized"},
        )


async def test_after_logging_out_nothing_is_answered(bot: BareBot) -> None:
    assert await bot.call("logOut") is True
    assert await bot.refused("getMe") == "Logged out"


async def test_json_that_is_none_is_refused(bot: BareBot) -> None:
    headers = {"Content-Type": "application/json"}
    for body in (b"{", b"[]"):
        async with bot.session.post(bot.url("getMe"), data=body, headers=headers) as answer:
            assert answer.status == 400
    assert await bot.refused("sendMessage", chat_id=ANNA, text="x", reply_markup="{") == (
        "Bad Request: can't parse reply keyboard markup JSON object"
    )
