"""Conditions: three-valued comparison of facts.

In: a plan's `when` and an incident's facts. Out: True, False, or None while a fact is unknown.
Forbidden here: events.
"""

from collections.abc import Callable, Mapping
from types import MappingProxyType

from plans.format import (
    AtLeast,
    AtMost,
    Before,
    Below,
    ByFact,
    Condition,
    Conditions,
    Ever,
    Never,
    OneOf,
    Over,
    Unless,
)
from plans.format.conditions import compared_with
from plans.incident import NONE, Fact, FactValue
from plans.model import FactName
from plans.moment import read_moment

Lookup = Callable[[FactName], FactValue | None]
Earlier = Mapping[FactName, tuple[str, ...]]
NOTHING_EARLIER: Earlier = MappingProxyType({})


def unknown(_: FactName) -> None:
    """For bounds of which nobody knows what they follow from."""


def holds(
    when: Conditions, facts: Mapping[FactName, Fact], earlier: Earlier = NOTHING_EARLIER
) -> bool | None:
    """Whether all conditions hold; False as soon as one is known not to. `earlier`: what was said
    before what is known now."""

    def value_of(name: FactName) -> FactValue | None:
        fact = facts.get(name)
        return fact.value if fact else None

    return hold(when, value_of, earlier)


def hold(when: Conditions, value_of: Lookup, earlier: Earlier = NOTHING_EARLIER) -> bool | None:
    """The same for facts that are looked up."""
    results = [
        _one(condition, value_of(name), earlier.get(name, ()), value_of)
        for name, condition in when.items()
    ]
    if False in results:
        return False
    return None if None in results else True


def _one(
    condition: Condition, value: FactValue | None, earlier: tuple[str, ...], other: Lookup
) -> bool | None:
    match condition:
        case Ever(ever=answer) if answer in earlier:
            return True
        case Never(never=answer) if answer in earlier:
            return False
    if value is None:
        return True if isinstance(condition, Unless | Never) else None
    against = compared_with(condition)
    if against is not None and other(against) is None:
        return None
    return compare(condition, value, other)


def compare(condition: Condition, value: FactValue, other: Lookup) -> bool:
    """Whether a known value meets one condition, by itself; `other` looks up a fact that a bound
    follows."""
    match condition:
        case "any":
            return value != NONE
        case Over(over=bound):
            return isinstance(value, int) and value > _bound(bound, other)
        case AtMost(at_most=bound):
            return isinstance(value, int) and value <= _bound(bound, other)
        case Before(before=name):
            return _is_before(value, other(name))
        case OneOf(one_of=answers):
            return value in answers
        case Unless(unless=answer) | Never(never=answer):
            return value != answer
        case Ever(ever=answer):
            return value == answer
        case AtLeast(among=levels) | Below(among=levels):
            return value in levels
        case str() | int():
            return value == condition


def _is_before(value: FactValue, other: FactValue | None) -> bool:
    """Only what are both moments can be compared."""
    moment, against = (read_moment(one) if isinstance(one, str) else None for one in (value, other))
    return moment is not None and against is not None and moment < against


def _bound(bound: int | ByFact, other: Lookup) -> int:
    """A bound that follows from another fact; for a value that it does not name, what it says for
    all others."""
    if isinstance(bound, int):
        return bound
    return bound.is_.get(str(other(bound.of)), bound.else_)
