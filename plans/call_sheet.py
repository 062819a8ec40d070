"""The call sheet: a call list as a workbook, to be printed or worked through on a computer.

In: headings and rows of words. Out: an XLSX file's bytes, fit to be printed. Forbidden here:
wording; formulas: whatever stands in a cell is text.
"""

import io
from collections.abc import Sequence

from openpyxl import Workbook
from openpyxl.cell import Cell, WriteOnlyCell
from openpyxl.styles import Alignment, Font
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.properties import PageSetupProperties

Row = Sequence[str]


def sheet_of(title: str, headings: Sequence[tuple[str, int]], rows: Sequence[Row]) -> bytes:
    """The file: `title` above all, each heading with its width in characters, one row each."""
    book = Workbook(write_only=True)
    sheet = book.create_sheet("1")
    sheet.freeze_panes = "A3"
    sheet.print_title_rows = "1:2"
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.fitToHeight = 0
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    for place, (_, width) in enumerate(headings, 1):
        sheet.column_dimensions[get_column_letter(place)].width = width

    def cell(text: str, *, bold: bool = False) -> Cell:
        found = WriteOnlyCell(sheet, text or None)
        found.alignment = Alignment(wrap_text=not bold, vertical="top")
        if text:
            found.data_type = "s"  # also what begins with =
        if bold:
            found.font = Font(bold=True)
        return found

    sheet.append([cell(title, bold=True)])
    sheet.append([cell(name, bold=True) for name, _ in headings])
    for row in rows:
        sheet.append([cell(text) for text in row])
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()
