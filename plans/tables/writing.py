"""Workbooks written: the register, an empty form, the rows that were left out.

In: a roster or bad rows, a language. Out: an XLSX file's bytes. Forbidden here: formulas; whatever
stands in a cell is text, be it what a spreadsheet would take for one.
"""

import io
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Final

from openpyxl import Workbook
from openpyxl.cell import Cell, WriteOnlyCell
from openpyxl.styles import Alignment, Font
from openpyxl.utils import get_column_letter
from openpyxl.worksheet._write_only import WriteOnlyWorksheet

from plans.roster.roster import Roster
from plans.tables.changes import BadRow
from plans.tables.columns import COLUMNS, GUIDE, SHEET_KINDS, TITLES, SheetKind
from plans.tables.shown import Shown
from plans.text import Lang, Text

_TITLE_LIMIT: Final = 31
_WIDTH: Final = 16
_WIDE: Final = 40
_WIDE_FIELDS: Final = frozenset(("roles", "address", "note", "organisation", "neighbours"))
_REASONS: Final = Text(zh="原因", en="Reasons")
_GUIDE_LINES: Final = (
    Text(
        zh="只填要新增或修改的行；没有写的行、空着的格都不会改动。",
        en="Fill in only rows to add or change; what is not here, and empty cells, change nothing.",
    ),
    Text(
        zh="要清掉一格的内容，写 -。停用：写“是”。",
        en="To take a value away write -. To retire an entry write yes.",
    ),
    Text(
        zh="岗位可写几个：调度员@东区; 车辆管理员@东区(副)",
        en="Several roles: Dispatcher@East; Fleet keeper@East(deputy)",
    ),
    Text(
        zh="编号可以不填；按编号、电话、姓名加区域对应已有的人。",
        en="The id may stay empty; entries are found by id, phone, or name and region.",
    ),
    Text(zh="用不到的工作表可以删去。", en="Sheets that are not needed may be removed."),
)


def workbook_of(roster: Roster, lang: Lang) -> bytes:
    """The whole register; taken in again it changes nothing."""
    book = Workbook(write_only=True)
    shown = Shown(roster, lang)
    for kind in SHEET_KINDS:
        _sheet(book, kind, lang, shown.rows(kind))
    return _bytes(book)


def empty_form(roster: Roster, lang: Lang) -> bytes:
    """The sheets with their headings, and how to fill them in with the names there are."""
    book = Workbook(write_only=True)
    for kind in SHEET_KINDS:
        _sheet(book, kind, lang, ())
    guide = book.create_sheet(GUIDE.in_(lang))
    guide.column_dimensions["A"].width = _WIDE
    company = roster.company
    named: Mapping[SheetKind | str, Iterable[str]] = {
        COLUMNS["rota"][0].name.in_(lang): (r.name.in_(lang) for r in company.roles.values()),
        TITLES["regions"].in_(lang): (r.name.in_(lang) for r in company.regions.values()),
    }
    lines = [[line.in_(lang)] for line in _GUIDE_LINES]
    lines += [[f"{title}: {'、'.join(names)}"] for title, names in named.items()]
    for line in lines:
        guide.append(_cells(guide, line, wrap=True))
    return _bytes(book)


def bad_rows_of(bad: Sequence[BadRow], lang: Lang) -> bytes:
    """The rows that were left out, as they stood, with the reasons behind each: to be put right
    and sent again."""
    book = Workbook(write_only=True)
    heads = list(dict.fromkeys(row.row.sheet for row in bad))
    for head in heads:
        title = head.title or TITLES[head.kind].in_(lang)
        sheet = book.create_sheet(title[:_TITLE_LIMIT])
        width = len(head.headings)
        sheet.column_dimensions[get_column_letter(width + 1)].width = _WIDE
        sheet.append(_cells(sheet, [*head.headings, _REASONS.in_(lang)], bold=True))
        for left_out in bad:
            if left_out.row.sheet == head:
                written = left_out.row.written[:width]
                padded = [*written, *[""] * (width - len(written))]
                reasons = "\n".join(reason.in_(lang) for reason in left_out.reasons)
                sheet.append(_cells(sheet, [*padded, reasons], wrap=True))
    return _bytes(book)


def _sheet(book: Workbook, kind: SheetKind, lang: Lang, rows: Iterable[Sequence[str]]) -> None:
    sheet = book.create_sheet(TITLES[kind].in_(lang))
    sheet.freeze_panes = "A2"
    for place, column in enumerate(COLUMNS[kind], 1):
        wide = column.field in _WIDE_FIELDS
        sheet.column_dimensions[get_column_letter(place)].width = _WIDE if wide else _WIDTH
    sheet.append(_cells(sheet, [column.name.in_(lang) for column in COLUMNS[kind]], bold=True))
    for row in rows:
        sheet.append(_cells(sheet, row))


def _cells(
    sheet: WriteOnlyWorksheet, texts: Sequence[str], *, bold: bool = False, wrap: bool = False
) -> Iterator[Cell]:
    for text in texts:
        cell = WriteOnlyCell(sheet, text or None)
        if text:
            cell.data_type = "s"  # also what begins with =
        if bold:
            cell.font = Font(bold=True)
        if wrap:
            cell.alignment = Alignment(wrap_text=True, vertical="top")
        yield cell


def _bytes(book: Workbook) -> bytes:
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()
