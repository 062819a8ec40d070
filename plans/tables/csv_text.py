"""CSV as offices save it: UTF-8 with or without a mark, GB18030; comma, semicolon or tab.

In: a file's bytes. Out: one grid. Forbidden here: guessing at what the columns mean.
"""

import csv
import io
from typing import Final

from plans.tables.grids import NO_TABLE, TOO_MANY_ROWS, Counter, Grid, TooMany, Unreadable

_ENCODINGS: Final = ("utf-8-sig", "gb18030")
_UTF_16_MARKS: Final = (b"\xff\xfe", b"\xfe\xff")
_SEPARATORS: Final = (",", ";", "\t", "，", "；")


def read_csv(content: bytes) -> tuple[Grid, ...] | Unreadable:
    text = _text(content)
    if text is None or "\0" in text:
        return NO_TABLE
    rows = csv.reader(io.StringIO(text, newline=""), delimiter=_separator(text))
    try:
        grid = Counter().grid("", rows)
    except TooMany:
        return TOO_MANY_ROWS
    except csv.Error:
        return NO_TABLE
    return (grid,) if grid.rows else NO_TABLE


def _text(content: bytes) -> str | None:
    encodings = ("utf-16",) if content.startswith(_UTF_16_MARKS) else _ENCODINGS
    for encoding in encodings:
        try:
            return content.decode(encoding)
        except UnicodeDecodeError:
            continue
    return None


def _separator(text: str) -> str:
    """Whatever separates the most in the first lines."""
    head = "\n".join(text.splitlines()[:5])
    return max(_SEPARATORS, key=head.count)
