"""Whether what begins after the end, and what there is one of in a region, is written soundly.

In: a plan, or every plan of a company. Out: paths with words. Forbidden here: calls (see `calls`).
"""

from collections.abc import Iterator, Mapping

from plans.format import Plan
from plans.plan_check.facts import facts_of
from plans.text import Text
from plans.yaml_source import Path, unknown_name, worded

Found = Iterator[tuple[Path, Text]]
Plans = Mapping[str, Plan]


def following(plan: Plan) -> Found:
    """What one plan alone can get wrong."""
    known = facts_of(plan)
    for place, follow_up in enumerate(plan.follow_up):
        for name in follow_up.when:
            if name.partition(".")[0] not in known:
                path: Path = ("follow_up", place, "when", name)
                yield path, unknown_name(name, known, "问题", "question")
    if plan.per_region and plan.routine is not None:
        yield (
            ("per_region",),
            Text(
                zh="例行检查不按区域并入: 到点每个区域自己开始一次, 请删去 per_region",
                en="a routine is not joined by region: it begins once in each by itself; take out "
                "per_region",
            ),
        )


def misnamed(plan: Plan, plans: Plans) -> Found:
    """Plans that there are not, and those that begin by the clock anyway."""
    for place, follow_up in enumerate(plan.follow_up):
        path: Path = ("follow_up", place, "plan")
        if follow_up.plan not in plans:
            yield path, unknown_name(follow_up.plan, plans, "预案", "plan")
        elif plans[follow_up.plan].routine is not None:
            yield (
                path,
                worded(
                    f"{follow_up.plan} 是例行检查, 到点自己开始, 不能在结束后跟进",
                    f"{follow_up.plan} is a routine: it begins by the clock and cannot follow up",
                ),
            )


def endless(plan: Plan, plans: Plans) -> Found:
    """A plan that is followed by itself in the end, whatever anybody answers."""
    way, last = [plan.plan], plan
    while (after := _always_after(last)) is not None and after in plans:
        if after in way:
            if after == plan.plan == min(way):
                shown = " → ".join((*way, after))
                yield (
                    ("follow_up",),
                    worded(
                        f"跟进没有尽头: {shown}。请给其中一项加上 when",
                        f"plans follow each other without end: {shown}; add a when to one of them",
                    ),
                )
            return
        way.append(after)
        last = plans[after]


def _always_after(plan: Plan) -> str | None:
    return next((follow_up.plan for follow_up in plan.follow_up if not follow_up.when), None)
