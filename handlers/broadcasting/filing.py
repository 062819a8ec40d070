"""The lists of a broadcast as a file: everybody it was for, and how it stands with them.

In: presses; what the errand has written. Out: what is to stand in the file; the file sent to
whoever asked. Forbidden here: writing files.
"""

from datetime import datetime

from telegram import Update

from handlers.broadcasting.documents import CASTS, PARTS, Cast
from handlers.broadcasting.listing import LISTS, why
from handlers.broadcasting.reaching import looked_after
from handlers.catalogue import say
from handlers.context import Context
from handlers.desk import Desk
from handlers.steps.call_sheets import Sheet
from handlers.telling.happening import Reader
from handlers.telling.letters import Letters
from plans.broadcast import Reader as OneReader
from plans.model import PersonId
from storage.delivery import Message, Paper, Urgency
from storage.document import Document
from storage.port import Kind, Turn

_WIDTHS = {"name": 16, "role": 18, "region": 12, "phone": 20, "list": 14, "standing": 22}


class CastListWanted(Document):
    """That somebody asked for the lists of one broadcast as a file."""

    person: PersonId
    cast: int
    look_at: datetime


CAST_LISTS = Kind(
    "broadcast_lists",
    CastListWanted,
    key=lambda w: f"{w.cast}/{w.person}",
    due=lambda w: w.look_at,
)


def want_file(update: Update, context: Context, cast: Cast) -> None:
    wanted = CastListWanted(
        person=context.speaker.person, cast=cast.number, look_at=context.turn.at
    )
    context.turn.put(CAST_LISTS, wanted)
    context.toast(update, "broadcast.file_begun")


async def content_of(turn: Turn, desk: Desk, wanted: CastListWanted) -> Sheet | None:
    """What to write, as it is now; None: it is not for them any more, or there is none."""
    cast, roster = await turn.get(CASTS, str(wanted.cast)), await desk.roster(turn)
    if cast is None or not await looked_after(turn, roster, wanted.person, [cast]):
        return None
    reader = Reader(roster, roster.language_of(wanted.person), turn.at)
    title = say(reader.lang, "broadcast.file_caption", number=cast.number).unescape()
    headings = [
        (say(reader.lang, f"broadcast.column_{name}").unescape(), width)
        for name, width in _WIDTHS.items()
    ]
    parts = await turn.find(PARTS, cast=cast.number)
    known = {person: one for part in parts for person, one in part.readers.items()}
    rows = [
        _row(person, known[person], what, reader)
        for what, fits in LISTS.items()
        for person in known
        if fits(known[person])
    ]
    return Sheet(f"{title} · {reader.moment(turn.at)}", tuple(headings), tuple(rows))


def _row(person: PersonId, known: OneReader, what: str, reader: Reader) -> tuple[str, ...]:
    posts = reader.roster.roles_of(person)
    return (
        reader.name(person),
        reader.role(posts[0].role) if posts else "",
        reader.region(posts[0].region) if posts else "",
        reader.phone(person),
        say(reader.lang, f"broadcast.{what}", count="").unescape().strip(),
        why(person, known, reader).unescape(),
    )


async def send(turn: Turn, desk: Desk, wanted: CastListWanted, sha256: str) -> None:
    """The file is written: send it, once."""
    if await turn.get(CAST_LISTS, CAST_LISTS.key(wanted)) is None:
        return
    turn.remove(CAST_LISTS, CAST_LISTS.key(wanted))

    def write(reader: Reader) -> Paper:
        name = say(reader.lang, "broadcast.file_name").unescape()
        caption = say(reader.lang, "broadcast.file_caption", number=wanted.cast)
        return Paper(sha256=sha256, name=f"{name}-{wanted.cast}.xlsx", caption=caption)

    await Letters(turn, await desk.roster(turn)).person(wanted.person, write, Urgency.URGENT)


async def refuse(turn: Turn, desk: Desk, wanted: CastListWanted) -> None:
    """The file could not be written."""
    turn.remove(CAST_LISTS, CAST_LISTS.key(wanted))
    await Letters(turn, await desk.roster(turn)).person(
        wanted.person,
        lambda reader: Message(text=say(reader.lang, "directory.not_written")),
        Urgency.URGENT,
    )
