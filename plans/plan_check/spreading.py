"""Whether what several owners do at once is written soundly.

In: a plan whose names are all known. Out: paths with words. Forbidden here: names, order, time.
"""

from collections.abc import Iterator

from plans.format import REPORTER, AfterAny, FieldType, ForEach, Plan, Step
from plans.model import FactName, StepId
from plans.plan_check.facts import Origin, facts_of
from plans.text import Text
from plans.yaml_source import Path, worded

Found = Iterator[tuple[Path, Text]]

_ONE_OF = "customers_of, customers_in, regions_of, depots, roles"
# What is said of customers only.
_OF_LISTS = ("only", "by", "ticked", "retry")
_NOT_SHARED = ("allocate", "decide", "broadcast", "works_out", "uses")


def fitting(plan: Plan) -> Found:
    facts = facts_of(plan)
    for id_, step in plan.steps.items():
        if step.for_each is not None:
            path: Path = ("steps", id_, "for_each")
            yield from _kind(path, step.for_each)
            yield from _follows(path, step.for_each, facts)
            yield from _owner(path, step)
            yield from _does(id_, step)
            yield from _before_others(plan, id_, step.for_each)


def _kind(path: Path, for_each: ForEach) -> Found:
    """Exactly one kind, and of lists only what goes with lists."""
    kinds = (for_each.customers_of, for_each.customers_in, for_each.regions_of)
    given = [*(kind is not None for kind in kinds), for_each.depots, bool(for_each.roles)]
    if sum(given) != 1:
        yield (
            path,
            worded(
                f"分给谁做, 请写一种, 只写一种: {_ONE_OF}",
                f"say in one way, and in one only, who has a part: {_ONE_OF}",
            ),
        )
    if for_each.has_lists:
        return
    for field in _OF_LISTS:
        if field in for_each.model_fields_set:
            yield (
                (*path, field),
                worded(
                    f"{field} 只用于客户名单 (customers_of, customers_in)",
                    f"{field} goes with lists of customers only (customers_of, customers_in)",
                ),
            )


def _follows(path: Path, for_each: ForEach, facts: dict[FactName, Origin]) -> Found:
    """A route or an area, as it needs."""
    wanted: tuple[tuple[str, FactName | None, FieldType, str, str], ...] = (
        ("customers_of", for_each.customers_of, "route", "一条线路", "a route"),
        ("customers_in", for_each.customers_in, "area", "一个范围", "an area"),
        ("regions_of", for_each.regions_of, "area", "一个范围", "an area"),
    )
    for field, name, type_, zh, en in wanted:
        if name is not None and facts[name].type != type_:
            yield (
                (*path, field),
                worded(
                    f"这里要{zh} (type: {type_}), {name} 的类型是 {facts[name].type}",
                    f"{en} is needed here; {name} is of type {facts[name].type}",
                ),
            )


def _owner(path: Path, step: Step) -> Found:
    if step.owner.role in (None, REPORTER):
        yield (
            path,
            Text(
                zh="for_each 的 owner 要写一个岗位: 没有分给别人的归它",
                en="with for_each the owner is a role: it has whatever is nobody's",
            ),
        )


def _does(id_: StepId, step: Step) -> Found:
    """What is done once cannot be several people's."""
    for field in _NOT_SHARED:
        if getattr(step, field):
            yield (
                ("steps", id_, field),
                worded(
                    f"几个人分头做的步骤 (for_each) 不能写 {field}: 请另写一步",
                    f"a step that several do at once (for_each) has no {field}: make that another "
                    "step",
                ),
            )
    for name, record in step.record.items():
        if record.type != "level" or record.ask != "done":
            yield (
                ("steps", id_, "record", name),
                worded(
                    f"几个人分头做的步骤, 只能在完成时记 type: level (取最高的), {name} 不是",
                    "where several do a step, each may record a level when it is done, and the "
                    f"highest stands; {name} is something else",
                ),
            )


def _before_others(plan: Plan, id_: StepId, for_each: ForEach) -> Found:
    if for_each.follows is None:
        return
    for other_id, other in plan.steps.items():
        if isinstance(other.after, AfterAny) and id_ in other.after.any:
            yield (
                ("steps", other_id, "after", "any"),
                worded(
                    f"{id_} 可能没有客户可通知而跳过: 请写进 after: [..], 不要写进 any",
                    f"{id_} may find no customers and be skipped: name it in after: [...], "
                    "not under any",
                ),
            )
