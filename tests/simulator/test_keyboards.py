"""Buttons: what Telegram refuses, who sees a keyboard, what pressing does."""

from typing import Any

import pytest

from simulator import Simulator, StageError
from tests.simulator.bare_bot import BareBot
from tests.simulator.conftest import ANNA, BO, CAI, DEPOT


def inline(*buttons: Any) -> dict[str, Any]:
    return {"inline_keyboard": [list(buttons)]}


def data(value: str, text: str = "x") -> dict[str, str]:
    return {"text": text, "callback_data": value}


def copied(text: str) -> dict[str, Any]:
    return {"text": "x", "copy_text": {"text": text}}


@pytest.mark.parametrize(
    ("markup", "refusal"),
    [
        (inline(data("x" * 65)), "Bad Request: BUTTON_DATA_INVALID"),
        (inline(data("中" * 22)), "Bad Request: BUTTON_DATA_INVALID"),
        (inline(copied("中" * 257)), "Bad Request: BUTTON_COPY_TEXT_INVALID"),
        (inline(copied("")), "Bad Request: BUTTON_COPY_TEXT_INVALID"),
        (inline({"text": "x", "copy_text": "x"}), "Bad Request: BUTTON_COPY_TEXT_INVALID"),
        (inline({"text": "x"}), "Bad Request: can't parse inline keyboard button: "
         "Text buttons are unallowed in the inline keyboard"),
        (inline(data("")), "Bad Request: can't parse inline keyboard button: "
         "Text buttons are unallowed in the inline keyboard"),
        (inline({"callback_data": "x"}),
         'Bad Request: can\'t parse inline keyboard button: Can\'t find field "text"'),
        (inline(data("x", " ")), "Bad Request: inline keyboard button text must be non-empty"),
        (inline("x"), "Bad Request: can't parse inline keyboard button: "
         "InlineKeyboardButton must be an Object"),
        (inline({"text": "x", "url": "tel:+8613800000000"}), "Bad Request: inline keyboard button "
         "URL 'tel:+8613800000000' is invalid: Unsupported URL protocol"),
        (inline({"text": "x", "url": "http://localhost/"}), "Bad Request: inline keyboard button "
         "URL 'http://localhost/' is invalid: Wrong HTTP URL"),
        ({"inline_keyboard": [[data("x")]] * 101}, "Bad Request: reply markup is too long"),
        (inline(*[data("x")] * 9), "Bad Request: reply markup is too long"),
        ({"inline_keyboard": [data("x")]}, 'Bad Request: field "inline_keyboard" of the '
         "InlineKeyboardMarkup must be an Array of Arrays"),
        ({"keyboard": ["x"]}, 'Bad Request: field "keyboard" must be an Array of Arrays'),
        ({"keyboard": [[1]]}, "Bad Request: can't parse keyboard button: "
         "KeyboardButton must be a String or an Object"),
        ([], "Bad Request: object expected as reply markup"),
    ],
)  # fmt: skip
async def test_keyboards_that_are_refused(bot: BareBot, markup: Any, refusal: str) -> None:
    assert await bot.refused("sendMessage", chat_id=ANNA, text="x", reply_markup=markup) == refusal


async def test_keyboards_up_to_the_bounds(bot: BareBot) -> None:
    await bot.send(ANNA, reply_markup=inline(*[data("中" * 21 + "x")] * 8))
    await bot.send(ANNA, reply_markup=inline(copied("中" * 256)))
    rows = {"inline_keyboard": [[data("x")]] * 100}
    assert len((await bot.send(ANNA, reply_markup=rows))["reply_markup"]["inline_keyboard"]) == 100


async def test_places_and_phone_numbers_are_asked_for_in_private_only(bot: BareBot) -> None:
    place = {"keyboard": [[{"text": "here", "request_location": True}]]}
    phone = {"keyboard": [[{"text": "my number", "request_contact": True}]]}
    assert await bot.refused("sendMessage", chat_id=DEPOT, text="x", reply_markup=place) == (
        "Bad Request: location can be requested in private chats only"
    )
    assert await bot.refused("sendMessage", chat_id=DEPOT, text="x", reply_markup=phone) == (
        "Bad Request: phone number can be requested in private chats only"
    )
    await bot.send(ANNA, reply_markup=place)


async def test_pressing_makes_a_query_and_the_answer_is_shown(sim: Simulator, bot: BareBot) -> None:
    await bot.send(DEPOT, "card", reply_markup=inline(data("ack:1", "I have it")))
    card = sim.world.last(DEPOT)
    assert card is not None
    query_id = sim.stage.press(BO, card, "I have it")
    [update] = await bot.updates()
    query = update["callback_query"]
    assert (query["id"], query["data"], query["from"]["id"]) == (query_id, "ack:1", BO)
    assert query["message"]["message_id"] == card.message_id
    answer = {"callback_query_id": query_id, "text": "noted", "show_alert": True}
    assert await bot.call("answerCallbackQuery", **answer) is True
    assert await bot.call("answerCallbackQuery", callback_query_id=query_id) is True
    shown = sim.world.answers[query_id]
    assert (shown.person_id, shown.text, shown.show_alert) == (BO, "noted", True)


