"""Awaited: words that somebody is to type next, and what they are for.

In: a person, a purpose, a text typed in private or as a reply. Out: the words given to whoever
asked for them (see `hearers`). Forbidden here: questions about an incident's facts (see
`reporting.questions`).
"""

from collections.abc import Callable
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

# A person asked more often at the same time no longer knows to which question they reply.
SET_ASIDE_LIMIT = 5


class SetAside(Document):
    """What was awaited of one person before something else was, oldest first: what they type is not
    for it any more, a reply to its question is."""

    person: PersonId
    earlier: tuple[Awaited, ...]


SET_ASIDE = Kind("awaited_earlier", SetAside, key=lambda s: s.person)


async def set_aside(turn: Turn, person: PersonId) -> None:
    """Keep what is awaited for a reply to its question, before other words are awaited."""
    known, aside = await awaited_words(turn, person), await turn.get(SET_ASIDE, person)
    if known is not None:
        earlier = (*(aside.earlier if aside else ()), known)[-SET_ASIDE_LIMIT:]
        turn.put(SET_ASIDE, SetAside(person=person, earlier=earlier))


async def take_back(
    turn: Turn, person: PersonId, is_meant: Callable[[Awaited], bool]
) -> Awaited | None:
    """The last of what was set aside within AWAITED_FOR that is meant; it is awaited no more."""
    aside = await turn.get(SET_ASIDE, person)
    fresh = [one for one in aside.earlier if _is_fresh(turn, one)] if aside else []
    found = next((one for one in reversed(fresh) if is_meant(one)), None)
    if found is not None:
        left = tuple(one for one in fresh if one != found)
        turn.put(SET_ASIDE, SetAside(person=person, earlier=left))
    return found


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
    return known if known is not None and _is_fresh(turn, known) else None


def _is_fresh(turn: Turn, awaited: Awaited) -> bool:
    return turn.at - awaited.asked_at <= AWAITED_FOR
