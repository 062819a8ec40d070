"""A plan file from text to a plan that the engine can carry out to its end.

In: the file's text, its name, and the company it is for. Out: `PlanFile`, or every problem with
its line and field in words. Forbidden here: opening files.
"""

from dataclasses import dataclass

from plans.company.model import Company
from plans.format import Plan
from plans.yaml_source import Problem, Problems, read_yaml


@dataclass(frozen=True)
class PlanFile:
    """A plan without problems; `warnings` are gaps that the engine can live with."""

    plan: Plan
    warnings: tuple[Problem, ...] = ()


def read_plan(text: str, name: str, company: Company | None = None) -> PlanFile | Problems:
    """`name` is what the file is called in problems. Without a company, roles stay unchecked."""
    source = read_yaml(text, Plan, name)
    return source if isinstance(source, Problems) else PlanFile(source.value)
