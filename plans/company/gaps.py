"""Gaps in the company file that the engine can live with.

In: a company without contradictions. Out: paths with words, to be shown as warnings. Forbidden
here: what makes a file unusable (`contradictions`).
"""

from collections.abc import Iterator

from plans.company.model import Company
from plans.text import Text
from plans.yaml_source import Path, worded

Found = Iterator[tuple[Path, Text]]


def gaps(company: Company) -> Found:
    if not company.people:
        yield (
            ("people",),
            Text(
                zh="还没有人员: 请在 Telegram 里登记或导入",
                en="there is nobody yet: register people or import them in Telegram",
            ),
        )
        return
    yield from _nobody_in_command(company)
    yield from _roles_nobody_holds(company)
    yield from _spares_without_driver(company)
    yield from _stores_without_keeper(company)


def _nobody_in_command(company: Company) -> Found:
    held = {post.role for person in company.people.values() for post in person.roles}
    if not held & set(company.command):
        yield (
            ("command",),
            Text(
                zh="command 里的岗位没有人担任: 无人应答时只能告诉管理员",
                en="nobody holds a role in command: silence ends with the administrators",
            ),
        )


def _roles_nobody_holds(company: Company) -> Found:
    """At headquarters regional roles may well be empty, so they are not asked for there."""
    for role_id, role in company.roles.items():
        path = ("roles", role_id)
        if role.scope == "company":
            if not company.posted(role_id, None, "holder"):
                yield path, worded(f"没有人担任 {role_id}", f"nobody holds {role_id}")
            continue
        for region_id in company.regions:
            if region_id == company.company.headquarters:
                continue
            if not company.posted(role_id, region_id, "holder"):
                yield (
                    path,
                    worded(
                        f"{region_id} 没有人担任 {role_id}, 将直接找副手或上级",
                        f"nobody holds {role_id} in {region_id}: deputies or superiors are asked",
                    ),
                )


def _spares_without_driver(company: Company) -> Found:
    for plate, vehicle in company.vehicles.items():
        if vehicle.spare and vehicle.driver is None:
            yield (
                ("vehicles", plate, "driver"),
                worded(
                    f"备用车 {plate} 没有驾驶员, 用车时会去问 {vehicle.region} 的调度员",
                    f"spare {plate} has no driver: the dispatcher of {vehicle.region} is asked",
                ),
            )


def _stores_without_keeper(company: Company) -> Found:
    """Where a thing has no keeper of its own, whoever counts the region's stock answers for it."""
    roles = [r for r, role in company.roles.items() if "stock" in role.may]
    regional = [role for role in roles if company.roles[role].scope == "region"]
    for region_id, shelves in company.stock.items():
        kept = any(
            company.posted(role, region_id, rank)
            for role in regional
            for rank in ("holder", "deputy")
        )
        if not kept and any(shelf.keeper is None for shelf in shelves.values()):
            yield (
                ("stock", region_id),
                worded(
                    f"{region_id} 的仓库没有人保管: 没有人担任管库存的岗位, 也没有写 keeper",
                    f"nobody keeps the store of {region_id}: no role that counts stock is held "
                    "there, and no keeper is named",
                ),
            )
