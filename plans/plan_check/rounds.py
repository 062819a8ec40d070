"""Whether what may come more than once, and what a step's being done says, is written soundly.

In: a plan. Out: paths with words. Forbidden here: the conditions of a round (see `fitting`).
"""

from collections.abc import Iterator

from plans.engine.conditions import compare, unknown
from plans.format import Plan, Round
from plans.plan_check.facts import facts_of
from plans.text import Text
from plans.yaml_source import Path, unknown_name, worded

Found = Iterator[tuple[Path, Text]]
# What a round puts back to its beginning must not be promised, or another incident's.
_NOT_AGAIN = ("allocate", "uses", "calls", "works_out")
_NOT_SET_BY = ("decide", "calls")
_CHOSEN = ("choice", "level", "yes_no")


def names(plan: Plan) -> Found:
    known = facts_of(plan)
    for id_, step in plan.steps.items():
        for name in step.sets:
            if name not in known:
                yield ("steps", id_, "sets", name), unknown_name(name, known, "问题", "question")
    for round_, one in plan.rounds.items():
        for key, steps in (("over", one.over), ("steps", one.steps)):
            for place, step_id in enumerate(steps):
                if step_id not in plan.steps:
                    path: Path = ("rounds", round_, key, place)
                    yield path, unknown_name(step_id, plan.steps, "步骤", "step")


def fitting(plan: Plan) -> Found:
    yield from _sets(plan)
    for name, one in plan.rounds.items():
        yield from _ends(plan, name, one)
        yield from _again(plan, name, one)


def _sets(plan: Plan) -> Found:
    facts = facts_of(plan)
    for id_, step in plan.steps.items():
        for name, value in step.sets.items():
            path: Path = ("steps", id_, "sets", name)
            if facts[name].type not in _CHOSEN:
                yield (
                    path,
                    worded(
                        f"sets 只能写选出来的答案 (choice, level, yes_no), {name} 不是",
                        f"sets gives answers to choose (choice, level, yes_no); {name} is not one",
                    ),
                )
            elif value not in facts[name].answers:
                yield path, unknown_name(value, facts[name].answers, "选项", "answer")
            elif facts[name].step == id_:
                yield (
                    path,
                    worded(
                        f"{name} 是这一步自己记下的, 不用 sets",
                        f"{name} is said at this very step: it needs no sets",
                    ),
                )
        for key in _NOT_SET_BY:
            if step.sets and getattr(step, key):
                yield (
                    ("steps", id_, "sets"),
                    worded(f"写了 {key} 的步骤不能写 sets", f"a step with {key} has no sets"),
                )


def _ends(plan: Plan, name: str, one: Round) -> Found:
    """Else the next round would begin the moment that this one is over."""
    for place, id_ in enumerate(one.over):
        said = plan.steps[id_].sets.items()
        if not any(n in one.when and not compare(one.when[n], v, unknown) for n, v in said):
            yield (
                ("rounds", name, "over", place),
                worded(
                    f"{id_} 做完, 下一轮马上就会开始: 请用 sets 写明它做完以后的答案, 使 when "
                    "不成立",
                    f"the next round would begin as soon as {id_} is done: let its sets give an "
                    "answer with which when does not hold",
                ),
            )


def _again(plan: Plan, name: str, one: Round) -> Found:
    for place, id_ in enumerate(one.steps):
        for key in _NOT_AGAIN:
            if getattr(plan.steps[id_], key):
                yield (
                    ("rounds", name, "steps", place),
                    worded(
                        f"写了 {key} 的步骤不能再来一轮",
                        f"a step with {key} cannot be gone through once more",
                    ),
                )
