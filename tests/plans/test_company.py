"""The company file: what is read from it, what is wrong with it, what is merely worth telling."""

import pytest

from plans.company import read_company
from plans.yaml_source import Problems
from tests.plans.small_company import SMALL, changed, read, small_company


def refused(text: str) -> Problems:
    found = read_company(text, "company.yaml")
    assert isinstance(found, Problems)
    return found


def line_with(text: str, piece: str) -> int:
    return text[: text.index(piece)].count("\n") + 1


def test_who_holds_a_role_in_a_region_is_read() -> None:
    company = small_company()

    assert company.posted("dispatcher", "east", "holder") == ("p_east",)
    assert company.posted("dispatcher", "east", "deputy") == ("p_vice",)
    assert company.posted("dispatcher", "hq", "holder") == ()
    assert company.posted("leader", "east", "holder") == ("p_top",), "company-wide, whatever region"
    assert company.posted("cook", "east", "holder") == ()


def test_the_chain_of_a_role_ends_in_command() -> None:
    company = small_company()

    assert company.chain("driver") == ("dispatcher", "head", "leader")
    assert company.chain("leader") == ()
    assert company.chain("cook") == ()


def test_plates_are_kept_in_one_form_however_they_are_written() -> None:
    company = small_company(changed("浙A10002:", "浙a·１０００２:"))

    assert list(company.vehicles) == ["浙A10001", "浙A10002", "浙A10003", "浙A10004"]


def test_a_company_survives_being_stored() -> None:
    company = small_company()

    assert type(company).model_validate_json(company.model_dump_json()) == company


# What is replaced, by what; then the field, and a piece of the wording in each language.
SLIPS = [
    # names
    ("command: [leader]", "command: [leder]", "command[1]", "想写 leader?", "mean leader?"),
    ("headquarters: hq", "headquarters: x", "company.headquarters", "区域", "east, north, hq"),
    ("[north]", "[nort]", "regions.east.neighbours[1]", "想写 north?", "mean north?"),
    ("reports_to: head}", "reports_to: heat}", "roles.dispatcher.reports_to", "岗位", "no role"),
    ("distribution, region: east", "kitchen", "groups[1].department", "部门", "no department"),
    ("{role: leader}", "{role: cook}", "people.p_top.roles[1].role", "叫 cook 的岗位", "no role"),
    ("driver: p_wheel", "driver: p_weel", "vehicles.浙A10001.driver", "p_wheel?", "p_wheel?"),
    # the company
    ("Asia/Shanghai", "Asia/Jiangzhou", "company.time_zone", "没有叫", "no time zone"),
    ("Asia/Shanghai", "../etc/passwd", "company.time_zone", "没有叫", "no time zone"),
    ("acknowledge: 5 min", "acknowledge: soon", "reminders.acknowledge", "时长", "duration"),
    ("remind: 50%", "remind: 50", "reminders.remind", "百分比", "percentage"),
    ("[leader]", "[leader, leader]", "command[2]", "两次", "twice"),
    ("[leader]", "[leader, driver]", "command[2]", "各区域", "per region"),
    # regions and roles
    ("[north]", "[north, east]", "regions.east.neighbours[2]", "自己", "its own neighbour"),
    ("lat: 31.0", "lat: 131.0", "regions.north.depot.lat", "不能大于 90", "at most 90"),
    (", reports_to: dispatcher}", "}", "roles.driver.reports_to", "没有写", "has no reports_to"),
    # people
    ("{role: leader}", "{role: leader, region: hq}", "people.p_top.roles[1].region", "去掉", "rem"),
    ("driver, region: east", "driver", "people.p_wheel.roles[1]", "缺少 region", "missing"),
    ("[{role: head}", "[{role: head}, {role: head}", "people.p_head.roles[2]", "两次", "twice"),
    ("telegram: 22", "telegram: 21", "people.p_vice.telegram", "p_east (调得动)", "p_east"),
    ("没手机", '没手机, phone: "555-00123"', "people.p_paper.phone", "开得稳", "p_wheel"),
    ('"5550 0123"', "55500123", "people.p_wheel.phone", "请加引号", "in quotes"),
    ('"5550 0123"', '"call me"', "people.p_wheel.phone", "不是电话", "not a phone"),
    ("{name: 没手机", "{nam: 没手机", "people.p_paper.nam", "想写 name?", "mean name?"),
    ("没手机, language: en", "x, language: fr", "people.p_paper.language", "zh, en", "zh or en"),
    # groups
    ("id: security_group", "id: east_group", "groups[2].id", "两次", "twice"),
    ("chat: -102", "chat: -101", "groups[2].chat", "相同", "same chat"),
    ("chat: -102", "chat: 102", "groups[2].chat", "要小于 0", "below 0"),
    ("t: security, c", "t: distribution, region: east, c", "groups[2]", "已经有一个群", "already"),
    # vehicles
    ("浙A10002:", "浙a·10001:", "vehicles.浙a·10001", "同一辆车", "the same vehicle"),
    ("浙A10002:", "浙10002:", "vehicles.浙10002", "不是车牌号", "not a number plate"),
    ("driver: p_wheel", "kind: boat", "vehicles.浙A10001.kind", "truck", "truck"),
]  # fmt: skip


