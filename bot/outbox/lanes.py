"""What waits for each chat, in memory: urgent before normal before bulk, first come first served.

In: jobs. Out: the next ones of a chat. Forbidden here: time, network, the store.

At most `limit` jobs of each urgency are held. Beyond it they stay in the store (`left_in_store`)
until there is room, and so does every later one of that urgency or of a slot left there, so that
none overtakes and no older text of a live message comes after a newer one.
"""

from collections import deque
from collections.abc import Iterator

from bot.outbox.bundle import leading_bundle
from bot.outbox.job import Job
from storage.delivery import Delivery, DeliveryState, Urgency


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
        self._flying: dict[str, Job] = {}
        self._left_slots: set[str] = set()
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
        if delivery.slot in self._left_slots:
            return None
        if self._held[urgency] >= self._limit:
            self.left_in_store.add(urgency)
        if urgency in self.left_in_store:
            if delivery.slot is not None:
                self._left_slots.add(delivery.slot)
            return None
        self._count += 1
        self._known.add(delivery.id)
        self._held[urgency] += 1
        doubted = delivery.state is DeliveryState.UNKNOWN
        return Job(delivery, self._count, urgency, unclear=int(doubted))

    def reloading(self) -> None:
        """All that was left in the store is about to be offered again, in order."""
        self.left_in_store.clear()
        self._left_slots.clear()

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
        folded = older.delivery
        if older.delivery.chat == job.delivery.chat:
            job.delivery = _heir(job.delivery, folded)
            if older.rank <= job.rank:
                self._replace(older, job)
                return _folded(folded)
        self.drop(older)
        self._append(job)
        return _folded(folded)

    def put_back(self, job: Job) -> Delivery | None:
        """Queue again what was taken, as the first of its chat.

        When a newer text of its slot has come in meanwhile that one goes instead: returned is then
        what was folded away.
        """
        if newer := self.newer(job):
            self.finish(job)
            if newer.delivery.chat == job.delivery.chat:
                newer.delivery = _heir(newer.delivery, job.delivery)
            return _folded(job.delivery)
        self._land(job)
        if job.delivery.slot is not None:
            self._slots[job.delivery.slot] = job
        self.lane(job.delivery.chat).put_first(job)
        return None

    def newer(self, job: Job) -> Job | None:
        """A job, queued or on its way, with a newer text for the same slot."""
        if (slot := job.delivery.slot) is None:
            return None
        found = self._slots.get(slot) or self._flying.get(slot)
        return found if found is not job else None

    def set_aside(self, job: Job) -> Delivery | None:
        """As `put_back`, but out of its lane: newer texts of its slot fold into it there."""
        if self.newer(job):
            return self.put_back(job)
        self._land(job)
        if job.delivery.slot is not None:
            self._slots[job.delivery.slot] = job
        return None

    def take(self, lane: Lane) -> list[Job]:
        """Remove and return what goes next to the chat; it stays known until `finish`."""
        jobs = lane.take()
        for job in jobs:
            self.forget_slot(job)
            if job.delivery.slot is not None:
                self._flying[job.delivery.slot] = job
        return jobs

    def finish(self, job: Job) -> None:
        """Nothing more is to be done for it."""
        self._land(job)
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

    def _land(self, job: Job) -> None:
        slot = job.delivery.slot
        if slot is not None and self._flying.get(slot) is job:
            del self._flying[slot]

    def _append(self, job: Job) -> None:
        if job.delivery.slot is not None:
            self._slots[job.delivery.slot] = job
        self.lane(job.delivery.chat).add(job)

    def _replace(self, older: Job, newer: Job) -> None:
        self.finish(older)
        older.delivery = newer.delivery
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


def _folded(delivery: Delivery) -> Delivery:
    return delivery.model_copy(update={"state": DeliveryState.FOLDED})
