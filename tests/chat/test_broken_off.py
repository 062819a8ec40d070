"""A report that stops half-way: it begins with what is known, or somebody is asked to phone."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest_asyncio

from handlers.documents import EVIDENCE
from handlers.records.registers import CUSTOMERS, RegisteredCustomer
from plans.place import Place
from tests.chat.own_plans import folder_of
from tests.chat.town import Town, a_town

LEAK = """\
plan: leak
title: {zh: 漏水, en: Leak}
icon: 💧
command: leak
received: {zh: 收到。, en: Received.}
offered_at_place: {zh: 漏水了, en: Water leaks}
ask:
  picture: {type: photo, required: true, text: {zh: 拍一张?, en: A picture?}}
  whose:
    {type: customer, label: {zh: 客户, en: Customer}, text: {zh: 谁家?, en: Whose?}, required: true}
  until:
    {type: time, label: {zh: 撑到, en: Until}, text: {zh: 能撑到?, en: Until?}, required: true}
  room:
    {type: text, label: {zh: 房间, en: Room}, text: {zh: 哪间?, en: Which room?}, required: true}
  where: {type: place, text: {zh: 在哪里?, en: Where?}}
gate:
  unlawful:
    when: {whose.lawful: "no"}
    refuse: {zh: 只管守法的客户。, en: Only customers who keep the law.}
steps:
  mend:
    owner: dispatcher
    do: {zh: 拿桶接水, en: Put a bucket under it}
    due: {in: 60 min}
close: {auto: true, by: dispatcher, when: [mend]}
"""
PICTURE = b"\x89PNG\r\n\x1a\n a puddle"


@pytest_asyncio.fixture
async def town(tmp_path: Path) -> AsyncIterator[Town]:
    plans = folder_of(tmp_path, LEAK)
    async with a_town(tmp_path, plans=plans) as quiet_town, quiet_town.running():
        yield quiet_town


async def no_longer_lawful(town: Town, customer: str) -> None:
    assert town.store is not None
    changed = town.desk.company.customers[customer].model_copy(update={"lawful": False})
    async with town.store.turn(at=town.clock.now()) as turn:
        turn.put(CUSTOMERS, RegisteredCustomer(id=customer, record=changed))


async def half_said(town: Town, who: str = "p_chang") -> None:
    """At minute 0 somebody begins, and says no more after the customer."""
    person = town.person(who)
    await person.types("/leak")
    await person.sends_photo(PICTURE)
    await person.types("早市便利店")


async def test_it_begins_with_what_is_known_and_goes_on_asking(town: Town) -> None:
    await half_said(town)
    town.ignore()
    await town.at(4)
    town.sees({"p_chang": ["还差上面的回答才能受理"]})
    await town.at(9)
    assert "没等到回答，#1 已先开始" in "".join(town.new()["p_chang"])
    begun = await town.incident(1)
    assert begun.fact("whose") == "k_01"


async def test_its_pictures_are_kept(town: Town) -> None:
    await half_said(town)
    await town.at(9)
    assert town.store is not None
    async with town.store.turn(at=town.clock.now()) as turn:
        kept = await turn.find(EVIDENCE, incident=1)
    assert [(one.media, one.state) for one in kept] == [("photo", "kept")]


async def test_a_live_place_goes_on_being_followed(town: Town) -> None:
    driver = town.person("p_lu")
    shared = town.stage.start_live(driver.telegram, driver.telegram, 30.2, 120.4)
    await town.a_moment()
    await driver.presses("💧 漏水了")
    await town.at(9)
    assert (await town.incident(1)).place() == Place(lat=30.2, lon=120.4)
    town.stage.move_live(driver.telegram, shared, 30.3, 120.5)
    await town.a_moment()
    assert (await town.incident(1)).place() == Place(lat=30.3, lon=120.5)


async def test_a_moment_that_has_passed_meanwhile_holds_nothing_up(town: Town) -> None:
    await half_said(town)
    await town.person("p_chang").types("8:05")
    await town.at(10)
    begun = await town.incident(1)
    assert begun.fact("until") is None
    assert begun.fact("whose") == "k_01"


async def test_where_it_may_not_begin_whoever_answers_for_it_is_asked_to_phone(town: Town) -> None:
    manager = town.person("p_chang")
    await manager.types("仓库 <漏水>")
    await half_said(town)
    await no_longer_lawful(town, "k_01")
    await town.at(4)
    town.ignore()
    await town.at(9)
    town.sees(
        {
            "p_chang": ["⛔ 只管守法的客户。\n没有受理，已请 安排好 给您打电话。"],
            "p_an_ph": [
                "🚨 “漏水”的报告断了，没能受理。请打电话问清。\n⛔ 只管守法的客户。\n"
                "仓库 <漏水>\n· 拍一张：📷\n· 客户：早市便利店\n"
                "08:00 常问候 报告 ☎ +86 10 5550 0114"
            ],
        }
    )
    await town.at(30)
    town.sees({})  # and that is all: whoever it was can begin anew
    await manager.types("/leak")
    town.sees({"p_chang": ["拍一张?"]})


async def test_whoever_reported_is_not_asked_to_phone_themselves(town: Town) -> None:
    await half_said(town, "p_an_ph")
    await no_longer_lawful(town, "k_01")
    await town.at(4)
    town.ignore()
    await town.at(9)
    town.sees({"p_an_ph": ["已请 戴理勤 给您打电话"], "p_dai": ["安排好 报告 ☎"]})


async def test_a_plan_that_is_no_more_loses_no_report(tmp_path: Path) -> None:
    store = tmp_path / "store"
    store.mkdir()
    (tmp_path / "new").mkdir()
    other = LEAK.replace("plan: leak", "plan: drip").replace("command: leak", "command: drip")
    async with a_town(store, plans=folder_of(tmp_path, LEAK)) as town:
        async with town.running():
            await half_said(town)
            await town.at(2)
        town.takes_up(folder_of(tmp_path / "new", other))
        async with town.running():
            await town.at(4)
            town.ignore()
            await town.at(9)
            new = town.new()
            assert "这份预案已停用，请重新报告。\n没有受理" in new["p_chang"][0]
            assert "“已停用的预案”的报告断了" in new["p_ding"][0]
            assert "☎ +86 10 5550 0114" in new["p_ding"][0]
