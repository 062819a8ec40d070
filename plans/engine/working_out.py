"""Working out: facts that follow from the register when a step begins.

In: a step that begins, or whose customer has been corrected. Out: the facts, as nobody's word.
Forbidden here: changing what somebody has said.
"""

from plans import events as e
from plans.engine.deciding import Deciding
from plans.engine.defaults import order_day
from plans.model import FactName, StepId


def work_out(deciding: Deciding, step: StepId) -> None:
    """Record what the step works out; what cannot be is not known any more, and asked for where
    the step records it."""
    for name, one in deciding.step(step).works_out.items():
        said = deciding.incident.facts.get(name)
        if said is not None and said.by is not None:
            continue
        value = _order_day(deciding, one.order_day_of)
        if said is not None and value is None:
            deciding.emit(e.FactForgotten(at=deciding.at, name=name))
        elif value is not None and (said is None or said.value != value):
            previous = said.value if said else None
            deciding.emit(
                e.FactRecorded(at=deciding.at, name=name, value=value, previous=previous, step=step)
            )


def follow(deciding: Deciding, step: StepId) -> None:
    """The customer has been corrected while the step is open."""
    names = {one.order_day_of for one in deciding.step(step).works_out.values()}
    if names and deciding.said_since(step, names, (e.StepOpened,)):
        work_out(deciding, step)


def _order_day(deciding: Deciding, fact: FactName) -> str | None:
    customers = deciding.roster.company.customers
    customer = customers.get(str(deciding.incident.fact(fact)))
    return order_day(deciding.roster, customer, deciding.at)
