"""Facts: from what a person sends to a typed value, and back into words.

In: a question's type and a text or place. Out: a value the engine accepts, or the key of the
sentence that says what was expected. Forbidden here: deciding what follows.
"""

import unicodedata
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from handlers.areas.reading import read_area
from handlers.catalogue import say
from handlers.reporting.choosing import Chooser
from plans.amount import Amount, read_amount
from plans.company.model import Company
from plans.duration import parse_duration, say_duration
from plans.engine.knowing import MINUTES_LIMIT, NUMBER_LIMIT, ROUTE_LIMIT, TEXT_FACT_LIMIT
from plans.format import Asked
from plans.incident import NONE, FactValue
from plans.model import FactName
from plans.moment import NotAhead, find_moment, is_now, write_moment
from plans.place import Place, read_place
from plans.plate import find_plate, match_plates, show_plate
from plans.routes import OFFERED, known_routes, match_routes
from plans.text import Lang

PLACE_TEXT_LIMIT = 300
CHOICES_OFFERED = 8

Known = Callable[[FactName], FactValue | None]


@dataclass(frozen=True)
class NotRead:
    """What was sent is no answer. `key` says what is expected, or why it is none; `offers` are
    plates, routes or ids of the register, to choose; `unit` is what a number must be counted in."""

    key: str
    limit: int = 0
    offers: tuple[str, ...] = ()
    unit: str = ""


_YES = {"是", "yes", "y", "对", "有", "挡住了", "挡", "嗯", "是的", "对的", "有的", "有人", "挡了"}
_YES |= {"能", "能开", "可以", "有人受伤", "yes."}
_NO = {"否", "no", "n", "不", "没有", "没", "不是", "没挡", "没挡住", "没有挡", "没人", "没有人"}
_NO |= {"不能", "不能开", "开不了", "不可以", "没人受伤", "不是的", "no."}


def read_fact(
    asked: Asked, text: str, chooser: Chooser, at: datetime, unit: str = ""
) -> FactValue | NotRead:
    """The text typed at `at` as a value of the question's type, by the company's names. `unit` is
    what a number is counted in (see `unit_of`)."""
    company = chooser.roster.company
    typed = unicodedata.normalize("NFKC", text).strip()
    match asked.type:
        case "place":
            return _read_place(text.strip())
        case "vehicle":
            return _read_vehicle(typed, tuple(company.vehicles))
        case "route":
            return _read_route(typed, known_routes(company))
        case "yes_no":
            lowered = typed.lower()
            if lowered in _YES:
                return "yes"
            return "no" if lowered in _NO else NotRead("report.bad_yes_no")
        case "choice" | "level":
            return _read_choice(asked, typed)
        case "number":
            return number_of(read_amount(typed, units_of(company)), unit)
        case "duration":
            return _read_duration(typed)
        case "time":
            return _read_time(asked, typed, at, ZoneInfo(company.company.time_zone))
        case "text":
            return _read_text(text.strip())
        case "customer" | "goods":
            return _read_chosen(asked, typed, chooser)
        case "area":
            area = read_area(typed, company)
            return NotRead("report.bad_area", offers=area) if isinstance(area, tuple) else area
        case "photo":
            return NotRead(f"report.bad_{asked.type}")


def _read_chosen(asked: Asked, typed: str, chooser: Chooser) -> FactValue | NotRead:
    """One entry of the register; which of several is for whoever typed to say."""
    meant = chooser.meant(asked, typed)
    if len(meant) == 1:
        return meant[0]
    return NotRead(f"report.bad_{asked.type}", offers=tuple(meant[:CHOICES_OFFERED]))


def units_of(company: Company) -> frozenset[str]:
    """What the company counts its goods in."""
    return frozenset(goods.unit for goods in company.goods.values())


def unit_of(asked: Asked, known: Known, company: Company) -> str:
    """What the question's number is counted in, by the goods that are known; "" where in any."""
    goods = company.goods.get(str(known(asked.unit_of))) if asked.unit_of else None
    return goods.unit if goods is not None else ""


def number_of(amount: Amount | None, unit: str) -> FactValue | NotRead:
    """Two boxes are not two of what is counted singly."""
    if amount is None or amount.count > NUMBER_LIMIT:
        return NotRead("report.bad_number")
    return amount.count if amount.is_in(unit) else NotRead("report.other_unit", unit=unit)


def _read_time(asked: Asked, typed: str, at: datetime, zone: ZoneInfo) -> FactValue | NotRead:
    if asked.now and is_now(typed):
        return write_moment(at.astimezone(zone))
    found = find_moment(typed, at, zone)
    if isinstance(found, NotAhead):
        return NotRead(f"report.time_{found}")
    return write_moment(found) if found else NotRead("report.bad_time")


def _read_place(text: str) -> FactValue | NotRead:
    if len(text) > PLACE_TEXT_LIMIT:
        return NotRead("report.too_long", PLACE_TEXT_LIMIT)
    place = read_place(text) if text else None
    return place if place is not None else NotRead("report.bad_place")


def _read_vehicle(typed: str, plates: tuple[str, ...]) -> FactValue | NotRead:
    found = find_plate(typed)
    if found is not None:
        return found
    matching = match_plates(typed, plates) if typed else ()
    if len(matching) == 1:
        return matching[0]
    if 1 < len(matching) <= 8:
        return NotRead("report.choose_vehicle", offers=tuple(matching))
    return NotRead("report.bad_vehicle")


def _read_route(typed: str, routes: tuple[str, ...]) -> FactValue | NotRead:
    """A company that has entered no routes yet takes any name."""
    if not routes and 0 < len(typed) <= ROUTE_LIMIT and typed != NONE:
        return typed
    matching = match_routes(typed, routes)
    if len(matching) == 1:
        return matching[0]
    return NotRead("report.bad_route", offers=matching[:OFFERED])


def _read_choice(asked: Asked, typed: str) -> FactValue | NotRead:
    """An answer's words, or as much of them as only one answer has."""
    said = typed.lower()
    for key, wording in asked.choices.items():
        if said in (key, wording.zh.lower(), wording.en.lower()):
            return key
    partly = [
        key
        for key, wording in asked.choices.items()
        if len(said) > 1 and (said in wording.zh.lower() or wording.en.lower().startswith(said))
    ]
    return partly[0] if len(partly) == 1 else NotRead("report.bad_choice")


def _read_duration(typed: str) -> FactValue | NotRead:
    duration = parse_duration(typed)
    minutes = round(duration.total_seconds() / 60) if duration else 0
    return minutes if 0 < minutes <= MINUTES_LIMIT else NotRead("report.bad_duration")


def _read_text(text: str) -> FactValue | NotRead:
    if not text or text == NONE:
        return NotRead("report.bad_text")
    return text if len(text) <= TEXT_FACT_LIMIT else NotRead("report.too_long", TEXT_FACT_LIMIT)


def show_fact(asked: Asked | None, value: FactValue, lang: Lang) -> str:
    """A value in words; places are shown by whoever knows the map."""
    if value == NONE:
        return say(lang, "general.nobody")
    kind = asked.type if asked else "vehicle"
    match kind, value:
        case "yes_no", ("yes" | "no"):
            return say(lang, f"report.{value}")
        case (("choice" | "level"), str()) if asked is not None and value in asked.choices:
            return asked.choices[value].in_(lang)
        case "duration", int():
            return say_duration(timedelta(minutes=value), lang)
        case "vehicle", str():
            return show_plate(value)
        case "photo", str():
            return say(lang, "form.photo")
        case _, Place():
            return value.text or f"{value.lat:.5f}, {value.lon:.5f}"
        case _:
            return str(value)
