"""Entries nobody has checked for half a year: one list a keeper each Monday, then a word above."""

from datetime import date, timedelta

from handlers.directory.stale import go_round
from handlers.records.registers import CONTACTS, CUSTOMERS, RegisteredContact, RegisteredCustomer
from tests.chat.town import MORNING, Town

LONG_AGO = date(2025, 12, 1)
NINE = 60


async def monday(town: Town, week: int) -> None:
    """What that Monday brings, without living through the weeks before."""
    assert town.store is not None
    async with town.store.turn(at=MORNING + timedelta(hours=1, weeks=week)) as turn:
        await go_round(turn, town.desk)
    await town.a_moment()


async def long_unchecked(
    town: Town, customers: int = 2, contacts: tuple[str, ...] = (), day: date = LONG_AGO
) -> None:
    """Customers of the account manager of east, and contacts, last checked on that day."""
    assert town.store is not None
    async with town.store.turn(at=town.clock.now()) as turn:
        company = (await town.desk.roster(turn)).company
        for id_ in list(company.customers)[:customers]:
            customer = company.customers[id_].model_copy(update={"checked": day})
            turn.put(CUSTOMERS, RegisteredCustomer(id=id_, record=customer))
        for id_ in contacts:
            contact = company.contacts[id_].model_copy(update={"checked": day})
            turn.put(CONTACTS, RegisteredContact(id=id_, record=contact))


def lists(town: Town, person: str) -> list[str]:
    return [
        text for text in town.new().get(person, []) if "没核对" in text or "not checked" in text
    ]


async def test_on_monday_each_keeper_gets_one_list(town: Town) -> None:
    await long_unchecked(town, 2, ("insurer", "hospital_east"))
    town.ignore()

    await town.at(NINE - 1)
    assert town.new() == {}
    await town.at(NINE + 1)

    new = town.new()
    assert [list(new), [len(texts) for texts in new.values()]] == [
        ["p_max", "p_chang", "p_shang"],
        [1, 1, 1],
    ]
    assert "1. 早市便利店 · 东区\n+86 10 5550 0301" in new["p_chang"][0]
    assert "保常在" in new["p_max"][0]
    assert "东区医院急诊" in new["p_shang"][0]


async def test_what_is_right_leaves_the_list_and_stays_away(town: Town) -> None:
    manager = town.person("p_chang")
    await long_unchecked(town, 2)
    await town.at(NINE + 1)

    await manager.presses("1 ✅ 还对")
    assert "满口香副食" in town.card(manager, "没核对")
    assert "早市便利店" not in town.card(manager, "没核对")
    await manager.presses("1 ✏️ 要改")
    await manager.presses("✏️ 改电话")
    await manager.types("13900001234")
    town.ignore()

    await monday(town, 1)
    assert lists(town, "p_chang") == []
    customer = (await town.roster()).company.customers["k_02"]
    assert (customer.phone, str(customer.checked)) == ("+86 139 0000 1234", "2026-07-06")


async def test_a_whole_page_at_once_and_the_next_one(town: Town) -> None:
    manager = town.person("p_chang")
    await long_unchecked(town, 7, ())
    await town.at(NINE + 1)

    await manager.presses("✅ 本页都对")

    assert "都核对完了" in town.card(manager, "都核对完了")


async def test_after_three_weeks_the_superior_hears_how_many(town: Town) -> None:
    await long_unchecked(town, 2)
    for week in range(3):
        await monday(town, week)
        new = town.new()
        assert len([t for t in new["p_chang"] if "没核对" in t]) == 1
        assert not any("三周没核对" in t for t in new.get("p_shang", []))

    await monday(town, 3)

    assert any("三周没核对的资料：常问候 2 条" in t for t in town.new()["p_shang"])


async def test_makers_are_to_be_called_each_month(town: Town) -> None:
    chief = town.person("p_max")
    await long_unchecked(town, 0, ("insurer", "maker_one"), date(2026, 6, 5))
    await town.at(NINE + 1)

    shown = town.card(chief, "want a call")
    assert "厂里来" in shown
    assert "保常在" not in shown
    await chief.presses("1 📞 Spoken to")

    assert "All checked" in town.card(chief, "All checked")


async def test_a_restart_sends_no_second_list(town: Town) -> None:
    assert town.store is not None
    await long_unchecked(town, 1)
    await town.at(NINE + 1)
    assert len(lists(town, "p_chang")) == 1
    await town.muster.turns.take_routines()  # type: ignore[union-attr]
    await town.at(NINE + 120)
    assert lists(town, "p_chang") == []


async def test_an_old_press_on_a_checked_entry_says_so(town: Town) -> None:
    manager = town.person("p_chang")
    await long_unchecked(town, 1)
    await town.at(NINE + 1)
    old = town.message(manager, "没核对")
    data = str(old.buttons[0]["callback_data"])
    await manager.presses("1 ✅ 还对")

    query = town.stage.press(manager.telegram, old, data, stale=True)
    await town.a_moment()

    assert "已经核对过了" in town.answer_to(query)
