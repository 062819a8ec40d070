"""What a file would change in the register: the dry run.

In: tables, the roster, ids for new entries, today. Out: `Changes`. Forbidden here: storing them;
leaving anything out because a row is not there (nothing is ever deleted by absence).
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from itertools import count
from typing import Final

from plans.company.model import Company
from plans.company.register import Register, with_register
from plans.roster.roster import Roster
from plans.tables.changes import BadRow, Change, Changes
from plans.tables.columns import SheetKind
from plans.tables.contacts import plan_contacts
from plans.tables.customers import plan_customers
from plans.tables.goods import plan_goods
from plans.tables.people import plan_people
from plans.tables.regions import plan_regions
from plans.tables.rota import plan_rota
from plans.tables.sheets import Row, Tables
from plans.tables.stock import plan_stock
from plans.tables.vehicles import plan_vehicles
from plans.text import Text

Planned = tuple[list[Change], list[BadRow]]
Numbers = Callable[[SheetKind], Iterator[int]]

PREFIXES: Mapping[SheetKind, str] = {
    "regions": "r_",
    "people": "p_",
    "customers": "k_",
    "contacts": "c_",
    "goods": "g_",
}


_LAST_ADMINISTRATOR: Final = Text(
    zh="改了就没有管理员了: 请先设另一位管理员",
    en="this would leave no administrator: make somebody else one first",
)


def from_one(_: SheetKind) -> Iterator[int]:
    """Numbers for a dry run."""
    return count(1)


def plan_changes(
    tables: Tables, roster: Roster, today: date, numbers: Numbers = from_one
) -> Changes:
    """What the tables would change. New entries get the first free id of `numbers`, which must not
    end. The dry run of the same file on the same roster is the same."""
    planning = _Planning(tables, roster.company, today, numbers)
    planning.take("regions", plan_regions)
    planning.take("people", plan_people)
    planning.keep_an_administrator(roster)
    planning.take("vehicles", plan_vehicles)
    planning.take("customers", plan_customers)
    planning.take("contacts", plan_contacts)
    planning.take("goods", plan_goods)
    planning.take("stock", lambda rows, company, *_: plan_stock(rows, company, roster.holdings))
    planning.take("rota", lambda rows, company, *_: plan_rota(rows, company, roster.shifts))
    return Changes(tuple(planning.changes), _in_order(planning.bad, tables), tables.passed_over)


@dataclass
class _Planning:
    """`company` with what the sheets so far have changed, so that later ones find it."""

    tables: Tables
    company: Company
    today: date
    numbers: Numbers

    def __post_init__(self) -> None:
        self.changes: list[Change] = []
        self.bad: list[BadRow] = []

    def take(
        self,
        kind: SheetKind,
        plan: Callable[[list[Row], Company, Iterator[str], date], Planned],
    ) -> None:
        rows = [row for s in self.tables.sheets if s.head.kind == kind for row in s.rows]
        if not rows:
            return
        changes, bad = plan(rows, self.company, self._fresh(kind), self.today)
        self.changes += changes
        self.bad += bad
        entries = {change.id: change.new for change in changes}
        if kind not in ("stock", "rota"):
            self.company = with_register(self.company, Register(**{kind: entries}))  # type: ignore[arg-type]

    def keep_an_administrator(self, roster: Roster) -> None:
        """Rows that together would leave nobody to look after the bot are left out."""
        before = roster.named_administrators()
        after = replace(roster, company=self.company).named_administrators()
        if after or not before:
            return
        taken = [c for c in self.changes if c.kind == "people" and c.id in before]
        self.changes = [change for change in self.changes if change not in taken]
        self.bad += [BadRow(row, (_LAST_ADMINISTRATOR,)) for c in taken for row in c.rows]
        people = {change.id: roster.company.people[change.id] for change in taken}
        self.company = with_register(self.company, Register(people=people))

    def _fresh(self, kind: SheetKind) -> Iterator[str]:
        free = free_ids(self.tables, self.company, kind)
        for number in self.numbers(kind):
            if (id_ := free(number)) is not None:
                yield id_


def free_ids(tables: Tables, company: Company, kind: SheetKind) -> Callable[[int], str | None]:
    """The id a new entry gets by a number; None for one that an entry or the file has already."""
    named = {row.cells.get("id", "") for sheet in tables.sheets for row in sheet.rows}
    taken = {*getattr(company, kind, ()), *named}

    def free(number: int) -> str | None:
        id_ = f"{PREFIXES.get(kind, '')}{number}"
        return None if id_ in taken else id_

    return free


def _in_order(bad: list[BadRow], tables: Tables) -> tuple[BadRow, ...]:
    heads = [sheet.head for sheet in tables.sheets]
    return tuple(sorted(bad, key=lambda b: (heads.index(b.row.sheet), b.row.number)))
