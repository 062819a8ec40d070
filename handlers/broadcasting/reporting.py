"""Reporting to the incident: how far the broadcast has come that one of its steps sent.

In: a broadcast and its counts. Out: the incident's record and cards brought up to date. Forbidden
here: doing so for every press.
"""

from datetime import datetime, timedelta

from handlers.broadcasting.documents import Cast
from handlers.desk import Desk
from handlers.documents import INCIDENTS
from plans import commands as c
from plans.broadcast import Tally
from storage.port import Turn

TOLD_EVERY = timedelta(minutes=5)


async def tell_incident(turn: Turn, desk: Desk, cast: Cast, tally: Tally) -> Cast:
    """Once everybody is written to, once all have confirmed, and in between now and then."""
    told_at = next_told(cast, tally)
    if told_at is None or told_at > turn.at:
        return cast
    if await turn.get(INCIDENTS, str(cast.incident)) is not None:
        command = c.CountBroadcast(turn.at, cast.step, cast.number, *_counts(tally))
        await desk.act(turn, cast.incident or 0, command)
    return cast.model_copy(update={"tallied": _counts(tally), "tallied_at": turn.at})


def next_told(cast: Cast, tally: Tally) -> datetime | None:
    """When the incident is told next; None: it knows, or has no part in it."""
    if cast.incident is None or not tally.is_out or _counts(tally) == cast.tallied:
        return None
    complete = tally.confirmed == tally.all
    return cast.at if cast.tallied_at is None or complete else cast.tallied_at + TOLD_EVERY


def _counts(tally: Tally) -> tuple[int, int, int, int]:
    return (tally.all, tally.sent, tally.confirmed, tally.unreachable)
