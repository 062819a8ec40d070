"""What changes seldom about a company: people, roles, regions, groups, vehicles, reminders.

In: the company file, already parsed. Out: frozen values and the questions that need nothing but
them. Forbidden here: what changes from hour to hour (that is `plans.roster`), and judging whether
the parts fit together (that is `plans.company.check`).
"""

import re
from collections.abc import Mapping
from datetime import date, time, timedelta
from functools import cached_property
from typing import Annotated, Final, Literal, get_args

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, StringConstraints

from plans.company.ids import (
    ContactId,
    CustomerId,
    DepartmentId,
    GoodsId,
    GroupId,
    PersonId,
    RegionId,
    RoleId,
)
from plans.company.spelling import on_one_line
from plans.duration import Duration, Percent
from plans.place import Latitude, Longitude, Place
from plans.plate import Plate, normal_plate
from plans.text import Lang, Text, WordedError

_Id = StringConstraints(pattern=r"^[a-z][a-z0-9_]*$", max_length=40)

_PersonKey = Annotated[PersonId, _Id]
_RoleKey = Annotated[RoleId, _Id]
_RegionKey = Annotated[RegionId, _Id]
_DepartmentKey = Annotated[DepartmentId, _Id]
_GroupKey = Annotated[GroupId, _Id]
_ContactKey = Annotated[ContactId, _Id]
_CustomerKey = Annotated[CustomerId, _Id]
_GoodsKey = Annotated[GoodsId, _Id]
RouteName = Annotated[
    str,
    BeforeValidator(on_one_line),
    StringConstraints(strip_whitespace=True, min_length=1, max_length=40),
]
_Note = Annotated[str, StringConstraints(strip_whitespace=True, max_length=300)]

PEOPLE_LIMIT: Final = 5_000
VEHICLES_LIMIT: Final = 2_000
CONTACTS_LIMIT: Final = 2_000
CUSTOMERS_LIMIT: Final = 10_000
GOODS_LIMIT: Final = 2_000


def _read_plate(value: object) -> Plate:
    plate = normal_plate(value) if isinstance(value, str) else None
    if plate is None:
        raise WordedError(
            f"“{value!s:.20}”不是车牌号: 请写成 浙A12345 这样",
            f'"{value!s:.20}" is not a number plate: write it like 浙A12345',
        )
    return plate


_PlateKey = Annotated[Plate, BeforeValidator(_read_plate)]


def _read_phone(value: object) -> object:
    if not isinstance(value, str):
        raise WordedError(
            "电话号码请加引号, 例如 “+86 10 5550 0101”",
            'put the phone number in quotes, like "+86 10 5550 0101"',
        )
    if not re.fullmatch(r"\+?[0-9][0-9 ()\-]{2,28}(?:(?:转|ext|x) ?[0-9]{1,6})?", value.strip()):
        raise WordedError(f"“{value:.30}”不是电话号码", f'"{value:.30}" is not a phone number')
    return value.strip()


Phone = Annotated[str, BeforeValidator(_read_phone)]
_Name = Annotated[
    str,
    BeforeValidator(on_one_line),
    StringConstraints(strip_whitespace=True, min_length=1, max_length=60),
]


# What a role may do beyond its own steps. Who looks after the bot itself is `administrators`.
Capability = Literal[
    "file_for",  # report for somebody who phoned
    "command",  # merge, reassign, stand down in its region; company-wide roles everywhere
    "direct",  # give orders
    "duty",  # enter others' absences and the rota; see the coverage
    "customers",  # see customers and their numbers
    "fleet",  # say which vehicles are ready
    "stock",  # count what is in store
    "broadcast",  # send to many at once
]
CAPABILITIES: Final[tuple[Capability, ...]] = get_args(Capability)


class About(BaseModel, frozen=True, extra="forbid"):
    """The company itself. The first of `languages` is spoken to whoever has not chosen."""

    name: Text
    time_zone: Annotated[str, StringConstraints(max_length=60)]
    headquarters: _RegionKey
    languages: Annotated[tuple[Lang, ...], Field(min_length=1, max_length=2)] = ("zh", "en")


class Reminders(BaseModel, frozen=True, extra="forbid"):
    """How silence is chased where a plan says nothing of its own."""

    acknowledge: Duration
    remind: Percent
    climb_every: Duration
    repeat_every: Duration
    cancel_within: Duration = timedelta(minutes=10)


class Quiet(BaseModel, frozen=True, extra="forbid", populate_by_name=True):
    """Hours in which nobody is written to about what is not urgent; the company's clock."""

    from_: Annotated[time, Field(alias="from")] = time(22, 0)
    to: time = time(7, 0)


class OwnDays(BaseModel, frozen=True, extra="forbid"):
    """Days on which the company differs from the public calendar of working days."""

    off: Annotated[frozenset[date], Field(max_length=1000)] = frozenset()
    work: Annotated[frozenset[date], Field(max_length=1000)] = frozenset()


