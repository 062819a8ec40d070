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
