"""Conditions: three-valued comparison of facts.

In: a plan's `when` and an incident's facts. Out: True, False, or None while a fact is unknown.
Forbidden here: events.
"""

from collections.abc import Mapping

from plans.format import AtMost, Condition, Conditions, OneOf, Over, Unless
from plans.incident import NONE, Fact, FactValue
from plans.model import FactName


def holds(when: Conditions, facts: Mapping[FactName, Fact]) -> bool | None:
    """Whether all conditions hold; False as soon as one is known not to."""
    results = [_one(condition, facts.get(name)) for name, condition in when.items()]
    if False in results:
        return False
    return None if None in results else True


def _one(condition: Condition, fact: Fact | None) -> bool | None:
    if fact is None:
        return True if isinstance(condition, Unless) else None
    return compare(condition, fact.value)


def compare(condition: Condition, value: FactValue) -> bool:
    """Whether a known value meets one condition."""
    match condition:
        case "any":
            return value != NONE
        case Over(over=bound):
            return isinstance(value, int) and value > bound
        case AtMost(at_most=bound):
            return isinstance(value, int) and value <= bound
        case OneOf(one_of=answers):
            return value in answers
        case Unless(unless=answer):
            return value != answer
        case str() | int():
            return value == condition
