"""Words that a plan expects of the register: whether anything there has them.

In: a plan without problems, and the company it is for. Out: paths with words, shown as warnings.
Forbidden here: words of which there are only some, like yes and no (see `fitting`).
"""

from collections.abc import Iterator

from plans.company.model import Company
from plans.format import Condition, OneOf, Plan, Unless
from plans.format.conditions import bound_of
from plans.incident import NONE
from plans.model import FactName
from plans.plan_check.facts import facts_of
from plans.text import Text
from plans.yaml_source import Path, worded

Found = Iterator[tuple[Path, Text]]
SHOWN = 8


def registered(plan: Plan, company: Company) -> Found:
    """Each thing that is looked at once; nothing while the company file knows no customer's."""
    facts, told = facts_of(plan), set[FactName]()
    for path, name, words in _expected(plan):
        free = facts[name].type == "attribute" and not facts[name].words
        known = _known(company, name.partition(".")[2]) if free else {}
        missing = [word for word in words if word not in known and word != NONE]
        if known and missing and name not in told:
            told.add(name)
            lacked, there = ", ".join(missing[:SHOWN]), ", ".join(list(known)[:SHOWN])
            yield (
                path,
                worded(
                    f"公司文件里没有客户的 {name} 是 {lacked}; 有的是: {there}",
                    f"no customer in the company file has {name} {lacked}; there are: {there}",
                ),
            )


def _expected(plan: Plan) -> Iterator[tuple[Path, FactName, tuple[str, ...]]]:
    for path, when in plan.conditions():
        for name, condition in when.items():
            here: Path = (*path, "when", name)
            yield from (((here, name, words),) if (words := _words(condition)) else ())
            if (bound := bound_of(condition)) is not None:
                yield here, bound.of, tuple(bound.is_)


def _words(condition: Condition) -> tuple[str, ...]:
    match condition:
        case "any":
            return ()
        case OneOf(one_of=answers):
            return answers
        case Unless(unless=str(answer)) | str(answer):
            return (answer,)
        case _:
            return ()


def _known(company: Company, attribute: str) -> dict[str, None]:
    """In the file's order, each word once."""
    said = (getattr(customer, attribute, "") for customer in company.customers.values())
    return dict.fromkeys(str(word) for word in said if word)
