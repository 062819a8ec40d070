"""Names in cells that stand for something of the company: regions, roles, people.

In: a company and a name as typed. Out: its id; WordedError with the nearest name. Forbidden here:
the sheet's own entries.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Final

from plans.company.ids import GoodsId, PersonId, RegionId, RoleId
from plans.company.model import Company, Post
from plans.phone import phone_key
from plans.tables.cells import written_out
from plans.tables.fields import entry_id, folded
from plans.text import Text, WordedError
from plans.yaml_source import unknown_name

_BETWEEN_POSTS: Final = re.compile(r"[;；、，,\n|]+")
_DEPUTY: Final = re.compile(r"[(（](?:副|副手|副职|deputy)[)）]", re.IGNORECASE)
_SOUND: Final = re.compile(r"[0-9]{5,}")


@dataclass(frozen=True)
class Known:
    """The company that names are looked up in, people and regions of the same file included."""

    company: Company

    def region(self, text: str) -> RegionId:
        found = self._regions.get(folded(text))
        if found is None:
            raise _unknown(text, self.company.regions.values(), "区域", "region")
        return found

    def posts(self, text: str, region: RegionId | None) -> tuple[Post, ...]:
        """Posts in one cell: “调度员@东区; 车辆管理员@东区(副)”. `region` is for those that name
        none."""
        posts = [self._post(part, region) for part in _BETWEEN_POSTS.split(text) if part.strip()]
        return tuple(dict.fromkeys(posts))

    def role(self, text: str) -> RoleId:
        found = self._roles.get(folded(text))
        if found is None:
            raise _unknown(text, self.company.roles.values(), "岗位", "role")
        return found

    def fits(self, role: RoleId, region: RegionId | None) -> RegionId | None:
        """The region of a post of this role: headquarters may stand beside a role that the whole
        company has. WordedError: it does not fit."""
        name = self.company.roles[role].name
        if self.company.roles[role].scope == "region":
            if region is None:
                raise WordedError(
                    f"岗位“{name.zh}”要写区域", f'role "{name.en}" is held per region: which?'
                )
            return region
        if region not in (None, self.company.company.headquarters):
            raise WordedError(
                f"岗位“{name.zh}”是全公司的, 不能写区域",
                f'role "{name.en}" is for the whole company: leave the region out',
            )
        return None

    def goods(self, text: str) -> GoodsId:
        """By id or name; the first of two with one name."""
        found = self._goods.get(folded(text))
        if found is None:
            names = (goods.name for goods in self.company.goods.values())
            raise WordedError(*_both(unknown_name(text[:40], names, "货品", "goods")))
        return found

    def person(self, text: str, region: RegionId | None = None) -> PersonId:
        """By id, phone or name; among several of one name the one in the region."""
        number = written_out(text) or ""
        if text.casefold() in self.company.people:
            return text.casefold()
        by_number = self.people_by_phone.get(phone_key(number)) if _SOUND.search(number) else None
        if by_number is not None:
            return by_number
        named = self.people_by_name.get(folded(text), ())
        near = [p for p in named if region in {o.region for o in self.company.people[p].roles}]
        found = near if len(near) == 1 else named
        if len(found) == 1:
            return found[0]
        if len(found) > 1:
            raise WordedError(
                f"有 {len(found)} 位“{text:.20}”: 请写编号或电话",
                f'{len(found)} people are called "{text:.20}": give id or phone',
            )
        return self._by_staff_number(text)

    def _by_staff_number(self, text: str) -> PersonId:
        try:
            id_ = entry_id(text)
        except WordedError:
            id_ = ""
        if id_ not in self.company.people:
            names = (person.name for person in self.company.people.values() if not person.retired)
            raise WordedError(*_both(unknown_name(text[:40], names, "人员", "person")))
        return id_

    def _post(self, text: str, region: RegionId | None) -> Post:
        deputy = _DEPUTY.search(text) is not None
        named, _, at = _DEPUTY.sub("", text).replace("＠", "@").partition("@")
        role = self._roles.get(folded(named))
        if role is None and folded(named).startswith("副"):
            role, deputy = self._roles.get(folded(named)[1:]), True
        if role is None:
            role = self.role(named)
        where = self.fits(role, self.region(at) if at.strip() else region)
        return Post(role=role, region=where, rank="deputy" if deputy else "holder")

    @cached_property
    def people_by_phone(self) -> Mapping[str, PersonId]:
        """Those who are not retired come first where two have one number."""
        ordered = sorted(self.company.people.items(), key=lambda item: item[1].retired)
        found: dict[str, PersonId] = {}
        for id_, person in ordered:
            if person.phone:
                found.setdefault(phone_key(person.phone), id_)
        return found

    @cached_property
    def people_by_name(self) -> Mapping[str, tuple[PersonId, ...]]:
        found: dict[str, list[PersonId]] = {}
        for id_, person in self.company.people.items():
            if not person.retired:
                found.setdefault(folded(person.name), []).append(id_)
        return {name: tuple(ids) for name, ids in found.items()}

    @cached_property
    def _regions(self) -> Mapping[str, RegionId]:
        return _by_name((id_, region.name) for id_, region in self.company.regions.items())

    @cached_property
    def _goods(self) -> Mapping[str, GoodsId]:
        named = ((id_, Text(zh=g.name, en=g.name)) for id_, g in self.company.goods.items())
        return _by_name(named)

    @cached_property
    def _roles(self) -> Mapping[str, RoleId]:
        return _by_name((id_, role.name) for id_, role in self.company.roles.items())


def _by_name(named: Iterable[tuple[str, Text]]) -> dict[str, str]:
    found: dict[str, str] = {}
    for id_, name in named:
        for spelt in (id_, folded(name.zh), folded(name.en)):
            found.setdefault(spelt, id_)
    return found


def _unknown(text: str, known: Iterable[object], zh: str, en: str) -> WordedError:
    names = [str(getattr(entry, "name").zh) for entry in known]  # noqa: B009
    return WordedError(*_both(unknown_name(text[:40], names, zh, en)))


def _both(text: Text) -> tuple[str, str]:
    return text.zh, text.en
