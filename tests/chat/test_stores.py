"""What lies in the stores: looked up, counted, kept for incidents."""

from tests.chat.old_buttons import Old
from tests.chat.town import Town
from tests.plans.workbooks import workbook

KEEPER = "p_cang"  # of the east; p_ku keeps south and west, p_gong all stores


async def test_a_keeper_sees_their_own_store_with_what_is_low_first(town: Town) -> None:
    keeper = town.person(KEEPER)
    await keeper.types("/stores")

    shown = town.card(keeper, "东区仓库 9 样")
    assert "📦 东区仓库 9 样，低于下限 0 样 (1/2)" in shown
    assert "🟢 云杉 400条" in shown
    assert "保管：仓有余 +86 10 5550 0118" in shown


async def test_whoever_has_several_stores_chooses_one(town: Town) -> None:
    keeper = town.person("p_ku")
    await keeper.types("/stores")
    await keeper.presses("西区", on="6 个仓库")

    assert "🟢 青松 60条" in town.card(keeper, "西区仓库")


async def test_a_store_is_counted_line_by_line(town: Town) -> None:
    keeper = town.person(KEEPER)
    await keeper.types("/stores")
    await keeper.presses("✏️ 盘点")
    await keeper.types("云杉 380条\nqs １２０，金穗：40\n云山 5\n紫岚 -3")

    said = town.card(keeper, "已记东区仓库")
    assert "✅ 云杉 400 → 380条" in said
    assert "✅ 青松 260 → 120条" in said
    assert "⚠️ 金穗 90 → 40条" in said
    assert "❓ 云山 5: 没有这种货品" in said
    assert "❓ 紫岚 -3: 请写成“名称 数量”" in said
    assert "📦 东区仓库 9 样，低于下限 1 样" in town.card(keeper, "低于下限 1 样")
    assert "⚠️ 金穗 40条，低于下限 60条" in town.card(keeper, "低于下限 1 样")
    held = (await town.roster()).holding("east", "yunshan")
    assert (held.count, held.counted_by) == (380, KEEPER)


async def test_more_lines_may_follow_and_news_is_no_count(town: Town) -> None:
    keeper = town.person(KEEPER)
    await keeper.types("/stores")
    await keeper.presses("✏️ 盘点")
    await keeper.types("云杉 380")
    await keeper.types("青松 12")
    assert "青松 260 → 12条" in town.card(keeper, "已记")
    await keeper.types("车坏了")
    assert "送货车辆途中故障" in town.card(keeper)


async def test_counts_may_stand_behind_the_command(town: Town) -> None:
    keeper = town.person(KEEPER)
    await keeper.types("/stores 云杉 385")

    assert "✅ 云杉 400 → 385条" in town.card(keeper, "已记")


async def test_one_thing_has_a_card_with_its_keeper_and_its_changes(town: Town) -> None:
    keeper = town.person(KEEPER)
    await keeper.types("/stores")
    await keeper.presses("紫岚")
    shown = town.card(keeper, "紫岚")
    assert "🟢 紫岚 东区 · 紧俏" in shown
    assert "现有 30条，可用 30条，下限 20条" in shown
    assert "保管：仓有余 +86 10 5550 0118" in shown

    await keeper.presses("✏️ 盘点", on="现有 30条")
    await keeper.types("25条")
    await keeper.presses("下限", on="现有 25条")
    await keeper.types("26")
    assert "⚠️ 紫岚" in town.card(keeper, "下限 26条")
    assert "📦 总部仓库：紫岚可用 200条" in town.card(keeper, "下限 26条")

    await keeper.presses("记录", on="下限 26条")
    log = town.card(keeper, "的变动")
    assert "仓有余 盘点 30 → 25" in log
    assert "仓有余 下限 20 → 26" in log


