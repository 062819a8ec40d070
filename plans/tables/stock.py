"""The stock sheet: rows to changes.

In: rows, the company with the goods of the same file, what lies in the stores. Out: changes and bad
rows. Forbidden here: what is kept for incidents; a table counts, it promises nothing.
"""

from collections.abc import Mapping, Sequence
from typing import Final

from plans.company.ids import GoodsId, RegionId
from plans.company.model import Company, Shelf
from plans.stock import Holding
from plans.tables import fields
from plans.tables.changes import BadRow, Change
from plans.tables.drafts import Draft
from plans.tables.entries import needs, not_twice, row_change
from plans.tables.known import Known
from plans.tables.sheets import Row
from plans.text import Text

_HOLDING: Final = Text(zh="样库存", en="goods in one store")
Place = tuple[RegionId, GoodsId]


def shelf_id(region: RegionId, goods: GoodsId) -> str:
    """What a change of a holding is called."""
    return f"{region}/{goods}"


def shelf_of(holding: Holding) -> Shelf:
    """What a table can say of a holding."""
    return Shelf(count=holding.count, minimum=holding.minimum, keeper=holding.keeper)


def plan_stock(
    rows: Sequence[Row], company: Company, holdings: Mapping[Place, Holding]
) -> tuple[list[Change], list[BadRow]]:
    known = Known(company)
    drafts = [_draft(row, known) for row in rows]
    groups: dict[str, list[Draft]] = {}
    for draft in drafts:
        if draft.good and draft.id is not None:
            groups.setdefault(draft.id, []).append(draft)
    shelves = {shelf_id(*place): shelf_of(held) for place, held in holdings.items()}
    changes: list[Change] = []
    for id_, group in groups.items():
        for draft in not_twice(group, _HOLDING)[:1]:
            change = row_change("stock", Shelf, id_, shelves.get(id_), draft, _lacks)
            changes += [change] if change is not None else []
    return changes, [draft.bad_row for draft in drafts if not draft.good]


def _draft(row: Row, known: Known) -> Draft:
    draft = Draft(row)
    needs(draft, "region", "区域", "the region")
    needs(draft, "goods", "货品", "the goods")
    draft.region = draft.read("region", known.region)
    goods = draft.read("goods", known.goods)
    if draft.region is not None and goods is not None:
        draft.id = shelf_id(draft.region, goods)
    draft.set("count", fields.count, 0)
    draft.set("minimum", fields.count, 0)
    draft.set("keeper", lambda text: known.person(text, draft.region), None)
    return draft


def _lacks(draft: Draft) -> None:
    needs(draft, "count", "数量", "the count")
