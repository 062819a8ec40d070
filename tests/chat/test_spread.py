"""Many called at once: forty customers in an area, two managers, half of them called, the area
changed on the way; who is not done, who was not reached, who comes back."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest_asyncio

from bot.settings import SAMPLE_COMPANY
from plans.incident import StepStatus
from tests.chat.town import Town, a_town

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
    for_each:
      customers_in: where
      retry: 30 min
      ticked: {zh: 知道了, en: knows}
    do: {zh: 通知客户停送, en: Tell the customers}
    due: {in: 3 h, acknowledge: 30 min}
  look:
    owner: dispatcher
    for_each: {regions_of: where}
    do: {zh: 看仓库, en: Look at the store}
    due: {in: 3 h, acknowledge: 30 min}
    record:
      how_high:
        type: level
        required: true
        label: {zh: 水位, en: Level}
        text: {zh: 水多高?, en: How high?}
        choices: {dry: {zh: 没进水, en: Dry}, wet: {zh: 进水, en: Wet}, deep: {zh: 很深, en: Deep}}
close:
  by: head_distribution
  when: [tell, look]
  do: {zh: 结束, en: Close}
  due: {in: 60 min}
  tell_reporter: {zh: 好了, en: Done}
"""
TELL = "#1 通知客户停送"
LOOK = "#1 看仓库"


@pytest_asyncio.fixture
async def town(tmp_path: Path) -> AsyncIterator[Town]:
    """East has forty customers: half are p_chang's, half p_shang's, who is the market manager."""
    text = SAMPLE_COMPANY.read_text("utf-8").rstrip("\n")
    more = "".join(
        f"  x_{n:02}: {{name: 河边店{n:02}, region: east, "
        f"manager: {'p_chang' if n <= 13 else 'p_shang'}, "
        f'phone: "+86 10 5550 09{n:02}", route: 河边线}}\n'
        for n in range(1, 34)
    )
    company = tmp_path / "company.yaml"
    company.write_text(f"{text}\n{more}", encoding="utf-8")
    plans = tmp_path / "plans"
    plans.mkdir()
    (plans / "high-water.yaml").write_text(PLAN, encoding="utf-8")
    store = tmp_path / "store"
    store.mkdir()
    async with a_town(store, company=company, plans=plans) as quiet_town, quiet_town.running():
        yield quiet_town


async def reported(town: Town, where: str) -> None:
    await town.person("p_lu").types("/water")
    await town.person("p_lu").types(where)


async def test_half_called_and_the_area_changes_both_ways(town: Town) -> None:
    chang, shang = town.person("p_chang"), town.person("p_shang")
    await reported(town, "东区")
    assert "名单 20 户，还剩 20 户" in town.card(chang, TELL)
    assert "名单 20 户，还剩 20 户" in town.card(shang, TELL)
    for n in range(1, 11):
        await chang.presses(f"✅ {n} 知道了", on=TELL)
        await shang.presses(f"✅ {n} 知道了", on=TELL)

    # Smaller: only who lives by the river; larger again, with the south.
    head = town.person("p_song")
    for where in ("河边线", "东区、南区"):
        await head.types("/incident 1")
        await head.presses("✏️ 更正", on="#1")
        await head.presses("哪些地方")
        await head.types(where)

    incident = await town.incident(1)
    lists = {
        part.share.owner: part.share
        for part in incident.parts_of("tell").values()
        if part.share is not None
    }
    assert {owner: len(share.left) for owner, share in lists.items()} == {
        "p_chang": 10,
        "p_shang": 10,
        "p_hao": 6,
    }
    every = [one for share in lists.values() for one in share.calls or ()]
    assert len(every) == len(set(every)) == 46
    assert "名单 20 户，还剩 10 户" in town.card(chang, TELL)


