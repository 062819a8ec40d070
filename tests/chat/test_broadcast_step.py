"""A step that broadcasts: worded by the plan, looked at, sent; that does the step."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest_asyncio

from plans.incident import StepStatus
from tests.chat.old_buttons import Old
from tests.chat.own_plans import folder_of
from tests.chat.town import Person, Town, a_town

PLAN = """\
plan: storm
title: {zh: 大风, en: Gale}
icon: 🌀
command: gale
received: {zh: 收到。, en: Received.}
ask:
  strength: {type: text, required: true, text: {zh: 几级?, en: How strong?}}
steps:
  warn:
    owner: dispatcher
    do: {zh: 发预警, en: Send the warning}
    broadcast:
      to: {roles: [driver, leader]}
      kind: warning
      text:
        zh: "{region} 大风 {strength}，车辆入库"
        en: "{region} gale {strength}, all vehicles in"
      chase: 15 min
    redo_when: [strength]
    due: {in: 10 min, acknowledge: 5 min}
  end:
    after: warn
    owner: dispatcher
    do: {zh: 发解除, en: Send the all-clear}
    broadcast:
      to: {same_as: warn}
      kind: all_clear
      confirm: false
      text: {zh: 风停了, en: The gale is over}
    due: {in: 10 h, acknowledge: 5 h}
close:
  by: dispatcher
  when: [end]
  do: {zh: 结束, en: Close}
  due: {in: 60 min}
  tell_reporter: {zh: 好了, en: Done}
