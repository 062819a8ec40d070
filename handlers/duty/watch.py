"""Watching coverage: a new hole is told once, all of them on Mondays.

In: the watch whose time has come, a while after anything has changed about who is there. Out: word
to administrators and those above the role. Forbidden here: telling of the same hole again before it
has closed, but for Mondays.
"""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from handlers.catalogue import say
from handlers.desk import Desk
from handlers.documents import PEOPLE, SHIFTS
from handlers.duty.covers import cover_lines
from handlers.duty.documents import COVERAGE_WATCH, HOLES_LIMIT, CoverageWatch
from handlers.records.registers import REGISTERS
from handlers.telling.happening import Reader
from handlers.telling.letters import Letters, Write
from plans.model import PersonId
from plans.plan_roles import roles_counted_on
from plans.roster import Cover, Roster, coverage
from storage.delivery import Message
from storage.port import Kind, Turn

# Whoever leaves chooses a stand-in a moment later: a hole is told only when it stays.
LOOK_AFTER = timedelta(minutes=10)
MONDAY, WEEKLY_AT_H, WEEKLY_AT_MIN = 0, 8, 30
TOLD_SHOWN = 8
_WATCH = "coverage"
_WHO_IS_THERE: tuple[Kind[Any], ...] = (PEOPLE, SHIFTS, *REGISTERS)


async def begin_watch(turn: Turn, desk: Desk) -> None:
    """From the first sign of life on; the holes of that moment are nobody's news."""
    if await turn.get(COVERAGE_WATCH, _WATCH) is None:
        roster = await desk.roster(turn)
        told = frozenset(_key(c) for c in _holes(turn, desk, roster))
        watch = CoverageWatch(look_at=_next_look(roster, turn.at), told=told)
        turn.put(COVERAGE_WATCH, watch)


async def look_soon(turn: Turn) -> None:
    """Who is there may have changed in this turn: look in a while."""
    watch = await turn.get(COVERAGE_WATCH, _WATCH)
    if watch is None or not any(turn.has_changed(kind) for kind in _WHO_IS_THERE):
        return
    soon = turn.at + LOOK_AFTER
    if soon < watch.look_at:
        turn.put(COVERAGE_WATCH, watch.model_copy(update={"look_at": soon}))


async def look(turn: Turn, desk: Desk) -> None:
    """Tell what is new, or everything when it is Monday's look."""
    watch = await turn.get(COVERAGE_WATCH, _WATCH)
    if watch is None or watch.look_at > turn.at:
        return
    roster = await desk.roster(turn)
    holes = _holes(turn, desk, roster)
    weekly = _is_weekly(roster, watch.look_at)
    news = holes if weekly else [c for c in holes if _key(c) not in watch.told]
    if news:
        await _tell(turn, roster, news, "coverage.weekly" if weekly else "coverage.appeared")
    told = frozenset(_key(c) for c in holes)
    turn.put(COVERAGE_WATCH, CoverageWatch(look_at=_next_look(roster, turn.at), told=told))


def _holes(turn: Turn, desk: Desk, roster: Roster) -> list[Cover]:
    """Of the roles that plans in force count on."""
    roles = roles_counted_on(desk.plans.values(), roster.company)
    return [c for c in coverage(roster, turn.at, roles) if c.is_hole][:HOLES_LIMIT]


def _key(hole: Cover) -> str:
    return f"{hole.role}/{hole.region or ''}"


def _is_weekly(roster: Roster, at: datetime) -> bool:
    local = at.astimezone(_zone(roster))
    return local.weekday() == MONDAY and (local.hour, local.minute) == (WEEKLY_AT_H, WEEKLY_AT_MIN)


def _next_look(roster: Roster, at: datetime) -> datetime:
    """Next Monday, or when a shift has ended: nothing else says that it is over."""
    local = at.astimezone(_zone(roster))
    monday = local - timedelta(days=local.weekday())
    weekly = monday.replace(hour=WEEKLY_AT_H, minute=WEEKLY_AT_MIN, second=0, microsecond=0)
    ends = (s.until + LOOK_AFTER for s in roster.shifts if s.until > at)
    return min((weekly if weekly > local else weekly + timedelta(days=7), *ends))


def _zone(roster: Roster) -> ZoneInfo:
    return ZoneInfo(roster.company.company.time_zone)


async def _tell(turn: Turn, roster: Roster, holes: list[Cover], key: str) -> None:
    """Administrators hear of all, those above a role of theirs."""
    concerned: dict[PersonId, list[Cover]] = dict.fromkeys(roster.administrators(), holes)
    for hole in holes:
        for person in _above(roster, hole):
            if person not in roster.administrators():
                concerned.setdefault(person, []).append(hole)
    letters = Letters(turn, roster)
    for person, theirs in concerned.items():
        text = _words(letters.reader_of(person), theirs, key)
        await letters.person(person, _said(text))


def _above(roster: Roster, hole: Cover) -> tuple[PersonId, ...]:
    chain = roster.company.chain(hole.role)
    return roster.holders(chain[0], hole.region) if chain else ()


def _words(reader: Reader, holes: Sequence[Cover], key: str) -> str:
    lines = [say(reader.lang, key)]
    lines += [line for hole in holes[:TOLD_SHOWN] for line in cover_lines(reader, hole)]
    if len(holes) > TOLD_SHOWN:
        lines.append(say(reader.lang, "coverage.and_holes", count=len(holes) - TOLD_SHOWN))
    return "\n".join(lines)


def _said(text: str) -> Write:
    return lambda _: Message(text=text)
