"""Quiet: what can wait is kept for somebody until it may be sent.

In: a private message about to be written. Out: kept in the turn, or not. Forbidden here: holding
what somebody must act on, and sending what was kept (see `handlers.duty.held`).
"""

from datetime import datetime, timedelta

from pydantic import Field

from handlers.documents import INCIDENTS
from plans.model import PersonId
from plans.roster import Roster
from plans.roster.quiet import sent_from
from storage.delivery import Content, Leave, Menu, Message, Urgency
from storage.document import Document
from storage.port import Kind, Turn

HELD_LIMIT = 50
# Whoever has just written is awake, whatever the hour, and waits for what comes of it.
AWAKE_FOR = timedelta(minutes=15)
_NOTED_EVERY = timedelta(minutes=5)


class HeldLetters(Document):
    """What waits for one person, oldest first; `more` counts what came when it was full. Looked at
    from `send_at`; None: when they are back."""

    person: PersonId
    letters: tuple[Content, ...] = Field(default=(), max_length=HELD_LIMIT)
    more: int = 0
    send_at: datetime | None


class Awake(Document):
    """When somebody last wrote or pressed something at a time at which letters are held."""

    person: PersonId
    heard_at: datetime


HELD_LETTERS = Kind("held_letters", HeldLetters, key=lambda h: h.person, due=lambda h: h.send_at)
AWAKE = Kind("awake", Awake, key=lambda a: a.person)


async def hold(
    turn: Turn,
    roster: Roster,
    person: PersonId,
    content: Content,
    urgency: Urgency,
    incident: int | None,
) -> bool:
    """Keep it for later; False when it is to be sent now."""
    if urgency is Urgency.URGENT or not _can_be_held(content):
        return False
    send_at = sent_from(roster, person, turn.at)
    if send_at == turn.at or await _is_awake(turn, person):
        return False
    if incident is not None and await _has_part(turn, person, incident):
        return False
    held = await turn.get(HELD_LETTERS, person) or HeldLetters(person=person, send_at=send_at)
    full = len(held.letters) >= HELD_LIMIT
    letters = held.letters if full else (*held.letters, content)
    more = held.more + 1 if full else held.more
    turn.put(
        HELD_LETTERS,
        HeldLetters(person=person, letters=letters, more=more, send_at=send_at),
    )
    return True


def _can_be_held(content: Content) -> bool:
    """Not what only changes what the phone shows."""
    if isinstance(content, Menu | Leave):
        return False
    return not (isinstance(content, Message) and content.keyboard is not None)


async def hear(turn: Turn, roster: Roster, person: PersonId) -> None:
    """Somebody has just written or pressed something."""
    if sent_from(roster, person, turn.at) == turn.at:
        return
    known = await turn.get(AWAKE, person)
    if known is None or turn.at - known.heard_at >= _NOTED_EVERY:
        turn.put(AWAKE, Awake(person=person, heard_at=turn.at))


async def _is_awake(turn: Turn, person: PersonId) -> bool:
    known = await turn.get(AWAKE, person)
    return known is not None and turn.at - known.heard_at < AWAKE_FOR


async def _has_part(turn: Turn, person: PersonId, number: int) -> bool:
    incident = await turn.get(INCIDENTS, str(number))
    if incident is None:
        return False
    told = (p for state in incident.steps.values() for p in state.told)
    return person in (*incident.reporters, *incident.directed_by, *told)
