"""What follows from a call's outcome: states to write, who waits, what goes again. Pure but for
the schedule it feeds.

In: a send and its outcome, with `now`. Out: changes for the store. Forbidden here: the network, the
store, telling anybody.
"""

import logging
from datetime import datetime

from bot.backoff import Backoff
from bot.outbox.holds import Holds
from bot.outbox.job import Job, Send
from bot.outbox.lanes import Lanes
from bot.outbox.ledger import Changes
from bot.outbox.outcome import (
    EditLost,
    Failure,
    Flooded,
    Moved,
    NoLine,
    Outcome,
    Refused,
    Sent,
    ServerTroubled,
    Unclear,
    Unformattable,
    Withdrawn,
)
from bot.outbox.schedule import Schedule
from storage.delivery import Delivery, DeliveryState, Message, Slot, Urgency

UNCLEAR_LIMIT = 3
UNCLEAR = Backoff(first_s=2.0, most_s=30.0)
WORDS_LIMIT = 200

log = logging.getLogger(__name__)


def final(send: Send, outcome: Outcome) -> Outcome:
    """The outcome, or the refusal that it amounts to for this send, when it is not to go again."""
    job = send.carrier
    if isinstance(outcome, Unformattable) and (job.plain or not _has_text(job.delivery)):
        return Refused(Failure.REJECTED, "Telegram cannot read it, even without formatting")
    if isinstance(outcome, Unclear) and send.edits is None and _unclear_too_often(send):
        return Refused(Failure.FATE_UNKNOWN, f"no answer to {UNCLEAR_LIMIT} calls")
    return outcome


def failed(delivery: Delivery, refused: Refused) -> Delivery:
    """The delivery as given up."""
    error = f"{refused.failure}: {refused.words}"[:WORDS_LIMIT]
    return delivery.model_copy(update={"state": DeliveryState.FAILED, "error": error})


class Results:
    """Applies outcomes, one after another, into `changes`."""

    def __init__(self, lanes: Lanes, schedule: Schedule, holds: Holds) -> None:
        self._lanes = lanes
        self._schedule = schedule
        self._holds = holds

    def apply(
        self, send: Send, outcome: Outcome, now: datetime, changes: Changes, *, sent_at: datetime
    ) -> None:
        """What the outcome changes. The send has ended by that.

        `now` is steady time, for holds; `sent_at` the clock's, for the record.
        """
        self._hold(send.chat, outcome, now)
        match outcome:
            case Sent(message_id):
                self._sent(send, message_id, sent_at, changes)
            case Refused():
                self.give_up(send.jobs, outcome, changes)
            case Flooded() | ServerTroubled() | NoLine():
                self._again(send, changes)
            case Moved(chat):
                self._moved(send, chat, changes)
            case EditLost():
                changes.lost_slots += [job.delivery.slot for job in send.jobs if job.delivery.slot]
                self._again(send, changes)
            case Unformattable():
                for job in send.jobs:
                    job.plain = True
                self._again(send, changes)
            case Unclear():
                self._doubt(send, now, changes)
            case Withdrawn():
                pass
        for job in send.withdrawn:
            self._lanes.finish(job)
        self._schedule.ended(send.chat, now)

    def give_up(self, jobs: list[Job], refused: Refused, changes: Changes) -> None:
        """The jobs' deliveries have failed for good."""
        for job in jobs:
            self._lanes.finish(job)
            changes.deliveries.append(failed(job.delivery, refused))

    def _hold(self, chat: int, outcome: Outcome, now: datetime) -> None:
        match outcome:
            case Flooded(retry_after_s):
                self._holds.flooded(chat, retry_after_s, now)
                log.warning("told to wait", extra={"chat": chat, "delay_s": retry_after_s})
            case ServerTroubled():
                self._holds.server_trouble(chat, now)
            case NoLine(words):
                self._holds.no_line(now)
                log.warning("Telegram cannot be reached: %s", words)
            case Unclear() | Withdrawn():
                pass
            case Sent() | Refused() | Moved() | EditLost() | Unformattable():
                self._holds.answered(chat, now)

    def _sent(self, send: Send, message_id: int, sent_at: datetime, changes: Changes) -> None:
        done = {"message_id": message_id, "sent_at": sent_at, "error": ""}
        for job in send.jobs:
            state = DeliveryState.SENT if job is send.carrier else DeliveryState.FOLDED
            changes.deliveries.append(job.delivery.model_copy(update={"state": state, **done}))
            self._lanes.finish(job)
        carried = send.carrier.delivery
        if carried.slot is not None and not self._lanes.moved_on(send.carrier):
            changes.slots.append(
                Slot(
                    slot=carried.slot,
                    chat=carried.chat,
                    message_id=message_id,
                    incident=carried.incident,
                )
            )

    def _again(self, send: Send, changes: Changes) -> None:
        for job in reversed(send.jobs):
            job.delivery = job.delivery.model_copy(update={"state": DeliveryState.PENDING})
            changes.deliveries.append(self._schedule.put_back(job) or job.delivery)

    def _moved(self, send: Send, chat: int, changes: Changes) -> None:
        changes.left_chats.append(send.chat)
        self._schedule.readdress(send.chat, chat)
        for job in send.jobs:
            job.delivery = job.delivery.model_copy(update={"chat": chat})
        self._again(send, changes)

    def _doubt(self, send: Send, now: datetime, changes: Changes) -> None:
        for job in reversed(send.jobs):
            job.delivery = job.delivery.model_copy(
                update={"state": DeliveryState.UNKNOWN, "repeat": True}
            )
            job.unclear += 1
            folded = self._schedule.set_aside(job, UNCLEAR.delay_s(job.unclear), now)
            changes.deliveries.append(folded or job.delivery)


def _has_text(delivery: Delivery) -> bool:
    return isinstance(delivery.content, Message) or bool(getattr(delivery.content, "caption", ""))


def _unclear_too_often(send: Send) -> bool:
    return all(
        job.urgency is not Urgency.URGENT and job.unclear + 1 >= UNCLEAR_LIMIT for job in send.jobs
    )