"""
WARN = "#1 发预警"


@pytest_asyncio.fixture
async def town(tmp_path: Path) -> AsyncIterator[Town]:
    plans = folder_of(tmp_path, PLAN)
    async with a_town(tmp_path, plans=plans) as quiet_town, quiet_town.running():
        yield quiet_town


async def reported(town: Town) -> Person:
    driver = town.person("p_lu")
    await driver.types("/gale")
    await driver.types("10 级")
    town.ignore()
    return town.person("p_an_ph")


async def sends(town: Town, sender: Person, on: str = WARN) -> None:
    await sender.presses("📣 预览并发送", on=on)
    people = town.card(sender, "👁 预览").split("发给 ")[1].split(" 人")[0]
    await sender.presses(f"📨 发送（{people} 人）")


async def test_sending_does_the_step_and_the_card_counts(town: Town) -> None:
    dispatcher = await reported(town)
    await dispatcher.presses("📣 预览并发送", on=WARN)
    town.sees(
        {
            "p_an_ph": [
                "⚠️ 预警\n东区 大风 10 级，车辆入库\n\n—— 安排好 · 调度员",
                "⚠️ Warning\nEast gale 10 级, all vehicles in",
                "发给 3 人。",
            ]
        }
    )
    assert (await town.incident(1)).steps["warn"].status is StepStatus.OPEN
    await dispatcher.presses("📨 发送（3 人）")
    new = town.new()
    assert any("⚠️ 预警\n东区 大风 10 级" in text for text in new["p_lu"])
    assert any("⚠️ 预警\n东区 大风 10 级" in text for text in new["p_ding"])
    assert (await town.incident(1)).steps["warn"].status is StepStatus.DONE
    await town.person("p_lu").presses("✅ 收到", on="大风 10 级")
    await town.at(1)
    await town.at(7)
    assert "已发 3/3，确认 1" in town.first_card("east_distribution")
    await dispatcher.types("/incident 1")
    assert "安排好 群发：发预警（3 人、0 个群）" in town.card(dispatcher, "群发：")


async def test_two_who_send_at_once_send_once(town: Town) -> None:
    first = await reported(town)
    second = town.person("p_dai")
    early = Old.of(first, "📣 预览并发送", "发预警")
    await town.at(6)  # the deputy is asked, too
    late = Old.of(second, "📣 预览并发送", "发预警")
    await early.pressed()
    assert late.labels == []  # the first has it
    await late.pressed()
    town.ignore()
    await first.presses("📨 发送（3 人）")
    assert await second.presses("📨 发送（3 人）") == "安排好 已经完成了。"
    assert sum("大风 10 级" in text for text in town.new()["p_ding"]) == 1


async def test_whoever_looks_at_it_has_it_and_nobody_is_chased_meanwhile(town: Town) -> None:
    dispatcher = await reported(town)
    await town.at(1)
    await dispatcher.presses("📣 预览并发送", on=WARN)
    assert (await town.incident(1)).steps["warn"].taken_by == "p_an_ph"
    town.ignore()
    await town.at(8)  # five minutes is how long it may go without an answer
    assert "p_dai" not in town.new()
    # Given up, it is still theirs, and its deadline holds.
    await dispatcher.presses("🗑 不发了")
    left = "好，没有发。#1 发预警 还归您，请在 08:10 前发出。"
    assert town.message(dispatcher, left).labels == ["📣 预览并发送"]
    await town.at(11)
    assert any("发预警" in text for text in town.new()["p_dai"])
    await sends(town, dispatcher, left)
    assert (await town.incident(1)).steps["warn"].status is StepStatus.DONE


async def test_looking_at_what_a_colleague_has_takes_nothing_from_them(town: Town) -> None:
    dispatcher = await reported(town)
    await dispatcher.presses("🙋 我来", on=WARN)
    head = town.person("p_song")
    label = next(one for one in town.labels("east_distribution", "🌀 #1") if "📣" in one)
    await head.presses(label, in_group="east_distribution")
    assert (await town.incident(1)).steps["warn"].taken_by == "p_an_ph"
    await head.presses("📨 发送（3 人）")
    assert (await town.incident(1)).steps["warn"].status is StepStatus.DONE


async def test_the_text_may_be_changed_before_it_is_sent(town: Town) -> None:
    dispatcher = await reported(town)
    await dispatcher.presses("📣 预览并发送", on=WARN)
    await dispatcher.presses("✏️ 修改")
    labels = town.message(dispatcher, "📣 群发").labels
    assert not any("岗位" in label for label in labels)  # the plan says who reads it
    await dispatcher.presses("✏️ 写文字")
    await dispatcher.types("东区 10 级，立刻停车")
    await dispatcher.presses("👁 预览")
    await dispatcher.presses("📨 发送（3 人）")
    assert "东区 10 级，立刻停车" in town.card(town.person("p_ding"), "⚠️ 预警")


async def test_told_otherwise_is_done_without_a_broadcast(town: Town) -> None:
    dispatcher = await reported(town)
    assert "✅ 完成" not in town.message(dispatcher, WARN).labels
    await dispatcher.presses("☎️ 已另行通知", on=WARN)
    state = (await town.incident(1)).steps["warn"]
    assert (state.status, state.broadcast) == (StepStatus.DONE, None)
    # Its all-clear goes to whom the warning was meant for.
    await sends(town, dispatcher, "#1 发解除")
    assert "🟢 解除\n风停了" in town.card(town.person("p_ding"), "🟢")


async def test_pressed_in_the_group_the_preview_comes_in_private(town: Town) -> None:
    dispatcher = await reported(town)
    group = "east_distribution"
    label = next(label for label in town.labels(group, "🌀 #1") if "📣 预览并发送" in label)
    assert await dispatcher.presses(label, in_group=group) == "已发到您与我的私聊。"
    assert list(town.new()) == ["p_an_ph"]
    refused = await town.person("p_chang").presses(label, in_group=group)
    assert refused == "#1 的这件事不归您，您不能操作。"


async def test_a_corrected_fact_brings_the_step_again_and_says_what_it_replaces(
    town: Town,
) -> None:
    dispatcher = await reported(town)
    await sends(town, dispatcher)
    await dispatcher.types("/incident 1")
    await dispatcher.presses("✏️ 更正", on="#1")
    await dispatcher.presses("几级")
    await dispatcher.types("12 级")
    town.ignore()
    await sends(town, dispatcher)
    assert "⚠️ 预警（08:00 的预警改为）\n东区 大风 12 级" in town.card(
        town.person("p_ding"), "12 级"
    )
    await sends(town, dispatcher, "#1 发解除")
    said = town.card(town.person("p_ding"), "🟢")
    assert "的预警“东区 大风 12 级" in said
