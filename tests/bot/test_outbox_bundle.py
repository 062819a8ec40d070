"""A storm for one chat is bundled: nothing is dropped, and every button says what it belongs to."""

from pathlib import Path

import pytest

from bot.budget import Rates
from bot.outbox.bundle import NUMBERS, TEXTS_LIMIT
from simulator import Fault
from storage.delivery import Content, DeliveryState, Keyboard, Message, Pin, Urgency
from tests.bot.harness import DRIVER, GROUP, MARK, Town, a_town


async def _storm(town: Town, *texts: str) -> None:
    """One goes out and fills the chat's second; the rest waits."""
    await town.deliver(town.text(DRIVER, "first"))
    await town.deliver(*(town.text(DRIVER, text) for text in texts))


async def test_three_waiting_messages_stay_three(tmp_path: Path) -> None:
    async with a_town(tmp_path, rates=Rates()) as town:
        await _storm(town, "a", "b", "c")
        await town.advance(10)
        assert town.texts(DRIVER) == ["first", "a", "b", "c"]


async def test_more_than_three_waiting_messages_go_as_one(tmp_path: Path) -> None:
    async with a_town(tmp_path, rates=Rates()) as town:
        await town.deliver(town.text(DRIVER, "first"))
        waiting = [town.text(DRIVER, text) for text in "abcd"]
        await town.deliver(*waiting)
        await town.advance(1)
        assert town.texts(DRIVER) == ["first", "a\n\nb\n\nc\n\nd"]
        states = [await town.state(delivery) for delivery in waiting]
        assert states == [DeliveryState.SENT] + [DeliveryState.FOLDED] * 3
        posted = town.shown(DRIVER)[1].message_id
        assert [(await town.stored(d)).message_id for d in waiting] == [posted] * 4


async def test_buttons_in_a_bundle_are_all_there_and_numbered_like_their_texts(
    tmp_path: Path,
) -> None:
    async with a_town(tmp_path, rates=Rates()) as town:
        await town.deliver(town.text(DRIVER, "first"))
        await town.deliver(
            town.text(DRIVER, "a", buttons=("收到", "完成")),
            town.text(DRIVER, "b"),
            town.text(DRIVER, "c", buttons=("收到",)),
            town.text(DRIVER, "d"),
        )
        await town.advance(1)
        bundle = town.shown(DRIVER)[1]
        assert bundle.text == "① a\n\n② b\n\n③ c\n\n④ d"
        assert bundle.labels == ["① 收到", "① 完成", "③ 收到"]
        query = town.sim.stage.press(DRIVER, bundle, "③ 收到")
        assert query
        assert [button["callback_data"] for button in bundle.buttons] == [
            "1:收到",
            "1:完成",
            "3:收到",
        ]


async def test_a_bundle_ends_before_nine_rows_of_buttons(tmp_path: Path) -> None:
    async with a_town(tmp_path, rates=Rates()) as town:
        await town.deliver(town.text(DRIVER, "first"))
        rows = ("1", "2", "3")
        await town.deliver(*(town.text(DRIVER, text, buttons=rows) for text in "abcde"))
        await town.advance(10)
        assert [len(shown.buttons) for shown in town.shown(DRIVER)] == [0, 6, 3, 3, 3]


async def test_a_bundle_ends_before_the_text_is_too_long(tmp_path: Path) -> None:
    async with a_town(tmp_path, rates=Rates()) as town:
        await _storm(town, *(letter * 1000 for letter in "abcdef"))
        await town.advance(10)
        assert [len(text) for text in town.texts(DRIVER)] == [5, 3004, 1000, 1000, 1000]


async def test_a_bundle_mentions_no_more_people_than_telegram_notifies(tmp_path: Path) -> None:
    async with a_town(tmp_path, rates=Rates()) as town:
        await town.deliver(town.text(GROUP, "first"))
        ping = '<a href="tg://user?id=700001">甲</a><a href="tg://user?id=700002">乙</a>'
        await town.deliver(*(town.urgent(GROUP, ping) for _ in range(5)))
        await town.advance(10)
        assert town.texts(GROUP) == ["first", "甲乙\n\n甲乙", "甲乙", "甲乙", "甲乙"]