async def test_a_keeper_is_named_and_told_and_may_count_it(town: Town) -> None:
    keeper, other = town.person(KEEPER), town.person("p_lu")
    await keeper.types("/stores 抽水泵")
    await keeper.presses("东区 抽水泵")
    await keeper.presses("保管人", on="抽水泵")
    await keeper.presses("路平安 · 驾驶员", on="由谁保管")

    assert "仓有余 请您保管东区仓库的抽水泵" in town.card(other)
    assert "保管：路平安" in town.card(keeper, "抽水泵")
    await other.types("/stores 抽水泵 1")
    assert "⚠️ 抽水泵 2 → 1台" in town.card(other, "已记")


async def test_who_may_not_count_sees_it_all_the_same(town: Town) -> None:
    driver = town.person("p_lu")
    await driver.types("/stores 东区")
    assert "云杉 400条" in town.card(driver, "东区仓库")
    await driver.types("/stores 云杉 3")
    assert "不归您记" in town.card(driver)
    assert (await town.roster()).holding("east", "yunshan").count == 400


async def test_in_english_too(town: Town) -> None:
    max_ = town.person("p_max")
    await max_.types("/stores yunshan")

    shown = town.card(max_, "6 found")
    assert "East 🟢 云杉 400 条" in shown


async def test_an_old_button_and_a_double_tap_do_nothing_twice(town: Town) -> None:
    keeper = town.person(KEEPER)
    await keeper.types("/stores 白鹭")
    await keeper.presses("东区 白鹭")
    await keeper.presses("✏️ 盘点", on="现有 12条")
    await keeper.presses("✏️ 盘点", on="现有 12条")
    await keeper.types("11")
    await keeper.types("10")

    assert (await town.roster()).holding("east", "bailu").count == 11


async def test_a_table_counts_too_and_whoever_sent_it_is_on_record(town: Town) -> None:
    chief = town.person("p_max")
    rows = [
        ("区域", "货品", "数量", "下限", "保管人"),
        ("东区", "云杉", 380, "", ""),
        ("东区", "云山", 5, "", ""),
        ("西区", "紫岚", 7, 3, "库满盈"),
    ]
    await chief.sends_file(workbook({"库存": rows}), "stock.xlsx")
    shown = town.card(chief, "would change this")
    assert "Stock 1 added, 1 changed, 0 the same, 1 with mistakes" in shown
    assert "East 云杉: Count 400 → 380" in shown
    await chief.presses("✅ Import 2")

    held = (await town.roster()).holding("west", "zilan")
    assert (held.count, held.minimum, held.keeper) == (7, 3, "p_ku")
    await chief.types("/stores 云杉")
    await chief.presses("East 云杉")
    await chief.presses("Changes", on="380")
    assert "Max Packet counted 400 → 380" in town.card(chief, "Changes of")


async def test_new_goods_are_registered_sorted_and_counted_and_may_end(town: Town) -> None:
    manager = town.person("p_gong")
    await manager.types("/stores")
    await manager.presses("📦 各仓库")
    await manager.presses("➕ 新货品")
    await manager.types("红枫 <特> 条")
    assert "已登记 红枫 <特>，单位 条" in town.card(manager, "已登记")
    await manager.presses("紧俏", on="红枫")
    await manager.types("/stores 红枫 <特> 20")
    held = [h for h in (await town.roster()).holdings.values() if h.count == 20]
    assert [(h.region, h.goods[:2]) for h in held if h.region == "hq"] == [("hq", "g_")]

    await manager.types("/stores 红枫")
    assert "🟢 红枫 <特> 总部 · 紧俏" in town.card(manager, "现有 20条")
    await manager.presses("⚙️ 货品", on="现有 20条")
    await manager.presses("🗑 停用")
    await manager.presses("停用", on="停用红枫")
    assert "红枫" not in [g.name[:2] for g in (await town.roster()).company.goods.values()]


