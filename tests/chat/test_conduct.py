"""What decides what a customer is given: shown, changed by those whose work it is, on record."""

from tests.chat.town import Town
from tests.plans.workbooks import workbook

MANAGER, OTHER = "p_chang", "p_shang"  # both of the east


async def opened(town: Town, person: str, name: str = "早市便利店") -> None:
    somebody = town.person(person)
    await somebody.types(f"/customers {name}")
    await somebody.presses("✏️ 档级、订货日、守法", on=name)


async def test_the_card_says_what_is_out_of_the_ordinary(town: Town) -> None:
    manager = town.person(MANAGER)
    await manager.types("/customers 街角小卖部")
    shown = town.card(manager, "街角小卖部")
    assert "🔴 有违法违规记录" in shown
    assert "订货日：周三" in shown
    await manager.types("/customers 亮灯超市")
    assert "⭐ 重点客户" in town.card(manager, "亮灯超市")


async def test_conduct_changes_with_one_press_and_a_second_tap_changes_nothing(
    town: Town,
) -> None:
    other = town.person(OTHER)
    await opened(town, OTHER)
    await other.presses("改为：有违法违规记录")
    assert not (await town.roster()).company.customers["k_01"].lawful
    told = town.card(town.person(MANAGER), "早市便利店")
    assert "商有道 把您的客户早市便利店改为：🔴 有违法违规记录" in told

    await other.presses("改为：守法经营")
    await other.presses("改为：重点客户")
    customer = (await town.roster()).company.customers["k_01"]
    assert (customer.lawful, customer.key) == (True, True)
    await other.presses("记录", on="早市便利店")
    log = town.card(other, "的变动")
    assert "商有道：🔴 有违法违规记录" in log
    assert "商有道：⭐ 重点客户" in log


async def test_order_days_are_ticked_in_the_same_message(town: Town) -> None:
    manager = town.person(MANAGER)
    await opened(town, MANAGER)
    town.ignore()
    await manager.presses("周四")
    await manager.presses("✅周一")

    assert (await town.roster()).company.customers["k_01"].order_days == ("thu",)
    assert "订货日：周四" in town.card(manager, "早市便利店 档级")
    town.sees({})  # nothing new: the screen changes in place


async def test_a_grade_is_pressed_or_typed(town: Town) -> None:
    manager = town.person(MANAGER)
    await opened(town, MANAGER)
    await manager.presses("三档")
    assert (await town.roster()).company.customers["k_01"].grade == "三档"
    await manager.presses("✏️ 别的档级")
    await manager.types("三十档")

    assert (await town.roster()).company.customers["k_01"].grade == "三十档"
    await manager.presses("记录", on="三十档")
    assert "常问候：档级 二档 → 三档" in town.card(manager, "的变动")


async def test_an_old_button_is_of_no_use_once_the_customer_is_another_region_s(
    town: Town,
) -> None:
    manager, chief = town.person(MANAGER), town.person("p_max")
    await opened(town, MANAGER)
    rows = [("编号", "客户", "区域", "客户经理"), ("k_01", "早市便利店", "南区", "郝说话")]
    await chief.sends_file(workbook({"客户": rows}), "moved.xlsx")
    await chief.presses("✅ Import 1")

    assert "不归您" in await manager.presses("改为：有违法违规记录")
    assert (await town.roster()).company.customers["k_01"].lawful


async def test_what_a_table_changes_is_on_record_too(town: Town) -> None:
    manager, chief = town.person(MANAGER), town.person("p_max")
    rows = [("编号", "客户", "客户经理", "明码实价"), ("k_01", "早市便利店", "", "否")]
    await chief.sends_file(workbook({"客户": rows}), "conduct.xlsx")
    await chief.presses("✅ Import 1")
    await opened(town, MANAGER)
    await manager.presses("记录", on="早市便利店")

    assert "Max Packet：🔴 没有明码实价" in town.card(manager, "的变动")


async def test_in_english_too(town: Town) -> None:
    manager = town.person(MANAGER)
    await manager.types("/language")
    await manager.presses("English")
    await manager.types("/customers 早市便利店")
    assert "Orders on: Mon" in town.card(manager, "早市便利店")
    await manager.presses("✏️ Grade, order days, conduct")
    await manager.presses("Set: does not sell at marked prices")

    assert "🔴 Does not sell at marked prices" in town.card(manager, "grade 二档")
