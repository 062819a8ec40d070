"""Files that nobody vouches for: encodings, bombs, sheets without end; and what goes out."""

import io
import zipfile
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import Workbook, load_workbook

from plans.company import Company, Customer, Person, Post
from plans.roster import Roster
from plans.tables.grids import NO_TABLE, ROWS_LIMIT, TOO_LARGE, TOO_MANY_ROWS, Unreadable
from plans.tables.planning import plan_changes
from plans.tables.sheets import NOT_RECOGNISED, read_tables
from plans.tables.workbook import UNPACKED_LIMIT_BYTES
from plans.tables.writing import bad_rows_of, empty_form, workbook_of
from tests.plans.test_samples import COMPANY
from tests.plans.test_tables import planned, tables
from tests.plans.workbooks import BAD_ROWS, people, workbook

CSV = "姓名,电话,岗位,区域\n新来的,13900000001,驾驶员,东区\n"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
@pytest.mark.parametrize("separator", [",", ";", "\t", "，"])
def test_csv_as_offices_save_it(encoding: str, separator: str) -> None:
    changes = planned(CSV.replace(",", separator).encode(encoding))
    assert changes.count("people", "added") == 1


def test_a_formula_counts_as_its_last_value_and_is_never_carried_out() -> None:
    content = people(("=1+1", "新来的", "=13900000000+1", "驾驶员", "东区"))
    changes = planned(content)
    assert changes.count("people", "added") == 1, "nothing has calculated it: the cells are empty"


def test_a_sheet_with_a_cell_in_the_last_corner_costs_nothing() -> None:
    book = Workbook()
    sheet = book.worksheets[0]
    sheet.append(["姓名", "岗位", "区域"])
    sheet.append(["新来的", "驾驶员", "东区"])
    sheet.cell(1_048_576, 16_384, "far away")
    file = io.BytesIO()
    book.save(file)
    assert planned(file.getvalue()).count("people", "added") == 1


def bomb(size: int) -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as archive:
        archive.writestr("xl/worksheets/sheet1.xml", b" " * size)
    return packed.getvalue()


def test_what_unfolds_to_more_than_the_bound_is_refused() -> None:
    assert read_tables(bomb(UNPACKED_LIMIT_BYTES + 1)) is TOO_LARGE


def test_a_size_that_the_file_lies_about_is_not_believed() -> None:
    content = bytearray(bomb(UNPACKED_LIMIT_BYTES + 1))
    at = content.rindex(b"PK\x01\x02")
    content[at + 24 : at + 28] = (10).to_bytes(4, "little")
    assert read_tables(bytes(content)) in (TOO_LARGE, NO_TABLE)


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"\xd0\xcf\x11\xe0 an old or locked workbook",
        b"PK\x03\x04 cut off",
        b"\xff\xfe\x00",
        b"\x00\x01\x02",
        "姓名,岗位\n".encode() + b"\xff\xff",
    ],
)
def test_what_is_no_table_is_refused_in_words(content: bytes) -> None:
    found = read_tables(content)
    assert isinstance(found, Unreadable)
    assert found.reason.zh
    assert found.reason.en


def test_tables_of_something_else_are_not_taken_for_ours() -> None:
    assert read_tables("菜名,价格\n鱼,12\n".encode()) is NOT_RECOGNISED


def test_too_many_bytes_or_rows() -> None:
    assert read_tables(b"x" * (5 * 1024 * 1024 + 1)) is TOO_LARGE
    rows = CSV + "a,,,\n" * ROWS_LIMIT
    assert read_tables(rows.encode()) is TOO_MANY_ROWS


@settings(max_examples=200, deadline=None)
@given(st.binary(max_size=300))
def test_any_bytes_are_a_table_or_a_reason(content: bytes) -> None:
    for prefix in (b"", b"PK\x03\x04"):
        found = read_tables(prefix + content)
        assert isinstance(found, Unreadable) or found.sheets


# What goes out

