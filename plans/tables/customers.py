"""The customers sheet: rows to changes.

In: rows, the company with the people of the same file. Out: changes and bad rows. Forbidden here:
telling customers from each other by phone alone (one owner may have two shops).
"""

from collections.abc import Iterator, Sequence
from datetime import date
from typing import Final

from plans.company.model import Company, Customer
from plans.phone import phone_key
from plans.tables import fields
from plans.tables.changes import BadRow, Change
from plans.tables.drafts import Draft
from plans.tables.entries import needs, not_twice, row_change
from plans.tables.identity import identify, identity
from plans.tables.known import Known
from plans.tables.people import NAME_LIMIT, ROUTE_LIMIT
from plans.tables.sheets import Row
from plans.text import Text

GRADE_LIMIT: Final = 10
ADDRESS_LIMIT: Final = 200
NOTE_LIMIT: Final = 300
_CUSTOMER: Final = Text(zh="家客户", en="customer")


def plan_customers(
    rows: Sequence[Row], company: Company, fresh: Iterator[str], today: date
) -> tuple[list[Change], list[BadRow]]:
    known = Known(company)
    drafts = [_draft(row, known) for row in rows]
    shops = {
        id_: identity(shop.name, phone_key(shop.phone or ""), (shop.region,), gone=False)
        for id_, shop in company.customers.items()
    }
    changes: list[Change] = []
    for id_, group in identify(drafts, shops, fresh, own_phones=False).items():
        for draft in not_twice(group, _CUSTOMER)[:1]:
            change = row_change(
                "customers",
                Customer,
                id_,
                company.customers.get(id_),
                draft,
                lambda d: _lacks(d, today),
            )
            changes += [change] if change is not None else []
    return changes, [draft.bad_row for draft in drafts if not draft.good]


def _draft(row: Row, known: Known) -> Draft:
    draft = Draft(row)
    draft.id = draft.read("id", fields.entry_id)
    draft.region = draft.read("region", known.region)
    if draft.region is not None:
        draft.sets["region"] = draft.region
    draft.set("name", lambda text: fields.short(text, NAME_LIMIT), None)
    draft.set("manager", lambda text: known.person(text, draft.region), None)
    draft.set("grade", lambda text: fields.short(text, GRADE_LIMIT), "")
    draft.set("phone", fields.phone, None)
    draft.set("address", lambda text: fields.short(text, ADDRESS_LIMIT), "")
    draft.set("route", lambda text: fields.short(text, ROUTE_LIMIT), None)
    draft.set("order_days", fields.weekdays, ())
    draft.set("lawful", fields.yes_no, True)
    draft.set("honest_prices", fields.yes_no, True)
    draft.set("key", fields.yes_no, False)
    draft.set("note", lambda text: fields.short(text, NOTE_LIMIT), "")
    draft.set("retired", fields.retired, False)
    draft.set("checked", fields.day, None)
    draft.name = fields.folded(str(draft.sets.get("name", "")))
    draft.phone = phone_key(str(draft.sets.get("phone") or ""))
    if draft.id is None:
        needs(draft, "name", "名称", "the name")
    return draft


def _lacks(draft: Draft, today: date) -> None:
    needs(draft, "name", "名称", "the name")
    needs(draft, "region", "区域", "the region")
    draft.sets.setdefault("checked", today)
