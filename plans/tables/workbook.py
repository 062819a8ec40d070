"""XLSX: read from bytes that nobody vouches for.

In: a file's bytes. Out: grids. Forbidden here: unpacking more than the bounds allow; believing what
the file says of its own size; formulas (their last values are read).
"""

import io
import warnings
import zipfile
from typing import Final

from openpyxl import load_workbook

from plans.tables.grids import (
    COLUMNS_LIMIT,
    NO_TABLE,
    SHEETS_LIMIT,
    TOO_LARGE,
    TOO_MANY_ROWS,
    Counter,
    Grid,
    TooMany,
    Unreadable,
)

# Of real tables of the largest permitted size about a half is reached.
UNPACKED_LIMIT_BYTES: Final = 60 * 1024 * 1024
MEMBERS_LIMIT: Final = 1_000
# A row far below the others: sheets formatted to the last row are common, and cheap to pass over.
LAST_ROW: Final = 25_000


def read_workbook(content: bytes) -> tuple[Grid, ...] | Unreadable:
    """Every sheet with something in it, at most SHEETS_LIMIT. Wrong and hostile files are
    answered in words."""
    try:
        unpacked = _unpacked(content)
        if unpacked is None:
            return TOO_LARGE
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # what it cannot show of charts and the like
            return _grids(unpacked)
    except TooMany:
        return TOO_MANY_ROWS
    except Exception:
        return NO_TABLE


def _unpacked(content: bytes) -> io.BytesIO | None:
    """The same archive packed anew without compression, so that nothing in it can unfold further;
    None: more than UNPACKED_LIMIT_BYTES."""
    left = UNPACKED_LIMIT_BYTES
    plain = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as packed, zipfile.ZipFile(plain, "w") as anew:
        members = packed.infolist()
        if len(members) > MEMBERS_LIMIT:
            return None
        for member in members:
            if not member.filename.endswith((".xml", ".rels")):
                continue  # pictures, macros
            with packed.open(member) as stream:
                part = stream.read(left + 1)
            left -= len(part)
            if left < 0:
                return None
            anew.writestr(zipfile.ZipInfo(member.filename), part)
    plain.seek(0)
    return plain


def _grids(file: io.BytesIO) -> tuple[Grid, ...]:
    counter = Counter()
    book = load_workbook(file, read_only=True, data_only=True, keep_links=False)
    found: list[Grid] = []
    for sheet in book.worksheets[:SHEETS_LIMIT]:
        sheet.reset_dimensions()
        rows = sheet.iter_rows(max_row=LAST_ROW, max_col=COLUMNS_LIMIT, values_only=True)
        grid = counter.grid(sheet.title, rows)
        if grid.rows:
            found.append(grid)
    return tuple(found)
