"""/who and /contacts: whoever is looked for, with a number to call."""

from datetime import timedelta

import pytest

from handlers.documents import PEOPLE
from tests.chat.town import MORNING, Person, Town


async def asks(town: Town, person: Person, text: str) -> str:
    town.ignore()
    await person.types(text)
    return "\n---\n".join(town.new()[person.id])


@pytest.mark.parametrize(
    "typed",
    [
        "路平安",
        "平安",
        "lpa",
        "lu ping an",
        "lupingan",
        "lupngan",
        "浙A10001",
        "0101",
        "５５５０ ０１０１",
    ],
)
async def test_a_driver_by_whatever_is_known(town: Town, typed: str) -> None:
    said = await asks(town, town.person("p_an_ph"), f"/who {typed}")

    assert "路平安 东区驾驶员" in said
    assert "\n+86 10 5550 0101" in said


async def test_by_region_and_role_the_holder_comes_before_the_deputy(town: Town) -> None:
    for typed in ("东区 调度", "东区调度", "dispatcher east"):
        said = await asks(town, town.person("p_lu"), f"/who {typed}")
        assert said.startswith("找到 2 个")
        assert said.index("安排好") < said.index("戴理勤 东区调度员")


async def test_surnames_are_found_by_every_reading(town: Town) -> None:
    for typed in ("shan", "dan", "chanzhuren", "szr"):
        assert "单主任" in await asks(town, town.person("p_lu"), f"/who {typed}")


async def test_many_come_in_pages_and_each_has_a_card(town: Town) -> None:
    dispatcher = town.person("p_an_ph")
    said = await asks(town, dispatcher, "/who 驾驶员")
    assert "找到 12 个（1/2）" in said

    await dispatcher.presses("2/2 ›")
    assert "（2/2）" in town.card(dispatcher, "找到 12 个（2/2")
    await dispatcher.presses("易备车 · 驾驶员")

    assert "熟悉线路：东线" in town.card(dispatcher, "熟悉线路")


async def test_somebody_away_is_shown_with_whoever_stands_in(town: Town) -> None:
    assert town.store is not None
    async with town.store.turn(at=town.clock.now()) as turn:
        state = (await town.desk.roster(turn)).state("p_an_ph")
        assert state is not None
        until = MORNING + timedelta(hours=2)
        update = {"away_since": MORNING, "away_until": until, "stand_in": "p_xiu"}
        turn.put(PEOPLE, state.model_copy(update=update))

    said = await asks(town, town.person("p_lu"), "/who 安排好")

    assert "⛔ 不在岗，到 10:00\n请找 修得快：\n+86 10 5550 0113" in said


async def test_an_outside_contact_comes_with_its_backup(town: Town) -> None:
    said = await asks(town, town.person("p_lu"), "/who 保险")

    assert "保常在 保险公司 · 江州平稳财险\n+86 10 5550 0201" in said
    assert "打不通找：理赔快\n+86 10 5550 0202" in said


async def test_nobody_is_found_in_words(town: Town) -> None:
    said = await asks(town, town.person("p_lu"), "/who 查无此人")
    assert "没有找到“查无此人”" in said
    assert "找谁？" in await asks(town, town.person("p_lu"), "/who")


async def test_customers_are_not_shown_to_drivers_nor_in_groups(town: Town) -> None:
    assert "没有找到" in await asks(town, town.person("p_lu"), "/who 早市便利店")
    manager = town.person("p_chang")
    assert "早市便利店" in await asks(town, manager, "/who 早市便利店")

    town.ignore()
    await manager.types("/who 早市便利店", in_group="east_marketing")
    assert "没有找到" in town.new()["east_marketing"][0]


async def test_contacts_by_kind(town: Town) -> None:
    driver = town.person("p_lu")
    await driver.types("/contacts")

    await driver.presses("保险公司 2")

    assert "理赔快" in town.card(driver, "保常在")


async def test_an_administrator_adds_changes_and_retires_a_contact(town: Town) -> None:
    chief = town.person("p_max")
    await chief.types("/contacts")
    await chief.presses("➕ Add a contact")
    await chief.presses("hospital")
    await chief.types("West Clinic, +86 10 5550 0299, West Hospital")
    assert "Added: West Clinic\n+86 10 5550 0299" in town.card(chief, "Added")

    assert "West Hospital" in await asks(town, chief, "/who west clinic")
    await chief.presses("✏️ New phone")
    await chief.types("no number")
    assert "is not a phone number" in town.card(chief, "is not a phone")
    await chief.types("010 5550 0298")
    assert "Changed: West Clinic" in town.card(chief, "Changed")

    assert "010 5550 0298" in await asks(town, chief, "/who west clinic")
    await chief.presses("🗑 Retire")
    await chief.presses("Retire", on="Retire West Clinic")
    assert "Nothing fits" in await asks(town, chief, "/who west clinic")


async def test_nobody_else_gets_buttons_to_change_a_contact(town: Town) -> None:
    driver = town.person("p_lu")
    await driver.types("/who 保常在")
    shown = town.message(driver, "保常在")
    assert shown.labels == []


async def test_a_name_may_follow_in_a_message_of_its_own(town: Town) -> None:
    dispatcher = town.person("p_an_ph")
    await dispatcher.types("☎ 找人")
    town.sees({"p_an_ph": ["找谁？"]})
    await dispatcher.types("查无此人")
    town.sees({"p_an_ph": ["没有找到“查无此人”"]})
    await dispatcher.types("lpa")
    town.sees({"p_an_ph": ["路平安"]})


async def test_news_typed_in_place_of_a_name_is_not_lost(town: Town) -> None:
    driver = town.person("p_lu")
    await driver.types("/who")
    await driver.types("爆胎了")
    town.sees({"p_lu": ["找谁？", "要报告"]})
    await driver.types("/breakdown 环城东路")
    town.ignore()
    await driver.types("/who")
    await driver.presses("否", on="挡住车道")
    for _ in range(2):
        await driver.presses("跳过")
    await driver.types("/who")
    town.ignore()
    await driver.types("雾很大")
    assert "已记入 #1" in "".join(town.new()["p_lu"])
