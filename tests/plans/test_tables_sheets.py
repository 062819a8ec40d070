"""The other sheets: regions, vehicles, customers, contacts, the rota; in one file with people."""

from datetime import UTC, date, datetime

from plans.company import Contact, Customer, Region, Vehicle
from plans.roster import Shift
from plans.tables.changes import Changes, Record
from tests.plans.test_tables import planned
from tests.plans.workbooks import workbook

# As a spreadsheet holds it: a time on the clock, of no zone.
SIX = datetime(2026, 7, 7, 6)  # noqa: DTZ001


def records(changes: Changes) -> dict[str, Record | None]:
    return {change.id: change.new for change in changes.to_make}


def why(changes: Changes) -> list[str]:
    return [reason.en for bad in changes.bad for reason in bad.reasons]


def test_a_new_region_is_known_to_its_neighbours_and_to_its_people() -> None:
    changes = planned(
        workbook(
            {
                "区域": [
                    ["编号", "名称", "英文名", "相邻区域", "配送站", "纬度", "经度"],
                    ["port", "港区", "Port", "东区、北区", "港站", 30.1, 120.6],
                ],
                "人员": [
                    ["姓名", "电话", "岗位", "区域"],
                    ["港上人", 13900000001, "调度员", "港区"],
                ],
                "车辆": [["车牌", "区域", "驾驶员"], ["浙a·20001", "港区", "港上人"]],
                "客户": [["客户", "区域", "客户经理"], ["港口小店", "港区", "常问候"]],
            }
        )
    )  # fmt: skip

    assert why(changes) == []
    found = records(changes)
    port, east = found["port"], found["east"]
    assert isinstance(port, Region)
    assert isinstance(east, Region)
    assert port.neighbours == ("east", "north")
    assert "port" in east.neighbours
    vehicle, customer = found["浙A20001"], found["k_1"]
    assert isinstance(vehicle, Vehicle)
    assert vehicle.driver == "p_1"
    assert isinstance(customer, Customer)
    assert (customer.region, customer.manager) == ("port", "p_chang")


def test_a_region_is_no_neighbour_any_more_on_both_sides() -> None:
    changes = planned(
        workbook({"区域": [["编号", "名称", "相邻区域"], ["east", "东区", "南区, 城中区"]]})
    )
    east, north = records(changes)["east"], records(changes)["north"]
    assert isinstance(east, Region)
    assert isinstance(north, Region)
    assert east.neighbours == ("south", "centre")
    assert "east" not in north.neighbours


def test_half_a_depot_and_an_unknown_neighbour_are_told() -> None:
    changes = planned(
        workbook(
            {
                "区域": [
                    ["编号", "名称", "相邻区域", "配送站", "纬度"],
                    ["a", "甲区", "东区", "站", 30],
                    ["b", "乙区", "火星", None, None],
                ]
            }
        )
    )
    assert why(changes) == [
        "a depot needs name, latitude and longitude",
        "Neighbours: there is no region called 火星. "
        "There are: 东区, 南区, 西区, 北区, 城中区, 总部, 乙区",
    ]


def test_a_plate_twice_with_other_values() -> None:
    changes = planned(
        workbook(
            {
                "车辆": [
                    ["车牌", "区域"],
                    ["浙A30001", "东区"],
                    ["浙Ａ·30001", "西区"],
                    ["A3", "东区"],
                ]
            }
        )
    )
    assert why(changes) == [
        "the same vehicle as row 2, with other values",
        'Plate: "A3" is not a number plate',
    ]
    assert list(records(changes)) == ["浙A30001"]


def test_a_vehicle_and_a_customer_go_only_by_the_column() -> None:
    changes = planned(
        workbook(
            {
                "车辆": [["车牌", "区域", "报废"], ["浙A10001", None, "是"]],
                "客户": [["编号", "客户", "客户经理", "停用"], ["k_01", None, None, "停用"]],
            }
        )
    )
    assert [(c.id, c.what, c.new) for c in changes.to_make] == [
        ("浙A10001", "ended", None),
        ("k_01", "ended", None),
    ]


def test_two_shops_of_one_owner_share_a_phone() -> None:
    headings = ["客户", "区域", "客户经理", "电话", "档级", "线路"]
    changes = planned(
        workbook(
            {
                "客户": [
                    headings,
                    ["甲店", "东区", "常问候", 13900000001, "一档", "东线"],
                    ["乙店", "东区", "常问候", 13900000001, "", ""],
                ]
            }
        )
    )
    assert why(changes) == []
    assert list(records(changes)) == ["k_1", "k_2"]


def test_a_manager_who_is_not_there() -> None:
    changes = planned(
        workbook({"客户": [["客户", "区域", "客户经理"], ["甲店", "东区", "常问侯"]]})
    )
    assert why(changes)[0].endswith("there is no person called 常问侯. Did you mean 常问候?")


def test_a_backup_may_stand_further_down() -> None:
    headings = ["联系人", "类别", "单位", "电话", "打不通找"]
    changes = planned(
        workbook(
            {
                "联系人": [
                    headings,
                    ["甲", "保险", "平稳", "010-55500901", "乙"],
                    ["乙", "保险公司", "平稳", "010-55500902", ""],
                    ["丙", "医院", "", "010-55500903", "丁"],
                ]
            }
        )
    )
    first, second = records(changes)["c_1"], records(changes)["c_2"]
    assert isinstance(first, Contact)
    assert isinstance(second, Contact)
    assert (first.backup, first.checked, second.backup) == ("c_2", date(2026, 7, 6), None)
    assert "there is no contact called 丁" in why(changes)[0]


def test_the_rota_is_in_the_company_s_time() -> None:
    headings = ["岗位", "区域", "人员", "开始", "结束"]
    changes = planned(
        workbook(
            {
                "值班": [
                    headings,
                    ["调度员", "东区", "戴理勤", "2026-07-06 18:00", SIX],
                    ["调度员", "东区", "戴理勤", "2026-07-06 18:00", "2026-07-06 06:00"],
                    ["调度员", None, "戴理勤", "2026-07-06", "2026-07-07"],
                ]
            }
        )
    )
    [shift] = records(changes).values()
    assert isinstance(shift, Shift)
    assert (shift.person, shift.since) == ("p_dai", datetime(2026, 7, 6, 10, tzinfo=UTC))
    assert shift.until == datetime(2026, 7, 6, 22, tzinfo=UTC)
    assert why(changes) == [
        "it ends after it begins, within 31 days",
        'Region: role "Dispatcher" is held per region: which?',
    ]
