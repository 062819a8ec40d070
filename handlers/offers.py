"""Offers: likely answers to press instead of typing them.

In: a question and who reads. Out: labels with what their buttons carry, and what such a button
stands for. Forbidden here: trusting what a button carries.
"""

from datetime import datetime

from handlers.buttons import mark_of, marked
from handlers.telling.happening import Reader
from plans.format import Asked
from plans.incident import FactValue
from plans.moment import usual_moments, write_moment
from plans.plate import show_plate
from plans.routes import OFFERED, known_routes

MINUTES_OFFERED = (15, 30, 45, 60, 90, 120)
_MINUTE_S = 60
_LONGEST_NUMBER = 9


def offered(asked: Asked, reader: Reader, offers: tuple[str, ...]) -> list[tuple[str, str]]:
    """Label and value of each button; `offers` are what was typed may mean. None for what only
    words can answer."""
    match asked.type:
        case "duration":
            return [(reader.minutes(m), str(m)) for m in MINUTES_OFFERED]
        case "number":
            return [(str(n), str(n)) for n in asked.offer]
        case "vehicle":
            return [(show_plate(plate), plate) for plate in offers]
        case "route":
            known = known_routes(reader.roster.company)
            routes = offers or (known if len(known) <= OFFERED else ())
            # A name may be longer than a button can carry.
            return [(route, mark_of(route)) for route in routes]
        case "time":
            usual = usual_moments(reader.at, reader.zone)
            return [(reader.moment(m), str(int(m.timestamp()) // _MINUTE_S)) for m in usual]
        case _:
            return []


def value_of(asked: Asked, carried: str, reader: Reader) -> FactValue | None:
    """The value a button stands for; None for one that nothing can be made of."""
    match asked.type:
        case "duration" | "number":
            return int(carried) if _is_number(carried) else None
        case "time":
            if not _is_number(carried):
                return None
            moment = datetime.fromtimestamp(int(carried) * _MINUTE_S, reader.zone)
            return write_moment(moment)
        case "route":
            return marked(known_routes(reader.roster.company), carried)
        case "text" | "place":
            return None
        case _:
            return carried


def _is_number(carried: str) -> bool:
    return carried.isdecimal() and len(carried) <= _LONGEST_NUMBER
