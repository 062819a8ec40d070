"""Whether a plan's steps can follow each other.

In: a plan whose names are all known. Out: paths with words. Forbidden here: what people answer
(see `endings`).
"""

from collections.abc import Iterator

from plans.format import CLOSING, Plan
from plans.format.conditions import named_in
from plans.model import StepId
from plans.plan_check.facts import facts_of, path_of
from plans.text import Text
from plans.yaml_source import Path, worded

Found = Iterator[tuple[Path, Text]]
Waits = dict[StepId, dict[StepId, str]]


def order(plan: Plan) -> Found:
    yield from _circles(plan)
    yield from _anchors(plan)


def _waits(plan: Plan) -> Waits:
    """For each step the steps it waits for; the value names the fact it waits for, or ""."""
    facts = facts_of(plan)
    waits: Waits = {}
    for id_, step in plan.steps.items():
        waits[id_] = dict.fromkeys(step.follows, "")
        for name in named_in(step.when):
            if (origin := facts[name].step) is not None:
                waits[id_].setdefault(origin, name)
    return waits


def _circles(plan: Plan) -> Found:
    waits = _waits(plan)
    told: set[frozenset[StepId]] = set()
    for id_ in plan.steps:
        circle = _circle(waits, id_)
        if circle and frozenset(circle) not in told:
            told.add(frozenset(circle))
            shown = " → ".join((*circle, id_))
            facts = [waits[a][b] for a, b in zip(circle, (*circle[1:], id_), strict=True)]
            why = ", ".join(filter(None, facts))
            zh, en = (f" (等的是 {why})", f" (waiting for {why})") if why else ("", "")
            yield (
                path_of(id_),
                worded(
                    f"步骤互相等待, 谁也开始不了: {shown}{zh}",
                    f"steps wait for each other and none can begin: {shown}{en}",
                ),
            )


def _circle(waits: Waits, start: StepId) -> tuple[StepId, ...]:
    """The shortest way from a step back to itself, or ()."""
    ways: list[tuple[StepId, ...]] = [(start,)]
    seen: set[StepId] = set()
    for way in ways:
        for name in waits[way[-1]]:
            if name == start:
                return way
            if name not in seen:
                seen.add(name)
                ways.append((*way, name))
    return ()


def before(plan: Plan, step: StepId) -> frozenset[StepId]:
    """Every step that comes before the step by `after`, near and far."""
    steps = plan.every_step()
    found: list[StepId] = list(steps[step].follows)
    for name in found:
        found += [n for n in steps[name].follows if n not in found]
    return frozenset(found)


def _anchors(plan: Plan) -> Found:
    for id_, step in plan.every_step().items():
        if not step.due.after.startswith("done."):
            continue
        anchor = step.due.after.removeprefix("done.")
        if anchor not in before(plan, id_):
            key = "when" if id_ == CLOSING else "after"
            path: Path = (*path_of(id_), "due", "after")
            yield (
                path,
                worded(
                    f"时限从 {anchor} 完成时算起, 但这一步不在它之后: 请在 {key} 里写上 {anchor}",
                    f"the time runs from the end of {anchor}, but this step does not come after "
                    f"it: name {anchor} under {key}",
                ),
            )
