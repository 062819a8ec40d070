"""Whether a step's broadcast names what there is and has somebody to read it.

In: a plan, and the company it is for. Out: paths with words. Forbidden here: the blanks in its text
(see `blanks`), and who that is just now.
"""

from collections.abc import Iterator

from plans.company.model import Company
from plans.format import Broadcast, Plan
from plans.model import StepId
from plans.plan_check.facts import facts_of
from plans.text import Text
from plans.yaml_source import Path, unknown_name, worded

Found = Iterator[tuple[Path, Text]]
_LACKS = ("allocate", "calls")


def names(plan: Plan, company: Company | None) -> Found:
    facts = facts_of(plan)
    for path, _, broadcast in _broadcasts(plan):
        to, here = broadcast.to, (*path, "to")
        for place, role in enumerate(to.roles):
            if company is not None and role not in company.roles:
                yield (*here, "roles", place), unknown_name(role, company.roles, "岗位", "role")
        for place, one in enumerate(to.departments):
            if company is not None and one not in company.departments:
                known = company.departments
                yield (*here, "departments", place), unknown_name(one, known, "部门", "department")
        if to.area is not None and to.area not in facts:
            yield (*here, "area"), unknown_name(to.area, facts, "问题", "question")
        if to.same_as is not None and to.same_as not in plan.steps:
            yield (*here, "same_as"), unknown_name(to.same_as, plan.steps, "步骤", "step")


def fitting(plan: Plan) -> Found:
    facts = facts_of(plan)
    for path, id_, broadcast in _broadcasts(plan):
        yield from _readers(plan, path, id_, broadcast)
        to = broadcast.to
        if to.area is not None and facts[to.area].type != "area":
            yield (
                (*path, "to", "area"),
                worded(
                    f"area 要写一个类型为 area 的问题, {to.area} 不是",
                    f"area names a question of type area; {to.area} is not one",
                ),
            )
        if broadcast.chase is not None and not broadcast.confirm:
            yield (
                (*path, "chase"),
                worded(
                    "不要确认的群发没有什么可催: 去掉 chase",
                    "nobody is chased for what need not be confirmed: leave chase out",
                ),
            )
        for key in _LACKS:
            if getattr(plan.steps[id_], key):
                yield (
                    ("steps", id_, key),
                    worded(
                        f"这一步是群发, 不能再写 {key}: 请另写一步",
                        f"this step is a broadcast, so it has no {key}: make that another step",
                    ),
                )


def _readers(plan: Plan, path: Path, id_: StepId, broadcast: Broadcast) -> Found:
    to, here = broadcast.to, (*path, "to")
    chosen = bool(to.roles or to.departments)
    if to.same_as is None and not chosen:
        yield (
            here,
            worded(
                "发给谁? 请写 roles 或 departments", "who reads it? write roles, or departments"
            ),
        )
    if to.same_as is None:
        return
    if chosen or to.area is not None:
        yield (
            here,
            worded(
                "same_as 就是发给同一批人, 不能再写别的",
                "same_as means exactly the same readers: write nothing else beside it",
            ),
        )
    step = plan.steps[to.same_as]
    if step.broadcast is None or to.same_as == id_ or step.broadcast.to.same_as is not None:
        yield (
            (*here, "same_as"),
            worded(
                "same_as 要写另一个自己写明发给谁的群发步骤",
                "same_as names another step with a broadcast that says itself who reads it",
            ),
        )


def _broadcasts(plan: Plan) -> Iterator[tuple[Path, StepId, Broadcast]]:
    for id_, step in plan.steps.items():
        if step.broadcast is not None:
            yield ("steps", id_, "broadcast"), id_, step.broadcast
