"""How each content reaches a chat."""

from pathlib import Path
from typing import Any

from bot.outbox import Failure
from bot.outbox.calls import without_tags
from storage.delivery import (
    Button,
    Content,
    File,
    Keyboard,
    Leave,
    Menu,
    Message,
    Paper,
    PhoneCard,
    Pin,
    Urgency,
)
from tests.bot.harness import DISPATCHER, DRIVER, GROUP, MARK, Town, a_town

LIMIT = 4096
PNG = b"\x89PNG\r\n\x1a\n" + b"\0\0\0\rIHDR" + b"\0\0\0\x02" * 2


async def _show(town: Town, content: Content, chat: int = DRIVER) -> dict[str, Any]:
    await town.deliver(town.text(chat, content=content))
    assert town.failed == []
    return town.shown(chat)[-1].body


async def test_text_is_html_and_shows_no_preview_of_links(tmp_path: Path) -> None:
    async with a_town(tmp_path) as town:
        body = await _show(town, Message(text="<b>警</b> https://example.com"))
        assert body["text"] == "警 https://example.com"
        assert body["entities"] == [
            {"type": "bold", "offset": 0, "length": 1},
            {"type": "url", "offset": 2, "length": 19},
        ]
        assert town.calls[-1][1]["link_preview_options"] == '{"is_disabled": true}'


async def test_buttons_carry_their_data_or_open_their_address(tmp_path: Path) -> None:
    async with a_town(tmp_path) as town:
        rows = (
            (Button(text="收到", data="ack:1"), Button(text="地图", url="https://example.com/m")),
            (Button(text="完成", data="done:1"),),
        )
        body = await _show(town, Message(text="x", buttons=rows))
        assert body["reply_markup"] == {
            "inline_keyboard": [
                [
                    {"text": "收到", "callback_data": "ack:1"},
                    {"text": "地图", "url": "https://example.com/m"},
                ],
                [{"text": "完成", "callback_data": "done:1"}],
            ]
        }


async def test_a_keyboard_asks_for_the_place_and_goes_away_again(tmp_path: Path) -> None:
    async with a_town(tmp_path) as town:
        keyboard = Keyboard(location="发送位置", labels=("是", "否", "不清楚"))
        await _show(town, Message(text="车在哪里?", keyboard=keyboard))
        shown = town.sim.world.keyboard(DRIVER, DRIVER)
        assert shown is not None
        assert [[button["text"] for button in row] for row in shown["keyboard"]] == [
            ["发送位置"],
            ["是", "否"],
            ["不清楚"],
        ]
        assert shown["keyboard"][0][0]["request_location"] is True
        town.sim.stage.press_reply_button(DRIVER, DRIVER, "发送位置", 30.67, 104.06)
        await _show(town, Message(text="收到", keyboard=Keyboard(remove=True)))
        assert town.sim.world.keyboard(DRIVER, DRIVER) is None


async def test_a_question_in_a_group_opens_the_reply_box(tmp_path: Path) -> None:
    async with a_town(tmp_path) as town:
        await _show(town, Message(text="到了吗?", ask="回复这里"), GROUP)
        for person in (DRIVER, DISPATCHER):
            box = town.sim.world.keyboard(GROUP, person)
            assert box is not None
            assert (box["force_reply"], box["input_field_placeholder"]) == (True, "回复这里")


async def test_a_question_that_mentions_somebody_opens_only_their_reply_box(
    tmp_path: Path,
) -> None:
    async with a_town(tmp_path) as town:
        text = f'<a href="tg://user?id={DRIVER}">甲</a> 到了吗?'
        await _show(town, Message(text=text, ask="回复这里"), GROUP)
        assert town.sim.world.keyboard(GROUP, DRIVER) is not None
        assert town.sim.world.keyboard(GROUP, DISPATCHER) is None


async def test_a_place_is_a_pin_on_the_map(tmp_path: Path) -> None:
    async with a_town(tmp_path) as town:
        body = await _show(town, Pin(lat=30.67, lon=104.06))
        assert body["location"] == {"latitude": 30.67, "longitude": 104.06}


