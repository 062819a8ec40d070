"""What time brings, by the kind of the document that is due. The one table of it.

In: a document whose time has come. Out: what follows, in the turn. Forbidden here: doing anything
when the document has changed meanwhile and is not due any more.
"""

from collections.abc import Awaitable, Callable, Mapping

from handlers.areas import asking as areas
from handlers.areas.documents import AREA_PICKS
from handlers.broadcasting import pace
from handlers.broadcasting.documents import CASTS
from handlers.desk import Desk
from handlers.directing import handing
from handlers.directing.handovers import HANDOVERS
from handlers.directory.documents import ROUNDS
from handlers.directory.stale import go_round
from handlers.documents import (
    BOARDS,
    CONVERSATIONS,
    INCIDENTS,
    PEOPLE,
    SHIFTS,
    Board,
)
from handlers.duty.coming import absence_due
from handlers.duty.documents import COVERAGE_WATCH
from handlers.duty.held import send_held
from handlers.duty.shift_change import shift_due
from handlers.duty.watch import look, look_soon
from handlers.form.documents import DRAFTS
from handlers.form.giving_up import draft_due
from handlers.groups.documents import UNBOUND
from handlers.groups.membership import time_to_leave
from handlers.incidents.follow_ups import FOLLOW_UPS
from handlers.incidents.following import begin_follow_up
from handlers.registration import applications
from handlers.registration.documents import APPLICATIONS
from handlers.reporting.joining import PROPOSALS, forget
from handlers.reporting.silence import nudge
from handlers.reporting.wanted import WANTED
from handlers.reporting.wanting import ask_wanted
from handlers.routines.documents import ROUTINES
from handlers.routines.running import begin_due
from handlers.telling.announce import refresh
from handlers.telling.happening import Happening
from handlers.telling.pace import refresh_at
from handlers.telling.quiet import HELD_LETTERS
from plans import commands as c
from storage.port import Due, Turn


async def come_due(turn: Turn, desk: Desk, due: Due) -> None:
    """Handle one due document. Kinds handled elsewhere (errands) are left alone."""
    handle = WHAT_COMES.get(due.kind)
    if handle is not None:
        await handle(turn, desk, due.key)


async def _refresh(turn: Turn, desk: Desk, key: str) -> None:
    incident, number = await turn.get(INCIDENTS, key), int(key)
    if incident is None or not incident.is_open:
        turn.put(BOARDS, Board(incident=number, refresh_at=None))
        return
    plan, roster = await desk.plan_of(turn, incident), await desk.roster(turn)
    await refresh(turn, Happening(plan, incident, incident, (), roster, turn.at))
    turn.put(BOARDS, Board(incident=number, refresh_at=refresh_at(incident, turn.at)))


async def _pass_time(turn: Turn, desk: Desk, number: str) -> None:
    await desk.act(turn, int(number), c.PassTime(turn.at))


async def _absence(turn: Turn, desk: Desk, person: str) -> None:
    await absence_due(turn, desk, person)
    await look_soon(turn)


async def _leave_unbound(turn: Turn, desk: Desk, chat: str) -> None:
    await time_to_leave(turn, await desk.roster(turn), chat)


# By the kind of the document that is due. Errands, which are work outside the turn, are not here.
WHAT_COMES: Mapping[str, Callable[[Turn, Desk, str], Awaitable[None]]] = {
    INCIDENTS.name: _pass_time,
    CONVERSATIONS.name: nudge,
    DRAFTS.name: draft_due,
    AREA_PICKS.name: areas.forget,
    BOARDS.name: _refresh,
    PEOPLE.name: _absence,
    SHIFTS.name: shift_due,
    HANDOVERS.name: handing.remind,
    FOLLOW_UPS.name: begin_follow_up,
    PROPOSALS.name: lambda turn, _, key: forget(turn, key),
    WANTED.name: lambda turn, desk, number: ask_wanted(turn, desk, int(number)),
    ROUTINES.name: begin_due,
    CASTS.name: pace.go_on,
    HELD_LETTERS.name: send_held,
    COVERAGE_WATCH.name: lambda turn, desk, _: look(turn, desk),
    ROUNDS.name: lambda turn, desk, _: go_round(turn, desk),
    APPLICATIONS.name: lambda turn, _, number: applications.forget(turn, number),
    UNBOUND.name: _leave_unbound,
}
