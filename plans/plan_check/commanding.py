"""Whether a plan's headquarters is written soundly: when it is set up, and who may act.

In: a plan, and the company it is for. Out: paths with words. Forbidden here: everything else of the
plan.
"""

from collections.abc import Iterator

from plans.company.model import Company
from plans.format import Headquarters, Plan
from plans.plan_check.facts import facts_of
from plans.text import Text
from plans.yaml_source import Path, unknown_name, worded

Found = Iterator[tuple[Path, Text]]


def commanding(plan: Plan, company: Company | None) -> Found:
    written = plan.headquarters
    if written is None:
        return
    known = facts_of(plan)
    for name in written.when:
        # What the register says of a customer or of goods follows from the fact before the dot.
        if name.partition(".")[0] not in known:
            yield ("headquarters", "when", name), unknown_name(name, known, "问题", "question")
    yield from _acting(written, company)


def _acting(written: Headquarters, company: Company | None) -> Found:
    for place, role in enumerate(written.acting):
        path: Path = ("headquarters", "acting", place)
        if role in written.acting[:place]:
            yield path, worded(f"{role} 写了两次", f"{role} stands here twice")
        elif company is not None and role not in company.roles:
            yield path, unknown_name(role, company.roles, "岗位", "role")
        elif company is not None and role in (company.chiefs or company.command):
            yield (
                path,
                worded(
                    f"{role} 本来就是总指挥 (chiefs), 这里写代理指挥长的人选",
                    f"{role} is a chief already; this names who may act in the place of one",
                ),
            )