class Depot(BaseModel, frozen=True, extra="forbid"):
    """Where a region's vehicles stand; coordinates in WGS-84 degrees."""

    name: Text
    lat: Latitude
    lon: Longitude

    @property
    def place(self) -> Place:
        return Place(lat=self.lat, lon=self.lon)


class Region(BaseModel, frozen=True, extra="forbid"):
    name: Text
    neighbours: Annotated[tuple[_RegionKey, ...], Field(max_length=50)] = ()
    depot: Depot | None = None


class Department(BaseModel, frozen=True, extra="forbid"):
    name: Text


class Role(BaseModel, frozen=True, extra="forbid"):
    """`scope: region` is held in each region, `scope: company` once for the whole company."""

    name: Text
    department: _DepartmentKey
    scope: Literal["region", "company"] = "region"
    reports_to: _RoleKey | None = None
    may: Annotated[frozenset[Capability], Field(max_length=10)] = frozenset()


class Post(BaseModel):
    """That somebody holds a role, or is the deputy in it; `region` only for regional roles."""

    model_config = ConfigDict(
        frozen=True, extra="forbid", validate_by_name=True, serialize_by_alias=True
    )

    role: _RoleKey
    region: _RegionKey | None = None
    rank: Literal["holder", "deputy"] = Field(default="holder", alias="as")


class Person(BaseModel, frozen=True, extra="forbid"):
    """`routes` are the delivery routes the person knows. Whoever is `retired` holds nothing any
    more and stands here so that past records can name them. `checked`: when all this was last
    confirmed."""

    name: _Name
    telegram: Annotated[int, Field(gt=0, lt=2**52)] | None = None
    phone: Phone | None = None
    language: Lang | None = None
    roles: Annotated[tuple[Post, ...], Field(max_length=50)] = ()
    routes: Annotated[tuple[RouteName, ...], Field(max_length=50)] = ()
    retired: bool = False
    checked: date | None = None


class Group(BaseModel, frozen=True, extra="forbid"):
    """A Telegram group of a department: of one region, or (without `region`) company-wide."""

    id: _GroupKey
    title: _Name
    department: _DepartmentKey
    region: _RegionKey | None = None
    chat: Annotated[int, Field(lt=0, gt=-(2**52))] | None = None
    language: Lang | None = None


VehicleKind = Literal["van", "truck", "car", "motorcycle"]
VEHICLE_KINDS: Final[Mapping[VehicleKind, Text]] = {
    "van": Text(zh="厢式货车", en="van"),
    "truck": Text(zh="卡车", en="truck"),
    "car": Text(zh="轿车", en="car"),
    "motorcycle": Text(zh="摩托车", en="motorcycle"),
}


class Vehicle(BaseModel, frozen=True, extra="forbid"):
    """A spare's `driver` is whoever brings it; without one the region's dispatcher is asked."""

    region: _RegionKey
    kind: VehicleKind = "van"
    driver: _PersonKey | None = None
    spare: bool = False
    route: RouteName | None = None


ContactKind = Literal[
    "insurer", "carrier", "vendor", "bureau", "manufacturer", "hospital", "police", "bank", "other"
]
CONTACT_KINDS: Final[tuple[ContactKind, ...]] = get_args(ContactKind)


class Contact(BaseModel, frozen=True, extra="forbid"):
    """Somebody outside the company. `backup` is who is asked when this one does not answer;
    without `region` for the whole company."""

    name: _Name
    kind: ContactKind
    organisation: Annotated[str, StringConstraints(strip_whitespace=True, max_length=100)] = ""
    phone: Phone
    region: _RegionKey | None = None
    backup: _ContactKey | None = None
    note: _Note = ""
    checked: date | None = None


Weekday = Literal["mon", "tue", "wed", "thu", "fri", "sat", "sun"]
WEEKDAYS: Final[tuple[Weekday, ...]] = get_args(Weekday)


class Customer(BaseModel, frozen=True, extra="forbid"):
    """A shop that is served. `manager` looks after it; `route` is the run that serves it; it orders
    on `order_days`. `lawful`: it keeps the law; `honest_prices`: it sells at marked prices; `key`:
    it is served first after an interruption."""

    name: _Name
    region: _RegionKey
    manager: _PersonKey | None = None
    grade: Annotated[str, StringConstraints(strip_whitespace=True, max_length=10)] = ""
    phone: Phone | None = None
    address: Annotated[str, StringConstraints(strip_whitespace=True, max_length=200)] = ""
    route: RouteName | None = None
    order_days: Annotated[tuple[Weekday, ...], Field(max_length=7)] = ()
    lawful: bool = True
    honest_prices: bool = True
    key: bool = False
    note: _Note = ""
    checked: date | None = None


GoodsClass = Literal["ordinary", "scarce", "controlled"]
GOODS_CLASSES: Final[tuple[GoodsClass, ...]] = get_args(GoodsClass)
GoodsKind = Literal["goods", "part", "tool"]
GOODS_KINDS: Final[tuple[GoodsKind, ...]] = get_args(GoodsKind)


