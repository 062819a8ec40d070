"""Whether searches in a pool are written soundly.

In: a plan whose names are all known. Out: paths with words. Forbidden here: what happens when
nothing is free (see `fitting`).
"""

from collections.abc import Iterator

from plans.format import Allocate, Plan, Pool, RouteOf
from plans.model import FactName, StepId
from plans.plan_check.facts import facts_of
from plans.text import Text
from plans.yaml_source import Path, worded

Found = Iterator[tuple[Path, Text]]


def fitting(plan: Plan) -> Found:
    yield from _routes(plan)
    for id_, step in plan.steps.items():
        if step.allocate is not None:
            yield from _search(id_, step.allocate)
        if step.owner.person_of is not None:
            yield from _person_of(plan, id_, step.owner.person_of)


def found_in(plan: Plan, pool: Pool) -> frozenset[FactName]:
    """The facts that searches in that pool record."""
    searches = (step.allocate for step in plan.steps.values() if step.allocate)
    return frozenset(search.as_ for search in searches if search.pool == pool)


def _routes(plan: Plan) -> Found:
    """Whatever stands for a route is one, and comes from a vehicle."""
    facts = facts_of(plan)
    wanted: list[tuple[Path, FactName]] = []
    for id_, step in plan.steps.items():
        if step.allocate is not None and step.allocate.route is not None:
            wanted.append((("steps", id_, "allocate", "route"), step.allocate.route))
    for name, ask in plan.ask.items():
        if not isinstance(ask.default, RouteOf):
            continue
        wanted.append((("ask", name), name))
        vehicle = facts[ask.default.route_of]
        if vehicle.type != "vehicle" or vehicle.step is not None:
            yield (
                ("ask", name, "default", "route_of"),
                worded(
                    f"route_of 要写一个类型为 vehicle 的问题, {vehicle.name} 不是",
                    f"route_of names a question of type vehicle; {vehicle.name} is not one",
                ),
            )
    for path, name in wanted:
        if facts[name].type != "route":
            yield (
                path,
                worded(
                    f"这里要一条线路 (type: route), {name} 的类型是 {facts[name].type}",
                    f"a route is needed here; {name} is of type {facts[name].type}",
                ),
            )


def _search(id_: StepId, allocate: Allocate) -> Found:
    path: Path = ("steps", id_, "allocate")
    guide = allocate.pool == "route_guide"
    if guide and (allocate.route is None or not allocate.roles):
        yield (
            path,
            Text(
                zh="找熟悉线路的人, 要写明 route (哪条线路) 和 roles (在哪些岗位里找)",
                en="to find somebody who knows the route, name the route and, under roles, who "
                "may be asked",
            ),
        )
    if not guide and (allocate.route is not None or allocate.roles):
        yield (
            path,
            Text(
                zh="route 和 roles 只用于 pool: route_guide",
                en="route and roles go with pool: route_guide only",
            ),
        )


def _person_of(plan: Plan, id_: StepId, name: FactName) -> Found:
    if name not in found_in(plan, "route_guide"):
        yield (
            ("steps", id_, "owner", "person_of"),
            worded(
                f"person_of 要写 route_guide 调到的人, {name} 不是",
                f"person_of names somebody found by route_guide; {name} is not",
            ),
        )
