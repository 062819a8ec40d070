"""What the directory keeps besides the register itself.

In: nothing. Out: `Kind`s for the store port. Forbidden here: reading or writing them.
"""

from datetime import date, datetime
from typing import Annotated, Literal

from pydantic import Field

from plans.model import PersonId
from plans.tables.grids import COLUMNS_LIMIT, ROWS_LIMIT, SHEETS_LIMIT, Grid, GridRow
from storage.document import Document
from storage.port import Kind

# Characters of all cells together; with more the document could not be committed.
TABLE_LIMIT = 1_500_000


class TableRow(Document):
    number: int
    cells: Annotated[tuple[str, ...], Field(max_length=COLUMNS_LIMIT)]


class TableSheet(Document):
    title: str
    rows: Annotated[tuple[TableRow, ...], Field(max_length=ROWS_LIMIT)]


class TableImport(Document):
    """A table somebody sent: `wanted` until it has been read and the dry run `shown`; then it waits
    for a press until `look_at`. `digest` names what was shown. One a person; a newer one replaces
    it. It is gone once it is taken in: the register has what was in it."""

    person: PersonId
    chat: int
    file_id: str
    name: str
    state: Literal["wanted", "shown"] = "wanted"
    sheets: Annotated[tuple[TableSheet, ...], Field(max_length=SHEETS_LIMIT)] = ()
    digest: str = ""
    tries: int = 0
    look_at: datetime


class WorkbookWanted(Document):
    """That somebody asked for the register, or for an empty form, as a workbook."""

    person: PersonId
    chat: int
    what: Literal["register", "form"]
    look_at: datetime


IMPORTS = Kind("imports", TableImport, key=lambda i: i.person, due=lambda i: i.look_at)
WORKBOOKS = Kind(
    "workbooks", WorkbookWanted, key=lambda w: f"{w.person}/{w.what}", due=lambda w: w.look_at
)


def stored(grids: tuple[Grid, ...]) -> tuple[TableSheet, ...] | None:
    """The grids as they are kept; None: they are too much."""
    size = sum(len(cell) for grid in grids for row in grid.rows for cell in row.cells)
    if size > TABLE_LIMIT:
        return None
    return tuple(
        TableSheet(
            title=grid.title,
            rows=tuple(TableRow(number=row.number, cells=row.cells) for row in grid.rows),
        )
        for grid in grids
    )


def grids_of(table: TableImport) -> tuple[Grid, ...]:
    """The grids again; none while the file has not been read."""
    return tuple(
        Grid(sheet.title, tuple(GridRow(row.number, row.cells) for row in sheet.rows))
        for sheet in table.sheets
    )


class KeptPaper(Document):
    """A file that was written for somebody. It holds everybody's numbers, so it is kept only until
    `forget_at`."""

    sha256: str
    forget_at: datetime


PAPERS = Kind("papers", KeptPaper, key=lambda p: p.sha256, due=lambda p: p.forget_at)


class Search(Document):
    """What somebody looked for last, so that its further pages can be shown."""

    person: PersonId
    query: Annotated[str, Field(max_length=60)]
    at: datetime


SEARCHES = Kind("searches", Search, key=lambda s: s.person)


class Round(Document):
    """When stale entries are looked for next. `since`: entries that were never checked count from
    that day. `begun`: the day of a round that has not come to all keepers yet."""

    id: str
    since: date
    look_at: datetime
    begun: date | None = None


class Keeper(Document):
    """Somebody who has entries to check: how many Mondays in a row without a press, and the day of
    the last round that came to them."""

    person: PersonId
    rounds: int
    told: date | None = None


ROUNDS = Kind("rounds", Round, key=lambda r: r.id, due=lambda r: r.look_at)
KEEPERS = Kind("keepers", Keeper, key=lambda k: k.person)
DIRECTORY_KINDS = (IMPORTS, WORKBOOKS, PAPERS, SEARCHES, ROUNDS, KEEPERS)
