"""A delivery on its way through the outbox's memory, and one call that carries one or more.

In: deliveries. Out: the same with what only the running outbox knows. Forbidden here: behaviour.
"""

from dataclasses import dataclass, field

from storage.delivery import Delivery, Urgency

RANK = {Urgency.URGENT: 0, Urgency.NORMAL: 1, Urgency.BULK: 2}


@dataclass(eq=False)
class Job:
    """What is known of a delivery while it is queued or on its way.

    `n`: its place in the queue, by arrival. `text_n`: the arrival of its text (a newer text of a
    live message takes the older one's place). `urgency`: that of its place, the most urgent of what
    was folded into it. `unclear`: calls without an answer so far. `plain`: Telegram could not read
    the formatting. `gone`: no longer queued.
    """

    delivery: Delivery
    n: int
    urgency: Urgency
    text_n: int
    unclear: int = 0
    plain: bool = False
    gone: bool = False

    @property
    def rank(self) -> int:
        return RANK[self.urgency]


@dataclass(eq=False)
class Send:
    """One call to the Bot API. The first job carries the others' texts. `edits` is the message to
    edit in place of posting a new one; `withdrawn` are the jobs that the store has taken out."""

    chat: int
    jobs: list[Job] = field(default_factory=list)
    edits: int | None = None
    withdrawn: list[Job] = field(default_factory=list)

    @property
    def carrier(self) -> Job:
        return self.jobs[0]
