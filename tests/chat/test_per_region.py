"""A plan of which a region has one incident at a time: a second report joins it, and what it says
otherwise is one press away."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest_asyncio

from plans.area import Area
from plans.incident import StepStatus
from tests.chat.own_plans import folder_of
from tests.chat.town import Town, a_town

STORM = """\
plan: storm
title: {zh: 大风, en: Storm}
icon: 💨
command: storm
received: {zh: 收到。, en: Received.}
per_region: true
ask:
  colour:
    type: level
    required: true
    choices:
      blue: {zh: 蓝色, en: Blue}
      yellow: {zh: 黄色, en: Yellow}
      red: {zh: 红色, en: Red}
    label: {zh: 级别, en: Colour}
    text: {zh: 什么颜色?, en: Which colour?}
  where:
    type: area
    default: region
    label: {zh: 范围, en: Area}
    text: {zh: 哪些区域?, en: Where?}
  seen: {type: text, text: {zh: 看到什么?, en: What did you see?}}
steps:
  warn:
    owner: dispatcher
    do: {zh: 提醒驾驶员, en: Warn the drivers}
    due: {in: 60 min}
close: {auto: true, by: dispatcher, when: [warn]}
"""
LOOKOUT = """\
plan: lookout
title: {zh: 瞭望, en: Lookout}
icon: 🔭
command: lookout
received: {zh: 收到。, en: Received.}
ask:
  colour:
    type: level
    required: true
    choices:
      blue: {zh: 蓝色, en: Blue}
      yellow: {zh: 黄色, en: Yellow}
      red: {zh: 红色, en: Red}
    label: {zh: 级别, en: Colour}
    text: {zh: 天上什么颜色?, en: Which colour is the sky?}
steps:
  storm:
    owner: dispatcher
    do: {zh: 按大风预案办, en: Follow the storm plan}
    calls: storm
    due: {in: 60 min}
