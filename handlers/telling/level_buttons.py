"""Level buttons: how high the levels of an incident are, on its cards.

In: an incident as it stands and who reads. Out: rows of buttons. Forbidden here: asking who may
press (that is asked when a button is pressed).
"""

from handlers.buttons import button
from handlers.catalogue import say
from handlers.telling.happening import Reader
from plans.format import Plan
from plans.incident import Incident
from plans.model import FactName
from storage.delivery import Button


def levels_of(plan: Plan) -> tuple[FactName, ...]:
    """The plan's levels, in its order; a button names one by its place among them."""
    return tuple(name for name, asked in plan.asked().items() if asked.type == "level")


def level_rows(plan: Plan, incident: Incident, reader: Reader) -> list[tuple[Button, ...]]:
    """A button for each level that is known: how high it is, and to change it."""
    rows: list[tuple[Button, ...]] = []
    for place, name in enumerate(levels_of(plan)):
        value = incident.fact(name)
        if incident.is_open and value is not None:
            what = plan.asked()[name].called(reader.lang)
            shown = reader.brief_fact(plan, name, value)
            label = say(reader.lang, "levels.button", what=what, value=shown)
            rows.append((button(label, "level", incident.number, place, "?"),))
    return rows
