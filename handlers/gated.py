"""Gates as a person meets them: which one answers run into, and which answer that is about.

In: a plan, answers that are known. Out: the name of a gate, of a fact. Forbidden here: words, and
deciding in an incident's stead (the engine refuses by itself).
"""

from collections.abc import Mapping
from datetime import datetime

from plans.company import Company
from plans.engine.conditions import holds
from plans.format import Plan
from plans.incident import Fact, FactValue
from plans.model import FactName

_ATTRIBUTES = {
    "customer": ("grade", "lawful", "honest_prices", "key"),
    "goods": ("class_", "kind"),
}


def as_known(
    plan: Plan, values: Mapping[FactName, FactValue], company: Company, at: datetime
) -> dict[FactName, Fact]:
    """The answers as facts, with what the register says of the customers and goods they name."""
    facts = {name: Fact(value=value, at=at, by=None) for name, value in values.items()}
    for name, value in values.items():
        asked = plan.asked().get(name)
        kind = asked.type if asked else ""
        entry: object = None
        if kind == "customer":
            entry = company.customers.get(str(value))
        elif kind == "goods":
            entry = company.goods.get(str(value))
        for attribute in _ATTRIBUTES.get(kind, ()) if entry is not None else ():
            said = getattr(entry, attribute)
            written = ("yes" if said else "no") if isinstance(said, bool) else str(said)
            facts[f"{name}.{attribute.rstrip('_')}"] = Fact(value=written, at=at, by=None)
    return facts


def refusing(plan: Plan, facts: Mapping[FactName, Fact]) -> str | None:
    """The first gate that holds."""
    return next((n for n, gate in plan.gate.items() if holds(gate.when, facts) is True), None)


def culprit(plan: Plan, gate: str, latest: FactName = "") -> FactName:
    """The answer to change: the one given last where the gate is about several; else the last of
    them to be asked."""
    about = [name.partition(".")[0] for name in plan.gate[gate].when]
    if latest in about:
        return latest
    asked = [name for name in plan.ask if name in about]
    return asked[-1] if asked else about[-1]