class Goods(BaseModel, frozen=True, extra="forbid", populate_by_name=True):
    """Something that lies in a store: goods for customers, a spare part or a tool. `unit` is what
    it is counted in."""

    name: _Name
    kind: GoodsKind = "goods"
    class_: Annotated[GoodsClass, Field(alias="class")] = "ordinary"
    unit: Annotated[str, StringConstraints(strip_whitespace=True, max_length=10)] = ""


COUNT_LIMIT: Final = 1_000_000
Count = Annotated[int, Field(ge=0, le=COUNT_LIMIT)]


class Shelf(BaseModel, frozen=True, extra="forbid"):
    """So many of some goods in a region's store, in the goods' unit, until somebody counts anew.
    `minimum`: what should always be there. `keeper` answers for it (None: whoever keeps the
    region's store)."""

    count: Count = 0
    minimum: Count = 0
    keeper: _PersonKey | None = None


_Shelves = Annotated[Mapping[_GoodsKey, Shelf], Field(max_length=GOODS_LIMIT)]


class Company(BaseModel, frozen=True, extra="forbid"):
    """Everything in the company file. Mappings keep the file's order, which breaks ties. `chiefs`
    command a major incident, the first of them who is there (none named: `command`); `order_hour`
    is when a customer's orders are taken on the day."""

    company: About
    reminders: Reminders
    command: Annotated[tuple[_RoleKey, ...], Field(min_length=1, max_length=20)]
    administrators: Annotated[tuple[_RoleKey, ...], Field(max_length=20)] = ()
    regions: Annotated[Mapping[_RegionKey, Region], Field(min_length=1, max_length=200)]
    departments: Annotated[Mapping[_DepartmentKey, Department], Field(min_length=1, max_length=100)]
    roles: Annotated[Mapping[_RoleKey, Role], Field(min_length=1, max_length=200)]
    people: Annotated[Mapping[_PersonKey, Person], Field(max_length=PEOPLE_LIMIT)] = {}
    groups: Annotated[tuple[Group, ...], Field(max_length=500)] = ()
    vehicles: Annotated[Mapping[_PlateKey, Vehicle], Field(max_length=VEHICLES_LIMIT)] = {}
    contacts: Annotated[Mapping[_ContactKey, Contact], Field(max_length=CONTACTS_LIMIT)] = {}
    customers: Annotated[Mapping[_CustomerKey, Customer], Field(max_length=CUSTOMERS_LIMIT)] = {}
    goods: Annotated[Mapping[_GoodsKey, Goods], Field(max_length=GOODS_LIMIT)] = {}
    stock: Annotated[Mapping[_RegionKey, _Shelves], Field(max_length=200)] = {}
    chiefs: Annotated[tuple[_RoleKey, ...], Field(max_length=4)] = ()
    order_hour: time = time(9, 0)
    quiet: Quiet = Quiet()
    days: OwnDays = OwnDays()
    stale_after_days: Annotated[int, Field(ge=1, le=3650)] = 180

    @property
    def language(self) -> Lang:
        return self.company.languages[0]

    def posted(
        self, role: RoleId, region: RegionId | None, rank: Literal["holder", "deputy"]
    ) -> tuple[PersonId, ...]:
        """Who holds the role (or is deputy in it); the region counts only for regional roles."""
        known = self.roles.get(role)
        at = region if known is not None and known.scope == "region" else None
        return self._posts.get((role, at, rank), ())

    def chain(self, role: RoleId) -> tuple[RoleId, ...]:
        """The roles above `role`, nearest first; ends where nobody is named or a circle closes."""
        above: list[RoleId] = []
        known = self.roles.get(role)
        while known and known.reports_to and known.reports_to not in (role, *above):
            above.append(known.reports_to)
            known = self.roles.get(known.reports_to)
        return tuple(above)

    @cached_property
    def groups_by_id(self) -> Mapping[GroupId, Group]:
        return {group.id: group for group in self.groups}

    @cached_property
    def people_by_telegram(self) -> Mapping[int, PersonId]:
        return {
            person.telegram: id_
            for id_, person in self.people.items()
            if person.telegram is not None and not person.retired
        }

    @cached_property
    def _posts(
        self,
    ) -> Mapping[tuple[RoleId, RegionId | None, Literal["holder", "deputy"]], tuple[PersonId, ...]]:
        found: dict[
            tuple[RoleId, RegionId | None, Literal["holder", "deputy"]], dict[PersonId, None]
        ] = {}
        for id_, person in self.people.items():
            for post in () if person.retired else person.roles:
                known = self.roles.get(post.role)
                at = post.region if known is not None and known.scope == "region" else None
                found.setdefault((post.role, at, post.rank), {})[id_] = None
        return {key: tuple(people) for key, people in found.items()}
