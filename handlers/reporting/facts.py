"""Facts: from what a person sends to a typed value, and back into words.

In: a question's type and a text or place. Out: a value the engine accepts, or the key of the
sentence that says what was expected. Forbidden here: deciding what follows.
"""

import re
import unicodedata
from dataclasses import dataclass
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from handlers.areas.reading import read_area
from handlers.catalogue import say
from handlers.reporting.choosing import Chooser
from plans.duration import parse_duration, say_duration
from plans.engine.knowing import MINUTES_LIMIT, NUMBER_LIMIT, ROUTE_LIMIT, TEXT_FACT_LIMIT
from plans.format import Asked
from plans.incident import NONE, FactValue
from plans.moment import parse_moment, write_moment
from plans.place import Place, read_place
from plans.plate import find_plate, match_plates, show_plate
from plans.routes import OFFERED, known_routes, match_routes
from plans.text import Lang

PLACE_TEXT_LIMIT = 300
CHOICES_OFFERED = 8


@dataclass(frozen=True)
class NotRead:
    """What was sent is no answer. `key` says what is expected; `offers` are plates, routes or ids
    of the register, to choose."""

    key: str
    limit: int = 0
    offers: tuple[str, ...] = ()


# A sign in front or a point would make it another number.
_NUMBER = re.compile(r"[^\W\d]{0,8}\s*([0-9]{1,7})\s*[^\W\d]{0,8}[。.!！]?")
_YES = {"是", "yes", "y", "对", "有", "挡住了", "挡", "嗯", "是的", "对的", "有的", "有人", "挡了"}
_YES |= {"能", "能开", "可以", "有人受伤", "yes."}
_NO = {"否", "no", "n", "不", "没有", "没", "不是", "没挡", "没挡住", "没有挡", "没人", "没有人"}
_NO |= {"不能", "不能开", "开不了", "不可以", "没人受伤", "不是的", "no."}


def read_fact(asked: Asked, text: str, chooser: Chooser, at: datetime) -> FactValue | NotRead:
    """The text typed at `at` as a value of the question's type, by the company's names."""
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
            return _read_number(typed)
        case "duration":
            return _read_duration(typed)
        case "time":
            moment = parse_moment(typed, at, ZoneInfo(company.company.time_zone))
            return write_moment(moment) if moment else NotRead("report.bad_time")
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


def _read_number(typed: str) -> FactValue | NotRead:
    """Also "12 户" and "还有 12": one number among a few words."""
    found = _NUMBER.fullmatch(typed)
    number = int(found[1]) if found else -1
    return number if 0 <= number <= NUMBER_LIMIT else NotRead("report.bad_number")


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
