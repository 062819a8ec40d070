"""What became of deliveries, written to the store.

In: changes, and sends about to begin. Out: the same, durable before any call is made. Forbidden
here: the network, deciding what is sent.
"""

import logging
from dataclasses import dataclass, field

from bot.clock import Clock
from bot.outbox.job import Send
from storage.delivery import Delivery, DeliveryState, Slot
from storage.port import DELIVERIES, SLOTS, Conflict, Store, Turn

TRIES = 20
A_COMMIT = (
    100  # deliveries changed in one commit, so that its line stays far below the store's bound
)
# States from which a delivery may be sent; with any other somebody has withdrawn it.
SENDABLE = {DeliveryState.PENDING, DeliveryState.UNKNOWN, DeliveryState.SENDING}

log = logging.getLogger(__name__)


@dataclass
class Changes:
    """What results have changed: deliveries' new states, where live messages stand now, live
    messages that are lost, chats whose live messages are all lost (the group has a new id)."""

    deliveries: list[Delivery] = field(default_factory=list)
    slots: list[Slot] = field(default_factory=list)
    lost_slots: list[str] = field(default_factory=list)
    left_chats: list[int] = field(default_factory=list)

    def __bool__(self) -> bool:
        return bool(self.deliveries or self.slots or self.lost_slots or self.left_chats)


class Ledger:
    def __init__(self, store: Store, clock: Clock) -> None:
        self._store = store
        self._clock = clock

    async def unsent(self) -> list[Delivery]:
        """Deliveries still to be made, oldest first; at most FIND_LIMIT of each state.

        What was being sent when the process ended may have arrived: it comes back unknown.
        """
        found: list[Delivery] = []
        async with self._store.turn(at=self._clock.now()) as turn:
            for state in (DeliveryState.SENDING, DeliveryState.UNKNOWN, DeliveryState.PENDING):
                found += await turn.find(DELIVERIES, state=state.value)
        return sorted((_doubted(delivery) for delivery in found), key=lambda d: d.at)

    async def record(self, changes: Changes, sends: list[Send]) -> None:
        """Write the changes, and that the sends begin, as one commit (very many changes: several).

        Fills in each send: what was withdrawn in the store is taken out (a send may be empty
        then), attempts are counted, and the message to edit is looked up.
        """
        while len(changes.deliveries) > A_COMMIT:
            await self._commit(Changes(changes.deliveries[:A_COMMIT]), [])
            del changes.deliveries[:A_COMMIT]
        await self._commit(changes, sends)
        for send in sends:
            for job in send.jobs:
                job.delivery = _begun(job.delivery)

    async def _commit(self, changes: Changes, sends: list[Send]) -> None:
        picked = [list(send.jobs) for send in sends]
        for _ in range(TRIES):
            try:
                async with self._store.turn(at=self._clock.now()) as turn:
                    await self._write(turn, changes)
                    for send, jobs in zip(sends, picked, strict=True):
                        send.jobs, send.withdrawn = list(jobs), []
                        await self._begin(turn, send)
            except Conflict:
                continue
            return
        raise Conflict("the outbox could not commit: others changed what it read each time")

    async def _write(self, turn: Turn, changes: Changes) -> None:
        for delivery in changes.deliveries:
            if await turn.get(DELIVERIES, delivery.id) is not None:
                turn.put(DELIVERIES, delivery)
        for slot in changes.slots:
            turn.put(SLOTS, slot)
        for name in changes.lost_slots:
            turn.remove(SLOTS, name)
        for chat in changes.left_chats:
            for slot in await turn.find(SLOTS, chat=chat):
                turn.remove(SLOTS, slot.slot)

    async def _begin(self, turn: Turn, send: Send) -> None:
        for job in list(send.jobs):
            stored = await turn.get(DELIVERIES, job.delivery.id)
            if stored is None or stored.state not in SENDABLE:
                send.jobs.remove(job)
                send.withdrawn.append(job)
                log.info("a delivery was withdrawn", extra={"delivery": job.delivery.id})
            else:
                turn.put(DELIVERIES, _begun(job.delivery))
        send.edits = await self._message_to_edit(turn, send) if send.jobs else None

    async def _message_to_edit(self, turn: Turn, send: Send) -> int | None:
        name = send.carrier.delivery.slot
        slot = None if name is None else await turn.get(SLOTS, name)
        return slot.message_id if slot is not None and slot.chat == send.chat else None


def _begun(delivery: Delivery) -> Delivery:
    return delivery.model_copy(
        update={"state": DeliveryState.SENDING, "attempts": delivery.attempts + 1}
    )


def _doubted(delivery: Delivery) -> Delivery:
    if delivery.state is DeliveryState.SENDING:
        return delivery.model_copy(update={"state": DeliveryState.UNKNOWN, "repeat": True})
    return delivery
