"""Levels in a conversation: looked at, asked once more, raised and lowered with calls half made."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
import pytest_asyncio

from plans.incident import StepStatus
from tests.chat.own_plans import folder_of
from tests.chat.town import Town, a_town

PLAN = """
plan: high-water
title: {zh: 大水, en: High water}
icon: 🌊
command: water
received: {zh: 收到。, en: Received.}
ask:
  colour:
    type: level
    required: true
    label: {zh: 颜色, en: Colour}
    text: {zh: 什么颜色?, en: Which colour?}
    choices:
      yellow: {zh: 🟡 黄色, en: 🟡 yellow}
      orange: {zh: 🟠 橙色, en: 🟠 orange}
      red: {zh: 🔴 红色, en: 🔴 red}
  run: {type: route, required: true, text: {zh: 哪条线?, en: Which route?}}
  from_when: {type: time, text: {zh: 几时撤?, en: Leave when?}}
steps:
  watch:
    owner: dispatcher
    do: {zh: 盯着水位, en: Watch the water}
    due: {in: 2 h}
  call:
    when: {colour: {at_least: orange}}
    for_each: {customers_of: run, by: manager}
    owner: market_manager
    do: {zh: 打电话给客户, en: Call the customers}
    due: {in: 1 h}
  park:
    when: {colour: {at_least: orange}}
    owner: fleet_keeper
    do: {zh: 车开到高处, en: Park the vans on high ground}
    due: {in: 30 min, acknowledge: 5 min}
  leave:
    when: {colour: red}
    owner: dispatcher
    do: {zh: 人都撤走, en: Get everybody out}
    not_before: {fact: from_when}
    due: {in: 30 min, acknowledge: 5 min}
close:
  by: dispatcher
  when: [watch, call, park, leave]
  do: {zh: 结束, en: Close}
  due: {in: 1 h}
  tell_reporter: {zh: 完, en: Done}
"""
SHORT = """
plan: fog
title: {zh: 大雾, en: Fog}
icon: 🌫
command: fog
received: {zh: 收到。, en: Received.}
ask:
  depth:
    type: level
    required: true
    text: {zh: 多大?, en: How thick?}
    choices: {thin: {zh: 薄雾, en: thin}, thick: {zh: 浓雾, en: thick}}
steps:
  wait:
    owner: dispatcher
    do: {zh: 等雾散, en: Wait}
    due: {in: 2 h}
