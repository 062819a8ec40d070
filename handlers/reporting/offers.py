"""Offers: likely answers to press instead of typing them.

In: a question and who is asked. Out: labels with what their buttons carry, and what such a button
stands for. Forbidden here: trusting what a button carries.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from handlers.buttons import mark_of, marked
from handlers.catalogue import say
from handlers.paging import page_of
from handlers.reporting.choosing import Chooser
from handlers.reporting.chosen import FROM_REGISTER
from handlers.telling.happening import Reader
from plans.calendar.order_days import next_order_day
from plans.format import Asked
from plans.incident import FactValue
from plans.model import PersonId
from plans.moment import usual_moments, write_moment
from plans.plate import show_plate
from plans.routes import OFFERED, known_routes

MINUTES_OFFERED = (15, 30, 45, 60, 90, 120)
_MINUTE_S = 60
_LONGEST_NUMBER = 9
# What the button for the present moment carries.
NOW = "now"


@dataclass(frozen=True)
class Asking:
    """One question as it is put to somebody: `offers` are what was typed may mean, `page` is the
    page of a long list, `recent` what was chosen last, `known` what is known besides, `without` the
    answers that would be refused."""

    reader: Reader
    person: PersonId
    offers: tuple[str, ...] = ()
    page: int = 0
    recent: tuple[str, ...] = ()
    known: Mapping[str, FactValue] = field(default_factory=dict)
    without: frozenset[str] = frozenset()

    @property
    def chooser(self) -> Chooser:
        return Chooser(self.reader.roster, self.person, self.recent)


@dataclass(frozen=True)
class Offered:
    """Label and value of each button of one page, and of how many in all."""

    pairs: list[tuple[str, str]]
    count: int


def offered(asked: Asked, asking: Asking) -> Offered:
    """What can be pressed; nothing for what only words can answer."""
    if asked.type in FROM_REGISTER:
        return _from_register(asked, asking)
    pairs = _pairs(asked, asking)
    return Offered(pairs, len(pairs))


def _pairs(asked: Asked, asking: Asking) -> list[tuple[str, str]]:
    reader = asking.reader
    match asked.type:
        case "yes_no":
            return [(say(reader.lang, f"report.{v}").unescape(), v) for v in ("yes", "no")]
        case "choice" | "level":
            stand = {key: w for key, w in asked.choices.items() if key not in asking.without}
            return [(wording.in_(reader.lang), key) for key, wording in stand.items()]
        case "duration":
            return [(reader.minutes(m), str(m)) for m in MINUTES_OFFERED]
        case "number":
            return [(str(n), str(n)) for n in asked.offer]
        case "vehicle":
            return [(show_plate(plate), plate) for plate in asking.offers]
        case "route":
            known = known_routes(reader.roster.company)
            routes = asking.offers or (known if len(known) <= OFFERED else ())
            # A name may be longer than a button can carry.
            return [(route, mark_of(route)) for route in routes]
        case "time":
            return [*_now(asked, asking), *_moments(asking)]
        case _:
            return []


def _from_register(asked: Asked, asking: Asking) -> Offered:
    ids = list(asking.offers) or asking.chooser.all(asked)
    shown = page_of(ids, asking.page)
    lang = asking.reader.lang
    pairs = [(asking.chooser.label(asked, id_, lang), mark_of(id_)) for id_ in shown]
    return Offered(pairs, len(ids))


def _moments(asking: Asking) -> list[tuple[str, str]]:
    """The usual ones; and where a customer is known, when that one orders next."""
    reader, company = asking.reader, asking.reader.roster.company
    pairs = [(reader.soon(m), _written(m)) for m in usual_moments(reader.at, reader.zone)]
    for value in asking.known.values():
        customer = company.customers.get(value) if isinstance(value, str) else None
        day = next_order_day(company, customer, reader.at) if customer else None
        if day is not None:
            label = say(reader.lang, "form.order_day", time=reader.soon(day)).unescape()
            return [(label, _written(day)), *(p for p in pairs if p[1] != _written(day))]
    return pairs


def _now(asked: Asked, asking: Asking) -> list[tuple[str, str]]:
    """The moment at which it is pressed."""
    return [(say(asking.reader.lang, "report.now").unescape(), NOW)] if asked.now else []


def _written(moment: datetime) -> str:
    return str(int(moment.timestamp()) // _MINUTE_S)


def value_of(asked: Asked, carried: str, chooser: Chooser, reader: Reader) -> FactValue | None:
    """The value a button stands for; None for one that nothing can be made of."""
    match asked.type:
        case "duration" | "number":
            return int(carried) if _is_number(carried) else None
        case "time" if asked.now and carried == NOW:
            return write_moment(reader.at.astimezone(reader.zone))
        case "time":
            if not _is_number(carried):
                return None
            moment = datetime.fromtimestamp(int(carried) * _MINUTE_S, reader.zone)
            return write_moment(moment)
        case "route":
            return marked(known_routes(reader.roster.company), carried)
        case "customer" | "goods":
            return chooser.pressed(asked, carried)
        case "text" | "place" | "photo" | "area":
            return None
        case _:
            return carried


def _is_number(carried: str) -> bool:
    return carried.isdecimal() and len(carried) <= _LONGEST_NUMBER
