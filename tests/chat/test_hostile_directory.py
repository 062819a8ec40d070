"""The directory in hostile hands: old buttons, double taps, long lists, odd names."""

from handlers.records.registers import CONTACTS, CUSTOMERS, RegisteredContact, RegisteredCustomer
from plans.company import Contact, Customer
from tests.chat.test_import import DRY_RUN, file_of
from tests.chat.town import Person, Town
from tests.plans.workbooks import people

MONDAY_0900 = 7 * 24 * 60 + 60


async def customers(town: Town, count: int, **fields: object) -> None:
    assert town.store is not None
    async with town.store.turn(at=town.clock.now()) as turn:
        for n in range(count):
            values = {"name": f"长长商店{n:03}", "region": "east", **fields}
            shop = Customer.model_validate(values)
            turn.put(CUSTOMERS, RegisteredCustomer(id=f"k_x{n}", record=shop))


def twice(town: Town, person: Person, label: str, on: str) -> list[str]:
    """Two taps before the first is answered."""
    shown = town.with_button(person.telegram, label, on)
    return [town.stage.press(person.telegram, shown, label) for _ in range(2)]


async def test_the_card_of_somebody_who_has_left_is_an_old_button(town: Town) -> None:
    chief, driver = town.person("p_max"), town.person("p_song")
    await driver.types("/who 驾驶员")
    label = next(one for row in [town_labels(town, driver)] for one in row if "路平安" in one)
    rows = people((None, "路平安", "01055500101", "驾驶员", "东区", "是"), headings=HEADINGS)
    await chief.sends_file(rows, "a.xlsx")
    await chief.presses("✅ Import 1")
    town.ignore()

    said = await driver.presses(label)

    assert said
    assert "p_song" not in town.new()


HEADINGS = ("工号", "姓名", "手机号码", "岗位", "所属区域", "停用")


def town_labels(town: Town, person: Person) -> list[str]:
    shown = town.sim.world.messages(person.telegram, by_bot=True)[-1]
    return [b["text"] for row in shown.body["reply_markup"]["inline_keyboard"] for b in row]


async def test_eight_long_customers_fit_into_one_message(town: Town) -> None:
    await customers(town, 8, address="很" * 200, note="长" * 300, manager="p_song", grade="30")
    keeper = town.person("p_song")
    await keeper.types("/who 长长商店")

    shown = town.card(keeper, "长长商店007")
    assert len(shown) <= 4096
    assert all(f"长长商店{n:03}" in shown for n in range(8))


async def test_a_double_tap_checks_one_page_and_not_the_next_unseen(town: Town) -> None:
    await town.at(1)
    await customers(town, 20, manager="p_song", checked="2024-01-01")
    await town.at(MONDAY_0900 + 1)
    keeper = town.person("p_song")
    label = next(one for one in town_labels_on(town, keeper, "长长商店") if "本页" in one)

    twice(town, keeper, label, "长长商店")
    await town.a_moment()

    company = (await town.roster()).company
    today = [s for s in company.customers.values() if s.checked and s.checked.year == 2026]
    assert len(today) == 8


def town_labels_on(town: Town, person: Person, on: str) -> list[str]:
    shown = town.message(person, on)
    return [b["text"] for row in shown.body["reply_markup"]["inline_keyboard"] for b in row]


async def test_the_register_goes_round_when_a_backup_is_gone(town: Town) -> None:
    assert town.store is not None
    async with town.store.turn(at=town.clock.now()) as turn:
        first = Contact(name="甲", kind="other", phone="+86 10 5550 7001", backup="c_y")
        second = Contact(name="乙", kind="other", phone="+86 10 5550 7002")
        turn.put(CONTACTS, RegisteredContact(id="c_x", record=first))
        turn.put(CONTACTS, RegisteredContact(id="c_y", record=second))
    async with town.store.turn(at=town.clock.now()) as turn:
        turn.put(CONTACTS, RegisteredContact(id="c_y", record=None))
    chief = town.person("p_max")
    await chief.types("/export")
    await chief.sends_file(file_of(town, chief, "The whole register"), "register.xlsx")

    shown = town.card(chief, DRY_RUN)
    assert "1 with mistakes" not in shown
    assert "There is nothing to take in." in shown


async def test_a_note_about_a_vehicle_is_no_html(town: Town) -> None:
    keeper = town.person("p_che")
    await keeper.types("/vehicles 10004 <b>坏&了</b>")

    assert "<b>坏&了</b>" in town.card(keeper, "10004")


async def test_a_keeper_of_another_region_sets_nothing_there(town: Town) -> None:
    await town.person("p_che").types("/vehicles 10009 在修")
    assert (await town.roster()).vehicle_state("浙A10009").ready


async def test_a_table_that_waits_for_its_press_outlives_a_restart(town: Town) -> None:
    chief = town.person("p_max")
    await chief.sends_file(people((1, "新来的", 13900000001, "驾驶员", "东区")), "people.xlsx")
    first = town.with_button(chief.telegram, "✅ Import 1", "")
    await chief.sends_file(people((2, "又来的", 13900000002, "驾驶员", "东区")), "b.xlsx")

    query = town.stage.press(chief.telegram, first, "✅ Import 1")
    await town.a_moment()

    assert town.answer_to(query)
    assert "n_1" not in (await town.roster()).company.people
