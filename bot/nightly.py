"""Nightly: what is long over leaves the working set.

In: the time. Out: incidents that ended long ago moved to the archive with their deliveries, a line
about each left behind; old finished deliveries of no incident forgotten. Forbidden here: touching
what is open or still to be sent; deciding what happens in an incident.
"""

import logging
from datetime import datetime, timedelta
from typing import get_args

from apscheduler.triggers.cron import CronTrigger

from bot.clock import Clock
from handlers.desk import Desk
from handlers.documents import ARCHIVED, BOARDS, INCIDENTS, LIVE_PLACES, Archived
from plans.incident import IncidentStatus
from storage.port import DELIVERIES, Store, StoreFailed

log = logging.getLogger(__name__)

AT_HOUR = 3
KEPT = timedelta(days=30)
ENDED: tuple[IncidentStatus, ...] = tuple(s for s in get_args(IncidentStatus) if s != "open")
A_COMMIT = 500


class Nightly:
    """`run()` it as a task. One pass at the start, for the nights that were missed, then one each
    night at AT_HOUR of the company's clock."""

    def __init__(self, store: Store, clock: Clock, desk: Desk) -> None:
        self._store = store
        self._clock = clock
        self._desk = desk
        self._idle = False
        # A trigger only calculates; the clock port waits.
        self._trigger = CronTrigger(hour=AT_HOUR, timezone=desk.company.company.time_zone)

    async def run(self) -> None:
        """Until cancelled. StoreFailed: the process must end."""
        while True:
            self._idle = False
            await self._pass()
            self._idle = True
            now = self._clock.now()
            at = self._trigger.get_next_fire_time(None, now + timedelta(seconds=1))
            await self._clock.wait((at - now).total_seconds())

    def idle(self) -> bool:
        """It waits for the next night."""
        return self._idle

    async def _pass(self) -> None:
        """One that fails must not stop the rest; it is tried again the next night."""
        before = self._clock.now() - KEPT
        try:
            await self._archive(before)
            await self._forget_deliveries(before)
        except StoreFailed:
            raise
        except Exception:
            log.exception("what is long over could not be put away")

    async def _archive(self, before: datetime) -> None:
        for number in await self._ended(before):
            try:
                await self._put_away(number)
            except ValueError:
                log.info("not archived: not everything is sent yet", extra={"incident": number})

    async def _ended(self, before: datetime) -> list[int]:
        found = []
        async with self._store.turn(at=self._clock.now()) as turn:
            for status in ENDED:
                found += await turn.find(INCIDENTS, status=status)
        return [i.number for i in found if i.ended_at is not None and i.ended_at < before]

    async def _put_away(self, number: int) -> None:
        """ValueError: it has deliveries still to make."""
        async with self._store.turn(at=self._clock.now()) as turn:
            incident = await turn.get(INCIDENTS, str(number))
            if incident is None or incident.ended_at is None:
                return
            plan = await self._desk.plan_of(turn, incident)
            line = Archived(
                number=number,
                icon=plan.icon,
                title=plan.title,
                region=incident.region,
                reporter=incident.reporter,
                reported_at=incident.reported_at,
                ended_at=incident.ended_at,
            )
            turn.put(ARCHIVED, line)
            turn.remove(BOARDS, str(number))
            for live in await turn.find(LIVE_PLACES, incident=number):
                turn.remove(LIVE_PLACES, LIVE_PLACES.key(live))
        await self._store.archive(number, at=self._clock.now())

    async def _forget_deliveries(self, before: datetime) -> None:
        """Answers and the like, which belong to no incident."""
        forgotten = True
        while forgotten:
            async with self._store.turn(at=self._clock.now()) as turn:
                oldest = await turn.find(DELIVERIES, limit=A_COMMIT, incident=None)
                forgotten = False
                for delivery in oldest:
                    if delivery.is_over and delivery.at < before:
                        turn.remove(DELIVERIES, delivery.id)
                        forgotten = True
