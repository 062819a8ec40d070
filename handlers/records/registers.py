"""The register: what has been entered about the company in the chat, as documents.

In: nothing. Out: `Kind`s for the store port, and the register they make together. Forbidden here:
deciding what may be entered. `record` is None when the file's entry of that id counts no more.
"""

from handlers.records.since import Since
from plans.company import Contact, Customer, Goods, Group, Person, Region, Register, Vehicle
from storage.document import Document
from storage.port import Kind


class RegisteredRegion(Document):
    id: str
    record: Region | None


class RegisteredPerson(Document):
    id: str
    record: Person | None


class RegisteredGroup(Document):
    id: str
    record: Group | None


class RegisteredVehicle(Document):
    id: str
    record: Vehicle | None


class RegisteredContact(Document):
    id: str
    record: Contact | None


class RegisteredCustomer(Document):
    id: str
    record: Customer | None


class RegisteredGoods(Document):
    id: str
    record: Goods | None


REGIONS = Kind("reg_regions", RegisteredRegion, key=lambda r: r.id)
MEMBERS = Kind("reg_people", RegisteredPerson, key=lambda r: r.id)
BOUND_GROUPS = Kind("reg_groups", RegisteredGroup, key=lambda r: r.id)
FLEET = Kind("reg_vehicles", RegisteredVehicle, key=lambda r: r.id)
CONTACTS = Kind("reg_contacts", RegisteredContact, key=lambda r: r.id)
CUSTOMERS = Kind("reg_customers", RegisteredCustomer, key=lambda r: r.id)
GOODS = Kind("reg_goods", RegisteredGoods, key=lambda r: r.id)

REGISTERS = (REGIONS, MEMBERS, BOUND_GROUPS, FLEET, CONTACTS, CUSTOMERS, GOODS)


async def register(since: Since, known: Register) -> Register:
    """Everything entered so far; of what is `known`, what has not changed."""
    return Register(
        await since.entries(REGIONS, known.regions, lambda r: (r.id, r.record)),
        await since.entries(MEMBERS, known.people, lambda r: (r.id, r.record)),
        await since.entries(BOUND_GROUPS, known.groups, lambda r: (r.id, r.record)),
        await since.entries(FLEET, known.vehicles, lambda r: (r.id, r.record)),
        await since.entries(CONTACTS, known.contacts, lambda r: (r.id, r.record)),
        await since.entries(CUSTOMERS, known.customers, lambda r: (r.id, r.record)),
        await since.entries(GOODS, known.goods, lambda r: (r.id, r.record)),
    )
