"""What stands in a cell, as text: what spreadsheets do to phones and dates is mended here.

In: a cell's value as the file holds it. Out: trimmed text; empty for nothing. Forbidden here: what
a column means.
"""

import re
import unicodedata
from datetime import date, datetime, time
from typing import Final

CELL_LIMIT: Final = 500
_EXACT_BELOW: Final = 10**15
_AS_FLOAT: Final = re.compile(r"([0-9]+)\.0+")
_SCIENTIFIC: Final = re.compile(r"([0-9](?:\.[0-9]+)?)[eE]\+?([0-9]{1,2})")


def cell_text(value: object) -> str:
    """At most CELL_LIMIT characters; line breaks stay, other control characters go."""
    match value:
        case None:
            return ""
        case bool():
            return "是" if value else "否"
        case float() if value.is_integer() and abs(value) < _EXACT_BELOW:
            return str(int(value))
        case datetime():
            midnight = value.time() == time()
            return value.strftime("%Y-%m-%d" if midnight else "%Y-%m-%d %H:%M")
        case date():
            return value.isoformat()
        case time():
            return value.strftime("%H:%M")
        case _:
            return _clean(str(value))[:CELL_LIMIT]


def on_one_line(text: str) -> str:
    return " ".join(text.split())


def written_out(text: str) -> str | None:
    """A number that a spreadsheet has turned into 1.39E+10 or 139.0, with all its digits again;
    None when some of them are lost. Other text comes back in plain letters and digits."""
    plain = unicodedata.normalize("NFKC", text).strip().lstrip("'‘’")
    if found := _AS_FLOAT.fullmatch(plain):
        return found[1]
    found = _SCIENTIFIC.fullmatch(plain)
    if found is None:
        return plain
    digits, power = found[1].replace(".", ""), int(found[2])
    return None if len(digits) < power + 1 else digits[: power + 1]


def _clean(text: str) -> str:
    kept = (c for c in text if c in "\n\t" or unicodedata.category(c) not in ("Cc", "Cf"))
    return "".join(kept).strip()
