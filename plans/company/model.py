"""What changes seldom about a company: people, roles, regions, groups, vehicles, reminders.

In: the company file, already parsed. Out: frozen values and the questions that need nothing but
them. Forbidden here: what changes from hour to hour (that is `plans.roster`), and judging whether
the parts fit together (that is `plans.company.check`).
"""

import re
from collections.abc import Mapping
from functools import cached_property
from typing import Annotated, Final, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, StringConstraints

from plans.company.ids import DepartmentId, GroupId, PersonId, RegionId, RoleId
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
_Name = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=60)]


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


class Post(BaseModel):
    """That somebody holds a role, or is the deputy in it; `region` only for regional roles."""

    model_config = ConfigDict(
        frozen=True, extra="forbid", validate_by_name=True, serialize_by_alias=True
    )

    role: _RoleKey
    region: _RegionKey | None = None
    rank: Literal["holder", "deputy"] = Field(default="holder", alias="as")


class Person(BaseModel, frozen=True, extra="forbid"):
    name: _Name
    telegram: Annotated[int, Field(gt=0, lt=2**52)] | None = None
    phone: Phone | None = None
    language: Lang | None = None
    roles: Annotated[tuple[Post, ...], Field(max_length=50)] = ()


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


class Company(BaseModel, frozen=True, extra="forbid"):
    """Everything in the company file. Mappings keep the file's order, which breaks ties."""

    company: About
    reminders: Reminders
    command: Annotated[tuple[_RoleKey, ...], Field(min_length=1, max_length=20)]
    administrators: Annotated[tuple[_RoleKey, ...], Field(max_length=20)] = ()
    regions: Annotated[Mapping[_RegionKey, Region], Field(min_length=1, max_length=200)]
    departments: Annotated[Mapping[_DepartmentKey, Department], Field(min_length=1, max_length=100)]
    roles: Annotated[Mapping[_RoleKey, Role], Field(min_length=1, max_length=200)]
    people: Annotated[Mapping[_PersonKey, Person], Field(min_length=1, max_length=5000)]
    groups: Annotated[tuple[Group, ...], Field(max_length=500)] = ()
    vehicles: Annotated[Mapping[_PlateKey, Vehicle], Field(max_length=2000)] = {}

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
            if person.telegram is not None
        }

    @cached_property
    def _posts(
        self,
    ) -> Mapping[tuple[RoleId, RegionId | None, Literal["holder", "deputy"]], tuple[PersonId, ...]]:
        found: dict[
            tuple[RoleId, RegionId | None, Literal["holder", "deputy"]], dict[PersonId, None]
        ] = {}
        for id_, person in self.people.items():
            for post in person.roles:
                known = self.roles.get(post.role)
                at = post.region if known is not None and known.scope == "region" else None
                found.setdefault((post.role, at, post.rank), {})[id_] = None
        return {key: tuple(people) for key, people in found.items()}
