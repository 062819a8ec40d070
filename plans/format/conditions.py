"""Conditions: what a plan compares facts with.

In: what a planner wrote. Out: frozen conditions. Forbidden here: comparing (see
`plans.engine.conditions`). A condition may name a fact, or what the register says of the customer
or goods that a fact names: `customer.grade`.
"""

from collections.abc import Iterator, Mapping
from typing import Any

from pydantic import Field

from plans.model import FactName, Value


class ByFact(Value):
    """A bound that depends on another fact: `is` by its value, `else` for any other."""

    of: FactName
    is_: Mapping[str, int] = Field(alias="is", min_length=1, max_length=20)
    else_: int = Field(alias="else")


class Over(Value):
    """A number above a bound."""

    over: int | ByFact


class AtMost(Value):
    """A number up to and including a bound."""

    at_most: int | ByFact


class OneOf(Value):
    """One of several answers."""

    one_of: tuple[str, ...] = Field(min_length=2, max_length=8)


class Unless(Value):
    """Anything but this answer, also when nobody has given one: it holds up nothing."""

    unless: str | int


class Ever(Value):
    """An answer that was given at some time, also when it has been corrected since."""

    ever: str


class Never(Value):
    """An answer that has not been given so far, also while nobody has answered."""

    never: str


class Before(Value):
    """A moment earlier than another, which a fact or the register names; in gates only."""

    before: FactName


class AtLeast(Value):
    """A level, or a higher one. `among` are those levels; the plan fills them in."""

    at_least: str
    among: tuple[str, ...] = ()


class Below(Value):
    """A level lower than this one. `among` are those levels; the plan fills them in."""

    below: str
    among: tuple[str, ...] = ()


# "any": known and not none. "none": looked for and not there. Otherwise: equal to that answer.
Condition = str | int | Over | AtMost | Before | OneOf | Unless | Ever | Never | AtLeast | Below
Conditions = dict[FactName, Condition]


def named_in(when: Conditions) -> Iterator[FactName]:
    """Every fact that the conditions name, bounds that follow a fact among them."""
    for name, condition in when.items():
        yield name
        if (other := compared_with(condition)) is not None:
            yield other


def awaited_in(when: Conditions) -> Iterator[FactName]:
    """Every fact that must be known before the conditions hold or do not."""
    for name, condition in when.items():
        if not isinstance(condition, Unless | Never):
            yield from named_in({name: condition})


def compared_with(condition: Condition) -> FactName | None:
    """The other fact that must be known to compare with, where the condition has one."""
    if isinstance(condition, Before):
        return condition.before
    bound = bound_of(condition)
    return bound.of if bound is not None else None


def bound_of(condition: Condition) -> ByFact | None:
    """The bound that follows from another fact, where the condition has one."""
    match condition:
        case Over(over=ByFact() as bound) | AtMost(at_most=ByFact() as bound):
            return bound
        case _:
            return None


def with_levels(when: object, levels: Mapping[str, list[str]]) -> object:
    """Conditions as they were read, with the levels that `at_least` and `below` mean. What is not
    as it should be is left for whoever checks it."""
    if not isinstance(when, dict):
        return when
    return {name: _with_levels(one, levels.get(name, [])) for name, one in when.items()}


def _with_levels(condition: object, levels: list[str]) -> object:
    if not isinstance(condition, dict):
        return condition
    spelt: dict[str, Any] = condition
    if (lowest := spelt.get("at_least")) in levels:
        return {**spelt, "among": levels[levels.index(lowest) :]}
    if (bound := spelt.get("below")) in levels:
        return {**spelt, "among": levels[: levels.index(bound)]}
    return spelt
