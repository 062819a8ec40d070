"""Many parts at once in hard conditions: long names with signs in them, more parts than a card
holds, double taps, old buttons, a restart half-way; and in English."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest_asyncio

from bot.settings import SAMPLE_COMPANY
from plans.incident import StepStatus
from tests.chat.town import Town, a_town

LONG = "<b>&" + "很长的名字" * 11 + "x"
PLAN = """\
plan: high-water
title: {zh: 涨水, en: High water}
icon: 🌊
command: water
received: {zh: 收到。, en: Received.}
inform: [head_distribution]
ask:
  where: {type: area, required: true, text: {zh: 哪些地方?, en: Where?}}
steps:
  tell:
    owner: market_manager
    for_each: {customers_in: where, retry: 30 min}
    do: {zh: 通知客户停送, en: Tell the customers}
    notice:
      zh: "{company}：涨水，暂停送货。"
      en: "{company}: high water, no deliveries."
    due: {in: 3 h, acknowledge: 30 min}
close:
  by: head_distribution
  when: [tell]
  do: {zh: 结束, en: Close}
  due: {in: 60 min}
  tell_reporter: {zh: 好了, en: Done}
"""
TELL = "#1 通知客户停送"
WHO = "👥 谁没办完：通知客户停送"


@pytest_asyncio.fixture
async def quiet_town(tmp_path: Path) -> AsyncIterator[Town]:
    """East has eleven more account managers with names as long as may be, each with twelve
    customers of the same kind. Not yet running."""
    text = SAMPLE_COMPANY.read_text("utf-8").rstrip("\n")
    people = "".join(
        f'  m_{n:02}: {{name: "{LONG}", phone: "+86 10 5551 00{n:02}", '
        "roles: [{role: account_manager, region: east}]}\n"
        for n in range(1, 12)
    )
    text = text.replace("people:\n", f"people:\n{people}", 1)
    customers = "".join(
        f'  x_{n:02}_{m:02}: {{name: "{LONG}", region: east, manager: m_{n:02}, '
        f'phone: "+86 10 5552 {n:02}{m:02}", route: 河边线}}\n'
        for n in range(1, 12)
        for m in range(1, 13)
    )
    company = tmp_path / "company.yaml"
    company.write_text(f"{text}\n{customers}", encoding="utf-8")
    plans = tmp_path / "plans"
    plans.mkdir()
    (plans / "high-water.yaml").write_text(PLAN, encoding="utf-8")
    store = tmp_path / "store"
    store.mkdir()
    async with a_town(store, company=company, plans=plans) as town:
        yield town


async def reported(town: Town, where: str) -> None:
    await town.person("p_lu").types("/water")
    await town.person("p_lu").types(where)


async def test_more_parts_than_a_card_holds_are_counted_and_paged(quiet_town: Town) -> None:
    async with quiet_town.running() as town:
        await reported(town, "东区")
        card = town.message("east_marketing", "涨水")
        assert card.text.count("通知客户停送") == 1
        assert "0/12 份办完，客户 0/139" in card.text
        assert "，另 6 份" in card.text
        head = town.person("p_song")
        await head.presses(WHO, on="涨水")
        page = town.message(head, "份办完，客户")
        assert page.text.count("🔴") == 8
        assert len(page.text) < 4096
        await head.presses("2/2 ›")
        assert town.card(head, "份办完，客户").count("🔴") == 4
        assert len(card.labels) <= 12


async def test_whoever_cannot_be_told_has_the_list_climb_to_who_can(quiet_town: Town) -> None:
    async with quiet_town.running() as town:
        await reported(town, "河边线")
        keeper = town.person("p_shang")
        shown = town.message(keeper, "名单 12 户")
        assert "&" in shown.text
        assert len(shown.labels) > 16  # two for each customer, and what else there is to do
        labels = [label for label in shown.labels if label.startswith("✅")]
        assert labels[:2] == ["✅ 1 打了", "✅ 2 打了"]


async def test_a_double_tap_and_a_restart_lose_and_double_nothing(quiet_town: Town) -> None:
    async with quiet_town.running() as town:
        await reported(town, "东环线")
        caller = town.person("p_chang")
        shown = town.message(caller, "名单 3 户")
        for _ in range(2):
            town.stage.press(caller.telegram, shown, "✅ 1 打了")
        await town.a_moment()
        await caller.presses("📵 2 没人接", on=TELL)
    async with quiet_town.running() as town:
        await town.at(31)
        assert "1 户没接通" in town.card(caller, "请再打一次")
        # The button of the message from before the restart still does what it says.
        await caller.presses("✅ 2 打了", on="请再打一次")
        await caller.presses("✅ 3 打了", on=TELL)
        ticks = [event for event in await town.record(1) if event.type == "call_ticked"]
        assert len(ticks) == 4
        assert (await town.incident(1)).steps["tell"].status is StepStatus.DONE
        assert "已经" in await caller.presses("📵 2 没人接", on="请再打一次")


async def test_asked_again_by_whom_it_does_not_concern(quiet_town: Town) -> None:
    async with quiet_town.running() as town:
        await reported(town, "东环线")
        await town.person("p_song").types("/incident 1", in_group="east_distribution")
        assert not [
            label for label in town.labels("east_distribution", "涨水") if label.startswith("👥")
        ]


async def test_in_english(quiet_town: Town) -> None:
    async with quiet_town.running() as town:
        ivy, keeper = town.person("p_ivy"), town.person("p_jin")
        await keeper.types("/language")
        await keeper.presses("English")
        await reported(town, "西区、东环线")
        assert "5 on the list, 5 left" in town.card(ivy, "on the list")
        await ivy.presses("✅ 1 told")
        await ivy.presses("📵 2 no answer")
        await town.at(31)
        assert "1 did not answer. Please call again" in town.card(ivy, "call again")

        group = "west_marketing"
        label = next(one for one in town.labels(group, "涨水") if one.startswith("👥"))
        await keeper.presses(label, in_group=group)
        shown = town.card(keeper, "parts done")
        assert "0 of 2 parts done, customers 1/8" in shown
        assert "not done: 常问候 3, Ivy Ledger 4" in shown
        assert "🟡 Ivy Ledger 1/5, nothing heard since 08:00" in shown
        assert "🔴 常问候 0/3, asked 08:00, not taken, now with 商有道" in shown

        await ivy.presses("✅ All told")
        await ivy.presses("✅ Yes, all told")
        told = town.card(keeper, "were not reached")
        assert "Ivy Ledger says it is done; 4 of 5 were not reached:" in told
        assert "\nNo answer (1): " in told
        assert "\nNot called (3): " in told
