"""The outbox's loop: what was committed is sent, and what became of it is committed.

In: commits of the store. Out: calls to the Bot API; states in the store; failed deliveries and
migrated groups, told to who asked. Forbidden here: wording, deciding what is told to whom.

All memory is changed by one task; calls run beside it and hand their outcome back.
"""

import asyncio
from collections import deque
from collections.abc import Coroutine
from contextlib import suppress

from telegram import Bot

from bot.budget import Budget
from bot.clock import Clock
from bot.outbox.answers import Answers
from bot.outbox.holds import Holds
from bot.outbox.job import Job, Send
from bot.outbox.lanes import Lanes, folded
from bot.outbox.ledger import Changes, Ledger
from bot.outbox.outcome import Outcome, Refused
from bot.outbox.results import Results
from bot.outbox.schedule import Schedule
from bot.outbox.sender import OutboxSetup, Sender
from bot.outbox.steady import SteadyTime
from storage.delivery import Delivery, DeliveryState
from storage.port import Commit, Store


class Outbox:
    """Create it before the first turn, then `run()` it as a task; `drain()` ends it in order."""

    def __init__(
        self,
        store: Store,
        bot: Bot,
        clock: Clock,
        setup: OutboxSetup,
        budget: Budget | None = None,
    ) -> None:
        self._clock = clock
        self._time = SteadyTime(clock)
        self._sender = Sender(bot, setup, store.file)
        self._queued_limit = setup.queued_limit
        self._ledger = Ledger(store, clock)
        self._lanes = Lanes(setup.queued_limit)
        holds = Holds()
        self._schedule = Schedule(self._lanes, holds, budget or Budget(), setup.in_flight_limit)
        self._results = Results(self._lanes, self._schedule, holds)
        self._answers = Answers(bot, store, clock, self._task_ended)
        self._arrived: deque[Delivery] = deque()
        self._overrun = True
        self._migrated: deque[tuple[int, int]] = deque()
        self._ended: deque[tuple[Send, Outcome]] = deque()
        self._unreachable: deque[tuple[list[Job], Refused]] = deque()
        self._tasks: set[asyncio.Task[None]] = set()
        self._fatal: BaseException | None = None
        self._wake = asyncio.Event()
        self._changed = asyncio.Event()
        self._resting = False
        self._draining = False
        self._stopped = asyncio.Event()
        store.listen(self._on_commit)

    async def run(self) -> None:
        """Send until drained or cancelled. StoreFailed: the process must end."""
        try:
            while True:
                await self._step()
                if self._draining and not self._tasks and not self._ended:
                    return
                await self._rest()
        finally:
            for task in self._tasks | self._answers.tasks():
                task.cancel()
            self._stopped.set()
            self._beat()

    def idle(self) -> bool:
        """Nothing can be sent now: what is left waits for time (or for a call's end)."""
        due = self._schedule.look_again_at
        return (
            self._resting
            and not self._wake.is_set()
            and not self._tasks
            and self._answers.idle()
            and (due is None or self._time.now() < due)
        )

    async def changed(self) -> None:
        """Return when anything has happened here."""
        await self._changed.wait()

    async def settled(self) -> None:
        """Return when `idle()`, or when the outbox has stopped."""
        while not self.idle() and not self._stopped.is_set():
            await self.changed()

    def migrate(self, old: int, new: int) -> None:
        """The group `old` has become `new` (told by an update, not by a failed call)."""
        self._migrated.append((old, new))
        self._wake.set()

    async def drain(self, within_s: float) -> None:
        """Begin nothing more and finish what is under way, for `within_s` real seconds at most.

        What is under way then counts as unknown at the next start; the rest waits in the store.
        """
        self._draining = True
        self._wake.set()
        with suppress(TimeoutError):
            async with asyncio.timeout(within_s):
                await self._stopped.wait()
        for task in self._tasks | self._answers.tasks():
            task.cancel()
        self._wake.set()

    def _on_commit(self, commit: Commit) -> None:
        for answer in commit.answers:
            self._answers.submit(answer)
        for delivery in commit.deliveries:
            if len(self._arrived) < self._queued_limit:
                self._arrived.append(delivery)
            else:
                self._overrun = True
        self._wake.set()

    async def _step(self) -> None:
        """Take in what happened, choose what goes now, commit both, begin the calls."""
        self._wake.clear()
        if self._fatal is not None:
            raise self._fatal
        if self._overrun or self._lanes.roomy():
            await self._load()
        changes = Changes()
        self._take_outcomes(changes)
        self._take_migrations(changes)
        while self._arrived:
            self._take(self._arrived.popleft(), changes)
        sends = [] if self._draining else self._schedule.pick(self._time.now())
        if sends or changes:
            await self._ledger.record(changes, sends)
        for send in sends:
            self._start(self._send(send))
        if self._lanes.roomy():
            self._wake.set()

    def _take_outcomes(self, changes: Changes) -> None:
        now = self._time.now()
        while self._ended:
            send, outcome = self._ended.popleft()
            if isinstance(outcome, Refused) and outcome.failure.concerns_chat:
                others = self._schedule.take_all(send.chat)
                if others:
                    self._start(self._tell_failed(others, outcome))
            self._results.apply(send, outcome, now, changes, sent_at=self._clock.now())
        while self._unreachable:
            jobs, refused = self._unreachable.popleft()
            self._results.give_up(jobs, refused, changes)

    def _take_migrations(self, changes: Changes) -> None:
        while self._migrated:
            old, new = self._migrated.popleft()
            self._schedule.readdress(old, new)
            changes.left_chats.append(old)

    async def _load(self) -> None:
        """Let what the store holds, and is not known here, arrive before what has come in since.

        Nothing may be finished in memory and not yet in the store when this runs.
        """
        self._overrun = False
        self._lanes.left_in_store.clear()
        unsent = await self._ledger.unsent()
        loaded = {delivery.id for delivery in unsent}
        since = [delivery for delivery in self._arrived if delivery.id not in loaded]
        unknown = [delivery for delivery in unsent if not self._lanes.knows(delivery.id)]
        self._arrived = deque(unknown + since)

    def _take(self, delivery: Delivery, changes: Changes) -> None:
        waits = delivery.state in {DeliveryState.PENDING, DeliveryState.UNKNOWN}
        if not waits or self._lanes.knows(delivery.id):
            return
        if self._lanes.outdated(delivery):
            changes.deliveries.append(folded(delivery))
        elif (job := self._lanes.accept(delivery)) and (older := self._schedule.queue(job)):
            changes.deliveries.append(older)

    async def _send(self, send: Send) -> None:
        self._ended.append((send, await self._sender.send(send)))

    async def _tell_failed(self, jobs: list[Job], refused: Refused) -> None:
        await self._sender.tell_failed(jobs, refused)
        self._unreachable.append((jobs, refused))

    def _start(self, work: Coroutine[None, None, None]) -> None:
        task = asyncio.create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._work_ended)

    def _work_ended(self, task: asyncio.Task[None]) -> None:
        self._tasks.discard(task)
        self._task_ended(None if task.cancelled() else task.exception())

    def _task_ended(self, error: BaseException | None) -> None:
        self._fatal = self._fatal or error
        self._wake.set()
        self._beat()

    async def _rest(self) -> None:
        """Wait for a commit, the end of a call, or the time to look again."""
        due = self._schedule.look_again_at
        waits: list[asyncio.Task[object]] = [asyncio.create_task(self._wake.wait())]
        if due is not None:
            delay_s = (due - self._time.now()).total_seconds()
            waits.append(asyncio.create_task(self._clock.wait(delay_s)))
        # The clock must know of the wait before anybody may call this idle and move time on.
        await asyncio.sleep(0)
        self._resting = True
        self._beat()
        try:
            await asyncio.wait(waits, return_when=asyncio.FIRST_COMPLETED)
        finally:
            self._resting = False
            for wait in waits:
                wait.cancel()

    def _beat(self) -> None:
        self._changed.set()
        self._changed = asyncio.Event()