async def test_what_is_changed_of_goods_is_on_record_by_whom(town: Town) -> None:
    manager, chief = town.person("p_gong"), town.person("p_max")
    await manager.types("/stores")
    await manager.presses("📦 各仓库")
    await manager.presses("➕ 新货品")
    await manager.types("红枫 <特> 条")
    await manager.presses("紧俏", on="红枫")
    await manager.presses("紧俏", on="红枫")  # a second tap changes nothing
    id_ = next(i for i, g in (await town.roster()).company.goods.items() if g.name == "红枫 <特>")
    rows = [("编号", "货品", "单位"), (id_, "红枫 <新>", "箱")]
    await chief.sends_file(workbook({"货品": rows}), "goods.xlsx")
    await chief.presses("✅ Import 1")
    await manager.types("/stores 红枫 <新> 20")
    await manager.types("/stores 红枫")
    await manager.presses("⚙️ 货品", on="现有 20箱")
    await manager.presses("记录", on="单位 箱")

    assert town.card(manager, "在名录里的变动").splitlines()[1:] == [
        "08:00 Max Packet 单位 条 → 箱",
        "08:00 Max Packet 名称 红枫 <特> → 红枫 <新>",
        "08:00 供得上 等级 一般 → 紧俏",
        "08:00 供得上 登记",
    ]


async def test_the_register_of_goods_is_not_a_region_s_to_change(town: Town) -> None:
    keeper = town.person(KEEPER)
    await keeper.types("/stores")
    await keeper.presses("📦 各仓库")

    assert "➕ 新货品" not in town.message(keeper, "6 个仓库").labels
    manager = town.person("p_gong")
    await manager.types("/stores")
    await manager.presses("📦 各仓库")
    theirs = Old.of(manager, "➕ 新货品")
    town.ignore()
    forged = Old(keeper, town.message(keeper, "6 个仓库"), theirs.data)
    assert await forged.pressed() == "货品名录由供应科和管理员维护。"
    town.sees({})


async def test_a_keeper_may_just_type_what_was_counted(town: Town) -> None:
    keeper, driver = town.person(KEEPER), town.person("p_lu")
    await keeper.types("云杉 370")
    assert "✅ 云杉 400 → 370条" in town.card(keeper, "已记")
    await driver.types("云杉 3")
    assert (await town.roster()).holding("east", "yunshan").count == 370


async def test_whoever_keeps_two_stores_says_which_one(town: Town) -> None:
    keeper = town.person("p_ku")
    await keeper.types("云杉 290")
    await keeper.presses("南区", on="是哪个仓库的")
    await keeper.types("云杉 290")

    assert "✅ 云杉 300 → 290条" in town.card(keeper, "已记南区仓库")


DEPOT = "south_distribution"


async def test_a_keeper_counts_in_the_group_of_the_depot_and_is_answered_there(town: Town) -> None:
    keeper = town.person("p_ku")  # of south and west
    town.ignore()
    await keeper.types("/stores 云杉 290", in_group=DEPOT)

    assert town.new() == {DEPOT: ["已记南区仓库：\n✅ 云杉 300 → 290条"]}
    assert (await town.roster()).holding("south", "yunshan").count == 290


async def test_a_store_is_named_in_front_where_a_keeper_has_several(town: Town) -> None:
    keeper = town.person("p_ku")
    await keeper.types("/stores 青松 55", in_group="east_distribution")
    assert "请写上区域，例如：/stores 南区 云杉 380" in town.card("east_distribution", "哪个仓库")
    await keeper.types("/stores 西区 青松 55", in_group="east_distribution")
    assert "已记西区仓库：\n⚠️ 青松 60 → 55条" in town.card("east_distribution", "已记")
    await keeper.types("/stores 南区：云杉 280，青松 7")
    assert "✅ 云杉 300 → 280条" in town.card(keeper, "已记南区仓库")
    await keeper.types("/stores 东区 云杉 1")

    assert "不归您记" in town.card(keeper)
    assert (await town.roster()).holding("east", "yunshan").count == 400


async def test_in_a_group_nobody_counts_who_may_not(town: Town) -> None:
    await town.person("p_lu").types("/stores 云杉 3", in_group=DEPOT)

    assert "不归您记" in town.card(DEPOT)
    assert (await town.roster()).holding("south", "yunshan").count == 300
