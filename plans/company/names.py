"""Names in the company file that nothing in it has.

In: a company. Out: the path of each wrong name with words, the nearest right name among them.
Forbidden here: anything but names.
"""

from collections.abc import Iterator

from plans.company.model import Company
from plans.text import Text
from plans.yaml_source import Path, unknown_name

Named = tuple[Path, str, str]


def unknown_names(company: Company) -> Iterator[tuple[Path, Text]]:
    for path, name, kind in _names(company):
        known, zh, en = {
            "role": (company.roles, "岗位", "role"),
            "region": (company.regions, "区域", "region"),
            "department": (company.departments, "部门", "department"),
            "person": (company.people, "人员", "person"),
            "contact": (company.contacts, "联系人", "contact"),
            "goods": (company.goods, "货品", "goods"),
        }[kind]
        if name not in known:
            yield path, unknown_name(name, known, zh, en)


def _names(company: Company) -> Iterator[Named]:
    """Every place where the file names something that stands elsewhere in it."""
    yield ("company", "headquarters"), company.company.headquarters, "region"
    for field, roles in (
        ("command", company.command),
        ("administrators", company.administrators),
        ("chiefs", company.chiefs),
    ):
        for place, role_id in enumerate(roles):
            yield (field, place), role_id, "role"
    yield from _regions_and_roles(company)
    yield from _posts(company)
    yield from _things(company)
    yield from _outsiders(company)
    yield from _stock(company)


def _regions_and_roles(company: Company) -> Iterator[Named]:
    for region_id, region in company.regions.items():
        for place, neighbour in enumerate(region.neighbours):
            yield ("regions", region_id, "neighbours", place), neighbour, "region"
    for role_id, role in company.roles.items():
        yield ("roles", role_id, "department"), role.department, "department"
        if role.reports_to is not None:
            yield ("roles", role_id, "reports_to"), role.reports_to, "role"


def _posts(company: Company) -> Iterator[Named]:
    for person_id, person in company.people.items():
        for place, post in enumerate(person.roles):
            yield ("people", person_id, "roles", place, "role"), post.role, "role"
            if post.region is not None:
                yield ("people", person_id, "roles", place, "region"), post.region, "region"


def _things(company: Company) -> Iterator[Named]:
    for place, group in enumerate(company.groups):
        yield ("groups", place, "department"), group.department, "department"
        if group.region is not None:
            yield ("groups", place, "region"), group.region, "region"
    for plate, vehicle in company.vehicles.items():
        yield ("vehicles", plate, "region"), vehicle.region, "region"
        if vehicle.driver is not None:
            yield ("vehicles", plate, "driver"), vehicle.driver, "person"


def _outsiders(company: Company) -> Iterator[Named]:
    for contact_id, contact in company.contacts.items():
        if contact.region is not None:
            yield ("contacts", contact_id, "region"), contact.region, "region"
        if contact.backup is not None:
            yield ("contacts", contact_id, "backup"), contact.backup, "contact"
    for customer_id, customer in company.customers.items():
        yield ("customers", customer_id, "region"), customer.region, "region"
        if customer.manager is not None:
            yield ("customers", customer_id, "manager"), customer.manager, "person"


def _stock(company: Company) -> Iterator[Named]:
    for region_id, shelves in company.stock.items():
        yield ("stock", region_id), region_id, "region"
        for goods_id, shelf in shelves.items():
            yield ("stock", region_id, goods_id), goods_id, "goods"
            if shelf.keeper is not None:
                yield ("stock", region_id, goods_id, "keeper"), shelf.keeper, "person"
