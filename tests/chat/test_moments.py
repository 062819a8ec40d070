"""Times that hang on answers, in a conversation: sooner, later, worked out, done once more."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest_asyncio

from tests.chat.own_plans import folder_of
from tests.chat.town import Town, a_town

PLAN = """
plan: small-order
title: {zh: 小订单, en: Small order}
icon: 🧺
command: order
received: {zh: 收到。, en: Received.}
ask:
  who: {type: customer, required: true, text: {zh: 哪个客户?, en: Who?}}
  count:
    type: number
    required: true
    label: {zh: 数量, en: How many}
    text: {zh: 要多少?, en: How many?}
  by_when:
    type: time
    required: true
    label: {zh: 要货时间, en: Needed by}
    text: {zh: 几时要?, en: By when?}
steps:
  load:
    owner: dispatcher
    do: {zh: 装车, en: Load the van}
    due: {before: by_when, in: 1 h}
    redo_when: [count]
  enter:
    owner: dispatcher
    do: {zh: 记单, en: Enter the order}
    show: [day]
    works_out: {day: {order_day_of: who}}
    due: {in: 2 h}
close:
  by: dispatcher
  when: [load, enter]
  do: {zh: 结束, en: Close}
  due: {in: 1 h}
  tell_reporter: {zh: 完, en: Done}
"""


@pytest_asyncio.fixture
async def town(tmp_path: Path) -> AsyncIterator[Town]:
    plans = folder_of(tmp_path, PLAN)
    async with a_town(tmp_path, plans=plans) as quiet_town, quiet_town.running():
        yield quiet_town


async def ordered(town: Town) -> None:
    manager = town.person("p_chang")
    await manager.types("/order")
    await manager.types("早市")
    await manager.types("20")
    await manager.types("今天16点")
    town.ignore()


async def corrects(town: Town, what: str, to: str) -> None:
    manager = town.person("p_chang")
    await manager.presses("✏️ 更正", on="#1 已受理")
    await manager.presses(what)
    town.ignore()
    await manager.types(to)


async def test_a_deadline_that_comes_sooner_is_told_and_a_later_one_shows(town: Town) -> None:
    await ordered(town)
    dispatcher = town.person("p_an_ph")
    await dispatcher.presses("🙋 我来", on="装车")
    assert "15:00 前完成" in town.card(dispatcher, "装车")

    await corrects(town, "要货时间", "今天12点")

    sooner = "⏰ #1 装车\n时限提前了：请在 11:00 前完成（原来 15:00）。"
    assert sooner in town.new()["p_an_ph"]
    assert "您已接手，11:00 前完成" in town.card(dispatcher, "您已接手")
    await corrects(town, "要货时间", "今天18点")
    assert not any("时限" in text for text in town.new().get("p_an_ph", []))
    assert "您已接手，17:00 前完成" in town.card(dispatcher, "您已接手")


async def test_done_once_more_and_told_why(town: Town) -> None:
    await ordered(town)
    dispatcher = town.person("p_an_ph")
    await dispatcher.presses("✅ 完成", on="装车")

    await corrects(town, "数量", "35")

    asked = [text for text in town.new()["p_an_ph"] if "🔔 #1 装车" in text]
    assert len(asked) == 1
    assert "♻️ 数量 改成了 35：请再做一次" in asked[0]
    assert "装车" in town.first_card("east_distribution")
    await dispatcher.presses("✅ 完成", on="请再做一次")
    assert (await town.incident(1)).steps["load"].status == "done"


async def test_the_order_day_is_worked_out_and_shown(town: Town) -> None:
    await ordered(town)

    shown = town.card(town.person("p_an_ph"), "记单")

    assert "下次订货日：7月" in shown
    assert "T09:00" not in shown
