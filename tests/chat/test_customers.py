"""/customers: one's own first, then by region, for those whose work they are."""

from tests.chat.town import Town


async def test_an_account_manager_sees_their_own_first(town: Town) -> None:
    manager = town.person("p_chang")
    await manager.types("/customers")
    shown = town.message(manager, "客户，选区域")
    assert shown.labels == ["我的客户 7", "东区 7"]

    await manager.presses("我的客户 7")

    said = town.card(manager, "街角小卖部")
    assert "街角小卖部 一档 · 东区 · 东线\n+86 10 5550 0303\n东区东路 21 号" in said
    assert said.index("一档") < said.index("二档")


async def test_heads_see_every_region(town: Town) -> None:
    head = town.person("p_mei")
    await head.types("/customers")
    shown = town.message(head, "客户，选区域")
    assert shown.labels == ["东区 7", "南区 6", "西区 5", "北区 6", "城中区 6"]


async def test_a_driver_sees_none(town: Town) -> None:
    driver = town.person("p_lu")
    town.ignore()
    await driver.types("/customers")
    assert "客户资料只有营销、配送岗位和领导能看" in town.new()["p_lu"][0]


async def test_a_customer_by_name_phone_address_or_route(town: Town) -> None:
    manager = town.person("p_chang")
    for typed in ("街角", "0303", "东路 21", "jjxmb"):
        town.ignore()
        await manager.types(f"/customers {typed}")
        assert "街角小卖部" in town.new()["p_chang"][0], typed
    town.ignore()
    await manager.types("/customers 东环线")
    assert "找到 3 个" in town.new()["p_chang"][0]


async def test_its_manager_keeps_a_customer_s_phone(town: Town) -> None:
    manager = town.person("p_chang")
    await manager.types("/customers 街角")
    await manager.presses("✏️ 改电话")
    await manager.types("13900009999")

    assert "已改：街角小卖部 · 东区\n+86 139 0000 9999" in town.card(manager, "已改")
    customer = (await town.roster()).company.customers["k_03"]
    assert customer.phone == "+86 139 0000 9999"
    assert str(customer.checked) == "2026-07-06"


async def test_another_region_s_manager_cannot_see_it(town: Town) -> None:
    other = town.person("p_hao")
    await other.types("/customers 街角")
    assert "没有找到" in town.card(other, "没有找到")
