"""What waits for each chat, in memory: urgent before normal before bulk, first come first served.

In: jobs. Out: the next ones of a chat. Forbidden here: time, network, the store.

At most `limit` jobs of each urgency are held. Beyond it they stay in the store (`left_in_store`)
until there is room, and so does every later one of that urgency, so that none overtakes. A text
for a live message that comes after a newer one (it waited in the store) is outdated.
"""

from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from bot.outbox.bundle import leading_bundle
from bot.outbox.job import Job
from storage.delivery import Delivery, DeliveryState, Urgency

SLOTS_LIMIT = 20_000  # live messages whose newest text is remembered; beyond: the latest ones


@dataclass(frozen=True)
class _Newest:
    """The newest text of a slot that was accepted."""

    at: datetime
    n: int
    chat: int


class Lane:
    """One chat's queue. `in_flight`: a call is under way. `mark` and `stamp` are the schedule's:
    the head it has entered, and under which number."""

    def __init__(self, chat: int) -> None:
        self.chat = chat
        self.in_flight = False
        self.mark: tuple[int, int] | None = None
        self.stamp = 0
        self._jobs: dict[Urgency, deque[Job]] = {urgency: deque() for urgency in Urgency}

    def add(self, job: Job) -> None:
        self._jobs[job.urgency].append(job)

    def put_first(self, job: Job) -> None:
        self._jobs[job.urgency].appendleft(job)

    def head(self) -> Job | None:
        """The job that goes next, or None."""
        for jobs in self._jobs.values():
            while jobs and jobs[0].gone:
                jobs.popleft()
            if jobs:
                return jobs[0]
        return None

    def take(self) -> list[Job]:
        """Remove and return the jobs that go next in one message. Not from an empty lane."""
        head = self.head()
        if head is None:
            raise LookupError("nothing waits")
        jobs = self._jobs[head.urgency]
        bundle = leading_bundle(job for job in jobs if not job.gone)
        left = len(bundle)
        while left:
            left -= not jobs.popleft().gone
        return bundle

    def waiting(self) -> Iterator[Job]:
        """All that wait, the next one first."""
        return (job for jobs in self._jobs.values() for job in jobs if not job.gone)


