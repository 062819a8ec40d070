"""Tables by chat: sent, tried, taken in; what is wrong comes back to be mended."""

import io

from openpyxl import load_workbook

from simulator.messages import Shown
from tests.chat.town import Person, Town
from tests.plans.workbooks import BAD_ROWS, people, two_hundred_people

ADMINISTRATOR = "p_max"
DRY_RUN = "would change this (nothing is changed yet)"


def file_of(town: Town, reader: Person, on: str) -> bytes:
    """The newest file the bot has sent with these words under it."""
    shown: Shown = next(
        s
        for s in reversed(town.sim.world.messages(reader.telegram, by_bot=True))
        if "document" in s.body and on in s.body.get("caption", "")
    )
    stored = town.sim.world.files.by_id(shown.body["document"]["file_id"])
    assert stored is not None
    return stored.data


async def test_two_hundred_people_with_ten_bad_rows(town: Town) -> None:
    chief = town.person(ADMINISTRATOR)

    await chief.sends_file(two_hundred_people(), "people.xlsx")

    shown = town.card(chief, DRY_RUN)
    assert "People 188 added, 2 changed, 0 the same, 10 with mistakes" in shown
    assert "路平安: Region East → West" in shown
    assert (
        "人员 row 192 甲不识岗: Roles: there is no role called 驾驶圆. Did you mean 驾驶员?"
        in shown
    )
    assert "... and 2 more" in shown
    assert len(shown) < 4096

    await chief.presses("✅ Import 190")

    assert "Imported.\nPeople 188 added, 2 changed" in town.card(chief, "Imported.")
    company = (await town.roster()).company
    assert len(company.people) == len(town.desk.company.people) + 188
    assert company.people["p_lu"].roles[0].region == "west"
    assert company.people["p_lu"].phone == "+86 10 5550 0101"
    assert company.people["n_1000"].phone == "+86 139 0000 0000"


async def test_the_bad_rows_come_back_and_go_in_once_they_are_mended(town: Town) -> None:
    chief = town.person(ADMINISTRATOR)
    await chief.sends_file(two_hundred_people(), "people.xlsx")
    await chief.presses("✅ Import 190")

    book = load_workbook(io.BytesIO(file_of(town, chief, "rows with mistakes")))
    rows = [list(row) for row in book["人员"].iter_rows(values_only=True)]
    assert rows[0] == ["工号", "姓名", "手机号码", "岗位", "所属区域", "Reasons"]
    assert [row[1] for row in rows[1:]] == [row[1] for row in BAD_ROWS]
    rows[1][3] = "驾驶员"

    await chief.sends_file(people(*rows[1:2], headings=rows[0]), "mended.xlsx")
    assert "People 1 added, 0 changed, 0 the same, 0 with mistakes" in town.card(chief, DRY_RUN)
    await chief.presses("✅ Import 1")

    assert "n_9001" in (await town.roster()).company.people


async def test_nothing_happens_without_the_press_or_after_half_an_hour(town: Town) -> None:
    chief = town.person(ADMINISTRATOR)
    await chief.sends_file(people((1, "新来的", 13900000001, "驾驶员", "东区")), "people.xlsx")
    await town.at(35)

    said = await chief.presses("✅ Import 1")

    assert "out of date" in said
    assert "n_1" not in (await town.roster()).company.people


async def test_what_was_pressed_can_be_pressed_no_more(town: Town) -> None:
    chief = town.person(ADMINISTRATOR)
    table = people((1, "新来的", 13900000001, "驾驶员", "东区"))
    await chief.sends_file(table, "first.xlsx")
    await chief.presses("Cancel")
    assert "Nothing was imported" in town.card(chief)
    assert town.message(chief, "Nothing was imported").labels == []
    await chief.sends_file(table, "second.xlsx")
    await chief.presses("✅ Import 1")
    shown = town.message(chief, "would change this")
    assert "second.xlsx" in shown.text
    assert shown.labels == []


async def test_what_has_changed_meanwhile_is_shown_again_before_it_is_taken_in(town: Town) -> None:
    chief, other = town.person(ADMINISTRATOR), town.person("p_shu")
    await town.make_administrator("p_shu")
    await chief.sends_file(people((None, "路平安", "01055500101", "驾驶员", "西区")), "a.xlsx")
    await other.sends_file(people((None, "路平安", "01055500101", "驾驶员", "南区")), "b.xlsx")
    await other.presses("✅ 导入 1 条")
    assert "舒据全 imported a table." in town.card(chief, "imported a table")

    said = await chief.presses("✅ Import 1")

    assert "has changed meanwhile" in said
    assert "Region South → West" in town.card(chief, DRY_RUN)
    await chief.presses("✅ Import 1")
    assert (await town.roster()).company.people["p_lu"].roles[0].region == "west"


async def test_a_table_is_an_administrator_s_to_import(town: Town) -> None:
    driver = town.person("p_lu")

    await driver.sends_file(people((1, "新来的", 13900000001, "驾驶员", "东区")), "people.xlsx")

    town.sees({"p_lu": ["表格只有管理员能导入，这个文件我没有收下"]})


async def test_with_an_incident_a_driver_s_table_is_a_note(town: Town) -> None:
    driver = town.person("p_lu")
    await driver.types("/breakdown 环城东路K12+300")

    await driver.sends_file(b"a,b\n1,2\n", "load.csv")

    assert "已记入 #1" in town.card(driver, "#1")


async def test_what_is_no_table_is_said_in_words(town: Town) -> None:
    chief = town.person(ADMINISTRATOR)
    await chief.sends_file(b"PK\x03\x04 not really", "people.xlsx")
    assert "cannot be opened" in town.card(chief, "cannot be opened")

    await chief.sends_file("买菜,做饭\n1,2\n".encode(), "shopping.csv")
    assert "no headings recognised" in town.card(chief, "no headings")


async def test_the_register_goes_out_and_comes_back_unchanged(town: Town) -> None:
    chief = town.person(ADMINISTRATOR)
    await chief.types("/export")
    register = file_of(town, chief, "The whole register")

    await chief.sends_file(register, "register.xlsx")

    shown = town.card(chief, DRY_RUN)
    everybody = len(town.desk.company.people)
    assert f"People 0 added, 0 changed, {everybody} the same, 0 with mistakes" in shown
    assert "There is nothing to take in." in shown


async def test_the_empty_form_comes_with_how_to_use_it(town: Town) -> None:
    chief = town.person(ADMINISTRATOR)
    await chief.types("/import")

    form = load_workbook(io.BytesIO(file_of(town, chief, "The empty form")))

    assert form.sheetnames == [
        "Regions",
        "People",
        "Vehicles",
        "Customers",
        "Contacts",
        "Goods",
        "Stock",
        "Rota",
        "Read me",
    ]
    assert "Send me a table" in town.card(chief, "Send me a table")


async def test_no_phone_gets_into_the_log(town: Town, caplog: object) -> None:
    chief = town.person(ADMINISTRATOR)
    await chief.sends_file(two_hundred_people(), "people.xlsx")
    await chief.presses("✅ Import 190")

    logged = getattr(caplog, "text")  # noqa: B009
    assert "a table was taken in" in logged or logged == ""
    assert "1390" not in logged
    assert "5550" not in logged
