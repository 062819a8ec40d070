"""Tables of people: what each row would change, and why a row is left out."""

from collections.abc import Sequence
from datetime import date

import pytest

from plans.company import Person, Post
from plans.roster import Roster
from plans.tables.changes import Change, Changes
from plans.tables.grids import Unreadable
from plans.tables.planning import plan_changes
from plans.tables.sheets import Tables, read_tables
from tests.plans.small_company import small_company
from tests.plans.test_samples import COMPANY
from tests.plans.workbooks import BAD_ROWS, people, two_hundred_people, workbook

ROSTER = Roster(COMPANY)
TODAY = date(2026, 7, 6)
ONE = "+86 139 0000 0001"


def tables(content: bytes) -> Tables:
    found = read_tables(content)
    assert not isinstance(found, Unreadable), found.reason.en
    return found


def planned(content: bytes, roster: Roster = ROSTER) -> Changes:
    return plan_changes(tables(content), roster, TODAY)


def of(changes: Changes) -> Change:
    [change] = changes.to_make
    return change


def new_person(*rows: Sequence[object]) -> Person:
    changes = planned(people(*rows))
    assert changes.bad == ()
    record = of(changes).new
    assert isinstance(record, Person)
    return record


def reasons(*rows: Sequence[object]) -> list[str]:
    return [reason.en for bad in planned(people(*rows)).bad for reason in bad.reasons]


def test_two_hundred_people_of_whom_ten_are_wrong() -> None:
    changes = planned(two_hundred_people())

    assert changes.count("people", "added") == 188
    assert changes.count("people", "changed") == 2
    assert [bad.row.number for bad in changes.bad] == list(range(192, 202))
    assert [len(bad.reasons) for bad in changes.bad] == [1] * len(BAD_ROWS)
    assert len({bad.reasons for bad in changes.bad}) == len(BAD_ROWS)


def test_a_new_person_counts_as_checked_today() -> None:
    person = new_person((7, "新来的", 13900000001, "驾驶员", "东区"))

    assert (person.name, person.phone, person.checked) == ("新来的", ONE, TODAY)
    assert person.roles == (Post(role="driver", region="east"),)


@pytest.mark.parametrize(
    "written",
    [13900000001, 13900000001.0, "13900000001.0", "1.3900000001E10", "'139 0000 0001",
     "１３９０００００００１", "+86 139-0000-0001"],
)  # fmt: skip
def test_phones_are_mended(written: object) -> None:
    person = new_person((7, "新来的", written, "驾驶员", "东区"))
    assert person.phone is not None
    assert person.phone.replace("-", " ") == ONE


def test_digits_that_a_spreadsheet_dropped_cannot_be_guessed() -> None:
    [why] = reasons((7, "新来的", "1.39E+10", "驾驶员", "东区"))
    assert "has dropped digits" in why


@pytest.mark.parametrize(
    ("roles", "region", "posts"),
    [
        (
            "调度员@东区; 车辆管理员@东区(副)", None,
            [("dispatcher", "east", "holder"), ("fleet_keeper", "east", "deputy")],
        ),
        (
            "调度员＠北区；驾驶员", "西区",
            [("dispatcher", "north", "holder"), ("driver", "west", "holder")],
        ),
        ("副调度员", "east", [("dispatcher", "east", "deputy")]),
        ("副组长", None, [("deputy_leader", None, "holder")]),
        ("组长（副）", "总部", [("leader", None, "deputy")]),
        ("Dispatcher@East(deputy)", None, [("dispatcher", "east", "deputy")]),
        ("driver", "东 区", [("driver", "east", "holder")]),
    ],
)  # fmt: skip
def test_posts_as_people_write_them(
    roles: str, region: str | None, posts: list[tuple[str, str | None, str]]
) -> None:
    person = new_person((7, "新来的", 13900000001, roles, region))
    assert [(p.role, p.region, p.rank) for p in person.roles] == posts


def test_several_rows_of_one_person_are_joined() -> None:
    person = new_person(
        (None, "新来的", 13900000001, "调度员", "东区"),
        (None, "新来的", 13900000001, "驾驶员", "北区"),
    )
    assert [post.role for post in person.roles] == ["dispatcher", "driver"]


