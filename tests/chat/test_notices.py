"""A step with a text to be passed on: ready to be copied, it says what is known and stays true."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest_asyncio

from plans.plan_check import read_plan
from plans.yaml_source import Problems
from tests.chat.own_plans import folder_of
from tests.chat.town import Town, a_town

PLAN = """\
plan: power-cut
title: {zh: 停电, en: Power cut}
icon: 🔌
command: power
received: {zh: 收到。, en: Received.}
ask:
  street: {type: text, required: true, text: {zh: 哪条街?, en: Which street?}}
steps:
  until:
    owner: dispatcher
    do: {zh: 问清恢复时间, en: Ask when it is over}
    due: {in: 30 min}
    record:
      back_at: {type: time, text: {zh: 几点恢复?, en: When?}}
  tell:
    owner: market_manager
    do: {zh: 告诉客户, en: Tell the customers}
    due: {in: 60 min, acknowledge: 5 min}
    notice:
      zh: "{company}：{street} 停电，预计 {back_at} 恢复。{region}，事件 {number}"
      en: "{company}: no power in {street} until {back_at}. {region}, incident {number}"
close:
  by: dispatcher
  when: [until, tell]
  do: {zh: 结束, en: Close}
  due: {in: 60 min}
  tell_reporter: {zh: 好了, en: Done}
"""
TELL = "#1 告诉客户"
COPY = "点下面的文字就能复制"


@pytest_asyncio.fixture
async def town(tmp_path: Path) -> AsyncIterator[Town]:
    plans = folder_of(tmp_path, PLAN)
    async with a_town(tmp_path, plans=plans) as quiet_town, quiet_town.running():
        yield quiet_town


async def reported(town: Town, street: str = "米市街 <1 号>") -> None:
    driver = town.person("p_lu")
    await driver.types("/power")
    await driver.types(street)


async def test_the_text_comes_with_the_step_and_is_one_tap_from_the_clipboard(town: Town) -> None:
    await reported(town)
    keeper = town.person("p_shang")

    shown = town.message(keeper, COPY)
    assert "米市街 <1 号> 停电，预计 …… 恢复。东区，事件 #1" in shown.text
    assert [entity["type"] for entity in shown.body["entities"]] == ["bold", "pre"]
    copied = shown.button("📋 复制")
    assert copied is not None
    assert "米市街 <1 号> 停电" in copied["copy_text"]["text"]
    other = shown.button("📋 复制英文")
    assert other is not None
    assert "no power in 米市街 <1 号> until ……. East" in other["copy_text"]["text"]


async def test_it_stays_true_in_place_while_facts_come_in(town: Town) -> None:
    await reported(town)
    town.ignore()
    dispatcher = town.person("p_an_ph")
    await dispatcher.presses("✅ 完成", on="#1 问清恢复时间")
    await dispatcher.types("今天 18:00")

    assert "预计 7月6日周一 18:00 恢复" in town.card(town.person("p_shang"), COPY)
    assert not any(COPY in text for text in town.new().get("p_shang", []))


async def test_the_button_brings_the_text_down_to_where_one_is(town: Town) -> None:
    await reported(town)
    keeper = town.person("p_shang")
    town.ignore()
    assert await keeper.presses("📋 复制文本", on=TELL) == "就在下面，点文字就能复制。"
    town.sees({})
    for n in range(9):
        await keeper.types(f"/incident {n + 90}")
    await town.at(4)  # reminded
    town.ignore()
    await keeper.presses("📋 复制文本", on=TELL)

    town.sees({"p_shang": [COPY]})
    dispatcher = town.person("p_an_ph")
    await dispatcher.presses("✅ 完成", on="#1 问清恢复时间")
    await dispatcher.types("今天 18:00")
    shown = [
        s.text for s in town.sim.world.messages(keeper.telegram, by_bot=True) if COPY in s.text
    ]
    assert ["18:00" in text for text in shown] == [False, True]


async def test_a_colleague_reads_it_in_their_own_language(town: Town) -> None:
    keeper = town.person("p_shang")
    await keeper.types("/language")
    await keeper.presses("English")
    await reported(town)

    assert "Tap the text below to copy it" in town.card(keeper, "no power in")
    assert town.message(keeper, "no power in").button("📋 Copy the Chinese") is not None


async def test_one_too_long_for_a_button_is_a_block_to_be_tapped(town: Town) -> None:
    await reported(town, "米" * 250)

    shown = town.message(town.person("p_shang"), COPY)
    assert not shown.labels
    assert "米" * 250 in shown.text


def test_a_blank_that_nothing_can_fill_is_told() -> None:
    read = read_plan(PLAN.replace("{street} 停电", "{strest} 停电"), "p")
    assert isinstance(read, Problems)
    assert [p.where for p in read.found] == ["steps.tell.notice.zh"]
    assert "{strest}" in read.found[0].message.zh
    assert "street" in read.found[0].message.zh
