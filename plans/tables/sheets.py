"""Grids recognised as sheets of the register, with what stands in each row by field.

In: grids. Out: `Sheet`s, and the titles of grids that are none. Forbidden here: judging a cell.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from plans.tables.columns import GUIDE, SheetKind, headed, kind_of
from plans.tables.csv_text import read_csv
from plans.tables.grids import FILE_LIMIT_BYTES, NO_TABLE, TOO_LARGE, Grid, Unreadable
from plans.tables.workbook import read_workbook
from plans.text import Text

# Above the headings people put a title, a date, a remark.
_HEADINGS_WITHIN: Final = 10
_GUIDES: Final = (GUIDE.zh, GUIDE.en)
_ZIP: Final = b"PK"
_OLD_OFFICE: Final = b"\xd0\xcf\x11\xe0"
NOT_RECOGNISED: Final = Unreadable(
    Text(
        zh="认不出表头: 第一行要有“姓名、岗位”、“车牌”、“客户、客户经理”或“联系人、类别、电话”"
        "等列名。可用 /import 要一份空白模板",
        en="no headings recognised: the first row needs names like Name and Roles, Plate, Customer "
        "and Account manager, or Contact, Kind and Phone. /import sends an empty form",
    )
)


@dataclass(frozen=True)
class Row:
    """`number` as the spreadsheet shows it; `cells` by field, of columns that are there; `written`
    the whole row as it stands."""

    sheet: "SheetHead"
    number: int
    cells: Mapping[str, str]
    written: tuple[str, ...]


@dataclass(frozen=True)
class SheetHead:
    kind: SheetKind
    title: str
    headings: tuple[str, ...]


@dataclass(frozen=True)
class Sheet:
    head: SheetHead
    rows: tuple[Row, ...]


@dataclass(frozen=True)
class Tables:
    """What a file holds. `passed_over` are titles of sheets that were not recognised."""

    sheets: tuple[Sheet, ...]
    passed_over: tuple[str, ...] = ()


def read_tables(content: bytes) -> Tables | Unreadable:
    """The sheets of an XLSX or CSV file."""
    grids = read_grids(content)
    return grids if isinstance(grids, Unreadable) else recognised(grids)


def read_grids(content: bytes) -> tuple[Grid, ...] | Unreadable:
    """The rows of an XLSX or CSV file, told apart by what is in it and not by its name."""
    if len(content) > FILE_LIMIT_BYTES:
        return TOO_LARGE
    if content.startswith(_OLD_OFFICE):
        return NO_TABLE
    return read_workbook(content) if content.startswith(_ZIP) else read_csv(content)


def recognised(grids: tuple[Grid, ...]) -> Tables | Unreadable:
    """The grids that are sheets of the register."""
    sheets: list[Sheet] = []
    passed_over: list[str] = []
    for grid in grids:
        sheet = _sheet(grid)
        if sheet is None:
            passed_over += [] if grid.title in _GUIDES else [grid.title]
        else:
            sheets.append(sheet)
    return Tables(tuple(sheets), tuple(passed_over)) if sheets else NOT_RECOGNISED


def _sheet(grid: Grid) -> Sheet | None:
    for at, row in enumerate(grid.rows[:_HEADINGS_WITHIN]):
        kind = kind_of(grid.title, row.cells)
        if kind is None:
            continue
        head = SheetHead(kind, grid.title, row.cells)
        places = headed(kind, row.cells)
        rows = [
            Row(head, below.number, _by_field(places, below.cells), below.cells)
            for below in grid.rows[at + 1 :]
        ]
        return Sheet(head, tuple(rows))
    return None


def _by_field(places: Mapping[str, int], cells: tuple[str, ...]) -> dict[str, str]:
    return {field: cells[at] if at < len(cells) else "" for field, at in places.items()}
