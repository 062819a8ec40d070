"""Where a plan's facts come from, and which answers they can have.

In: a plan. Out: `Origin` by fact name. Forbidden here: judging.
"""

from dataclasses import dataclass
from typing import Literal

from plans.format import (
    CLOSING,
    Asked,
    AtLeast,
    Below,
    Ever,
    FieldType,
    Never,
    OneOf,
    Plan,
    Unless,
)
from plans.format.attributes import ATTRIBUTES
from plans.incident import NONE
from plans.model import FactName, StepId
from plans.yaml_source import Path

FactType = FieldType | Literal["allocated", "attribute"]


@dataclass(frozen=True)
class Origin:
    """Who asks for a fact: the report (`step` is None), or a step; `asked` is None for the outcome
    of a search in the pool. `of`: the fact whose attribute it is; it is known as soon as that is,
    and is one of `words`, or any where there are none."""

    name: FactName
    path: Path
    step: StepId | None
    asked: Asked | None
    of: FactName | None = None
    words: tuple[str, ...] = ()

    @property
    def type(self) -> FactType:
        if self.of is not None:
            return "attribute"
        return self.asked.type if self.asked else "allocated"

    @property
    def searched(self) -> bool:
        """Whether it is the outcome of a search in the pool."""
        return self.type == "allocated"

    @property
    def sure(self) -> bool:
        """Whether it cannot be left open by whoever is asked."""
        return self.asked is None or self.asked.required

    @property
    def answers(self) -> tuple[str, ...]:
        """All there are, where they can be told one by one."""
        if self.type == "yes_no":
            return ("yes", "no")
        if self.of is not None:
            return self.words
        if self.asked is None:
            return ("any", NONE)
        return tuple(self.asked.choices) if self.type in ("choice", "level") else ()


def origins_of(plan: Plan) -> tuple[Origin, ...]:
    """Every fact of the plan in the order of the file; a name twice when two places ask for it."""
    found = [Origin(name, ("ask", name), None, ask) for name, ask in plan.ask.items()]
    for id_, step in plan.steps.items():
        if step.allocate is not None:
            path: Path = ("steps", id_, "allocate", "as")
            found.append(Origin(step.allocate.as_, path, id_, None))
        if step.decide is not None:
            keys = ("as", "grant")
            for key, (name, said) in zip(keys, step.decide.says({}).items(), strict=False):
                found.append(Origin(name, ("steps", id_, "decide", key), id_, said))
        for name, said in step.works_out_only.items():
            found.append(Origin(name, ("steps", id_, "works_out", name), id_, said))
        for name, record in step.record.items():
            found.append(Origin(name, ("steps", id_, "record", name), id_, record))
    return tuple(found)


def facts_of(plan: Plan) -> dict[FactName, Origin]:
    facts: dict[FactName, Origin] = {}
    for origin in origins_of(plan):
        facts.setdefault(origin.name, origin)
    for name in sorted(plan.attributes):
        base, _, attribute = name.partition(".")
        named = facts.get(base)
        words = ATTRIBUTES.get(named.asked.type, {}) if named and named.asked else {}
        if named is not None and attribute in words:
            facts[name] = Origin(name, named.path, named.step, None, base, words[attribute])
    return facts


def path_of(step: StepId) -> Path:
    return ("close",) if step == CLOSING else ("steps", step)


def spelt(condition: object) -> str:
    """A condition the way a planner writes it."""
    match condition:
        case OneOf(one_of=answers):
            return ", ".join(answers)
        case Unless(unless=answer) | AtLeast(at_least=answer) | Below(below=answer):
            return str(answer)
        case Ever(ever=answer) | Never(never=answer):
            return answer
        case _:
            return str(condition)
