"""Gating: who is refused, and by what.

In: a plan, facts that are known or about to be. Out: the name of the gate that holds. Forbidden
here: the words of it; refusing what has been let in already for what the register says since.
"""

from collections.abc import Mapping
from datetime import datetime

from plans.engine.conditions import NOTHING_EARLIER, Earlier, hold
from plans.engine.defaults import attributes, base_of
from plans.format import Plan
from plans.incident import FactValue, Incident
from plans.model import FactName
from plans.roster import Roster


def refusing(
    plan: Plan,
    roster: Roster,
    facts: Mapping[FactName, FactValue],
    at: datetime,
    earlier: Earlier = NOTHING_EARLIER,
) -> str | None:
    """The first gate that holds for these facts; None: none does. `earlier`: what an incident that
    is under way knew before."""
    known = {**attributes(plan, roster, facts, at), **facts}
    gates = plan.gate.items()
    return next((name for name, gate in gates if hold(gate.when, known.get, earlier)), None)


def refusing_change(
    plan: Plan,
    roster: Roster,
    incident: Incident,
    name: FactName,
    value: FactValue,
    at: datetime,
) -> str | None:
    """The gate that would hold if the fact were so, and does not hold now."""
    known = {one: fact.value for one, fact in incident.facts.items()}
    rest = {one: said for one, said in known.items() if base_of(one) != name}
    gate = refusing(plan, roster, {**rest, name: value}, at, incident.earlier)
    return None if gate == refusing(plan, roster, known, at, incident.earlier) else gate
