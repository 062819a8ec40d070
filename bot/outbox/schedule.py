"""Who goes next: the most urgent of all chats that are free now. Pure: `now` is an argument.

In: jobs to queue, calls that ended, what the budget and the holds allow. Out: calls to make now,
and when to look again. Forbidden here: the store, the network, waiting.

One call a chat is under way at a time, so the order within a chat is kept.
"""

import heapq
from collections.abc import Iterator
from datetime import datetime, timedelta

from bot.budget import Budget
from bot.outbox.holds import Holds
from bot.outbox.job import Job, Send
from bot.outbox.lanes import Lane, Lanes
from storage.delivery import Delivery, Urgency

KEPT_FOR_URGENT = 4


class Schedule:
    """`ready` holds lanes whose head may go as far as we know, `waiting` lanes that are not free
    before a time, `aside` jobs to be tried again at a time. An entry whose stamp is not its lane's
    any more is void."""

    def __init__(self, lanes: Lanes, holds: Holds, budget: Budget, in_flight_limit: int) -> None:
        self._lanes = lanes
        self._holds = holds
        self._budget = budget
        self._in_flight_limit = in_flight_limit
        self._in_flight = 0
        self._stamp = 0
        self._ready: list[tuple[int, int, int, int]] = []
        self._waiting: list[tuple[datetime, int, int]] = []
        self._aside: list[tuple[datetime, int, Job]] = []
        self.look_again_at: datetime | None = None

    def queue(self, job: Job) -> Delivery | None:
        """Queue an accepted job; returns what it folded away."""
        folded = self._lanes.queue(job)
        self._refresh(job.delivery.chat)
        return folded

    def put_back(self, job: Job) -> Delivery | None:
        """Queue a job again, as the first of its chat; returns what was folded away."""
        folded = self._lanes.put_back(job)
        self._refresh(job.delivery.chat)
        return folded

    def set_aside(self, job: Job, delay_s: float, now: datetime) -> Delivery | None:
        """As `put_back`, after a delay; the chat's other jobs go on meanwhile."""
        folded = self._lanes.set_aside(job)
        if folded is None:
            heapq.heappush(self._aside, (now + timedelta(seconds=delay_s), job.n, job))
        else:
            self._refresh(job.delivery.chat)
        return folded

    def pick(self, now: datetime) -> list[Send]:
        """The calls to begin now; they count as begun. Sets `look_again_at`."""
        self._release(now)
        sends: list[Send] = []
        self.look_again_at = None
        while (send := self._next(now)) is not None:
            sends.append(send)
        times = [heap[0][0] for heap in (self._waiting, self._aside) if heap]
        if self.look_again_at is not None:
            times.append(self.look_again_at)
        self.look_again_at = min(times, default=None)
        return sends

    def ended(self, chat: int, now: datetime) -> None:
        """A call that was picked has ended and its jobs are finished or put back."""
        lane = self._lanes.lane(chat)
        lane.in_flight = False
        self._in_flight -= 1
        self._budget.end(chat, now)
        self._refresh(chat)

    def take_all(self, chat: int) -> list[Job]:
        """Remove and return all that waits for a chat. They stay known until they are finished."""
        jobs = list(self._lanes.lane(chat).waiting())
        jobs += [job for _, _, job in self._aside if job.delivery.chat == chat and not job.gone]
        for job in jobs:
            job.gone = True
            self._lanes.forget_slot(job)
        self._refresh(chat)
        return jobs

    def readdress(self, old: int, new: int) -> None:
        """What waits for the old chat goes to the new one."""
        for _, _, job in self._aside:
            if job.delivery.chat == old:
                job.delivery = job.delivery.model_copy(update={"chat": new})
        self._lanes.readdress(old, new)
        self._refresh(old)
        self._refresh(new)

    def _refresh(self, chat: int) -> None:
        """Look at a lane anew: its head, or what it waited for, may have changed."""
        lane = self._lanes.lane(chat)
        head = None if lane.in_flight else lane.head()
        if head is None:
            self._lanes.forget_if_empty(lane)
            return
        mark = (head.rank, head.n)
        if lane.mark != mark:
            lane.mark = mark
            self._stamp += 1
            lane.stamp = self._stamp
            heapq.heappush(self._ready, (*mark, chat, lane.stamp))

    def _release(self, now: datetime) -> None:
        due = []
        while self._aside and self._aside[0][0] <= now:
            due.append(heapq.heappop(self._aside)[2])
        for job in reversed(due):
            if not job.gone:
                self._lanes.put_back(job)
                self._refresh(job.delivery.chat)
        while self._waiting and self._waiting[0][0] <= now:
            _, chat, stamp = heapq.heappop(self._waiting)
            lane = self._lanes.lane(chat)
            if lane.stamp == stamp:
                lane.mark = None
            self._refresh(chat)

    def _next(self, now: datetime) -> Send | None:
        for lane, head in self._ready_lanes():
            if not self._free_for(head.urgency, now):
                return None
            free_at = self._chat_free_at(lane.chat, head.urgency, now)
            heapq.heappop(self._ready)
            if free_at > now:
                heapq.heappush(self._waiting, (free_at, lane.chat, lane.stamp))
                continue
            return self._begin(lane, now)
        return None

    def _ready_lanes(self) -> Iterator[tuple[Lane, Job]]:
        while self._ready:
            _, _, chat, stamp = self._ready[0]
            lane = self._lanes.lane(chat)
            head = lane.head()
            if lane.stamp != stamp or lane.in_flight or head is None:
                heapq.heappop(self._ready)
                self._lanes.forget_if_empty(lane)
                continue
            yield lane, head

    def _free_for(self, urgency: Urgency, now: datetime) -> bool:
        if until := self._holds.everything_until(now):
            self.look_again_at = until
            return False
        limit = self._in_flight_limit - (0 if urgency is Urgency.URGENT else KEPT_FOR_URGENT)
        if self._in_flight >= (1 if self._holds.probing else max(limit, 1)):
            return False
        free_at = self._budget.overall_free_at(urgency, now)
        if free_at is not None and free_at > now:
            self.look_again_at = free_at
        return free_at is not None and free_at <= now

    def _chat_free_at(self, chat: int, urgency: Urgency, now: datetime) -> datetime:
        held_until = self._holds.chat_until(chat, now) or now
        return max(held_until, self._budget.chat_free_at(chat, urgency, now) or now)

    def _begin(self, lane: Lane, now: datetime) -> Send:
        send = Send(lane.chat, self._lanes.take(lane))
        lane.in_flight = True
        lane.mark = None
        self._in_flight += 1
        self._budget.begin(lane.chat, now)
        return send
