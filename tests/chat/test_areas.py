"""A question of type area in a conversation: ticked in one message, typed, corrected from there."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest_asyncio

from plans.area import Area
from tests.chat.town import Town, a_town

PLAN = """\
plan: power-cut
title: {zh: 停电, en: Power cut}
icon: 🔌
command: power
received: {zh: 收到。, en: Received.}
ask:
  where:
    type: area
    required: true
    label: {zh: 范围, en: Area}
    text: {zh: 哪些地方停电?, en: Where is the power off?}
  why: {type: text, text: {zh: 什么原因?, en: Why?}}
steps:
  ask_when:
    owner: dispatcher
    do: {zh: 问清恢复时间, en: Ask when it is over}
    show: [where]
    due: {in: 30 min}
close:
  by: dispatcher
  when: [ask_when]
  do: {zh: 结束, en: Close}
  due: {in: 60 min}
  tell_reporter: {zh: 好了, en: Done}
"""
HERE = (
    PLAN.replace("plan: power-cut", "plan: gas-leak")
    .replace("command: power", "command: gas")
    .replace("停电, en: Power cut", "漏气, en: Gas leak")
    .replace("type: area", "type: area\n    default: region")
)
ASKED = "哪些地方停电"


@pytest_asyncio.fixture
async def town(tmp_path: Path) -> AsyncIterator[Town]:
    plans = tmp_path / "plans"
    plans.mkdir()
    (plans / "power-cut.yaml").write_text(PLAN, encoding="utf-8")
    (plans / "gas-leak.yaml").write_text(HERE, encoding="utf-8")
    async with a_town(tmp_path, plans=plans) as quiet_town, quiet_town.running():
        yield quiet_town


async def test_ticked_in_one_message_and_confirmed(town: Town) -> None:
    driver = town.person("p_lu")
    await driver.types("/power")
    town.ignore()
    await driver.presses("⬜ 东区", on=ASKED)
    await driver.presses("🛣 按线路", on=ASKED)
    await driver.presses("2/2 ›", on=ASKED)
    await driver.presses("‹ 1/2", on=ASKED)
    await driver.presses("⬜ 南线", on=ASKED)
    town.sees({})
    assert town.message(driver, ASKED).labels[-3:] == [
        "🏢 全公司",
        "确定：东区、南区（南线）",
        "取消",
    ]

    await driver.presses("确定：东区、南区（南线）", on=ASKED)

    known = (await town.incident(1)).fact("where")
    assert known == Area(regions=("east",), routes=("南线",))
    assert "东区、南区（南线）" in town.card(town.person("p_an_ph"), "问清恢复时间")
    # The same button once more is an old one.
    assert "按钮" in await driver.presses("确定：东区、南区（南线）", on=ASKED)


async def test_typed_and_asked_back_where_it_could_be_several(town: Town) -> None:
    driver = town.person("p_lu")
    await driver.types("/power")
    await driver.types("月亮上")
    assert "请选区域或线路" in town.card(driver)
    await driver.types("东")
    assert town.message(driver, ASKED).labels[:3] == ["⬜ 东区", "⬜ 东环线", "⬜ 东线"]
    await driver.presses("⬜ 东环线", on=ASKED)
    await driver.presses("确定：东区（东环线）", on=ASKED)
    assert (await town.incident(1)).fact("where") == Area(routes=("东环线",))


async def test_a_correction_begins_with_what_is_known(town: Town) -> None:
    driver = town.person("p_lu")
    await driver.types("/power 东区")
    await driver.types("东区")
    await driver.presses("✏️ 更正", on="#1 已受理")
    await driver.presses("范围")
    assert town.message(driver, ASKED).labels[0] == "✅ 东区"
    await driver.presses("⬜ 南区", on=ASKED)
    await driver.presses("确定：东区、南区", on=ASKED)
    assert (await town.incident(1)).fact("where") == Area(regions=("east", "south"))
    assert "范围 东区 → 东区、南区" in town.card(town.person("p_an_ph"), "更正")


async def test_ticks_survive_a_restart_and_are_forgotten_with_a_new_question(town: Town) -> None:
    driver = town.person("p_lu")
    await driver.types("/power")
    await driver.presses("⬜ 东区", on=ASKED)
    await driver.types("/power")
    assert "⬜ 东区" in town.message(driver, ASKED).labels
    await driver.presses("⬜ 南区", on=ASKED)
    assert "确定：南区" in town.message(driver, ASKED).labels


async def test_whoever_has_no_part_in_it_ticks_nothing(town: Town) -> None:
    dispatcher, group = town.person("p_an_ph"), "east_distribution"
    await town.person("p_lu").types("/power")
    await town.person("p_lu").types("东区")
    await dispatcher.types("/incident 1", in_group=group)
    await dispatcher.presses("✏️ 更正", in_group=group)
    await dispatcher.presses("范围", in_group=group)

    said = await town.person("p_ma").presses("⬜ 南区", in_group=group, on=ASKED)

    assert "#1" in said
    assert "⬜ 南区" in town.message(group, ASKED).labels
    await dispatcher.presses("⬜ 南区", in_group=group, on=ASKED)
    assert "✅ 南区" in town.message(group, ASKED).labels


async def test_where_whoever_reports_is_counts_unless_they_say_otherwise(town: Town) -> None:
    driver = town.person("p_lu")
    await driver.types("/gas")
    assert (await town.incident(1)).fact("where") == Area(regions=("east",))
    await driver.presses("✏️ 更正", on="#1 已受理")
    await driver.presses("范围")
    await driver.types("全公司")
    assert "范围 东区 → 全公司" in town.card(town.person("p_an_ph"), "更正")


async def test_cards_and_lists_say_the_area_and_not_where_the_report_came_from(town: Town) -> None:
    driver, dispatcher = town.person("p_lu"), town.person("p_an_ph")
    await driver.types("/power")
    await driver.types("南区、西区")

    card = town.first_card("east_distribution")
    assert card.startswith("🔌 #1 停电 · 南区、西区\n")
    assert card.count("南区") == 1
    town.ignore()
    await dispatcher.types("/incidents")
    town.sees({"p_an_ph": ["🔌 #1 停电 · 南区、西区 · 08:00起"]})
    await driver.presses("✏️ 更正", on="#1 已受理")
    await driver.presses("范围")
    await driver.types("全公司")
    assert "#1 停电 · 全公司" in town.first_card("east_distribution")


async def test_in_english(town: Town) -> None:
    manager = town.person("p_ivy")
    await manager.types("/power")
    await manager.presses("⬜ West", on="Where is the power off")
    await manager.presses("🛣 By route", on="Where is the power off")
    labels = town.message(manager, "Where is the power off").labels
    assert "Confirm: West" in labels
    assert labels[-3:-1] == ["🏢 Whole company", "Confirm: West"]
    await manager.types("east; west")
    assert (await town.incident(1)).fact("where") == Area(regions=("east", "west"))