def test_rows_of_one_person_must_not_contradict_each_other() -> None:
    headings = ("工号", "姓名", "电话", "岗位", "区域", "语言")
    rows = [
        (7, "新来的", 13900000001, "驾驶员", "东区", "中文"),
        (7, "新来的", 13900000001, "驾驶员", "东区", "英文"),
    ]
    changes = planned(people(*rows, headings=headings))

    assert [bad.row.number for bad in changes.bad] == [3]
    assert "row 2 says something else" in changes.bad[0].reasons[0].en
    assert of(changes).what == "added"


def test_two_names_with_one_phone_are_both_left_out() -> None:
    rows = [
        (None, "甲", 13900000001, "驾驶员", "东区"),
        (None, "乙", 13900000001, "驾驶员", "东区"),
    ]
    changes = planned(people(*rows))

    assert changes.to_make == ()
    assert [bad.row.number for bad in changes.bad] == [2, 3]


def test_a_known_phone_with_another_name_needs_the_id() -> None:
    [why] = reasons((None, "路太平", "01055500101", "驾驶员", "东区"))
    assert "this phone is 路平安's" in why

    change = of(planned(people(("p_lu", "路太平", "01055500101", None, None))))
    assert (change.id, change.fields) == ("p_lu", ("name",))


def test_a_number_goes_over_when_its_owner_gets_another() -> None:
    changes = planned(
        people(
            ("p_lu", "路平安", 13900000001, None, None),
            ("p_xing", "行万里", "01055500101", None, None),
        )
    )
    assert [(c.id, c.fields) for c in changes.to_make] == [
        ("p_lu", ("phone",)),
        ("p_xing", ("phone",)),
    ]


def test_by_name_and_region_a_person_gets_another_phone() -> None:
    change = of(planned(people((None, "路平安", 13900000001, "驾驶员", "东区"))))
    assert (change.id, change.what, change.fields) == ("p_lu", "changed", ("phone",))


def test_nobody_goes_by_not_being_there_and_an_empty_cell_changes_nothing() -> None:
    changes = planned(people(("p_lu", None, None, None, None)))
    assert [(c.id, c.what) for c in changes.changes] == [("p_lu", "same")]


def test_a_dash_takes_a_value_away() -> None:
    change = of(planned(people(("p_lu", None, "-", None, None))))
    assert isinstance(change.new, Person)
    assert change.new.phone is None


def test_retiring_and_coming_back() -> None:
    headings = ("编号", "姓名", "岗位", "停用")
    change = of(planned(people(("p_lu", "路平安", None, "离职"), headings=headings)))
    assert change.what == "ended"
    assert isinstance(change.new, Person)
    assert change.new.retired

    gone = Roster(COMPANY.model_copy(update={"people": {"p_lu": change.new}}))
    still = planned(people(("p_lu", "路平安", None, None), headings=headings), gone)
    assert "retired in the register" in still.bad[0].reasons[0].en
    back = of(planned(people(("p_lu", "路平安", None, "否"), headings=headings), gone))
    assert isinstance(back.new, Person)
    assert not back.new.retired


def test_two_of_one_name_are_told_apart_or_asked_for() -> None:
    company = small_company()
    two = {
        **company.people,
        "p_other": company.people["p_wheel"].model_copy(update={"phone": "5550 0199"}),
    }
    roster = Roster(company.model_copy(update={"people": two}))
    headings = ("姓名", "岗位", "区域")

    changes = planned(people(("开得稳", "driver", "东区"), headings=headings), roster)

    assert "2 entries are called" in changes.bad[0].reasons[0].en


def test_a_title_above_the_headings_and_empty_rows_do_not_disturb() -> None:
    content = workbook(
        {
            "Sheet1": [
                ["人员名单 2026"],
                [],
                ["姓名*", "手机（必填）", "岗 位", "区域"],
                [],
                ["新来的", 13900000001, "驾驶员", "东区"],
            ]
        }
    )
    changes = planned(content)
    assert of(changes).rows[0].number == 5


def test_the_last_administrator_stays() -> None:
    headings = ("编号", "姓名", "岗位", "停用")
    changes = planned(
        people(("p_max", None, None, "是"), ("p_lu", None, None, "是"), headings=headings)
    )

    assert [bad.reasons[0].en for bad in changes.bad] == [
        "this would leave no administrator: make somebody else one first"
    ]
    assert [change.id for change in changes.to_make] == ["p_lu"]
