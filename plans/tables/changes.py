"""What a table would change: the values.

In: nothing. Out: the shape of a dry run. Forbidden here: working it out.
"""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from plans.company.model import Contact, Customer, Goods, Person, Region, Shelf, Vehicle
from plans.roster.states import Shift
from plans.tables.columns import SheetKind
from plans.tables.sheets import Row
from plans.text import Text

Record = Region | Person | Vehicle | Customer | Contact | Goods | Shelf | Shift
What = Literal["added", "changed", "ended", "same"]


@dataclass(frozen=True)
class Change:
    """One entry of the register: as it is (`old`, None: not there) and as it will be (`new`, None:
    it counts no more). `fields` are those that differ. `rows`: where the table says so; none for
    what follows from other rows."""

    kind: SheetKind
    id: str
    old: Record | None
    new: Record | None
    rows: tuple[Row, ...] = ()

    @property
    def what(self) -> What:
        if self.old is None:
            return "added"
        if self.new is None or (_retired(self.new) and not _retired(self.old)):
            return "ended"
        return "same" if self.old == self.new else "changed"

    @property
    def fields(self) -> tuple[str, ...]:
        if self.old is None or self.new is None:
            return ()
        names = type(self.new).model_fields
        return tuple(n for n in names if getattr(self.old, n) != getattr(self.new, n))


@dataclass(frozen=True)
class BadRow:
    """A row that is left out, with every reason."""

    row: Row
    reasons: tuple[Text, ...]


@dataclass(frozen=True)
class Changes:
    """A dry run. `changes` holds every entry that a good row names, also those that stay the same;
    `bad` in the order of the file."""

    changes: tuple[Change, ...] = ()
    bad: tuple[BadRow, ...] = ()
    passed_over: tuple[str, ...] = ()
    counts: Mapping[tuple[SheetKind, What], int] = field(init=False)

    def __post_init__(self) -> None:
        counted = Counter((change.kind, change.what) for change in self.changes)
        object.__setattr__(self, "counts", counted)

    @property
    def to_make(self) -> tuple[Change, ...]:
        """The changes that change something."""
        return tuple(change for change in self.changes if change.what != "same")

    def count(self, kind: SheetKind, what: What) -> int:
        return self.counts.get((kind, what), 0)

    def bad_of(self, kind: SheetKind) -> int:
        return sum(bad.row.sheet.kind == kind for bad in self.bad)

    @property
    def kinds(self) -> tuple[SheetKind, ...]:
        """The kinds the file speaks of, in its order."""
        named = [c.kind for c in self.changes] + [bad.row.sheet.kind for bad in self.bad]
        return tuple(dict.fromkeys(named))


def _retired(record: Record) -> bool:
    return isinstance(record, Person) and record.retired
