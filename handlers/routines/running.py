"""Running routines: each begins once a day that it is due, in each of its regions.

In: a process that starts, a routine whose time has come. Out: incidents begun, and the next time.
Forbidden here: beginning yesterday's: of days that were missed only the last is made up for.
"""

from datetime import date, datetime
from zoneinfo import ZoneInfo

from handlers.catalogue import say
from handlers.desk import Desk, version_of
from handlers.documents import INCIDENTS
from handlers.routines.documents import CALENDAR_TOLD, ROUTINES, CalendarTold, RoutineState
from handlers.telling.happening import Reader
from handlers.telling.letters import Letters
from plans import commands as c
from plans.calendar import calendar_warning, next_start, starts_between
from plans.format import Plan, Routine
from plans.incident import Incident
from plans.model import PersonId, RegionId
from plans.roster import Roster
from plans.routines import regions_for
from storage.delivery import Message, Urgency
from storage.port import Turn

NOBODY: PersonId = PersonId("")
DAYS_SHOWN = 7


async def plan_ahead(turn: Turn, desk: Desk) -> None:
    """At the start of the process: when each routine is due next. What fell due meanwhile stays
    due; a routine that is new begins no earlier than now; one that is gone is forgotten."""
    roster = await desk.roster(turn)
    known = {state.plan: state for state in await turn.find(ROUTINES)}
    for gone in known.keys() - desk.routines.keys():
        turn.remove(ROUTINES, gone)
    for name, plan in desk.routines.items():
        state, routine = known.get(name), _routine_of(plan)
        if state is None or state.next_at > turn.at:
            at = _next(routine, turn.at, roster)
            fresh = state or RoutineState(plan=name, next_at=at)
            turn.put(ROUTINES, fresh.model_copy(update={"next_at": at}))
    await _warn_of_calendar(turn, roster)


async def begin_due(turn: Turn, desk: Desk, name: str) -> None:
    """A routine's time has come."""
    state, plan = await turn.get(ROUTINES, name), desk.routines.get(name)
    if plan is None:
        turn.remove(ROUTINES, name)
        return
    if state is None or state.next_at > turn.at:
        return
    roster, routine = await desk.roster(turn), _routine_of(plan)
    zone, own = _zone(roster), roster.company.days
    due = starts_between(routine, state.next_at, turn.at, zone, own)
    *missed, today = [at.astimezone(zone).date() for at in due]
    state = state.model_copy(
        update={"next_at": _next(routine, turn.at, roster), "missed": tuple(missed)}
    )
    if state.last is None or state.last < today:
        started = await _begin(turn, desk, plan, roster)
        await _put_behind(turn, desk, state.started, started)
        state = state.model_copy(update={"last": today, "started": started})
    turn.put(ROUTINES, state)
    if missed:
        await _tell_missed(turn, roster, plan, missed)
    await _warn_of_calendar(turn, roster)


def _routine_of(plan: Plan) -> Routine:
    """ValueError: the plan is raised by people."""
    if plan.routine is None:
        raise ValueError(f"{plan.plan} is no routine")
    return plan.routine


def _zone(roster: Roster) -> ZoneInfo:
    return ZoneInfo(roster.company.company.time_zone)


def _next(routine: Routine, after: datetime, roster: Roster) -> datetime:
    return next_start(routine, after, _zone(roster), roster.company.days)


async def _begin(turn: Turn, desk: Desk, plan: Plan, roster: Roster) -> dict[RegionId, int]:
    """An incident in each region; nobody has reported it."""
    started = {}
    for region in regions_for(plan, roster):
        number = await turn.next_number("incident")
        command = c.StartIncident(turn.at, NOBODY, number, version_of(plan), region, routine=True)
        if isinstance(await desk.begin(turn, plan, command), Incident):
            started[region] = number
    return started


async def _put_behind(
    turn: Turn, desk: Desk, before: dict[RegionId, int], now: dict[RegionId, int]
) -> None:
    """What is still open from last time is part of this time's: nobody does a day's check twice."""
    for region, number in before.items():
        old = await turn.get(INCIDENTS, str(number))
        if old is not None and old.is_open and region in now:
            await desk.act(turn, number, c.MergeInto(turn.at, NOBODY, now[region]))


async def _tell_missed(turn: Turn, roster: Roster, plan: Plan, missed: list[date]) -> None:
    days = "、".join(day.strftime("%m-%d") for day in missed[-DAYS_SHOWN:])
    count = len(missed)
    shown = days if count <= DAYS_SHOWN else f"… {days}"

    def write(reader: Reader) -> Message:
        title = plan.title.in_(reader.lang)
        text = say(reader.lang, "routines.missed", title=title, count=count, days=shown)
        return Message(text=text)

    for person in roster.administrators():
        await Letters(turn, roster).person(person, write, Urgency.NORMAL)


async def _warn_of_calendar(turn: Turn, roster: Roster) -> None:
    """Once for each year whose holidays are not known."""
    today = turn.at.astimezone(_zone(roster)).date()
    warning = calendar_warning(today)
    year = today.year + (today.month == 12)
    if warning is None or await turn.get(CALENDAR_TOLD, str(year)) is not None:
        return
    turn.put(CALENDAR_TOLD, CalendarTold(year=year))
    for person in roster.administrators():
        await Letters(turn, roster).person(
            person, lambda reader: Message(text=f"📅 {warning.in_(reader.lang)}"), Urgency.NORMAL
        )
