"""Workbooks as people make them, for tests.

In: rows of cell values by sheet. Out: XLSX bytes. Forbidden here: what Muster writes itself.
"""

import io
from collections.abc import Mapping, Sequence

from openpyxl import Workbook

Rows = Sequence[Sequence[object]]
PEOPLE = ("工号", "姓名", "手机号码", "岗位", "所属区域")


def workbook(sheets: Mapping[str, Rows]) -> bytes:
    """A workbook with these sheets; cells hold what Excel would make of them."""
    book = Workbook()
    book.remove(book.worksheets[0])
    for title, rows in sheets.items():
        sheet = book.create_sheet(title)
        for row in rows:
            sheet.append(list(row))
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def people(*rows: Sequence[object], headings: Sequence[object] = PEOPLE) -> bytes:
    return workbook({"人员": [headings, *rows]})


# Of ten kinds, each as it happens.
BAD_ROWS: Rows = (
    (9001, "甲不识岗", 13900009001, "驾驶圆", "东区"),
    (9002, "乙无此地", 13900009002, "驾驶员", "中东区"),
    (9003, "丙缺区域", 13900009003, "驾驶员", None),
    (9004, "丁写区域", 13900009004, "组长", "东区"),
    (9005, "戊短号码", "12", "驾驶员", "东区"),
    (9006, "己丢位数", "1.39E+10", "驾驶员", "东区"),
    (9007, "庚同号码", "010-55500101", "驾驶员", "东区"),
    (9008, "辛用别人", "+86 10 5550 0102", "驾驶员", "东区"),
    (9009, None, 13900009009, "驾驶员", "东区"),
    ("编号?", "癸错编号", 13900009010, "驾驶员", "东区"),
)


def two_hundred_people() -> bytes:
    """188 new people, 2 of the sample company with another region, 10 rows that are wrong. One of
    the wrong ones has the phone that stands in another row, too."""
    regions = ("东区", "南区", "西区", "北区", "城中区")
    new = [(1000 + n, f"新人{n:03}", 13900000000 + n, "驾驶员", regions[n % 5]) for n in range(188)]
    moved = [
        (None, "路平安", "010-55500101", "驾驶员", "西区"),
        (None, "马不停", "０１０－５５５００１５１", "驾驶员", "北区"),
    ]
    return people(*new, *moved, *BAD_ROWS)
