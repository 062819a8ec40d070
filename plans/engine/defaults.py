"""Defaults: what follows about a question from the answer to another.

In: a decision under way. Out: recorded as nobody's word: the route of the vehicle that is known,
the region, and what the register says of a customer or of goods. Forbidden here: changing what
somebody has said.
"""

from collections.abc import Mapping
from datetime import datetime

from plans import events as e
from plans.calendar import next_order_day
from plans.company.model import Customer, Goods
from plans.engine.deciding import Deciding
from plans.format import Plan, RouteOf
from plans.format.attributes import ORDER_DAY
from plans.incident import NONE, Fact, FactValue
from plans.model import FactName
from plans.moment import write_moment
from plans.roster import Roster


def fill(deciding: Deciding) -> None:
    """Record what follows from the facts, unless somebody has said it; again after the fact that
    it follows from has been corrected."""
    for name, ask in deciding.plan.ask.items():
        if isinstance(ask.default, RouteOf):
            _fill_route(deciding, name, ask.default.route_of)
    _fill_attributes(deciding)


def _fill_route(deciding: Deciding, name: FactName, route_of: FactName) -> None:
    vehicle, known = deciding.incident.facts.get(route_of), None
    if vehicle is not None:
        known = deciding.roster.company.vehicles.get(str(vehicle.value))
    said = deciding.incident.facts.get(name)
    if vehicle is None or known is None or known.route is None:
        return
    if _is_open(said, vehicle, known.route):
        previous = said.value if said else None
        deciding.emit(
            e.FactRecorded(at=deciding.at, name=name, value=known.route, previous=previous)
        )


def _is_open(said: Fact | None, vehicle: Fact, route: FactValue) -> bool:
    if said is None:
        return True
    return said.by is None and said.at < vehicle.at and said.value != route


def _fill_attributes(deciding: Deciding) -> None:
    """What the register says when a fact is recorded stands, whatever it says later."""
    said_now = {one.name for one in deciding.events if isinstance(one, e.FactRecorded)}
    known = {name: fact.value for name, fact in deciding.incident.facts.items()}
    found = attributes(deciding.plan, deciding.roster, known, deciding.at)
    for name, value in found.items():
        previous = known.get(name)
        due = previous is None or base_of(name) in said_now
        if due and value != previous:
            deciding.emit(e.FactRecorded(at=deciding.at, name=name, value=value, previous=previous))


def base_of(name: FactName) -> FactName | None:
    """The fact whose attribute it is: `customer` of `customer.grade`; None of any other name."""
    base, dot, _ = name.partition(".")
    return base if dot else None


def attributes(
    plan: Plan, roster: Roster, facts: Mapping[FactName, FactValue], at: datetime
) -> dict[FactName, FactValue]:
    """What the register says of the customers and goods that the facts name, as far as the plan
    asks: "yes" or "no", a word, the next order day from `at` on, and `none` where the register says
    nothing."""
    found: dict[FactName, FactValue] = {}
    for name in sorted(plan.attributes):
        base, _, attribute = name.partition(".")
        if (value := facts.get(base)) is not None:
            entry = _entry(plan, roster, base, str(value))
            if attribute == ORDER_DAY:
                found[name] = order_day(roster, entry, at) or NONE
            else:
                found[name] = _said(entry, attribute)
    return found


def order_day(roster: Roster, entry: Customer | Goods | None, at: datetime) -> str | None:
    """When a customer orders next; None where no order days are known."""
    if not isinstance(entry, Customer):
        return None
    moment = next_order_day(roster.company, entry, at)
    return None if moment is None else write_moment(moment)


def _entry(plan: Plan, roster: Roster, base: FactName, id_: str) -> Customer | Goods | None:
    asked = plan.asked().get(base)
    if asked is not None and asked.type == "goods":
        return roster.company.goods.get(id_)
    return roster.company.customers.get(id_)


def _said(entry: Customer | Goods | None, attribute: str) -> FactValue:
    match entry, attribute:
        case Customer(), "grade":
            return entry.grade or NONE
        case Customer(), "lawful":
            return _yes_no(entry.lawful)
        case Customer(), "honest_prices":
            return _yes_no(entry.honest_prices)
        case Customer(), "key":
            return _yes_no(entry.key)
        case Goods(), "class":
            return entry.class_
        case Goods(), "kind":
            return entry.kind
        case _:
            return NONE


def _yes_no(true: bool) -> FactValue:
    return "yes" if true else "no"
