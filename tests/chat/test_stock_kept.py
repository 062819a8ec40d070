"""Goods kept for an incident: promised once, another store, none that has enough, used up."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest_asyncio

from tests.chat.own_plans import folder_of
from tests.chat.town import Town, a_town

PLAN = """
plan: wanted
title: {zh: 要货, en: Goods wanted}
icon: 📦
command: wanted
received: {zh: 收到, en: Received}
ask:
  what: {type: goods, required: true, label: {zh: 货品, en: Goods}, text: {zh: 要什么?, en: What?}}
  many: {type: number, required: true, label: {zh: 数量, en: Number}, text: {zh: 多少?, en: Many?}}
steps:
  keep:
    owner: warehouse_keeper
    do: {zh: 备货, en: Put the goods aside}
    allocate: {pool: stock, as: store, goods: what, quantity: many}
    due: {in: 1 h}
  elsewhere:
    when: {store: none}
    owner: supply_manager
    do: {zh: 另想办法, en: Find another way}
    overview: stock
    due: {in: 1 h}
  bring:
    when: {store: any}
    after: keep
    owner: {role: warehouse_keeper, region_of: store}
    do: {zh: 送去, en: Bring them}
    uses: store
    due: {in: 1 h}
close: {auto: true, by: [dispatcher], when: [elsewhere, bring]}
"""


@pytest_asyncio.fixture
async def town(tmp_path: Path) -> AsyncIterator[Town]:
    folder = folder_of(tmp_path, PLAN)
    async with a_town(tmp_path, plans=folder) as quiet, quiet.running():
        yield quiet


async def wants(town: Town, many: int, who: str = "p_chang") -> None:
    person = town.person(who)
    await person.types("/wanted")
    await person.types("紫岚")
    await person.types(str(many))


async def test_the_keeper_is_asked_and_the_stock_is_free_for_nobody_else(town: Town) -> None:
    await wants(town, 25)
    keeper = town.person("p_cang")

    asked = town.card(keeper, "#1 备货")
    assert "📦 已留货：紫岚 25条，在东区仓库" in asked
    await keeper.types("/stores 紫岚")
    await keeper.presses("东区 紫岚")
    shown = town.card(keeper, "现有 30条")
    assert "可用 5条" in shown
    assert "已留给 #1 25条" in shown


async def test_the_second_gets_it_from_the_next_store_whose_keeper_is_told(town: Town) -> None:
    await wants(town, 25)
    await wants(town, 20)

    told = town.card(town.person("p_gong"), "#2 请")
    assert "📦 #2 请在总部仓库留出 紫岚 20条" in told
    assert "📦 已留货：紫岚 20条，在总部仓库" in town.card(town.person("p_cang"), "#2 备货")


async def test_where_no_store_has_enough_whoever_sees_to_it_is_told_who_has_some(
    town: Town,
) -> None:
    await wants(town, 25)
    await wants(town, 500)

    asked = town.card(town.person("p_gong"), "#2 另想办法")
    assert "📦 东区仓库：紫岚可用 5条" in asked
    assert "📦 总部仓库：紫岚可用 200条" in asked
    manager = town.person("p_gong")
    said = await manager.presses("🔁 再查库存", on="#2 另想办法")
    assert "还是没有哪个仓库有这么多" in said
    await manager.types("/stores 总部")
    await manager.presses("✏️ 盘点", on="总部仓库")
    await manager.types("紫岚 600")
    await manager.presses("🔁 再查库存", on="#2 另想办法")
    assert "紫岚 500条，在总部仓库" in town.card(town.person("p_cang"), "#2 备货")


async def test_another_store_is_chosen_by_what_each_has_free(town: Town) -> None:
    await wants(town, 25)
    keeper = town.person("p_cang")
    await keeper.presses("🔁 换个仓库", on="#1 备货")
    assert "#1 现在留在东区仓库" in town.card(keeper, "换到哪个仓库")
    await keeper.presses("总部 可用 200条", on="换到哪个仓库")

    roster = await town.roster()
    assert roster.holding("east", "zilan").free == 30
    assert roster.holding("hq", "zilan").free == 175
    assert "总部仓库" in town.card(keeper, "#1 备货")


async def test_brought_they_have_left_the_store_and_that_is_on_record(town: Town) -> None:
    await wants(town, 25)
    keeper = town.person("p_cang")
    await keeper.presses("✅ 完成", on="#1 备货")
    assert "📦 已留货：紫岚 25条" in town.card(keeper, "#1 送去")
    await keeper.presses("✅ 完成", on="#1 送去")

    held = (await town.roster()).holding("east", "zilan")
    assert (held.count, held.reserved) == (5, {})
    await keeper.types("/stores 紫岚")
    await keeper.presses("东区 紫岚")
    await keeper.presses("记录", on="现有 5条")
    assert "仓有余 出库 30 → 5（#1）" in town.card(keeper, "的变动")
    await keeper.types("/incident 1")
    history = town.card(keeper, "经过")
    assert "留货：紫岚 25条（东区仓库）" in history
    assert "东区仓库已出库" in history


async def test_a_count_below_what_is_promised_is_told_at_once(town: Town) -> None:
    await wants(town, 25)
    other = town.person("p_gong")
    await other.types("/stores 东区")
    await other.presses("✏️ 盘点", on="东区仓库")
    await other.types("紫岚 10")

    for reader in ("p_gong", "p_cang"):
        told = town.card(town.person(reader), "请定谁先用")
        assert "🔴 东区仓库 紫岚 只有 10条，已经答应了 #1 25条" in told


async def test_what_is_given_back_is_told_to_the_keeper_who_had_put_it_aside(town: Town) -> None:
    await wants(town, 25)
    await town.person("p_cang").presses("✅ 完成", on="#1 备货")
    await wants(town, 20)
    await town.person("p_chang").types("/cancel 2")
    await town.person("p_chang").presses("点错了", on="#2")

    assert "#2 总部仓库的 紫岚 20条 不用留了" in town.card(town.person("p_gong"), "🔓")
    told = [text for text in town.new()["p_gong"] if "#2" in text]
    assert [text.count("已撤销") for text in told if "撤销" in text or "🔓" in text] == [1]
    assert (await town.roster()).holding("hq", "zilan").free == 200


async def test_a_restart_forgets_nothing(tmp_path: Path) -> None:
    async with a_town(tmp_path, plans=folder_of(tmp_path, PLAN)) as town:
        async with town.running():
            await wants(town, 25)
        async with town.running():
            assert (await town.roster()).holding("east", "zilan").free == 5
            await town.person("p_cang").presses("✅ 完成", on="#1 备货")
            await town.person("p_cang").presses("✅ 完成", on="#1 送去")
            assert (await town.roster()).holding("east", "zilan").count == 5