async def test_answers_that_are_refused(sim: Simulator, bot: BareBot) -> None:
    await bot.send(ANNA, "card", reply_markup=inline(data("a")))
    card = sim.world.last(ANNA)
    assert card is not None
    query_id = sim.stage.press(ANNA, card, "a")
    too_old = "Bad Request: query is too old and response timeout expired or query ID is invalid"
    refused = bot.refused
    assert await refused("answerCallbackQuery", callback_query_id="77") == too_old
    assert (
        await refused("answerCallbackQuery", callback_query_id=query_id, text="x" * 201)
        == "Bad Request: MESSAGE_TOO_LONG"
    )
    assert (
        await refused("answerCallbackQuery", callback_query_id=query_id, url="https://a.cn")
        == "Bad Request: URL_INVALID"
    )
    sim.clock.advance(61)
    assert await refused("answerCallbackQuery", callback_query_id=query_id) == too_old


async def test_a_button_that_is_not_there_cannot_be_pressed_unless_the_phone_lags(
    sim: Simulator, bot: BareBot
) -> None:
    sent = await bot.send(ANNA, "card", reply_markup=inline(data("a")))
    card = sim.world.last(ANNA)
    assert card is not None
    await bot.call("deleteMessage", chat_id=ANNA, message_id=sent["message_id"])
    with pytest.raises(StageError, match="no button"):
        sim.stage.press(ANNA, card, "a")
    with pytest.raises(StageError, match="not in that chat"):
        sim.stage.press(CAI, card, "a")
    sim.stage.press(ANNA, card, "a", stale=True)
    [update] = await bot.updates()
    assert update["callback_query"]["message"] == {
        "chat": {"id": ANNA, "type": "private", "first_name": "Anna", "username": "anna_t"},
        "message_id": sent["message_id"],
        "date": 0,
    }


async def test_a_deep_link_presses_start(sim: Simulator, bot: BareBot) -> None:
    link = {"text": "tell", "url": "https://t.me/muster_demo_bot?start=report_7"}
    other = {"text": "map", "url": "https://a.cn/"}
    await bot.send(DEPOT, "card", reply_markup=inline(link, other))
    card = sim.world.last(DEPOT)
    assert card is not None
    assert sim.stage.press(BO, card, "map") == ""
    assert sim.stage.press(BO, card, "tell") == ""
    [update] = await bot.updates()
    assert update["message"]["text"] == "/start report_7"
    with pytest.raises(StageError, match="payload"):
        sim.stage.start(BO, "报告")


async def test_a_reply_keyboard_says_shares_and_goes(sim: Simulator, bot: BareBot) -> None:
    rows = [["yes", {"text": "here", "request_location": True}],
            [{"text": "my number", "request_contact": True}]]  # fmt: skip
    await bot.send(ANNA, reply_markup={"keyboard": rows})
    sim.stage.press_reply_button(ANNA, ANNA, "yes")
    sim.stage.press_reply_button(ANNA, ANNA, "here", 31.0, 121.0)
    sim.stage.press_reply_button(ANNA, ANNA, "my number")
    yes, here, number = (update["message"] for update in await bot.updates())
    assert yes["text"] == "yes"
    assert here["location"] == {"latitude": 31.0, "longitude": 121.0}
    assert number["contact"]["user_id"] == number["from"]["id"] == ANNA
    with pytest.raises(StageError, match="which"):
        sim.stage.press_reply_button(ANNA, ANNA, "here")
    await bot.send(ANNA, reply_markup={"remove_keyboard": True})
    with pytest.raises(StageError, match="no button"):
        sim.stage.press_reply_button(ANNA, ANNA, "yes")


async def test_a_keyboard_keeps_its_looks_and_stays_within_reach(
    sim: Simulator, bot: BareBot
) -> None:
    looks = {"is_persistent": True, "resize_keyboard": True, "one_time_keyboard": True}
    hint = {"input_field_placeholder": "say it"}
    await bot.send(ANNA, reply_markup={"keyboard": [["yes"]], **looks, **hint})
    sim.stage.press_reply_button(ANNA, ANNA, "yes")
    shown = sim.world.keyboard(ANNA, ANNA)
    assert shown == {"keyboard": [[{"text": "yes"}]], "message_id": 1, **looks, **hint}
    long = {"keyboard": [["yes"]], "input_field_placeholder": "x" * 65}
    assert await bot.refused("sendMessage", chat_id=ANNA, text="x", reply_markup=long) == (
        "Bad Request: input field placeholder is too long"
    )


async def test_in_a_group_a_reply_keyboard_answers_the_bot_and_so_is_seen(
    sim: Simulator, bot: BareBot
) -> None:
    card = await bot.send(DEPOT, "water?", reply_markup={"keyboard": [["rising"]]})
    sim.stage.press_reply_button(BO, DEPOT, "rising")
    [update] = await bot.updates()
    assert update["message"]["reply_to_message"]["message_id"] == card["message_id"]


async def test_a_selective_keyboard_is_for_those_addressed(sim: Simulator, bot: BareBot) -> None:
    force = {"force_reply": True, "selective": True}
    await bot.send(DEPOT, "@anna_t where?", reply_markup=force)
    assert sim.world.keyboard(DEPOT, BO) is None
    forced = sim.world.keyboard(DEPOT, ANNA)
    assert forced is not None
    sim.stage.say(ANNA, DEPOT, "pier", reply_to=forced["message_id"])
    assert sim.world.keyboard(DEPOT, ANNA) is None
    [update] = await bot.updates()
    assert update["message"]["text"] == "pier"


async def test_an_edit_takes_inline_keyboards_only(bot: BareBot) -> None:
    sent = await bot.send(ANNA)
    where = {"chat_id": ANNA, "message_id": sent["message_id"], "text": "y"}
    assert await bot.refused("editMessageText", **where, reply_markup={"keyboard": [["x"]]}) == (
        "Bad Request: inline keyboard expected"
    )