async def test_only_neighbours_of_one_urgency_are_joined(tmp_path: Path) -> None:
    async with a_town(tmp_path, rates=Rates()) as town:
        await town.deliver(town.text(DRIVER, "first"))
        await town.deliver(
            *(town.text(DRIVER, text) for text in "ab"),
            *(town.bulk(DRIVER, text) for text in "cd"),
        )
        await town.advance(10)
        assert town.texts(DRIVER) == ["first", "a", "b", "c", "d"]


@pytest.mark.parametrize(
    ("slot", "content"),
    [
        ("card", Message(text="x")),
        (None, Message(text="x", keyboard=Keyboard(labels=("是",)))),
        (None, Message(text="x", ask="?")),
        (None, Pin(lat=30.67, lon=104.06)),
    ],
)
async def test_live_messages_keyboards_questions_and_places_are_not_joined(
    tmp_path: Path, slot: str | None, content: Content
) -> None:
    async with a_town(tmp_path, rates=Rates()) as town:
        await town.deliver(town.text(DRIVER, "first"))
        await town.deliver(
            *(town.text(DRIVER, text) for text in "ab"),
            town.text(DRIVER, content=content, slot=slot),
            *(town.text(DRIVER, text) for text in "cd"),
        )
        await town.advance(10)
        assert len(town.shown(DRIVER)) == 6


async def test_a_marked_repeat_and_a_new_text_do_not_share_a_mark(tmp_path: Path) -> None:
    async with a_town(tmp_path, rates=Rates()) as town:
        await town.deliver(town.text(DRIVER, "first"))
        again = town.text(DRIVER, "again").model_copy(update={"repeat": True})
        await town.deliver(again, *(town.text(DRIVER, text) for text in "abc"))
        await town.advance(10)
        assert town.texts(DRIVER) == ["first", f"{MARK}\nagain", "a", "b", "c"]


async def test_texts_that_came_after_an_unreadable_bundle_keep_their_formatting(
    tmp_path: Path,
) -> None:
    async with a_town(tmp_path, rates=Rates()) as town:
        await town.deliver(town.text(DRIVER, "first"))
        await town.deliver(*(town.text(DRIVER, text) for text in ("<b>a", "b", "c", "d")))
        await town.advance(1)
        await town.deliver(*(town.text(DRIVER, f"<i>{text}</i>") for text in "ef"))
        await town.advance(10)
        assert town.texts(DRIVER) == ["first", "a\n\nb\n\nc\n\nd", "e", "f"]
        assert [bool(shown.body.get("entities")) for shown in town.shown(DRIVER)[2:]] == [True] * 2


async def test_a_bundle_that_is_held_up_loses_nothing(tmp_path: Path) -> None:
    async with a_town(tmp_path, rates=Rates()) as town:
        await _storm(town, *"abcd")
        town.sim.stage.set_fault(Fault("500", chat_id=DRIVER))
        await town.advance(30)
        assert town.texts(DRIVER) == ["first", "a\n\nb\n\nc\n\nd"]


async def test_a_bundle_of_unknown_fate_is_repeated_as_a_whole_with_one_mark(
    tmp_path: Path,
) -> None:
    async with a_town(tmp_path, rates=Rates()) as town:
        await _storm(town, *"abcd")
        town.sim.stage.set_fault(Fault("cut_after", chat_id=DRIVER))
        await town.advance(30)
        assert town.texts(DRIVER) == ["first", "a\n\nb\n\nc\n\nd", f"{MARK}\na\n\nb\n\nc\n\nd"]


async def test_when_a_bundle_cannot_be_delivered_every_part_is_told(tmp_path: Path) -> None:
    async with a_town(tmp_path, rates=Rates()) as town:
        await town.deliver(town.text(DRIVER, "first"))
        waiting = [town.text(DRIVER, text, Urgency.URGENT) for text in "abcd"]
        await town.deliver(*waiting)
        town.sim.stage.block(DRIVER)
        await town.advance(2)
        assert [name for name, _ in town.failed] == [delivery.id for delivery in waiting]


def test_every_text_of_a_bundle_can_be_numbered() -> None:
    assert len(set(NUMBERS)) == TEXTS_LIMIT
