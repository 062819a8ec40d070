"""A plan file read, with all that is wrong in it told at once.

In: the file's text, its name, and the company it is for. Out: a `Plan` that the engine can carry
out to its end, or `Problems`; warnings apart. Forbidden here: opening files.
"""

from plans.company.model import Company
from plans.format import Plan
from plans.yaml_source import Problem, Problems, read_yaml


def read_plan(text: str, name: str, company: Company | None = None) -> Plan | Problems:
    """The plan, or everything that must be put right first.

    Without a company, roles are taken as written.
    """
    source = read_yaml(text, Plan, name)
    return source if isinstance(source, Problems) else source.value


def warnings_of_plan(text: str, name: str, company: Company | None = None) -> tuple[Problem, ...]:
    """What is worth telling about a plan without problems; () when it has problems."""
    return ()
