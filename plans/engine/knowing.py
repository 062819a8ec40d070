"""Knowing: facts recorded and corrected, places that move, notes, second reports.

In: what somebody says. Out: events. Forbidden here: what follows from a fact (see `opening`).
"""

from datetime import datetime
from typing import assert_never

from plans import commands as c
from plans import events as e
from plans.area import Area
from plans.engine import answering, approving
from plans.engine.deciding import Deciding
from plans.engine.gating import refusing_change
from plans.format import Asked, Plan
from plans.incident import NONE, FactValue
from plans.model import FactName
from plans.moment import is_ahead, is_lately_or_ahead, read_moment
from plans.place import Place
from plans.plate import normal_plate
from plans.rights import may_inform, may_lower, may_record

TEXT_FACT_LIMIT = 500
NUMBER_LIMIT = 1_000_000
ROUTE_LIMIT = 40
ID_LIMIT = 40
FILE_ID_LIMIT = 200
MINUTES_LIMIT = 30 * 24 * 60

Learning = c.RecordFact | c.MovePlace | c.AddNote | c.JoinReport


def learn(deciding: Deciding, command: Learning) -> c.Refusal | None:
    match command:
        case c.JoinReport():
            _join(deciding, command)
            return None
        case c.MovePlace():
            return _move(deciding, command)
        case c.RecordFact():
            return _record(deciding, command)
        case c.AddNote():
            return _note(deciding, command)
        case _:
            assert_never(command)


def is_valid(plan: Plan, name: FactName, value: FactValue, at: datetime | None = None) -> bool:
    """Whether a value fits the fact's type and bounds, and may be said by a person at all. A moment
    must lie ahead of `at` (None: it has been said before), or be now where that may be said."""
    asked = plan.asked().get(name)
    return asked is not None and _fits(asked, value, at)


def _fits(asked: Asked, value: FactValue, at: datetime | None) -> bool:
    match asked.type, value:
        case _, bool():
            return False
        case "place", Place():
            return True
        case "vehicle", str():
            return normal_plate(value) == value
        case "yes_no", ("yes" | "no"):
            return True
        case (("choice" | "level"), str()):
            return value in asked.choices
        case "area", Area():
            return True
        case (("customer" | "goods"), str()):
            return 0 < len(value) <= ID_LIMIT and value != NONE
        case "photo", str():
            return 0 < len(value) <= FILE_ID_LIMIT
        case "text", str():
            return 0 < len(value) <= TEXT_FACT_LIMIT and value != NONE
        case "number", int():
            return 0 <= value <= NUMBER_LIMIT
        case "duration", int():
            return 0 < value <= MINUTES_LIMIT
        case "route", str():
            return 0 < len(value) <= ROUTE_LIMIT and value != NONE
        case "time", str():
            moment = read_moment(value)
            ahead = is_lately_or_ahead if asked.now else is_ahead
            return moment is not None and (at is None or ahead(moment, at))
        case _:
            return False


def _record(deciding: Deciding, command: c.RecordFact) -> c.Refusal | None:
    if not is_valid(deciding.plan, command.name, command.value, command.at):
        return c.Refusal(c.Reason.BAD_VALUE, command.name)
    plan, roster, incident = deciding.plan, deciding.roster, deciding.incident
    if not may_record(roster, plan, incident, command.name, command.by, deciding.at):
        return c.Refusal(c.Reason.NO_PART)
    part = answering.part_answered(deciding, command)
    if part is not None:
        answering.answer(deciding, part, command.name, str(command.value))
        return None
    previous = deciding.incident.fact(command.name)
    if _is_lower(plan, command.name, command.value, previous) and not may_lower(
        roster, plan, incident, command.name, command.by, deciding.at
    ):
        return c.Refusal(c.Reason.NOT_TO_LOWER, plan.close.by[0])
    if refusal := approving.change_refused(deciding, command):
        return refusal
    gate = refusing_change(plan, roster, incident, command.name, command.value, deciding.at)
    if gate:
        return c.Refusal(c.Reason.GATE, gate)
    if previous != command.value:
        deciding.emit(
            e.FactRecorded(
                at=deciding.at,
                by=command.by,
                name=command.name,
                value=command.value,
                previous=previous,
                step=command.step,
            )
        )
    return None


def _is_lower(plan: Plan, name: FactName, value: FactValue, previous: FactValue | None) -> bool:
    """Whether it is a level, and a lower one than is known."""
    asked = plan.asked()[name]
    levels = list(asked.choices) if asked.type == "level" else []
    return previous in levels and levels.index(str(value)) < levels.index(str(previous))


def _move(deciding: Deciding, command: c.MovePlace) -> c.Refusal | None:
    if command.by not in (deciding.incident.reporter, *deciding.incident.also_reported):
        return c.Refusal(c.Reason.NO_PART)
    places = [name for name, asked in deciding.plan.ask.items() if asked.type == "place"]
    if places:
        deciding.emit(
            e.PlaceMoved(at=deciding.at, by=command.by, name=places[0], place=command.place)
        )
    return None


def _note(deciding: Deciding, command: c.AddNote) -> c.Refusal | None:
    if not may_inform(deciding.roster, deciding.incident, command.by, deciding.at):
        return c.Refusal(c.Reason.NO_PART)
    deciding.emit(
        e.NoteAdded(
            at=deciding.at,
            by=command.by,
            text=command.text[: e.NOTE_LIMIT],
            media=command.media,
            file_id=command.file_id,
            place=command.place,
        )
    )
    return None


def _join(deciding: Deciding, command: c.JoinReport) -> None:
    if command.by not in deciding.incident.reporters:
        deciding.emit(e.ReportJoined(at=deciding.at, by=command.by))
    if command.place is not None:
        deciding.emit(e.NoteAdded(at=deciding.at, by=command.by, place=command.place))
