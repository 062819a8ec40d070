"""Whether every name in a plan stands for something, and for one thing only.

In: a plan, and the company it is for. Out: paths with words. Forbidden here: whether the parts fit
(all other checks rest on every name being known).
"""

from collections.abc import Iterable, Iterator

from plans.company.model import Company
from plans.format import (
    CLOSING,
    REPORTER,
    AfterAny,
    AfterMissed,
    Owner,
    Plan,
    RouteOf,
    Step,
)
from plans.format.attributes import ATTRIBUTES
from plans.format.conditions import compared_with
from plans.model import StepId
from plans.plan_check import moments, rounds, stock
from plans.plan_check.facts import facts_of, origins_of, path_of
from plans.text import Text
from plans.yaml_source import Path, unknown_name, worded

Found = Iterator[tuple[Path, Text]]
RESERVED = (CLOSING, REPORTER)


def names(plan: Plan, company: Company | None) -> Found:
    yield from _reserved(plan)
    yield from _twice(plan)
    yield from _steps(plan)
    yield from _checks(plan)
    yield from _facts(plan)
    yield from rounds.names(plan)
    if company is not None:
        yield from _roles(plan, company)


def _reserved(plan: Plan) -> Found:
    named: list[tuple[Path, str]] = [(("steps", step), step) for step in plan.steps]
    named += [(("checks", check), check) for check in plan.checks]
    named += [(origin.path, origin.name) for origin in origins_of(plan)]
    for path, name in named:
        if name in RESERVED:
            yield (
                path,
                worded(
                    f"{name} 这个名称程序自己要用, 请换一个",
                    f"the name {name} has a meaning of its own here: take another",
                ),
            )


def _twice(plan: Plan) -> Found:
    first = facts_of(plan)
    for origin in origins_of(plan):
        if origin.path != first[origin.name].path:
            where = ".".join(map(str, first[origin.name].path))
            yield (
                origin.path,
                worded(
                    f"{origin.name} 已经在 {where} 问过: 同一件事只在一处问, 请换个名称或删去",
                    f"{origin.name} is asked for already, at {where}: ask for one thing in one "
                    "place; take another name, or leave it out",
                ),
            )


def _steps(plan: Plan) -> Found:
    wanted: list[tuple[Path, str]] = []
    for id_, step in plan.every_step().items():
        key = "when" if id_ == CLOSING else "after"
        any_: Path = () if isinstance(step.after, tuple) else ("any",)
        for place, name in enumerate(step.follows):
            wanted.append(((*path_of(id_), key, *any_, place), name))
        if step.due.after.startswith("done."):
            wanted.append(((*path_of(id_), "due", "after"), step.due.after.removeprefix("done.")))
    for path, name in wanted:
        if name not in plan.steps:
            yield path, unknown_name(name, plan.steps, "步骤", "step")
    for check_id, check in plan.checks.items():
        for place, name in enumerate(check.ends_with):
            if name not in plan.every_step():
                of_several: Path = ("any", place) if isinstance(check.until, AfterAny) else ()
                path = ("checks", check_id, "until", *of_several)
                yield path, unknown_name(name, plan.every_step(), "步骤", "step")


def _checks(plan: Plan) -> Found:
    for id_, step in plan.steps.items():
        if isinstance(step.after, AfterMissed) and step.after.missed not in plan.checks:
            path = (*path_of(id_), "after", "missed")
            yield path, unknown_name(step.after.missed, plan.checks, "定时询问", "check")


def _facts(plan: Plan) -> Found:
    known = facts_of(plan)
    wanted = list(_in_conditions(plan))
    for path, owner in _owners(plan):
        wanted += [((*path, "region_of"), owner.region_of)] if owner.region_of else []
        wanted += [((*path, "driver_of"), owner.driver_of)] if owner.driver_of else []
        wanted += [((*path, "person_of"), owner.person_of)] if owner.person_of else []
    wanted += _named(plan)
    for path, name in wanted:
        if name not in known:
            yield path, _nobody_asks(name, known)
    if plan.subject is not None and plan.subject not in plan.ask:
        yield ("subject",), _nobody_asks(plan.subject, plan.ask)


def _in_conditions(plan: Plan) -> Iterator[tuple[Path, str]]:
    """What conditions name; of what others look at, only what is theirs to know."""
    for path, when in plan.conditions():
        for key, condition in when.items():
            own = path[0] in ("ask", "steps", "gate", "rounds") and "tiers" not in path
            if own or "." in key:
                yield (*path, "when", key), key
            if (other := compared_with(condition)) is not None:
                yield (*path, "when", key), other


def _named(plan: Plan) -> Iterator[tuple[Path, str]]:
    """The facts that steps and defaults name by themselves."""
    for ask_name, ask in plan.ask.items():
        if isinstance(ask.default, RouteOf):
            yield ("ask", ask_name, "default", "route_of"), ask.default.route_of
    for id_, step in plan.steps.items():
        for place, name in enumerate(step.show):
            yield ("steps", id_, "show", place), name
        yield from moments.named(id_, step)
        yield from _spread(id_, step)
        if step.allocate is not None and step.allocate.route is not None:
            yield ("steps", id_, "allocate", "route"), step.allocate.route
        yield from stock.named(id_, step)


def _spread(id_: StepId, step: Step) -> Iterator[tuple[Path, str]]:
    """The facts that the parts of a step follow from."""
    if step.for_each is None:
        return
    for field in ("customers_of", "customers_in", "regions_of"):
        if (name := getattr(step.for_each, field)) is not None:
            yield ("steps", id_, "for_each", field), name


def _nobody_asks(name: str, known: Iterable[str]) -> Text:
    told = unknown_name(name, known, "问题", "question")
    base, _, attribute = name.partition(".")
    if attribute and base in known:
        words = "; ".join(f"{type_}: {', '.join(one)}" for type_, one in ATTRIBUTES.items())
        return worded(
            f"登记册里没有 {name}: 点号后面可以写 {words}",
            f"the register says no {name}; after the point may stand {words}",
        )
    return worded(
        f"没有人会问到 {name}, 也没有步骤记录它: {told.zh}",
        f"nobody is asked for {name} and no step records it: {told.en}",
    )


def _owners(plan: Plan) -> Iterator[tuple[Path, Owner]]:
    for id_, step in plan.steps.items():
        yield ("steps", id_, "owner"), step.owner
    for check_id, check in plan.checks.items():
        yield ("checks", check_id, "owner"), check.owner


def _roles(plan: Plan, company: Company) -> Found:
    for path, role in roles_of(plan):
        if role not in company.roles:
            yield path, unknown_name(role, company.roles, "岗位", "role")


def roles_of(plan: Plan) -> Iterator[tuple[Path, str]]:
    """Every place where the plan names a role of the company."""
    for place, role in enumerate(plan.inform):
        yield ("inform", place), role
    for path, owner in _owners(plan):
        if owner.role is not None and owner.role != REPORTER:
            yield path, owner.role
    for id_, step in plan.steps.items():
        for place, role in enumerate(step.allocate.roles if step.allocate else ()):
            yield ("steps", id_, "allocate", "roles", place), role
        for place, role in enumerate(step.for_each.roles if step.for_each else ()):
            yield ("steps", id_, "for_each", "roles", place), role
        for name, record in step.record.items():
            for place, role in enumerate(record.tell):
                if role not in (REPORTER, "owner"):
                    yield ("steps", id_, "record", name, "tell", place), role
    for place, role in enumerate(plan.close.by):
        yield ("close", "by", place), role
