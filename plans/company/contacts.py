"""Whom outside the company to turn to.

In: a company, a kind of contact, a region. Out: the contact and its backup. Forbidden here: how
they are shown.
"""

from plans.company.ids import RegionId
from plans.company.model import Company, Contact, ContactKind


def contact_for(
    company: Company, kind: ContactKind, region: RegionId
) -> tuple[Contact, Contact | None] | None:
    """The region's contact of that kind, else the company-wide one, with its backup: the one it
    names, else another of the same kind there. None: none is entered. Ties: the file's order.

    One that only serves as somebody's backup is not asked first.
    """
    of_kind = {id_: contact for id_, contact in company.contacts.items() if contact.kind == kind}
    backups = {contact.backup for contact in of_kind.values()}
    for where in (region, None):
        there = [id_ for id_, contact in of_kind.items() if contact.region == where]
        if not there:
            continue
        first = next((id_ for id_ in there if id_ not in backups), there[0])
        other = next((id_ for id_ in there if id_ != first), None)
        backup = of_kind[first].backup or other
        return of_kind[first], company.contacts.get(backup) if backup else None
    return None
