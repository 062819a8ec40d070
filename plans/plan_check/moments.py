"""Whether the times that hang on facts, and what is done anew, are written soundly.

In: a plan. Out: paths with words. Forbidden here: spans of time (see `timing`).
"""

from collections.abc import Iterator, Mapping

from plans.format import Plan, Step
from plans.model import FactName, StepId
from plans.plan_check.facts import Origin, facts_of, path_of
from plans.text import Text
from plans.yaml_source import Path, worded

Found = Iterator[tuple[Path, Text]]
_WAYS = ("in", "by", "working_days")


def named(id_: StepId, step: Step) -> Iterator[tuple[Path, FactName]]:
    """The facts that a step names for its times."""
    path = path_of(id_)
    if step.due.before is not None:
        yield (*path, "due", "before"), step.due.before
    if step.due.after.startswith("known."):
        yield (*path, "due", "after"), step.due.after.removeprefix("known.")
    if step.not_before is not None and step.not_before.fact is not None:
        yield (*path, "not_before", "fact"), step.not_before.fact
    for name, one in step.works_out.items():
        yield (*path, "works_out", name, "order_day_of"), one.order_day_of
    for place, name in enumerate(step.redo_when):
        yield (*path, "redo_when", place), name


def fitting(plan: Plan) -> Found:
    facts = facts_of(plan)
    yield from _rests(plan, facts)
    for id_, step in plan.every_step().items():
        yield from _due(id_, step)
        yield from _types(id_, step, facts)
        yield from _waits(id_, step)
        yield from _again(id_, step)


def _rests(plan: Plan, facts: Mapping[FactName, Origin]) -> Found:
    """What is needed soon must say when."""
    name = plan.rests.unless if plan.rests is not None else None
    if name is not None and (name not in facts or facts[name].type != "time"):
        yield (
            ("rests", "unless"),
            worded(
                f"unless 要写一个 type: time 的问题, {name} 不是",
                f"unless names a question of type time; {name} is not one",
            ),
        )


def _due(id_: StepId, step: Step) -> Found:
    path: Path = (*path_of(id_), "due")
    due = step.due
    given = [way for way in _WAYS if getattr(due, "in_" if way == "in" else way) is not None]
    if len(given) != 1:
        yield (
            path,
            worded(
                f"时限请写一种, 只写一种: {', '.join(_WAYS)}",
                f"say in one way, and in one only, by when: {', '.join(_WAYS)}",
            ),
        )
    if due.before is not None and (due.in_ is None or "after" in due.model_fields_set):
        yield (
            (*path, "before"),
            Text(
                zh="before 要和 in 一起写 (比那个时刻早多少), 不写 after",
                en="before goes with in (how long before that moment), and without after",
            ),
        )


def _types(id_: StepId, step: Step, facts: dict[FactName, Origin]) -> Found:
    """A moment where a moment is needed, a customer where it is a customer's."""
    for path, name in named(id_, step):
        kind = facts[name].type
        if path[-1] in ("before", "fact") and kind != "time":
            yield (
                path,
                worded(
                    f"这里要一个时刻 (type: time), {name} 的类型是 {kind}",
                    f"a moment is needed here (type: time); {name} is of type {kind}",
                ),
            )
        if path[-1] == "order_day_of" and kind != "customer":
            yield (
                path,
                worded(
                    f"订货日是客户的, {name} 的类型是 {kind}",
                    f"order days are a customer's; {name} is of type {kind}",
                ),
            )
    for name in step.works_out:
        if name in step.record and step.record[name].type != "time":
            yield (
                (*path_of(id_), "record", name, "type"),
                worded(
                    f"{name} 由 works_out 算出, 是时刻: 请写 type: time",
                    f"{name} is worked out and is a moment: write type: time",
                ),
            )


def _waits(id_: StepId, step: Step) -> Found:
    wait, path = step.not_before, (*path_of(id_), "not_before")
    if wait is not None and (wait.fact is None) == (wait.in_ is None):
        yield (
            path,
            Text(
                zh="not_before 请写 fact (一个时刻) 或 in (多久以后), 只写一个",
                en="not_before has a fact (a moment) or in (so long after): write one of them",
            ),
        )


def _again(id_: StepId, step: Step) -> Found:
    if not step.redo_when:
        return
    path: Path = (*path_of(id_), "redo_when")
    for field in ("for_each", "calls"):
        if getattr(step, field):
            yield (
                path,
                worded(
                    f"写了 {field} 的步骤不能写 redo_when",
                    f"a step with {field} has no redo_when",
                ),
            )
    own = {*step.record, *step.works_out, *((step.allocate.as_,) if step.allocate else ())}
    for place, name in enumerate(step.redo_when):
        if name in own:
            yield (
                (*path, place),
                worded(
                    f"{name} 是这一步自己记下的: redo_when 写别处来的答案",
                    f"{name} is said at this very step: redo_when names answers from elsewhere",
                ),
            )
