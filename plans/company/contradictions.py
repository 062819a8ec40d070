"""What cannot be true at once in the company file.

In: a company whose names are all known, with its source. Out: the path of each contradiction with
words on how to put it right. Forbidden here: what the engine can live with (`gaps`).
"""

import re
from collections.abc import Iterator
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from plans.company.ids import PersonId, RoleId
from plans.company.model import Company
from plans.plate import normal_plate
from plans.text import Text
from plans.yaml_source import Path, Source, worded

Found = Iterator[tuple[Path, Text]]


def contradictions(source: Source[Company]) -> Found:
    company = source.value
    yield from _time_zone(company)
    yield from _neighbours(company)
    yield from _chains(company)
    yield from _command(company)
    yield from _posts(company)
    yield from _shared_numbers(company)
    yield from _groups_twice(company)
    yield from _plates_twice(source)


def _time_zone(company: Company) -> Found:
    name = company.company.time_zone
    try:
        ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        yield (
            ("company", "time_zone"),
            worded(
                f"没有叫 {name} 的时区, 请写成 Asia/Shanghai 这样",
                f"there is no time zone called {name}; write it like Asia/Shanghai",
            ),
        )


def _neighbours(company: Company) -> Found:
    for region_id, region in company.regions.items():
        for place, neighbour in enumerate(region.neighbours):
            path = ("regions", region_id, "neighbours", place)
            if neighbour == region_id:
                yield path, Text(zh="不能与自己相邻", en="a region is not its own neighbour")
            elif region_id not in company.regions[neighbour].neighbours:
                yield (
                    path,
                    worded(
                        f"{region_id} 写了与 {neighbour} 相邻, {neighbour} 却没有写 {region_id}: "
                        f"请在 regions.{neighbour}.neighbours 里加上 {region_id}",
                        f"{region_id} names {neighbour} as neighbour but not the other way round: "
                        f"add {region_id} to regions.{neighbour}.neighbours",
                    ),
                )


def _chains(company: Company) -> Found:
    """Every chain of `reports_to` has to end with somebody in command."""
    told: set[RoleId] = set()
    for role_id, role in company.roles.items():
        path = ("roles", role_id, "reports_to")
        chain = company.chain(role_id)
        if role.reports_to is None and role_id not in company.command:
            yield (
                path,
                worded(
                    f"{role_id} 没有写 reports_to, 也不在 command 里: 无人应答时就没有上级可报",
                    f"{role_id} has no reports_to and is not in command: silence would end here",
                ),
            )
        elif company.roles[(role_id, *chain)[-1]].reports_to == role_id and role_id not in told:
            told.update((role_id, *chain))
            shown = " → ".join((role_id, *chain, role_id))
            yield path, worded(f"上报绕成了圈: {shown}", f"reports go in a circle: {shown}")


def _command(company: Company) -> Found:
    for field, roles in (
        ("command", company.command),
        ("administrators", company.administrators),
        ("chiefs", company.chiefs),
    ):
        for place, role_id in enumerate(roles):
            path = (field, place)
            if company.roles[role_id].scope == "region":
                yield (
                    path,
                    worded(
                        f"{role_id} 是各区域的岗位; {field} 里只能写全公司的岗位 (scope: company)",
                        f"{role_id} is held per region; {field} takes company-wide roles only "
                        "(scope: company)",
                    ),
                )
            if role_id in roles[:place]:
                yield path, worded(f"{role_id} 写了两次", f"{role_id} stands here twice")


def _posts(company: Company) -> Found:
    for person_id, person in company.people.items():
        for place, post in enumerate(person.roles):
            path = ("people", person_id, "roles", place)
            regional = company.roles[post.role].scope == "region"
            if regional and post.region is None:
                yield (
                    path,
                    worded(
                        f"{post.role} 是各区域的岗位, 缺少 region",
                        f"{post.role} is held per region: region is missing",
                    ),
                )
            if not regional and post.region is not None:
                yield (
                    (*path, "region"),
                    worded(
                        f"{post.role} 是全公司的岗位, 请去掉 region",
                        f"{post.role} is held for the whole company: remove region",
                    ),
                )
            before = [(earlier.role, earlier.region) for earlier in person.roles[:place]]
            if (post.role, post.region) in before:
                yield path, worded(f"{post.role} 写了两次", f"{post.role} stands here twice")


def _shared_numbers(company: Company) -> Found:
    telegrams: dict[object, PersonId] = {}
    phones: dict[object, PersonId] = {}
    for person_id, person in company.people.items():
        phone = re.sub(r"[^0-9]", "", person.phone) if person.phone else None
        for field, number, owners in (
            ("telegram", person.telegram, telegrams),
            ("phone", phone, phones),
        ):
            if number is not None and owners.setdefault(number, person_id) != person_id:
                owner = owners[number]
                yield (
                    ("people", person_id, field),
                    worded(
                        f"与 {owner} ({company.people[owner].name}) 的 {field} 相同",
                        f"{owner} ({company.people[owner].name}) has the same {field}",
                    ),
                )


def _groups_twice(company: Company) -> Found:
    seen: dict[tuple[object, ...], int] = {}
    for place, group in enumerate(company.groups):
        facts: list[tuple[Path, tuple[object, ...], Text]] = [
            (
                ("groups", place, "id"),
                ("id", group.id),
                worded(f"{group.id} 写了两次", f"{group.id} stands here twice"),
            ),
            (
                ("groups", place),
                ("for", group.department, group.region),
                Text(
                    zh="这个部门在这个区域已经有一个群",
                    en="this department has a group in this region already",
                ),
            ),
        ]
        if group.chat is not None:
            same_chat = Text(zh="两个群的 chat 相同", en="two groups have the same chat")
            facts.append((("groups", place, "chat"), ("chat", group.chat), same_chat))
        for path, fact, message in facts:
            if seen.setdefault(fact, place) != place:
                yield path, message


def _plates_twice(source: Source[Company]) -> Found:
    """Two spellings of one plate; the mapping has kept only the last."""
    spelt: dict[str | None, str] = {}
    for key in source.keys_of(("vehicles",)):
        first = spelt.setdefault(normal_plate(key), key)
        if first != key:
            yield (
                ("vehicles", key),
                worded(f"与 {first} 是同一辆车", f"{first} is the same vehicle"),
            )