class Lanes:
    """All chats' queues, with one newest job a slot."""

    def __init__(self, limit: int) -> None:
        self._limit = limit
        self._lanes: dict[int, Lane] = {}
        self._known: set[str] = set()
        self._slots: dict[str, Job] = {}
        self._newest: dict[str, _Newest] = {}
        self._held: dict[Urgency, int] = dict.fromkeys(Urgency, 0)
        self._count = 0
        self.left_in_store: set[Urgency] = set()

    def lane(self, chat: int) -> Lane:
        if chat not in self._lanes:
            self._lanes[chat] = Lane(chat)
        return self._lanes[chat]

    def knows(self, delivery_id: str) -> bool:
        """It is queued or on its way."""
        return delivery_id in self._known

    def held(self) -> int:
        """How many are queued or on their way."""
        return len(self._known)

    def accept(self, delivery: Delivery) -> Job | None:
        """A job for a delivery that is new here; None: no room, it stays in the store."""
        urgency = delivery.urgency
        if self._held[urgency] >= self._limit:
            self.left_in_store.add(urgency)
        if urgency in self.left_in_store:
            return None
        self._count += 1
        self._note_newest(delivery, self._count)
        self._known.add(delivery.id)
        self._held[urgency] += 1
        doubted = delivery.state is DeliveryState.UNKNOWN
        return Job(delivery, self._count, urgency, self._count, unclear=int(doubted))

    def outdated(self, delivery: Delivery) -> bool:
        """A newer text of its slot has been accepted before."""
        newest = self._newest.get(delivery.slot or "")
        return newest is not None and delivery.at < newest.at

    def superseded(self, job: Job) -> bool:
        """A newer text of its slot has come in meanwhile."""
        newest = self._newest.get(job.delivery.slot or "")
        return newest is not None and job.text_n < newest.n

    def moved_on(self, job: Job) -> bool:
        """A newer text of its slot has come in for another chat."""
        newest = self._newest.get(job.delivery.slot or "")
        return self.superseded(job) and newest is not None and newest.chat != job.delivery.chat

    def roomy(self) -> bool:
        """Deliveries were left in the store and half of their room is free again."""
        return any(self._held[urgency] * 2 <= self._limit for urgency in self.left_in_store)

    def queue(self, job: Job) -> Delivery | None:
        """Queue an accepted job as the last of its chat; returns what it folded away, if any."""
        slot = job.delivery.slot
        older = None if slot is None else self._slots.get(slot)
        if slot is None or older is None:
            self._append(job)
            return None
        superseded = older.delivery
        if superseded.chat == job.delivery.chat:
            job.delivery = _heir(job.delivery, superseded)
            if older.rank <= job.rank:
                self._replace(older, job)
                return folded(superseded)
        self.drop(older)
        self._append(job)
        return folded(superseded)

    def put_back(self, job: Job) -> Delivery | None:
        """Queue again what was taken, as the first of its chat.

        When a newer text of its slot has come in meanwhile that one goes instead: returned is then
        what was folded away.
        """
        if self.superseded(job):
            return self._yield_to_newer(job)
        if job.delivery.slot is not None:
            self._slots[job.delivery.slot] = job
        self.lane(job.delivery.chat).put_first(job)
        return None

    def set_aside(self, job: Job) -> Delivery | None:
        """As `put_back`, but out of its lane: newer texts of its slot fold into it there."""
        if self.superseded(job):
            return self._yield_to_newer(job)
        if job.delivery.slot is not None:
            self._slots[job.delivery.slot] = job
        return None

    def take(self, lane: Lane) -> list[Job]:
        """Remove and return what goes next to the chat; it stays known until `finish`."""
        jobs = lane.take()
        for job in jobs:
            self.forget_slot(job)
        return jobs

    def finish(self, job: Job) -> None:
        """Nothing more is to be done for it."""
        if job.delivery.id in self._known:
            self._known.discard(job.delivery.id)
            self._held[job.delivery.urgency] -= 1

    def drop(self, job: Job) -> None:
        """Take a queued job out."""
        job.gone = True
        self.forget_slot(job)
        self.finish(job)

    def readdress(self, old: int, new: int) -> None:
        """Everything that waits for the old chat waits for the new one, after what waits there."""
        lane = self._lanes.get(old)
        if lane is None:
            return
        target = self.lane(new)
        for job in list(lane.waiting()):
            job.delivery = job.delivery.model_copy(update={"chat": new})
            target.add(job)
        if lane.in_flight:
            # The call under way comes back to this lane: leave it, empty.
            self._lanes[old] = Lane(old)
            self._lanes[old].in_flight = True
        else:
            del self._lanes[old]

    def forget_if_empty(self, lane: Lane) -> None:
        if not lane.in_flight and lane.head() is None:
            self._lanes.pop(lane.chat, None)

    def _note_newest(self, delivery: Delivery, n: int) -> None:
        if delivery.slot is None:
            return
        self._newest.pop(delivery.slot, None)
        self._newest[delivery.slot] = _Newest(delivery.at, n, delivery.chat)
        if len(self._newest) > SLOTS_LIMIT:
            del self._newest[next(iter(self._newest))]

    def _yield_to_newer(self, job: Job) -> Delivery:
        self.finish(job)
        newer = self._slots.get(job.delivery.slot or "")
        if newer is not None and newer.delivery.chat == job.delivery.chat:
            newer.delivery = _heir(newer.delivery, job.delivery)
        return folded(job.delivery)

    def _append(self, job: Job) -> None:
        if job.delivery.slot is not None:
            self._slots[job.delivery.slot] = job
        self.lane(job.delivery.chat).add(job)

    def _replace(self, older: Job, newer: Job) -> None:
        self.finish(older)
        older.delivery, older.text_n = newer.delivery, newer.text_n
        older.plain = False

    def forget_slot(self, job: Job) -> None:
        """Newer texts of the job's slot do not fold into it any more."""
        slot = job.delivery.slot
        if slot is not None and self._slots.get(slot) is job:
            del self._slots[slot]


def _heir(newer: Delivery, older: Delivery) -> Delivery:
    """The newer text; when the older one may have been posted, so that a second message appears,
    it is a repeat."""
    return newer.model_copy(update={"repeat": True}) if older.repeat else newer


def folded(delivery: Delivery) -> Delivery:
    """The delivery, with something else going in its place."""
    return delivery.model_copy(update={"state": DeliveryState.FOLDED})