close: {auto: true, by: dispatcher, when: [storm]}
"""
UNDER_WAY = "#1 大风</b> 已在处理"


@pytest_asyncio.fixture
async def town(tmp_path: Path) -> AsyncIterator[Town]:
    plans = folder_of(tmp_path, STORM, LOOKOUT)
    async with a_town(tmp_path, plans=plans) as quiet_town, quiet_town.running():
        yield quiet_town


async def storm(town: Town, who: str, colour: str) -> None:
    person = town.person(who)
    await person.types("/storm")
    await person.presses(colour, on="什么颜色")


async def test_a_second_report_in_the_region_joins_the_first(town: Town) -> None:
    await storm(town, "p_lu", "黄色")
    town.ignore()
    await storm(town, "p_chang", "黄色")

    assert "已在处理，您的报告并到这里" in town.card(town.person("p_chang"), "已在处理")
    joined = await town.incident(1)
    assert joined.also_reported == ("p_chang",)
    assert not any("#2" in text for texts in town.new().values() for text in texts)


async def test_a_higher_level_is_offered_and_one_press_raises_it(town: Town) -> None:
    await storm(town, "p_lu", "黄色")
    keeper = town.person("p_chang")
    await storm(town, "p_chang", "红色")

    assert "• 级别：这里是 黄色，新的说法是 红色" in town.card(keeper, "已在处理")
    assert (await town.incident(1)).fact("colour") == "yellow"
    assert await keeper.presses("✏️ 级别 → 红色") == "已更正，大家都会收到。"
    assert (await town.incident(1)).fact("colour") == "red"
    assert await keeper.presses("✏️ 级别 → 红色") == "已经是这样了。"


async def test_a_lower_level_is_no_reason_to_stand_down(town: Town) -> None:
    await storm(town, "p_lu", "红色")
    await storm(town, "p_chang", "蓝色")

    assert "新的说法" not in town.card(town.person("p_chang"), "已在处理")
    assert (await town.incident(1)).fact("colour") == "red"


async def test_an_old_offer_lowers_nothing_that_was_raised_meanwhile(town: Town) -> None:
    await storm(town, "p_lu", "蓝色")
    await storm(town, "p_chang", "黄色")
    await storm(town, "p_shang", "红色")
    await town.person("p_shang").presses("✏️ 级别 → 红色")

    assert await town.person("p_chang").presses("✏️ 级别 → 黄色") == "已经是这样了。"
    assert (await town.incident(1)).fact("colour") == "red"


async def test_an_offer_of_an_earlier_report_is_not_the_offer_of_a_later_one(town: Town) -> None:
    """Whoever presses “yellow” does not make it red."""
    await storm(town, "p_lu", "蓝色")
    await storm(town, "p_chang", "黄色")
    await storm(town, "p_chang", "红色")
    keeper = town.person("p_chang")

    assert "已失效" in await keeper.presses("✏️ 级别 → 黄色")
    assert (await town.incident(1)).fact("colour") == "blue"
    assert await keeper.presses("✏️ 级别 → 红色") == "已更正，大家都会收到。"


async def test_elsewhere_another_one_begins(town: Town) -> None:
    await storm(town, "p_lu", "黄色")
    await storm(town, "p_ma", "黄色")

    assert (await town.incident(2)).region != (await town.incident(1)).region


async def test_a_region_that_its_area_covers_is_covered(town: Town) -> None:
    await storm(town, "p_lu", "黄色")
    await town.person("p_lu").presses("✏️ 更正", on="#1")
    await town.person("p_lu").presses("范围")
    await town.person("p_lu").types("东区、南区")
    assert (await town.incident(1)).fact("where") == Area(regions=("east", "south"))
    await storm(town, "p_hua", "红色")

    assert (await town.incident(1)).also_reported == ("p_hua",)


async def test_once_it_is_over_a_new_one_begins(town: Town) -> None:
    await storm(town, "p_lu", "黄色")
    await town.person("p_an_ph").presses("✅ 完成", on="#1 提醒驾驶员")
    await storm(town, "p_chang", "黄色")

    assert (await town.incident(2)).is_open


async def test_a_plan_that_calls_it_waits_for_the_one_there_is(town: Town) -> None:
    await storm(town, "p_lu", "黄色")
    driver = town.person("p_lu")
    await driver.types("/lookout")
    await driver.presses("红色", on="天上什么颜色")

    waiting = await town.incident(2)
    child = waiting.steps["storm"].child
    assert child is not None
    assert child.number == 1
    assert "↩️ 由 #2 瞭望 引出" in town.first_card("east_distribution")
    assert "这里是 黄色，新的说法是 红色" in town.card(driver, "有新情况")
    await driver.presses("✏️ 级别 → 红色")
    await town.person("p_an_ph").presses("✅ 完成", on="#1 提醒驾驶员")
    assert (await town.incident(1)).status == "closed"
    assert (await town.incident(2)).steps["storm"].status is StepStatus.DONE
    assert (await town.incident(2)).status == "closed"


async def test_words_of_a_second_report_stand_beside_the_first(town: Town) -> None:
    driver = town.person("p_lu")
    await storm(town, "p_lu", "黄色")
    await driver.types("树 <倒> 了")
    keeper = town.person("p_chang")
    await keeper.types("/storm")
    await keeper.presses("黄色", on="什么颜色")

    assert (await town.incident(1)).fact("seen") == "树 <倒> 了"


async def test_two_who_report_at_once_are_in_one_incident(town: Town) -> None:
    for who in ("p_lu", "p_chang", "p_shang"):
        await town.person(who).types("/storm")
    for who in ("p_lu", "p_chang", "p_shang"):
        town.stage.press(
            town.person(who).telegram,
            town.with_button(town.person(who).telegram, "黄色", "什么颜色"),
            "黄色",
        )
    await town.a_moment()

    begun = await town.incident(1)
    assert {begun.reporter, *begun.also_reported} == {"p_lu", "p_chang", "p_shang"}
    assert not any("#2" in text for texts in town.new().values() for text in texts)


async def test_an_offer_outlives_a_restart_but_not_a_day(tmp_path: Path) -> None:
    async with a_town(tmp_path, plans=folder_of(tmp_path, STORM)) as town:
        async with town.running():
            await storm(town, "p_lu", "黄色")
            await storm(town, "p_chang", "红色")
        async with town.running():
            await town.at(60)
            await town.person("p_chang").presses("✏️ 级别 → 红色")
            assert (await town.incident(1)).fact("colour") == "red"
            await town.at(25 * 60)
            answer = await town.person("p_chang").presses("✏️ 级别 → 红色")
            assert answer == "这个按钮已失效，请看最新消息。"


async def test_reported_for_somebody_the_offer_is_for_whoever_reports(town: Town) -> None:
    await storm(town, "p_lu", "黄色")
    dispatcher = town.person("p_an_ph")
    await dispatcher.types("/for")
    await dispatcher.presses("💨 大风")
    await dispatcher.types("常问候")
    await dispatcher.presses("常问候 · 客户经理 · 东区")
    await dispatcher.presses("红色", on="什么颜色")

    assert "新的说法是 红色" in town.card(dispatcher, "已在处理")
    assert (await town.incident(1)).also_reported == ("p_chang",)
    await dispatcher.presses("✏️ 级别 → 红色")
    assert (await town.incident(1)).fact("colour") == "red"
