"""The vehicles sheet: rows to changes.

In: rows, the company with the people of the same file. Out: changes and bad rows. Forbidden here:
what is promised or broken down at the moment.
"""

from collections.abc import Iterator, Sequence
from datetime import date
from typing import Final

from plans.company.model import Company, Vehicle
from plans.plate import Plate
from plans.tables import fields
from plans.tables.changes import BadRow, Change
from plans.tables.drafts import Draft
from plans.tables.entries import needs, not_twice, row_change
from plans.tables.known import Known
from plans.tables.people import ROUTE_LIMIT
from plans.tables.sheets import Row
from plans.text import Text

_VEHICLE: Final = Text(zh="辆车", en="vehicle")


def plan_vehicles(
    rows: Sequence[Row], company: Company, _: Iterator[str], __: date
) -> tuple[list[Change], list[BadRow]]:
    known = Known(company)
    drafts = [_draft(row, known) for row in rows]
    groups: dict[Plate, list[Draft]] = {}
    for draft in drafts:
        if draft.good and draft.id is not None:
            groups.setdefault(draft.id, []).append(draft)
    changes: list[Change] = []
    for plate, group in groups.items():
        for draft in not_twice(group, _VEHICLE)[:1]:
            change = row_change(
                "vehicles", Vehicle, plate, company.vehicles.get(plate), draft, _lacks
            )
            changes += [change] if change is not None else []
    return changes, [draft.bad_row for draft in drafts if not draft.good]


def _draft(row: Row, known: Known) -> Draft:
    draft = Draft(row)
    needs(draft, "plate", "车牌", "the plate")
    draft.id = draft.read("plate", fields.plate)
    draft.region = draft.read("region", known.region)
    if draft.region is not None:
        draft.sets["region"] = draft.region
    draft.set("kind", fields.vehicle_kind, "van")
    draft.set("driver", lambda text: known.person(text, draft.region), None)
    draft.set("spare", fields.spare, False)
    draft.set("route", lambda text: fields.short(text, ROUTE_LIMIT), None)
    draft.set("retired", fields.retired, False)
    return draft


def _lacks(draft: Draft) -> None:
    needs(draft, "region", "区域", "the region")