NAMES = st.text("甲乙丙丁路平安=+-@'\"ABcd 0", min_size=1, max_size=12).map(
    lambda text: "人" + " ".join(text.split())
)
POSTS = st.sampled_from(
    [
        Post(role="driver", region="east"),
        Post(role="dispatcher", region="north", rank="deputy"),
        Post(role="leader"),
        Post(role="deputy_leader", rank="deputy"),
    ]
)
DAYS = st.none() | st.dates(date(2000, 1, 1), date(2099, 1, 1))


@st.composite
def companies(draw: st.DrawFn) -> Company:
    numbers = draw(st.lists(st.integers(0, 99), unique=True, max_size=6))
    everybody = {
        f"p_{n}": Person(
            name=draw(NAMES),
            phone=draw(st.sampled_from([f"+86 139 0000 00{n:02}", f"010-555001{n:02}", None])),
            language=draw(st.sampled_from(["zh", "en", None])),
            roles=tuple(draw(st.lists(POSTS, unique_by=lambda p: p.role, max_size=3))),
            routes=tuple(draw(st.lists(st.sampled_from(["东线", "西线"]), unique=True))),
            retired=draw(st.booleans()),
            checked=draw(DAYS),
        )
        for n in numbers
    }
    shops = {
        f"k_{n}": Customer(
            name=draw(NAMES),
            region=draw(st.sampled_from(["east", "west"])),
            manager=f"p_{n}" if draw(st.booleans()) else None,
            address=draw(NAMES),
            phone=draw(st.none() | st.just("010-5550 0901")),
            checked=draw(DAYS),
        )
        for n in numbers
    }
    return COMPANY.model_copy(update={"people": everybody, "customers": shops, "vehicles": {}})


@settings(max_examples=25, deadline=None)
@given(companies(), st.sampled_from(["zh", "en"]))
def test_what_goes_out_comes_back_without_a_change(company: Company, lang: str) -> None:
    roster = Roster(company)
    written = tables(workbook_of(roster, "zh" if lang == "zh" else "en"))

    changes = plan_changes(written, roster, date(2026, 7, 6))

    assert [(b.row.number, b.reasons) for b in changes.bad] == []
    assert changes.to_make == ()
    assert changes.count("people", "same") == len(company.people)


def test_no_cell_is_a_formula() -> None:
    person = COMPANY.people["p_lu"].model_copy(update={"name": "=HYPERLINK(1)"})
    roster = Roster(COMPANY.model_copy(update={"people": {"p_lu": person}}))

    book = load_workbook(io.BytesIO(workbook_of(roster, "zh")))

    cell = next(c for row in book["人员"].iter_rows() for c in row if c.value == "=HYPERLINK(1)")
    assert cell.data_type == "s"


def test_the_rows_that_were_left_out_come_back_as_they_stood() -> None:
    changes = planned(people(*BAD_ROWS))
    book = load_workbook(io.BytesIO(bad_rows_of(changes.bad, "zh")))
    rows = list(book["人员"].iter_rows(values_only=True))

    assert rows[0] == ("工号", "姓名", "手机号码", "岗位", "所属区域", "原因")
    assert [row[1] for row in rows[1:]] == [row[1] for row in BAD_ROWS]
    assert all(row[5] for row in rows[1:])
    again = planned(bad_rows_of(changes.bad, "zh"))
    assert [bad.reasons for bad in again.bad] == [bad.reasons for bad in changes.bad]


def test_the_empty_form_is_recognised_and_empty() -> None:
    form = tables(empty_form(Roster(COMPANY), "zh"))
    assert [(sheet.head.kind, len(sheet.rows)) for sheet in form.sheets] == [
        ("regions", 0), ("people", 0), ("vehicles", 0), ("customers", 0), ("contacts", 0),
        ("goods", 0), ("stock", 0), ("rota", 0),
    ]  # fmt: skip
    assert form.passed_over == ()


def test_sheets_that_are_none_of_ours_are_named() -> None:
    content = workbook(
        {"人员": [["姓名", "岗位", "区域"], ["甲", "驾驶员", "东区"]], "菜单": [["鱼"]]}
    )
    assert tables(content).passed_over == ("菜单",)
