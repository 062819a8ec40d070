"""The goods sheet: rows to changes.

In: rows, the company. Out: changes and bad rows. Forbidden here: how many of them there are (see
`stock`).
"""

from collections.abc import Iterator, Sequence
from datetime import date
from typing import Final

from plans.company.model import Company, Goods
from plans.tables import fields
from plans.tables.changes import BadRow, Change
from plans.tables.drafts import Draft
from plans.tables.entries import needs, not_twice, row_change
from plans.tables.identity import Identity, identify
from plans.tables.people import NAME_LIMIT
from plans.tables.sheets import Row
from plans.text import Text

UNIT_LIMIT: Final = 10
_GOODS: Final = Text(zh="样货品", en="goods")


def plan_goods(
    rows: Sequence[Row], company: Company, fresh: Iterator[str], _: date
) -> tuple[list[Change], list[BadRow]]:
    drafts = [_draft(row) for row in rows]
    known = {
        id_: Identity(fields.folded(goods.name), "", frozenset(), goods.name)
        for id_, goods in company.goods.items()
    }
    changes: list[Change] = []
    for id_, group in identify(drafts, known, fresh, own_phones=False).items():
        for draft in not_twice(group, _GOODS)[:1]:
            change = row_change("goods", Goods, id_, company.goods.get(id_), draft, _lacks)
            changes += [change] if change is not None else []
    return changes, [draft.bad_row for draft in drafts if not draft.good]


def _draft(row: Row) -> Draft:
    draft = Draft(row)
    draft.id = draft.read("id", fields.entry_id)
    draft.set("name", lambda text: fields.short(text, NAME_LIMIT), None)
    draft.set("kind", fields.goods_kind, "goods")
    if (class_ := draft.read("class", fields.goods_class)) is not None:
        draft.sets["class_"] = class_
    draft.set("unit", lambda text: fields.short(text, UNIT_LIMIT), "")
    draft.set("retired", fields.retired, False)
    draft.name = fields.folded(str(draft.sets.get("name", "")))
    if draft.id is None:
        needs(draft, "name", "名称", "the name")
    return draft


def _lacks(draft: Draft) -> None:
    needs(draft, "name", "名称", "the name")
