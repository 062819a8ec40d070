"""Said: what somebody said or sent out of the blue, kept for the report it may belong to.

In: texts and files. Out: the same as the first notes of the report that follows within
SAID_HOLDS; a place named in them. Forbidden here: judging what they mean (see `plain_words`).
"""

from datetime import datetime, timedelta

from handlers.desk import Desk
from handlers.documents import EVIDENCE, Evidence, Held
from plans import commands as c
from plans.model import PersonId
from plans.place import Place, place_among
from storage.document import Document
from storage.port import Kind, Turn

SAID_HOLDS = timedelta(minutes=30)
# More than that is no cry for help any more: the oldest is let go.
SAID_LIMIT = 5


class Said(Document):
    """What one person said last, oldest first; `at` is when the latest of it was said."""

    person: PersonId
    held: tuple[Held, ...]
    at: datetime


SAID = Kind("said", Said, key=lambda s: s.person)


async def keep(turn: Turn, person: PersonId, held: Held) -> None:
    """Keep it for the report that may follow."""
    earlier = await said_by(turn, person)
    turn.put(SAID, Said(person=person, held=(*earlier, held)[-SAID_LIMIT:], at=turn.at))


async def said_by(turn: Turn, person: PersonId) -> tuple[Held, ...]:
    """What the person said just now; what was said long ago is about something else."""
    known = await turn.get(SAID, person)
    return known.held if known is not None and turn.at - known.at < SAID_HOLDS else ()


async def place_said(turn: Turn, person: PersonId) -> Place | None:
    """The place named last."""
    places = [place_among(held.text) for held in await said_by(turn, person)]
    return next((place for place in reversed(places) if place is not None), None)


async def put_on_record(turn: Turn, desk: Desk, person: PersonId, number: int, chat: int) -> None:
    """What was said before the report is what it was made for."""
    for held in await said_by(turn, person):
        note = c.AddNote(turn.at, person, held.text, held.media, held.file_id, held.place)
        result = await desk.act(turn, number, note, chat)
        if held.file_id and not isinstance(result, c.Refusal):
            turn.put(EVIDENCE, wanted(number, held, turn.at))
    forget(turn, person)


def forget(turn: Turn, person: PersonId) -> None:
    turn.remove(SAID, person)


def wanted(number: int, held: Held, at: datetime) -> Evidence:
    """The file is fetched after the commit; its bytes are evidence."""
    return Evidence(incident=number, file_id=held.file_id, media=held.media, try_at=at)
