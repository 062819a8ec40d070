"""Contacts and customers as entries that can be changed in chat: who may, and how it is stored.

In: a kind, a mark from a button. Out: the entry, its document. Forbidden here: people (that is
`handlers.registration`) and wording.
"""

from datetime import date

from handlers.buttons import marked
from handlers.records.registers import (
    CONTACTS,
    CUSTOMERS,
    MEMBERS,
    RegisteredContact,
    RegisteredCustomer,
    RegisteredPerson,
)
from plans.company import Contact, Customer
from plans.directory import Hit, HitKind
from plans.model import PersonId
from plans.roster import Roster
from storage.port import Turn

LETTERS: dict[HitKind, str] = {"person": "p", "contact": "c", "customer": "k", "vehicle": "v"}


def hit_of(roster: Roster, letter: str, mark: str) -> Hit | None:
    """The entry that a button names; None when it is not there any more."""
    company = roster.company
    entries: dict[str, tuple[HitKind, dict[str, object]]] = {
        "p": ("person", dict(company.people)),
        "c": ("contact", dict(company.contacts)),
        "k": ("customer", dict(company.customers)),
        "v": ("vehicle", dict(company.vehicles)),
    }
    kind, known = entries.get(letter, ("person", {}))
    id_ = marked(known, mark)
    if id_ is None or (kind == "person" and company.people[id_].retired):
        return None
    return Hit(kind, id_, 0)


def may_see(roster: Roster, person: PersonId, hit: Hit) -> bool:
    """Customers are for those whose work they are; everything else is for everybody."""
    if hit.kind != "customer":
        return True
    customer = roster.company.customers.get(hit.id)
    if customer is None:
        return False
    return customer.manager == person or roster.may(person, "customers", customer.region)


def may_change(roster: Roster, person: PersonId, hit: Hit) -> bool:
    """Administrators; a customer's manager; whoever is over the work in the entry's region."""
    if hit.kind not in ("contact", "customer"):
        return False
    if person in roster.administrators():
        return True
    customer = roster.company.customers.get(hit.id) if hit.kind == "customer" else None
    if customer is not None:
        return customer.manager == person or roster.may(person, "duty", customer.region)
    contact = roster.company.contacts.get(hit.id)
    region = contact.region if contact is not None else None
    return region is not None and roster.may(person, "duty", region)


def write_phone(turn: Turn, roster: Roster, hit: Hit, phone: str, day: date) -> None:
    """A new number counts as checked."""
    _change(turn, roster, hit, {"phone": phone, "checked": day})


def write_checked(turn: Turn, roster: Roster, hit: Hit, day: date) -> None:
    _change(turn, roster, hit, {"checked": day})


def retire(turn: Turn, hit: Hit) -> None:
    """The entry counts no more."""
    if hit.kind == "contact":
        turn.put(CONTACTS, RegisteredContact(id=hit.id, record=None))
    elif hit.kind == "customer":
        turn.put(CUSTOMERS, RegisteredCustomer(id=hit.id, record=None))


def _change(turn: Turn, roster: Roster, hit: Hit, update: dict[str, object]) -> None:
    if hit.kind == "contact":
        contact: Contact = roster.company.contacts[hit.id].model_copy(update=update)
        turn.put(CONTACTS, RegisteredContact(id=hit.id, record=contact))
    elif hit.kind == "customer":
        customer: Customer = roster.company.customers[hit.id].model_copy(update=update)
        turn.put(CUSTOMERS, RegisteredCustomer(id=hit.id, record=customer))
    elif hit.kind == "person":
        person = roster.company.people[hit.id].model_copy(update=update)
        turn.put(MEMBERS, RegisteredPerson(id=hit.id, record=person))