close: {auto: true, by: dispatcher, when: [wait]}
"""
LEVEL = "🚦 颜色：🟠 橙色"
CALL = "打电话给客户"


@pytest_asyncio.fixture
async def town(tmp_path: Path) -> AsyncIterator[Town]:
    plans = folder_of(tmp_path, PLAN)
    async with a_town(tmp_path, plans=plans) as quiet_town, quiet_town.running():
        yield quiet_town


async def orange(town: Town) -> None:
    driver = town.person("p_lu")
    await driver.types("/water")
    await driver.presses("🟠 橙色")
    await driver.types("东环线")
    await driver.presses("跳过")


async def test_what_begins_and_stops_is_said_before_and_after(town: Town) -> None:
    await orange(town)
    dispatcher = town.person("p_an_ph")
    await town.person("p_xiu").presses("🙋 我来", on="车开到高处")
    town.ignore()

    await dispatcher.types("/level 1")
    asked = town.message(dispatcher, "改成哪一级")
    assert asked.text == "🚦 #1 大水\n颜色：现在是 🟠 橙色。\n改成哪一级？"
    assert asked.labels == ["🔴 红色", "● 🟠 橙色（现在）", "🟡 黄色"]
    await dispatcher.presses("🟡 黄色")
    sure = town.message(dispatcher, "→")
    assert sure.text == (
        "🚦 #1 大水\n颜色：🟠 橙色 → 🟡 黄色\n⏹ 现在不用做：打电话给客户；车开到高处"
    )
    assert sure.labels == ["✅ 改成 🟡 黄色", "‹ 返回"]
    assert (await town.incident(1)).fact("colour") == "orange"
    town.ignore()

    answer = await dispatcher.presses("✅ 改成 🟡 黄色")

    assert answer == "已改成 🟡 黄色，相关人员都会知道。"
    told = "🚦 🌊 #1 大水：🟠 橙色 → 🟡 黄色\n安排好 改的。\n⏹ 现在不用做：打电话给客户；车开到高处"
    new = town.new()
    assert "p_an_ph" not in new
    for reader in ("p_xiu", "p_chang", "p_lu", "east_distribution", "east_marketing"):
        assert told in new[reader], reader


async def test_orange_red_yellow_orange_with_half_of_the_customers_called(town: Town) -> None:
    await orange(town)
    dispatcher, manager = town.person("p_an_ph"), town.person("p_chang")
    await manager.presses("✅ 1 打了", on=CALL)
    await town.person("p_xiu").presses("🙋 我来", on="车开到高处")

    for label, was in (("🔴 红色", "🟠 橙色"), ("🟡 黄色", "🔴 红色")):
        await dispatcher.types("/level")
        await dispatcher.presses(label, on=f"现在是 {was}")
        await dispatcher.presses(f"✅ 改成 {label}")
    assert "不用做了" in town.card(manager, f"#1 {CALL}")
    # The button on a card does as well as the command; two hours later.
    await town.at(120)
    await dispatcher.presses("🚦 颜色：🟡 黄色", in_group="east_distribution")
    await dispatcher.presses("🟠 橙色", in_group="east_distribution")
    town.ignore()
    await dispatcher.presses("✅ 改成 🟠 橙色", in_group="east_distribution")

    new = town.new()
    again = [text for text in new["p_chang"] if "🔔" in text]
    assert len(again) == 1
    assert "又需要了，还是您的，做过的都还在。" in again[0]
    assert "名单 3 户，还剩 2 户" in again[0]
    assert any("车开到高处\n又需要了" in text for text in new["p_xiu"])
    incident = await town.incident(1)
    assert incident.steps["park"].taken_by == "p_xiu"
    assert incident.steps["call/1"].taken_by == "p_chang"
    await manager.presses("✅ 2 打了", on="还剩 2 户")
    await manager.presses("✅ 3 打了", on="还剩 1 户")
    assert (await town.incident(1)).steps["call"].status is StepStatus.DONE


async def test_of_two_at_once_the_second_sees_how_it_is_now(town: Town) -> None:
    await orange(town)
    first, second = town.person("p_an_ph"), town.person("p_dai")
    for person, label in ((first, "🔴 红色"), (second, "🟡 黄色")):
        await person.types("/level 1")
        await person.presses(label)
    await first.presses("✅ 改成 🔴 红色")

    answer = await second.presses("✅ 改成 🟡 黄色")

    assert "刚改过，现在是 🔴 红色" in answer
    assert (await town.incident(1)).fact("colour") == "red"
    assert "● 🔴 红色（现在）" in town.message(second, "改成哪一级").labels


async def test_who_has_no_part_may_not(town: Town) -> None:
    await orange(town)
    stranger = town.person("p_nan")
    town.ignore()
    await stranger.types("/level 1")
    assert "不归您" in "".join(town.new()["p_nan"])
    chat = town.chat("east_distribution")
    card = town.with_button(chat, LEVEL, "#1 大水")
    query = town.stage.press(stranger.telegram, card, LEVEL)
    await town.a_moment()
    assert "不归您" in town.answer_to(query)


async def test_whoever_has_a_part_may_raise_but_not_lower(town: Town) -> None:
    await orange(town)
    driver, lowered = (
        town.person("p_lu"),
        "降级会停下一些措施，只能由指挥的人或调度员来定；您可以升级。",
    )
    await driver.types("/level 1")
    assert await driver.presses("🟡 黄色", on="改成哪一级") == lowered
    assert "● 🟠 橙色（现在）" in town.message(driver, "改成哪一级").labels

    await driver.presses("🔴 红色", on="改成哪一级")
    await driver.presses("✅ 改成 🔴 红色")
    assert (await town.incident(1)).fact("colour") == "red"

    # In the group everybody sees the same buttons; each press is looked at.
    await town.person("p_an_ph").presses("🚦 颜色：🔴 红色", in_group="east_distribution")
    await town.person("p_an_ph").presses("🟠 橙色", in_group="east_distribution")
    sure = "✅ 改成 🟠 橙色"
    assert await driver.presses(sure, in_group="east_distribution") == lowered
    assert (await town.incident(1)).fact("colour") == "red"
    assert "已改成" in await town.person("p_an_ph").presses(sure, in_group="east_distribution")
    assert (await town.incident(1)).fact("colour") == "orange"


async def test_a_double_tap_raises_once_and_says_so_twice(town: Town) -> None:
    await orange(town)
    dispatcher = town.person("p_an_ph")
    await dispatcher.types("/level 1")
    await dispatcher.presses("🔴 红色", on="改成哪一级")
    shown = town.message(dispatcher, "→")

    taps = [town.stage.press(dispatcher.telegram, shown, "✅ 改成 🔴 红色") for _ in range(2)]
    await town.a_moment()

    assert [town.answer_to(tap)[:9] for tap in taps] == ["已改成 🔴 红色，"] * 2
    assert "✅ 颜色：🟠 橙色 → 🔴 红色" in town.card(dispatcher, "#1 大水")


async def test_what_is_put_off_shows_from_when(town: Town) -> None:
    driver, dispatcher = town.person("p_lu"), town.person("p_an_ph")
    await driver.types("/water")
    await driver.presses("🔴 红色")
    await driver.types("东环线")
    await driver.types("今天12点")

    assert "⏳ #1 人都撤走\n12:00 起再做" in town.card(dispatcher, "人都撤走")
    assert "⏳ 人都撤走 · 12:00 起" in "".join(await shown(town, dispatcher.id))
    assert "⏳ 人都撤走\n　12:00 起" in town.first_card("east_distribution")
    town.ignore()
    await town.at(4 * 60 + 1)
    assert any("🔔 #1 人都撤走" in text for text in town.new()["p_an_ph"])
    assert "⏳" not in town.first_card("east_distribution")
    assert (await town.incident(1)).steps["leave"].status is StepStatus.OPEN
    assert "12:00 开始：人都撤走" in "".join(await shown(town, dispatcher.id))


async def shown(town: Town, person: str) -> list[str]:
    town.ignore()
    await town.person(person).types("/incident 1")
    return town.new()[person]


async def test_in_english(town: Town) -> None:
    await town.person("p_an_ph").types("/language")
    await town.person("p_an_ph").presses("English")
    await orange(town)
    dispatcher = town.person("p_an_ph")
    await dispatcher.types("/level 1")
    await dispatcher.presses("🔴 red")

    assert town.message(dispatcher, "→").text == (
        "🚦 #1 High water\nColour: 🟠 orange → 🔴 red\n▶️ Begins: Get everybody out"
    )
    await dispatcher.presses("✅ Make it 🔴 red")
    assert "✅ Colour: 🟠 orange → 🔴 red" in town.card(dispatcher, "#1 High water\n✅")


@pytest.mark.parametrize("lang", ["zh", "en"])
async def test_more_than_fit_are_counted_and_can_be_named(tmp_path: Path, lang: str) -> None:
    async with a_town(tmp_path, plans=folder_of(tmp_path, SHORT)) as town, town.running():
        driver, dispatcher = town.person("p_lu"), town.person("p_an_ph")
        for _ in range(10):
            await driver.types("/fog")
            await driver.presses("薄雾")
        if lang == "en":
            await dispatcher.types("/language")
            await dispatcher.presses("English")
        more = {
            "zh": "还有 2 个没有列出：打 /level 加编号，例如 /level 1",
            "en": "2 more are not listed: type /level and the number, like /level 1",
        }[lang]
        await dispatcher.types("/level")

        listed = town.message(dispatcher, more)
        assert [label[:3].rstrip() for label in listed.labels] == [
            *("#10", "#9", "#8", "#7", "#6", "#5", "#4", "#3")
        ]
        await dispatcher.types("/level 1")
        await dispatcher.presses({"zh": "浓雾", "en": "thick"}[lang], on="#1 ")
        assert "→" in town.message(dispatcher, "→").text


async def test_without_a_level_there_is_nothing_to_change(town: Town) -> None:
    await town.person("p_an_ph").types("/level")
    town.sees({"p_an_ph": ["没有您能改级别的事件"]})
    await town.person("p_an_ph").types("/level 7")
    town.sees({"p_an_ph": ["#7"]})
