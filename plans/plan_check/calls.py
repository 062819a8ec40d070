"""Whether plans that call each other fit: what only shows once all of them are read.

In: every plan file of a company. Out: problems and warnings with file and line. Forbidden here:
what one plan alone can get wrong.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from plans.engine.knowing import is_valid
from plans.format import Plan
from plans.plan_check.following import endless, misnamed
from plans.plan_check.read import PlanFile
from plans.text import Text
from plans.yaml_source import Path, Problem, unknown_name, worded

Files = Mapping[str, PlanFile]
Found = Iterator[tuple[Path, Text]]


@dataclass(frozen=True)
class CallsChecked:
    """`problems` keep the plans from being used; with `warnings` the engine can live."""

    problems: tuple[Problem, ...]
    warnings: tuple[Problem, ...]


def check_calls(read: Iterable[PlanFile]) -> CallsChecked:
    """Unknown plans, routines that are called or follow, circles; then facts that are not handed
    on. What a called plan must know besides is no warning: whoever reported is asked for it."""
    files = {file.plan.plan: file for file in read}
    plans = {name: file.plan for name, file in files.items()}
    problems = [
        file.source.problem(path, told)
        for file in files.values()
        for path, told in (*_misnamed(file.plan, files), *misnamed(file.plan, plans))
    ]
    if not problems:
        problems = [
            file.source.problem(path, told)
            for file in files.values()
            for path, told in (
                *_circles(file.plan, files),
                *_missaid(file.plan, files),
                *endless(file.plan, plans),
            )
        ]
    warnings = [
        file.source.problem(path, told)
        for file in ([] if problems else files.values())
        for path, told in _unfit(file.plan, files)
    ]
    return CallsChecked(tuple(problems), tuple(warnings))


def _calls(plan: Plan) -> Iterator[tuple[Path, str]]:
    for id_, step in plan.steps.items():
        if step.calls is not None:
            yield ("steps", id_, "calls"), step.calls


def _misnamed(plan: Plan, files: Files) -> Found:
    for path, called in _calls(plan):
        if called not in files:
            yield path, unknown_name(called, files, "预案", "plan")
        elif files[called].plan.routine is not None:
            yield (
                path,
                worded(
                    f"{called} 是例行检查, 到点自己开始, 不能由别的预案引出",
                    f"{called} is a routine: it begins by the clock and cannot be called",
                ),
            )


def _missaid(plan: Plan, files: Files) -> Found:
    """What a called plan is told must be an answer to one of its questions."""
    for id_, step in plan.steps.items():
        called = files[step.calls].plan if step.calls is not None else plan
        for name, value in step.calls_with.items():
            path = ("steps", id_, "calls_with", name)
            if step.calls is None or name not in called.ask:
                yield path, unknown_name(name, called.ask, "问题", "question")
            elif not is_valid(called, name, value):
                yield (
                    path,
                    worded(
                        f"{value} 不是 {called.plan} 里 {name} 的答案",
                        f"{value} is no answer to {name} in {called.plan}",
                    ),
                )


def _circles(plan: Plan, files: Files) -> Found:
    """A plan that would call itself in the end, told once: where the first of its names stands."""
    for path, called in _calls(plan):
        way = _way(called, plan.plan, files)
        if way and plan.plan == min(way):
            shown = " → ".join((plan.plan, *way))
            yield (
                path,
                worded(
                    f"预案互相引出, 没有尽头: {shown}",
                    f"plans call each other without end: {shown}",
                ),
            )


def _way(start: str, end: str, files: Files) -> tuple[str, ...]:
    """The shortest way of calls from one plan to another, both included; () without one."""
    ways: list[tuple[str, ...]] = [(start,)]
    seen = {start}
    for way in ways:
        if way[-1] == end:
            return way
        for _, called in _calls(files[way[-1]].plan):
            if called not in seen:
                seen.add(called)
                ways.append((*way, called))
    return ()


def _unfit(plan: Plan, files: Files) -> Found:
    known = plan.known()
    for path, called in _calls(plan):
        wanted = files[called].plan.ask
        other = [n for n, asked in wanted.items() if n in known and known[n].type != asked.type]
        if other:
            names = ", ".join(other)
            yield (
                path,
                worded(
                    f"{names} 在 {called} 里是另一种类型, 不会带过去; 同一件事请用同样的类型",
                    f"in {called} {names} has another type and is not handed on; give one thing "
                    "the same type in both",
                ),
            )
