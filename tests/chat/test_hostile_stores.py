"""Stores as they are at their worst: long names, signs, hundreds of things, several people."""

from pathlib import Path

from tests.chat.own_plans import folder_of
from tests.chat.test_stock_kept import PLAN, wants
from tests.chat.town import Town, a_town
from tests.plans.workbooks import workbook

KEEPER = "p_cang"
HEADINGS = ("区域", "货品", "数量", "下限", "保管人")
LONG = "<b>特&长" + "货" * 54


async def many(town: Town, count: int) -> None:
    """So many long names, all of them short of their minimum, in the east."""
    chief = town.person("p_max")
    names = [f"{number:03}{LONG}"[:60] for number in range(count)]
    goods = [("货品", "单位"), *((name, "条" * 10) for name in names)]
    stock = [HEADINGS, *(("东区", name, 1, 2, "") for name in names)]
    await chief.sends_file(workbook({"货品": goods, "库存": stock}), "many.xlsx")
    await chief.presses(f"✅ Import {2 * count}")


async def test_hundreds_of_long_names_fit_page_by_page(town: Town) -> None:
    await many(town, 200)
    keeper = town.person(KEEPER)
    await keeper.types("/stores")
    shown = town.card(keeper, "东区仓库 209 样，低于下限 200 样 (1/27)")
    assert "⚠️ 000<b>特&长货" in shown
    await keeper.presses("2/27 ›")
    assert "(2/27)" in town.card(keeper, "东区仓库")
    await keeper.types("/stores 特&长")
    assert "找到 200 处" in town.card(keeper, "找到")


async def test_fifty_lines_at_once_are_answered_in_one_message(town: Town) -> None:
    await many(town, 60)
    keeper = town.person(KEEPER)
    await keeper.types("/stores")
    await keeper.presses("✏️ 盘点")
    good = [f"{number:03}{LONG}"[:20] + " 7" for number in range(30)]
    await keeper.types("\n".join([*good, *("没有这样的 1" for _ in range(1)), "特&长 3"]))

    said = town.card(keeper, "已记东区仓库")
    assert "……还有" in said
    assert "❓ 特&长 3: 有几种" in said
    assert len(said) < 4096


async def test_goods_that_end_while_they_are_kept_come_back_to_their_place(
    tmp_path: Path,
) -> None:
    async with a_town(tmp_path, plans=folder_of(tmp_path, PLAN)) as town, town.running():
        await wants(town, 25)
        chief, keeper = town.person("p_max"), town.person(KEEPER)
        rows = [("货品", "单位", "停用"), ("紫岚", "", "是")]
        await chief.sends_file(workbook({"货品": rows}), "gone.xlsx")
        await chief.presses("✅ Import 1")
        await keeper.presses("✅ 完成", on="#1 备货")
        await keeper.presses("✅ 完成", on="#1 送去")
        assert (await town.incident(1)).status == "closed"
        back = [("编号", "货品", "单位"), ("zilan", "紫岚", "条")]
        await chief.sends_file(workbook({"货品": back}), "back.xlsx")
        await chief.presses("✅ Import 1")

        held = (await town.roster()).holding("east", "zilan")
        assert (held.count, held.reserved) == (5, {})


async def test_a_named_keeper_who_has_left_is_no_keeper_any_more(town: Town) -> None:
    chief, keeper = town.person("p_max"), town.person("p_ku")
    await chief.sends_file(
        workbook({"人员": [("姓名", "岗位", "停用"), ("仓有余", "", "是")]}), "left.xlsx"
    )
    await chief.presses("✅ Import 1")
    await keeper.types("/stores 东区")
    await keeper.presses("云杉", on="东区仓库")

    assert "⚠️ 没有人保管" in town.card(keeper, "现有 400条")
    await town.person(KEEPER).types("/stores 云杉 1")
    assert (await town.roster()).holding("east", "yunshan").count == 400


async def test_two_people_count_the_same_and_both_are_on_record(town: Town) -> None:
    keeper, manager = town.person(KEEPER), town.person("p_gong")
    for person in (keeper, manager):
        await person.types("/stores 东区")
        await person.presses("✏️ 盘点", on="东区仓库")
    await keeper.types("云杉 380")
    await manager.types("云杉 385")

    assert "云杉 380 → 385条" in town.card(manager, "已记")
    await manager.types("/stores 云杉")
    await manager.presses("东区 云杉")
    await manager.presses("记录", on="现有 385条")
    log = town.card(manager, "的变动")
    assert "供得上 盘点 380 → 385" in log
    assert "仓有余 盘点 400 → 380" in log


async def test_in_a_group_it_is_read_only(town: Town) -> None:
    keeper = town.person(KEEPER)
    await keeper.types("/stores 东区", in_group="east_distribution")
    assert "云杉 400条" in town.card("east_distribution", "东区仓库")
    assert "✏️ 盘点" not in town.labels("east_distribution", "东区仓库")
    await keeper.presses("云杉", in_group="east_distribution", on="东区仓库")
    assert town.labels("east_distribution", "现有 400条") == []


async def test_words_after_a_wish_to_count_that_are_no_count_are_heard_as_ever(
    town: Town,
) -> None:
    keeper = town.person(KEEPER)
    await keeper.types("/stores 白鹭")
    await keeper.presses("东区 白鹭")
    await keeper.presses("✏️ 盘点", on="现有 12条")
    await keeper.types("一百多")
    assert (await town.roster()).holding("east", "bailu").count == 12
    await keeper.presses("✏️ 盘点", on="现有 12条")
    await keeper.types("-3")
    assert "请只打一个数字" in town.card(keeper)
    await keeper.types("１２，３４５")
    assert (await town.roster()).holding("east", "bailu").count == 12_345


async def test_who_keeps_one_thing_counts_nothing_else(town: Town) -> None:
    keeper, driver = town.person(KEEPER), town.person("p_lu")
    await keeper.types("/stores 抽水泵")
    await keeper.presses("东区 抽水泵")
    await keeper.presses("保管人", on="抽水泵")
    await keeper.presses("路平安 · 驾驶员", on="由谁保管")

    await driver.types("/stores 云杉 3")
    assert "不归您记" in town.card(driver)
    await driver.types("云杉 5\n抽水泵 3")
    said = town.card(driver, "已记东区仓库")
    assert "✅ 抽水泵 2 → 3台" in said
    assert "❓ 云杉：不归您记，没有记" in said
    roster = await town.roster()
    assert roster.holding("east", "yunshan").count == 400
    assert roster.holding("east", "pump").count == 3


async def test_the_same_count_sent_twice_alarms_nobody_again(tmp_path: Path) -> None:
    async with a_town(tmp_path, plans=folder_of(tmp_path, PLAN)) as town, town.running():
        await wants(town, 25)
        keeper = town.person(KEEPER)
        await keeper.types("紫岚 10")
        assert "只有 10条，已经答应了 #1 25条" in town.card(keeper, "🔴 东区仓库")
        town.ignore()
        await keeper.types("紫岚 10")
        assert not [text for text in town.new()[KEEPER] if "已经答应了" in text]
        await keeper.types("紫岚 5")
        assert [text for text in town.new()[KEEPER] if "只有 5条，已经答应了" in text]
