"""Tables of goods and stock, and what customers' rows say of order days and conduct."""

from collections.abc import Sequence

from plans.company import Customer, Goods, Shelf
from plans.roster import Roster
from plans.stock import Holding
from plans.tables.changes import Changes
from tests.plans.test_samples import COMPANY
from tests.plans.test_tables import of, planned
from tests.plans.workbooks import workbook

HEADINGS = ("区域", "货品", "数量", "下限", "保管人")


def stock(*rows: Sequence[object], roster: Roster | None = None) -> Changes:
    book = workbook({"库存": [HEADINGS, *rows]})
    return planned(book, roster or Roster(COMPANY))


def reasons(changes: Changes) -> list[str]:
    return [reason.en for bad in changes.bad for reason in bad.reasons]


def test_a_row_counts_what_lies_in_a_store() -> None:
    change = of(stock(("东区", "云杉", "1,380条", "", "")))

    assert change.id == "east/yunshan"
    assert change.new == Shelf(count=1380, minimum=100, keeper="p_cang")


def test_what_is_as_it_was_stays() -> None:
    assert stock(("东区", "云杉", 400, 100, "仓有余")).to_make == ()


def test_something_new_in_a_store_needs_its_count() -> None:
    assert of(stock(("西区", "紫岚", 5, "", ""))).new == Shelf(count=5)
    assert reasons(stock(("西区", "紫岚", "", 3, ""))) == ["the count is missing"]


def test_wrong_rows_come_back_with_their_reasons() -> None:
    changes = stock(
        ("东区", "云山", 3, "", ""),
        ("东区", "云杉", "-3", "", ""),
        ("月球", "云杉", 3, "", ""),
        ("东区", "青松", 3, "", "没有这人"),
        ("东区", "金穗", 3, "", ""),
        ("东区", "金穗", 4, "", ""),
    )
    assert len(changes.bad) == 5
    assert len(changes.to_make) == 1


def test_what_is_kept_for_incidents_is_not_a_table_s_business() -> None:
    held = Holding(region="east", goods="yunshan", count=400, minimum=100, reserved={7: 30})
    roster = Roster(COMPANY, stock={("east", "yunshan"): held})

    change = of(stock(("东区", "云杉", 20, "", ""), roster=roster))

    assert change.new == Shelf(count=20, minimum=100)


def test_goods_of_the_same_file_can_be_counted_at_once() -> None:
    book = workbook(
        {
            "货品": [("货品", "类别", "货源", "单位"), ("红枫", "货品", "紧俏", "条")],
            "库存": [HEADINGS, ("东区", "红枫", 12, 5, "")],
        }
    )
    goods, shelf = planned(book).to_make

    assert goods.new == Goods(name="红枫", unit="条", class_="scarce")
    assert shelf.id == f"east/{goods.id}"


def test_goods_change_by_name_and_end() -> None:
    book = workbook(
        {
            "货品": [
                ("货品", "类别", "货源", "单位", "停用"),
                ("云杉", "", "受控", "", ""),
                ("抽水泵", "", "", "", "是"),
                ("奇怪", "玩具", "", "个", ""),
            ]
        }
    )
    changes = planned(book)
    changed, ended = changes.to_make

    assert isinstance(changed.new, Goods)
    assert (changed.id, changed.new.class_, changed.new.unit) == ("yunshan", "controlled", "条")
    assert (ended.id, ended.new) == ("pump", None)
    assert "goods, spare part, tool" in reasons(changes)[0]


def test_a_customer_s_order_days_and_conduct() -> None:
    headings = ("客户", "区域", "客户经理", "订货日", "守法", "明码实价", "重点")
    row = ("早市便利店", "东区", "常联络", "周三、一", "否", "是", "是")
    manager = COMPANY.people[COMPANY.customers["k_01"].manager or ""].name
    change = of(planned(workbook({"客户": [headings, (*row[:2], manager, *row[3:])]})))

    assert isinstance(change.new, Customer)
    assert change.id == "k_01"
    assert change.new.order_days == ("mon", "wed")
    assert (change.new.lawful, change.new.honest_prices, change.new.key) == (False, True, True)


def test_days_are_read_as_people_write_them() -> None:
    def days(written: str) -> tuple[str, ...]:
        headings = ("客户", "区域", "客户经理", "订货日")
        rows = [headings, ("新店", "东区", "", written)]
        new = of(planned(workbook({"客户": rows}))).new
        assert isinstance(new, Customer)
        return new.order_days

    assert days("每周一三五") == ("mon", "wed", "fri")
    assert days("Mon, Thursday") == ("mon", "thu")
    assert days("星期日") == ("sun",)
    assert days("2;4") == ("tue", "thu")


def test_a_word_that_is_no_day_is_told() -> None:
    headings = ("客户", "区域", "客户经理", "订货日")
    changes = planned(workbook({"客户": [headings, ("新店", "东区", "", "有时")]}))

    assert "no days of the week" in reasons(changes)[0]
