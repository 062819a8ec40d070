"""Awaited: words that somebody is to type next, and what they are for.

In: a person, a purpose, a text typed in private or as a reply. Out: the words given to whoever
asked for them (see `hearers`). Forbidden here: questions about an incident's facts (see
`reporting.questions`).
"""

from datetime import datetime, timedelta
from typing import Annotated, Literal, get_args

from pydantic import BeforeValidator

from plans.model import PersonId
from storage.document import Document
from storage.port import Kind, Turn

AWAITED_FOR = timedelta(minutes=10)
# What words may be typed for: each has its row in `hearers`.
Purpose = Literal[
    "advice",
    "cancel",
    "cancel_perhaps",
    "cast_text",
    "contact_new",
    "customer_grade",
    "deny",
    "duty_span",
    "duty_stand_in",
    "duty_until",
    "entry_phone",
    "for",
    "goods_new",
    "grant",
    "handover",
    "order_due",
    "order_text",
    "order_who",
    "reassign",
    "reassign_to",
    "reject",
    "rota_person",
    "rota_times",
    "stock_counts",
    "stock_number",
    "who",
]


def _known(purpose: object) -> object:
    """What an earlier version awaited is awaited no more."""
    return purpose if purpose in get_args(Purpose) else None


class Awaited(Document):
    """What one person's next words are for: a row of `hearers`, and what it needs to go on.
    `replied_in`: the group in which they are awaited, as a reply; None: in private."""

    person: PersonId
    purpose: Annotated[Purpose | None, BeforeValidator(_known)]
    args: tuple[str, ...] = ()
    asked_at: datetime
    replied_in: int | None = None


AWAITED = Kind("awaited", Awaited, key=lambda a: a.person)


def await_words(
    turn: Turn, person: PersonId, purpose: Purpose, *args: str, replied_in: int | None = None
) -> None:
    """The person's next words in private (or in that group, as a reply), within AWAITED_FOR, are
    for this; it replaces what was awaited before."""
    known = Awaited(
        person=person, purpose=purpose, args=args, asked_at=turn.at, replied_in=replied_in
    )
    turn.put(AWAITED, known)


def await_nothing(turn: Turn, person: PersonId) -> None:
    """What was to be typed has been pressed, or is not needed any more."""
    turn.remove(AWAITED, person)


async def awaited_words(turn: Turn, person: PersonId) -> Awaited | None:
    """What is awaited from the person; None when nothing is, or not any more."""
    known = await turn.get(AWAITED, person)
    if known is None or turn.at - known.asked_at > AWAITED_FOR:
        return None
    return known
