"""A row on its way to an entry: what it says, and what is wrong with it.

In: a row and how each cell is to be read. Out: the fields it sets, or reasons. Forbidden here: the
kinds of entries.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import TypeVar

from plans.tables.changes import BadRow
from plans.tables.columns import COLUMNS
from plans.tables.fields import clears
from plans.tables.sheets import Row
from plans.text import Text, WordedError
from plans.yaml_source import worded

T = TypeVar("T")


@dataclass
class Draft:
    """`sets`: fields with the values the row gives them. `phone` and `name` to compare by."""

    row: Row
    id: str | None = None
    name: str = ""
    phone: str = ""
    region: str | None = None
    sets: dict[str, object] = field(default_factory=dict)
    reasons: list[Text] = field(default_factory=list)

    def says(self, column: str) -> str:
        """The cell as typed; empty when there is no such column, or nothing in it."""
        return self.row.cells.get(column, "")

    def read(self, column: str, parse: Callable[[str], T]) -> T | None:
        """What the cell means; None for an empty or wrong one."""
        text = self.says(column)
        if not text or clears(text):
            return None
        try:
            return parse(text)
        except WordedError as error:
            self.wrong(error.text, column)
            return None

    def set(self, column: str, parse: Callable[[str], object], cleared: object) -> None:
        """Let the cell set the field of that name; a dash sets what `cleared` is."""
        if clears(self.says(column)):
            self.sets[column] = cleared
            return
        value = self.read(column, parse)
        if value is not None:
            self.sets[column] = value

    def wrong(self, reason: Text, column: str = "") -> None:
        """Leave the row out, for this reason."""
        name = _NAMES[self.row.sheet.kind].get(column)
        if name is not None:
            reason = worded(f"{name.zh}: {reason.zh}", f"{name.en}: {reason.en}")
        if reason not in self.reasons:
            self.reasons.append(reason)

    @property
    def good(self) -> bool:
        return not self.reasons

    @property
    def bad_row(self) -> BadRow:
        return BadRow(self.row, tuple(self.reasons))


_NAMES: Mapping[str, Mapping[str, Text]] = {
    kind: {column.field: column.name for column in columns} for kind, columns in COLUMNS.items()
}
