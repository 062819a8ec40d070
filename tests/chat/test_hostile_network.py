"""A tired person, a cheap phone, a bad connection: the same thing twice, late, or half."""

import pytest

from handlers.documents import INCIDENTS
from tests.chat.town import Person, Town

EAST = "east_distribution"


async def numbers(town: Town) -> list[int]:
    assert town.store is not None
    async with town.store.turn(at=town.clock.now()) as turn:
        return [incident.number for incident in await turn.find(INCIDENTS)]


async def tap_twice(town: Town, person: Person, label: str, on: str) -> None:
    shown = town.message(person, on)
    for _ in range(2):
        town.stage.press(person.telegram, shown, label)
    await town.a_moment()


async def test_two_taps_on_what_happened_are_one_breakdown(town: Town) -> None:
    driver = town.person("p_lu")
    await driver.shares_place(30.2, 120.4)
    await tap_twice(town, driver, "🚚 车坏了", on="发生了什么")
    new = town.new()
    assert not any("车在哪里" in text for text in new["p_lu"])
    await town.at(20)
    assert await numbers(town) == [1]
    assert (await town.incident(1)).also_reported == ()
    assert not any("也报告了" in text for text in new["p_an_ph"])


async def test_two_taps_of_somebody_without_a_vehicle_are_one_breakdown(town: Town) -> None:
    dispatcher = town.person("p_an_ph")
    await dispatcher.shares_place(30.2, 120.4)
    await tap_twice(town, dispatcher, "🚚 车坏了", on="发生了什么")
    await town.at(20)
    assert await numbers(town) == [1]


async def test_the_command_again_while_it_is_under_way_asks_for_nothing(town: Town) -> None:
    driver = town.person("p_lu")
    await driver.types("/breakdown 环城东路")
    town.ignore()
    await driver.types("/breakdown")
    assert "浙A·10001 已在 #1 中处理" in "".join(town.new()["p_lu"])
    await town.at(20)
    assert await numbers(town) == [1]


async def test_a_report_left_half_way_joins_what_a_colleague_reported_meanwhile(
    town: Town,
) -> None:
    """Both sit in the same vehicle; the one without signal never gets to send the place."""
    driver, mate = town.person("p_lu"), town.person("p_shang")
    await driver.types("/breakdown")
    await mate.types("/breakdown 三号桥")
    await mate.types("浙A10001")
    await town.at(20)
    assert await numbers(town) == [1]
    assert (await town.incident(1)).also_reported == ("p_lu",)


async def test_the_place_of_another_day_is_not_where_it_happened(town: Town) -> None:
    driver = town.person("p_lu")
    await driver.shares_place(30.2, 120.4)
    await town.at(23 * 60)  # early on the next day
    town.ignore()
    await driver.types("在吗")
    await driver.presses("🚚 车坏了", on="没听懂")
    assert "车在哪里" in town.new()["p_lu"][-1]
    assert await numbers(town) == []


async def test_an_old_question_of_what_happened_does_not_move_an_incident(town: Town) -> None:
    driver = town.person("p_lu")
    await driver.types("/breakdown 环城东路")
    await driver.shares_place(30.9, 120.9)
    await town.at(26 * 60)
    assert await driver.presses("更新 #1 的位置") == "这个按钮已失效，请看最新消息。"
    place = (await town.incident(1)).place()
    assert place is not None
    assert place.text == "环城东路"


async def test_a_live_place_sent_while_it_is_under_way_is_followed(town: Town) -> None:
    driver = town.person("p_lu")
    await driver.types("/breakdown 环城东路")
    live = town.stage.start_live(driver.telegram, driver.telegram, 30.2, 120.4, 3600)
    await town.a_moment()
    await driver.presses("更新 #1 的位置")
    town.stage.move_live(driver.telegram, live, 30.3, 120.4)
    await town.a_moment()
    place = (await town.incident(1)).place()
    assert place is not None
    assert place.lat == 30.3


async def test_a_place_typed_in_the_group_is_not_asked_for_again(town: Town) -> None:
    driver = town.person("p_lu")
    await driver.types("/breakdown 环城东路", in_group=EAST)
    town.sees({EAST: ["请到私聊里报告"]})
    town.stage.start(driver.telegram, "breakdown")
    await town.a_moment()
    assert not any("车在哪里" in text for text in town.new()["p_lu"])
    place = (await town.incident(1)).place()
    assert place is not None
    assert place.text == "环城东路"


@pytest.mark.parametrize("between", ["\n", "\u3000", "\u00a0", ", ", "，", "：", "  "])
async def test_whatever_stands_between_the_command_and_the_place(town: Town, between: str) -> None:
    await town.person("p_lu").types(f"/breakdown{between}环城东路")
    place = (await town.incident(1)).place()
    assert place is not None
    assert place.text == "环城东路"


@pytest.mark.parametrize("between", ["\n", "\u3000", " #", "：#"])
async def test_whatever_stands_between_the_command_and_the_number(town: Town, between: str) -> None:
    await town.person("p_lu").types("/breakdown 环城东路")
    town.ignore()
    await town.person("p_song").types(f"/incident{between}1")
    assert "送货车辆途中故障" in town.new()["p_song"][0]


async def test_a_mistyped_command_is_no_answer(town: Town) -> None:
    driver = town.person("p_lu")
    await driver.types("/breakdown")
    town.ignore()
    await driver.types("/brekdown 环城东路")
    assert "没有这个命令" in town.new()["p_lu"][0]
    assert await numbers(town) == []


async def test_a_message_changed_afterwards_is_answered(town: Town) -> None:
    driver = town.person("p_lu")
    await driver.types("/breakdown 环城东路")
    typed = town.stage.say(driver.telegram, driver.telegram, "挡住了")
    await town.a_moment()
    town.ignore()
    town.stage.edit(driver.telegram, typed, "没挡")
    await town.a_moment()
    town.sees({"p_lu": ["修改过的消息我不会再读，请重新发一条"]})


@pytest.mark.parametrize("typed", ["取消", "Cancel", "cancel"])
async def test_cancel_is_no_place_in_any_language(town: Town, typed: str) -> None:
    driver = town.person("p_lu")
    await driver.types("/breakdown")
    await driver.types(typed)
    assert await numbers(town) == []
    assert town.new()["p_lu"][-1] == "已取消，没有报告。"


@pytest.mark.parametrize(
    ("typed", "stops"),
    [("12", 12), ("１２户", 12), ("还有 12 户", 12), ("12.", 12), ("-3", None), ("3.5", None)],
)
async def test_a_number_among_words(town: Town, typed: str, stops: int | None) -> None:
    driver = town.person("p_lu")
    await driver.types("/breakdown 环城东路")
    await driver.types("没挡住")
    await driver.types("轮胎")
    await driver.types(typed)
    incident = await town.incident(1)
    assert incident.fact("blocked") == "no"
    assert incident.fact("stops_left") == stops
