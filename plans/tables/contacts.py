"""The contacts sheet: rows to changes.

In: rows, the company. Out: changes and bad rows; a backup may stand further down in the same file.
Forbidden here: people of the company.
"""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import Final

from plans.company.ids import ContactId
from plans.company.model import Company, Contact
from plans.phone import phone_key
from plans.tables import fields
from plans.tables.changes import BadRow, Change
from plans.tables.customers import NOTE_LIMIT
from plans.tables.drafts import Draft
from plans.tables.entries import needs, not_twice, row_change
from plans.tables.identity import identify, identity
from plans.tables.known import Known
from plans.tables.people import NAME_LIMIT
from plans.tables.sheets import Row
from plans.text import Text
from plans.yaml_source import unknown_name

ORGANISATION_LIMIT: Final = 100
_CONTACT: Final = Text(zh="个联系人", en="contact")


def plan_contacts(
    rows: Sequence[Row], company: Company, fresh: Iterator[str], today: date
) -> tuple[list[Change], list[BadRow]]:
    known = Known(company)
    drafts = [_draft(row, known) for row in rows]
    outside = {
        id_: identity(one.name, phone_key(one.phone), (one.region,), gone=False)
        for id_, one in company.contacts.items()
    }
    groups = identify(drafts, outside, fresh, own_phones=False)
    ours = {id_: not_twice(group, _CONTACT)[0] for id_, group in groups.items()}
    _find_backups(ours, company)
    changes: list[Change] = []
    for id_, draft in ours.items():
        change = row_change(
            "contacts", Contact, id_, company.contacts.get(id_), draft, lambda d: _lacks(d, today)
        )
        changes += [change] if change is not None else []
    return changes, [draft.bad_row for draft in drafts if not draft.good]


def _draft(row: Row, known: Known) -> Draft:
    draft = Draft(row)
    draft.id = draft.read("id", fields.entry_id)
    draft.region = draft.read("region", known.region)
    draft.set("region", known.region, None)
    draft.set("name", lambda text: fields.short(text, NAME_LIMIT), None)
    draft.set("kind", fields.contact_kind, "other")
    draft.set("organisation", lambda text: fields.short(text, ORGANISATION_LIMIT), "")
    draft.set("phone", fields.phone, None)
    draft.set("note", lambda text: fields.short(text, NOTE_LIMIT), "")
    draft.set("retired", fields.retired, False)
    draft.set("checked", fields.day, None)
    draft.name = fields.folded(str(draft.sets.get("name", "")))
    draft.phone = phone_key(str(draft.sets.get("phone") or ""))
    if draft.id is None:
        needs(draft, "name", "姓名", "the name")
    return draft


def _find_backups(ours: Mapping[ContactId, Draft], company: Company) -> None:
    """Backups by id or name, among the contacts of the file and of the register."""
    by_name: dict[str, set[ContactId]] = {}
    for id_, contact in company.contacts.items():
        by_name.setdefault(fields.folded(contact.name), set()).add(id_)
    for id_, draft in ours.items():
        by_name.setdefault(draft.name, set()).add(id_)
    ids = {*company.contacts, *ours}
    for id_, draft in ours.items():
        typed = draft.says("backup")
        if fields.clears(typed):
            draft.sets["backup"] = None
        elif typed:
            named = {typed} if typed in ids else by_name.get(fields.folded(typed), set())
            backup = next(iter(named - {id_}), None)
            if len(named - {id_}) == 1:
                draft.sets["backup"] = backup
            else:
                names = [draft.says("name") for draft in ours.values() if draft.says("name")]
                draft.wrong(unknown_name(typed[:40], names, "联系人", "contact"), "backup")


def _lacks(draft: Draft, today: date) -> None:
    needs(draft, "kind", "类别", "the kind")
    needs(draft, "phone", "电话", "the phone")
    draft.sets.setdefault("checked", today)