async def test_files_are_passed_on_by_their_id_with_a_caption(tmp_path: Path) -> None:
    async with a_town(tmp_path) as town:
        stage = town.sim.stage
        photo = stage.send_photo(DRIVER, DRIVER, PNG).body["photo"][-1]["file_id"]
        paper = stage.send_document(DRIVER, DRIVER, b"paper").body["document"]["file_id"]
        voice = stage.send_voice(DRIVER, DRIVER, b"voice").body["voice"]["file_id"]
        seen = await _show(town, File(media="photo", file_id=photo, caption="<b>现场</b>"), GROUP)
        assert seen["photo"]
        assert seen["caption"] == "现场"
        seen = await _show(town, File(media="document", file_id=paper), GROUP)
        assert seen["document"]
        seen = await _show(town, File(media="voice", file_id=voice), GROUP)
        assert seen["voice"]
        await town.deliver(town.text(GROUP, content=File(media="video", file_id="v")))
        assert town.calls[-1][0] == "sendVideo"


async def test_a_keyboard_may_ask_for_the_number_and_stay(tmp_path: Path) -> None:
    async with a_town(tmp_path) as town:
        await _show(town, Message(text="您是谁?", keyboard=Keyboard(contact="发送号码")))
        shown = town.sim.world.keyboard(DRIVER, DRIVER)
        assert shown is not None
        assert shown["keyboard"][0][0]["request_contact"] is True
        await _show(town, Message(text="好", keyboard=Keyboard(labels=("车坏了",), permanent=True)))
        shown = town.sim.world.keyboard(DRIVER, DRIVER)
        assert shown is not None
        assert shown["is_persistent"] is True


async def test_a_short_number_comes_as_a_card(tmp_path: Path) -> None:
    async with a_town(tmp_path) as town:
        body = await _show(town, PhoneCard(phone="120", name="急救"))
        assert (body["contact"]["phone_number"], body["contact"]["first_name"]) == ("120", "急救")


async def test_a_file_of_ours_is_sent_under_its_name(tmp_path: Path) -> None:
    async with a_town(tmp_path) as town:
        sha256 = await town.store.keep_file(b"a,b")
        body = await _show(town, Paper(sha256=sha256, name="名册.csv", caption="<b>名册</b>"))
        assert (body["document"]["file_name"], body["caption"]) == ("名册.csv", "名册")
        gone = town.text(DRIVER, content=Paper(sha256="0" * 64, name="x.csv"))
        await town.deliver(gone)
        assert town.failed == [(gone.id, Failure.REJECTED)]


async def test_a_menu_is_one_chats_own_until_it_is_taken_back(tmp_path: Path) -> None:
    async with a_town(tmp_path) as town:
        await town.deliver(town.text(DRIVER, content=Menu(commands=(("mine", "我的任务"),))))
        assert town.sim.stage.menu(DRIVER, DRIVER) == [("mine", "我的任务")]
        await town.deliver(town.text(DRIVER, content=Menu()))
        assert town.sim.stage.menu(DRIVER, DRIVER) == []
        assert town.failed == []


async def test_what_is_said_before_leaving_a_group_comes_before_it(tmp_path: Path) -> None:
    async with a_town(tmp_path) as town:
        await town.deliver(town.text(GROUP, "再见"), town.text(GROUP, content=Leave()))
        assert [call for call, _ in town.calls] == ["sendMessage", "leaveChat"]
        assert town.failed == []


async def test_only_urgent_messages_make_a_sound(tmp_path: Path) -> None:
    async with a_town(tmp_path) as town:
        for urgency in Urgency:
            await town.deliver(town.text(DRIVER, urgency.value, urgency))
        assert [(call["text"], call["disable_notification"]) for _, call in town.calls] == [
            ("urgent", "false"),
            ("normal", "true"),
            ("bulk", "true"),
        ]


async def test_a_marked_repeat_that_would_be_too_long_goes_without_its_mark(tmp_path: Path) -> None:
    async with a_town(tmp_path) as town:
        full = town.text(DRIVER, "长" * LIMIT).model_copy(update={"repeat": True})
        fits = town.text(DRIVER, "长" * (LIMIT - len(MARK) - 1)).model_copy(update={"repeat": True})
        await town.deliver(full, fits)
        assert [len(text) for text in town.texts(DRIVER)] == [LIMIT, LIMIT]
        assert [text.startswith(MARK) for text in town.texts(DRIVER)] == [False, True]


def test_taking_tags_out_keeps_what_only_looks_like_one() -> None:
    assert without_tags('<a href="tel:110">报警</a> a < b &lt;c&gt; <no>') == "报警 a < b <c> <no>"
