"""Entries as they stand in cells: what `planning` reads back to the same entries.

In: a roster, a language. Out: rows of text in the order of the columns. Forbidden here: files.
"""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from zoneinfo import ZoneInfo

from plans.company.model import (
    VEHICLE_KINDS,
    Company,
    Contact,
    Customer,
    Goods,
    Person,
    Post,
    Region,
    Shelf,
    Vehicle,
    Weekday,
)
from plans.roster.roster import Roster
from plans.roster.states import Shift
from plans.tables.changes import Record
from plans.tables.columns import COLUMNS, SheetKind
from plans.tables.fields import (
    CONTACT_KIND_NAMES,
    GOODS_CLASS_NAMES,
    GOODS_KIND_NAMES,
    WEEKDAY_NAMES,
    folded,
)
from plans.tables.stock import shelf_id, shelf_of
from plans.text import Lang

Cells = dict[str, str]


@dataclass(frozen=True)
class Shown:
    """Names where they are unmistakable, else ids."""

    roster: Roster
    lang: Lang

    @property
    def company(self) -> Company:
        return self.roster.company

    def rows(self, kind: SheetKind) -> Iterator[list[str]]:
        """Every entry of the kind, in the order of the columns."""
        for id_, entry in self._entries(kind).items():
            cells = self.cells(id_, entry)
            yield [cells.get(column.field, "") for column in COLUMNS[kind]]

    def _entries(self, kind: SheetKind) -> Mapping[str, Record]:
        match kind:
            case "rota":
                return {shift.id: shift for shift in self.roster.shifts}
            case "stock":
                held = self.roster.holdings.items()
                return {shelf_id(*place): shelf_of(holding) for place, holding in held}
            case "regions" | "people" | "vehicles" | "customers" | "contacts" | "goods":
                found: Mapping[str, Record] = getattr(self.company, kind)
                return found

    def cells(self, id_: str, entry: Record) -> Cells:
        """One entry by column."""
        match entry:
            case Region():
                return self._region(id_, entry)
            case Person():
                return self._person(id_, entry)
            case Vehicle():
                return self._vehicle(id_, entry)
            case Customer():
                return self._customer(id_, entry)
            case Contact():
                return self._contact(id_, entry)
            case Goods():
                return self._goods(id_, entry)
            case Shelf():
                return self._shelf(id_, entry)
            case Shift():
                return self._shift(entry)

    def _region(self, id_: str, region: Region) -> Cells:
        depot = region.depot
        return {
            "id": id_,
            "name": region.name.zh,
            "english": region.name.en,
            "neighbours": "、".join(self._named_region(n) for n in region.neighbours),
            "depot": depot.name.zh if depot else "",
            "depot_english": depot.name.en if depot else "",
            "lat": str(depot.lat) if depot else "",
            "lon": str(depot.lon) if depot else "",
        }

    def _person(self, id_: str, person: Person) -> Cells:
        posts, at = person.roles, ""
        if len(posts) == 1 and posts[0].region is not None:
            at = self._named_region(posts[0].region)
        return {
            "id": id_,
            "name": person.name,
            "phone": person.phone or "",
            "roles": "; ".join(self._post(post, named=not at) for post in posts),
            "region": at,
            "language": person.language or "",
            "routes": "、".join(person.routes),
            "retired": self._yes(person.retired),
            "checked": str(person.checked or ""),
        }

    def _vehicle(self, plate: str, vehicle: Vehicle) -> Cells:
        return {
            "plate": plate,
            "region": self._named_region(vehicle.region),
            "kind": VEHICLE_KINDS[vehicle.kind].in_(self.lang),
            "driver": self._named_person(vehicle.driver),
            "spare": self._yes(vehicle.spare),
            "route": vehicle.route or "",
        }

    def _customer(self, id_: str, customer: Customer) -> Cells:
        return {
            "id": id_,
            "name": customer.name,
            "region": self._named_region(customer.region),
            "manager": self._named_person(customer.manager),
            "grade": customer.grade,
            "phone": customer.phone or "",
            "address": customer.address,
            "route": customer.route or "",
            "order_days": self._weekdays(customer.order_days),
            "lawful": self._yes_no(customer.lawful),
            "honest_prices": self._yes_no(customer.honest_prices),
            "key": self._yes_no(customer.key),
            "note": customer.note,
            "checked": str(customer.checked or ""),
        }

    def _contact(self, id_: str, contact: Contact) -> Cells:
        backup = contact.backup
        return {
            "id": id_,
            "name": contact.name,
            "kind": CONTACT_KIND_NAMES[contact.kind].in_(self.lang),
            "organisation": contact.organisation,
            "phone": contact.phone,
            "region": self._named_region(contact.region) if contact.region else "",
            "backup": (backup or "") if backup in self.company.contacts else "",
            "note": contact.note,
            "checked": str(contact.checked or ""),
        }

    def _goods(self, id_: str, goods: Goods) -> Cells:
        return {
            "id": id_,
            "name": goods.name,
            "kind": GOODS_KIND_NAMES[goods.kind].in_(self.lang),
            "class": GOODS_CLASS_NAMES[goods.class_].in_(self.lang),
            "unit": goods.unit,
        }

    def _shelf(self, id_: str, shelf: Shelf) -> Cells:
        region, _, goods = id_.partition("/")
        return {
            "region": self._named_region(region),
            "goods": self._named_goods(goods),
            "count": str(shelf.count),
            "minimum": str(shelf.minimum),
            "keeper": self._named_person(shelf.keeper),
        }

    def _shift(self, shift: Shift) -> Cells:
        zone = ZoneInfo(self.company.company.time_zone)
        return {
            "role": self._named_role(shift.role),
            "region": self._named_region(shift.region) if shift.region else "",
            "person": self._named_person(shift.person),
            "since": f"{shift.since.astimezone(zone):%Y-%m-%d %H:%M}",
            "until": f"{shift.until.astimezone(zone):%Y-%m-%d %H:%M}",
        }

    def _post(self, post: Post, *, named: bool) -> str:
        at = f"@{self._named_region(post.region)}" if named and post.region else ""
        deputy = {"zh": "(副)", "en": "(deputy)"}[self.lang] if post.rank == "deputy" else ""
        return f"{self._named_role(post.role)}{at}{deputy}"

    def _yes(self, value: bool) -> str:
        return {"zh": "是", "en": "yes"}[self.lang] if value else ""

    def _yes_no(self, value: bool) -> str:
        return self._yes(value) or {"zh": "否", "en": "no"}[self.lang]

    def _weekdays(self, days: Sequence[Weekday]) -> str:
        between = {"zh": "、", "en": ", "}[self.lang]
        return between.join(WEEKDAY_NAMES[day].in_(self.lang) for day in days)

    def _named_goods(self, goods: str) -> str:
        known = self.company.goods.get(goods)
        return known.name if known and self._names["goods", folded(known.name)] == 1 else goods

    def _named_role(self, role: str) -> str:
        name = self.company.roles[role].name.in_(self.lang) if role in self.company.roles else role
        return name if self._names["roles", folded(name)] == 1 and _plain(name) else role

    def _named_region(self, region: str) -> str:
        known = self.company.regions.get(region)
        name = known.name.in_(self.lang) if known else region
        return name if self._names["regions", folded(name)] == 1 and _plain(name) else region

    def _named_person(self, person: str | None) -> str:
        known = self.company.people.get(person or "")
        if known is None or person is None:
            return ""
        alone = self._names["people", folded(known.name)] == 1 and not known.retired
        return known.name if alone and known.name.casefold() not in self.company.people else person

    @cached_property
    def _names(self) -> Counter[tuple[str, str]]:
        company = self.company
        named = [("people", folded(person.name)) for person in company.people.values()]
        named += [("goods", folded(goods.name)) for goods in company.goods.values()]
        for sheet, entries in (("regions", company.regions), ("roles", company.roles)):
            for id_, entry in entries.items():
                spelt = {folded(entry.name.zh), folded(entry.name.en), id_}
                named += [(sheet, name) for name in spelt]
        return Counter(named)


def _plain(name: str) -> bool:
    """Nothing in it that parts names in a cell."""
    return not set(name) & set(";；、，,|@＠()（）\n")
