"""A plan file from text to a plan that the engine can carry out to its end.

In: the file's text, its name, and the company it is for. Out: `PlanFile`, or every problem with
its line and field in words. Forbidden here: opening files.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import chain

from plans.company.model import Company
from plans.format import Plan
from plans.plan_check import broadcasting, deciding
from plans.plan_check.blanks import blanks
from plans.plan_check.commanding import commanding
from plans.plan_check.endings import endings
from plans.plan_check.fitting import fitting
from plans.plan_check.following import following
from plans.plan_check.gaps import gaps
from plans.plan_check.names import names
from plans.plan_check.order import order
from plans.plan_check.timing import timing
from plans.plan_check.wording import too_long
from plans.text import Text
from plans.yaml_source import Path, Problem, Problems, Source, read_yaml


@dataclass(frozen=True)
class PlanFile:
    """A plan without problems; `warnings` are gaps that the engine can live with. `source` places
    what shows only when other plans are known."""

    plan: Plan
    warnings: tuple[Problem, ...]
    source: Source[Plan]


def read_plan(text: str, name: str, company: Company | None = None) -> PlanFile | Problems:
    """`name` is what the file is called in problems. Without a company, roles stay unchecked."""
    source = read_yaml(text, Plan, name)
    if isinstance(source, Problems):
        return source
    plan = source.value
    # Each check rests on the one before: names are known, parts fit, then answers are tried.
    for check in (
        chain(
            names(plan, company),
            deciding.names(plan, company),
            broadcasting.names(plan, company),
            following(plan),
            commanding(plan, company),
        ),
        chain(
            fitting(plan),
            deciding.fitting(plan),
            broadcasting.fitting(plan),
            order(plan),
            timing(plan, company),
            too_long(plan),
            blanks(plan),
        ),
        endings(plan),
    ):
        if found := _placed(source, check):
            return Problems.of(found)
    return PlanFile(plan, _placed(source, gaps(plan, company)), source)


def _placed(source: Source[Plan], found: Iterable[tuple[Path, Text]]) -> tuple[Problem, ...]:
    return tuple(source.problem(path, message) for path, message in found)