async def test_the_cards_say_who_is_not_done_and_one_press_says_it_all(town: Town) -> None:
    chang, head = town.person("p_chang"), town.person("p_song")
    await reported(town, "东区")
    for n in range(1, 4):
        await chang.presses(f"✅ {n} 知道了", on=TELL)
    line = "👥 通知客户停送：0/2 份办完，客户 3/40\n　没办完：常问候 17、商有道 20"
    assert line in town.card(head, "涨水")
    assert line in town.card("east_marketing", "涨水")

    await town.at(20)
    town.ignore()
    await head.presses("👥 谁没办完：通知客户停送", on="涨水")
    shown = town.card(head, "没动静")
    assert "🟡 常问候 3/20，08:00 后没动静\n☎ +86 10 5550 0114" in shown
    assert "🔴 商有道 0/20，08:00 起等接手\n☎ +86 10 5550 0115" in shown

    await town.person("p_shang").presses("✅ 全部打完", on=TELL)
    await town.person("p_shang").presses("✅ 是，都通知到了")
    town.ignore()
    await head.presses("🔄 看最新")
    town.sees({})
    assert "✅ 商有道 0/20（商有道 08:20 办完）" in town.card(head, "没动静")


async def test_pressed_in_a_group_it_is_shown_in_private_and_not_to_anybody(town: Town) -> None:
    await reported(town, "东区")
    town.ignore()
    button, group = "👥 谁没办完：通知客户停送", "east_marketing"
    assert "#1" in await town.person("p_ma").presses(button, in_group=group, on="涨水")
    town.sees({})
    assert "私聊" in await town.person("p_shang").presses(button, in_group=group, on="涨水")
    town.sees({"p_shang": ["没办完：常问候 20、商有道 20"]})


async def test_who_did_not_answer_comes_back_alone_and_is_told_upwards_at_the_end(
    town: Town,
) -> None:
    chang = town.person("p_chang")
    await reported(town, "东区")
    await chang.presses("📵 1 没人接", on=TELL)
    await chang.presses("📵 2 没人接", on=TELL)
    await town.at(29)
    town.ignore()
    await town.at(31)
    again = town.message(chang, "没接通，请再打一次")
    assert "2 户没接通" in again.text
    assert again.labels == ["✅ 1 知道了", "📵 1 没人接", "✅ 2 知道了", "📵 2 没人接"]
    await chang.presses("✅ 1 知道了", on="没接通，请再打一次")
    await chang.presses("📵 2 没人接", on="没接通，请再打一次")
    town.ignore()

    await chang.presses("✅ 全部打完", on=TELL)
    await chang.presses("✅ 是，都通知到了")

    told = "\n".join(town.new()["p_shang"])
    assert "常问候 报完成，20 户里还有 19 户没通知到" in told
    assert "没接通 1 户：满口香副食" in told
    assert "没打 18 户：街角小卖部" in told
    await town.person("p_shang").presses("📋 看名单")
    assert "第 1/3 页" in town.card(town.person("p_shang"), "第 1/3 页")


async def test_each_region_answers_and_the_highest_stands(town: Town) -> None:
    east, south = town.person("p_an_ph"), town.person("p_zhou")
    await reported(town, "东区、南区")
    await east.presses("✅ 完成", on=LOOK)
    await east.presses("进水", on="水多高")
    assert (await town.incident(1)).fact("how_high") == "wet"
    await south.presses("✅ 完成", on=LOOK)
    await south.presses("没进水", on="水多高")

    incident = await town.incident(1)
    assert incident.fact("how_high") == "wet"
    answers = [part.share.answers for part in incident.parts_of("look").values() if part.share]
    assert answers == [{"how_high": "wet"}, {"how_high": "dry"}]
    assert incident.steps["look"].status is StepStatus.DONE


async def test_regions_stand_with_their_names(town: Town) -> None:
    await reported(town, "全公司")
    card = town.card("east_distribution", "涨水")
    assert "👥 看仓库：0/6 份办完" in card
    labels = town.labels("east_distribution", "涨水")
    assert "👥 谁没办完：看仓库" in labels
    head = town.person("p_song")
    await head.presses("👥 谁没办完：看仓库", on="涨水")
    shown = town.card(head, "份办完")
    assert "🔴 东区 安排好，08:00 起等接手" in shown
    assert "🔴 南区 周全到" in shown
    # Whoever stands in for two regions is asked for both, and tells them apart.
    assert "#1 看仓库（东区）" in town.card(town.person("p_an_ph"), "看仓库")
    assert "#1 看仓库（南区）" in town.card(town.person("p_zhou"), "看仓库")
