"""A member's new number, and a known number from a new account."""

import pytest_asyncio

from tests.chat.town import Person, Town

ADMIN = "p_max"
NEW_PHONE = "+86 10 5550 0909"


@pytest_asyncio.fixture
async def admin(town: Town) -> Person:
    max_packet = town.person(ADMIN)
    await max_packet.types("/language")
    await max_packet.presses("中文")
    town.ignore()
    return max_packet


def gets_a_new_number(town: Town, person: Person, phone: str = NEW_PHONE) -> None:
    town.sim.world.people[person.telegram].phone = phone


async def test_a_new_number_counts_once_approved(town: Town, admin: Person) -> None:
    driver = town.person("p_lu")
    await driver.types("/phone")
    town.sees({"p_lu": ["您登记的号码：+86 10 5550 0101"]})
    gets_a_new_number(town, driver)
    await driver.shares_own_phone()
    town.sees(
        {
            "p_lu": ["新号码已交给管理员"],
            ADMIN: ["原号码：+86 10 5550 0101\n新号码：+861055500909"],
        }
    )
    await admin.presses("✅ 批准")
    town.sees({"p_lu": ["您的号码已改为 +861055500909"]})
    await admin.types("/people 0909")
    assert "路平安 东区 0909" in town.message(admin, "找到").labels


async def test_the_same_number_changes_nothing(town: Town, admin: Person) -> None:
    await town.person("p_lu").shares_own_phone()
    town.sees({"p_lu": ["号码没有变"]})


async def test_a_number_turned_down_stays_as_it_was(town: Town, admin: Person) -> None:
    driver = town.person("p_lu")
    gets_a_new_number(town, driver)
    await driver.shares_own_phone()
    await admin.presses("❌ 拒绝")
    town.ignore()
    await admin.presses("请先联系管理员")
    assert "没有通过" in town.new()["p_lu"][0]
    await driver.types("/phone")
    town.sees({"p_lu": ["您登记的号码：+86 10 5550 0101"]})


async def test_a_number_that_somebody_else_has_is_warned_of(town: Town, admin: Person) -> None:
    driver = town.person("p_lu")
    gets_a_new_number(town, driver, "+86 10 5550 0102")
    await driver.shares_own_phone()
    assert "⚠️ 这个号码在名册里是：行万里 东区 0102" in town.card(admin, "换号申请")


async def test_somebody_elses_card_is_no_new_number(town: Town, admin: Person) -> None:
    driver = town.person("p_lu")
    town.stage.share_contact(driver.telegram, driver.telegram, 700013)
    await town.a_moment()
    assert "号码" not in town.new()["p_lu"][0]
