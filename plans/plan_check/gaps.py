"""What a planner should know about a plan that works all the same.

In: a plan without problems, and the company it is for. Out: paths with words, shown as warnings.
Forbidden here: what keeps a plan from being carried out.
"""

from collections.abc import Iterator

from plans.company.model import Company
from plans.engine.conditions import compare, unknown
from plans.format import Plan
from plans.incident import NONE
from plans.plan_check.facts import facts_of
from plans.plan_check.names import roles_of
from plans.plan_check.registered import registered
from plans.plan_check.wording import too_long_for_buttons
from plans.text import Text
from plans.yaml_source import Path, worded

Found = Iterator[tuple[Path, Text]]


def gaps(plan: Plan, company: Company | None) -> Found:
    yield from too_long_for_buttons(plan)
    yield from _drivers_of_nothing(plan)
    # Where nobody is yet the company file says so, once.
    if company is not None and company.people:
        yield from _roles_nobody_holds(plan, company)
    if company is not None:
        yield from registered(plan, company)


def _drivers_of_nothing(plan: Plan) -> Found:
    facts, closing = facts_of(plan), plan.close.by[0]
    for id_, step in plan.steps.items():
        name = step.owner.driver_of
        if name is None or not facts[name].searched:
            continue
        if name not in step.when or compare(step.when[name], NONE, unknown):
            yield (
                ("steps", id_, "owner"),
                worded(
                    f"没调到车时, 这一步会交给 {closing}: 不想这样请加上 when: {{{name}: any}}",
                    f"when no vehicle is found this step goes to {closing}: to avoid that add "
                    f"when: {{{name}: any}}",
                ),
            )


def _roles_nobody_holds(plan: Plan, company: Company) -> Found:
    """Each role once. Headquarters need not have regional roles."""
    told: set[str] = set()
    for path, role in roles_of(plan):
        if role in told:
            continue
        told.add(role)
        if company.roles[role].scope == "company":
            if not company.posted(role, None, "holder"):
                yield path, worded(f"没有人担任 {role}", f"nobody holds {role}")
            continue
        headquarters = company.company.headquarters
        empty = [
            region
            for region in company.regions
            if region != headquarters and not company.posted(role, region, "holder")
        ]
        if empty:
            shown = ", ".join(empty)
            yield (
                path,
                worded(
                    f"这些区域没有人担任 {role}, 会直接找副手或上级: {shown}",
                    f"nobody holds {role} in {shown}: deputies or superiors are asked at once",
                ),
            )