@pytest.mark.parametrize(("old", "new", "where", "zh", "en"), SLIPS)
def test_a_slip_is_told_with_its_line_its_field_and_what_to_do(
    old: str, new: str, where: str, zh: str, en: str
) -> None:
    [problem] = refused(changed(old, new))

    assert (problem.where, problem.line) == (where, line_with(SMALL, old))
    assert zh in problem.message.zh
    assert en in problem.message.en


def test_administrators_hold_company_wide_roles_that_exist() -> None:
    for role, told in (("driver", "per region"), ("drivr", "mean driver?")):
        [problem] = refused(f"{SMALL}administrators: [head, {role}]\n")

        assert problem.where == "administrators[2]"
        assert told in problem.message.en


def test_neighbours_name_each_other() -> None:
    [problem] = refused(changed("neighbours: [east]", "neighbours: []"))

    assert problem.line == line_with(SMALL, "neighbours: [north]")
    assert problem.message.en.endswith("add east to regions.north.neighbours")


def test_a_circle_is_told_once_and_roles_below_it_not_at_all() -> None:
    with_circle = changed("reports_to: leader}", "reports_to: dispatcher}")

    [problem] = refused(with_circle)

    assert problem.message.zh == "上报绕成了圈: head → dispatcher → head"


def test_a_circle_among_those_in_command_is_told_as_well() -> None:
    with_circle = changed(
        "security, scope: company}", "security, scope: company, reports_to: head}"
    )

    [problem] = refused(with_circle)

    assert problem.message.en == "reports go in a circle: leader → head → leader"


def test_that_nobody_is_in_command_is_a_warning() -> None:
    text = changed("[{role: leader}]", "[]").replace(", {role: leader, as: deputy}", "")

    assert ("command", line_with(SMALL, "command:")) in [
        (w.where, w.line) for w in read(text).warnings
    ]


def test_a_company_may_begin_with_nobody() -> None:
    text = SMALL.partition("people:")[0]

    assert [w.message.en for w in read(text).warnings] == [
        "there is nobody yet: register people or import them in Telegram"
    ]


def test_a_wrong_name_is_told_before_what_rests_on_it() -> None:
    text = changed("[north]", "[nort]").replace("telegram: 22", "telegram: 21")

    assert [p.where for p in refused(text)] == ["regions.east.neighbours[1]"]


def test_gaps_the_engine_can_live_with_are_warnings() -> None:
    text = changed("driver: p_north, spare: true", "spare: true").replace(
        "[{role: driver, region: east}]", "[]"
    )

    told = {(w.where, w.line): w.message.en for w in read(text).warnings}

    assert told == {
        ("roles.driver", line_with(text, "driver: {name")): (
            "nobody holds driver in east: deputies or superiors are asked"
        ),
        ("vehicles.浙A10002.driver", line_with(text, "浙A10002")): (
            "spare 浙A10002 has no driver: the dispatcher of north is asked"
        ),
    }


def test_a_plate_in_another_spelling_is_still_found_by_its_line() -> None:
    text = changed("浙A10002: {region: north, driver: p_north,", "浙a-10002: {region: north,")

    [warning] = read(text).warnings

    assert warning.line == line_with(text, "浙a-10002")


def test_a_role_that_nobody_holds_in_the_whole_company_is_a_warning() -> None:
    text = changed("roles: [{role: head}, {role: leader, as: deputy}]", "roles: []")

    assert [w.message.en for w in read(text).warnings] == ["nobody holds head"]


def test_headquarters_need_no_regional_roles() -> None:
    assert read().warnings == ()


def test_a_name_that_would_turn_or_break_a_message_is_cleaned_and_told() -> None:
    text = changed("name: 调得动", 'name: "调得\\u202e动\\n人"')

    found = read(text)

    assert found.company.people["p_east"].name == "调得动 人"
    [warning] = found.warnings
    assert "invisible signs" in warning.message.en
    assert (warning.where, warning.line) == ("people.p_east.name", line_with(text, "u202e"))
