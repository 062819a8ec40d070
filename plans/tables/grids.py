"""A table as rows of text, whatever file it came in.

In: rows of cell values. Out: `Grid`s, or `Unreadable` with the reason in words. Forbidden here:
what the columns mean; more memory or time than the bounds allow.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from plans.tables.cells import cell_text
from plans.text import Text

FILE_LIMIT_BYTES: Final = 5 * 1024 * 1024
ROWS_LIMIT: Final = 20_000
COLUMNS_LIMIT: Final = 60
SHEETS_LIMIT: Final = 20


@dataclass(frozen=True)
class GridRow:
    """`number` as the spreadsheet shows it; `cells` without the empty ones at the end."""

    number: int
    cells: tuple[str, ...]


@dataclass(frozen=True)
class Grid:
    """One sheet: its rows that are not empty. `title` is empty for CSV."""

    title: str
    rows: tuple[GridRow, ...]


@dataclass(frozen=True)
class Unreadable:
    """Nothing can be taken from the file."""

    reason: Text


TOO_LARGE: Final = Unreadable(
    Text(
        zh=f"文件太大: 最多 {FILE_LIMIT_BYTES // 1024**2} MB。请分成几个文件",
        en=f"the file is too large: at most {FILE_LIMIT_BYTES // 1024**2} MB. Split it",
    )
)
TOO_MANY_ROWS: Final = Unreadable(
    Text(
        zh=f"行数太多: 一个文件最多 {ROWS_LIMIT} 行。请分成几个文件",
        en=f"too many rows: at most {ROWS_LIMIT} in one file. Split it",
    )
)
NO_TABLE: Final = Unreadable(
    Text(
        zh="打不开: 请用 .xlsx 或 .csv 表格, 不加密码 (旧的 .xls 请另存为 .xlsx)",
        en="cannot be opened: use an .xlsx or .csv table without a password "
        "(save an old .xls as .xlsx)",
    )
)


class TooMany(Exception):
    """The rows of a file pass ROWS_LIMIT."""


@dataclass
class Counter:
    """The rows of all sheets of a file together."""

    rows: int = 0

    def grid(self, title: str, rows: Iterable[Sequence[object]]) -> Grid:
        """Cells beyond COLUMNS_LIMIT are not looked at. TooMany: see there."""
        kept: list[GridRow] = []
        for number, cells in enumerate(rows, 1):
            texts = [cell_text(cell) for cell in cells[:COLUMNS_LIMIT]]
            while texts and not texts[-1]:
                texts.pop()
            if not texts:
                continue
            self.rows += 1
            if self.rows > ROWS_LIMIT:
                raise TooMany
            kept.append(GridRow(number, tuple(texts)))
        return Grid(title, tuple(kept))
