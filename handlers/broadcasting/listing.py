"""Listing: who has confirmed a broadcast, who has not, who cannot be reached, with their numbers.

In: a broadcast. Out: lists, a page at a time. Forbidden here: changing anything.
"""

from collections.abc import Callable, Mapping

from handlers.broadcasting.documents import PARTS, Cast
from handlers.buttons import button
from handlers.catalogue import Html, say
from handlers.context import Context
from handlers.telling.happening import Reader
from plans.broadcast import Reader as OneReader
from plans.broadcast import tally
from plans.model import PersonId
from storage.delivery import Button, Message

A_PAGE = 15

LISTS: Mapping[str, Callable[[OneReader], bool]] = {
    "missing": lambda r: r.is_missing,
    "unreachable": lambda r: r.confirmed_at is None and r.standing == "unreachable",
    "confirmed": lambda r: r.confirmed_at is not None,
}


async def readers_of(context: Context, cast: Cast) -> dict[PersonId, OneReader]:
    parts = await context.turn.find(PARTS, cast=cast.number)
    return {p: r for part in parts for p, r in part.readers.items()}


async def show_lists(context: Context, cast: Cast) -> None:
    """The most pressing list that has anybody on it."""
    readers = (await readers_of(context, cast)).values()
    first = next((w for w, fits in LISTS.items() if any(map(fits, readers))), "missing")
    await show_list(context, cast, first, 0)


async def show_list(context: Context, cast: Cast, what: str, page: int) -> None:
    readers, reader = await readers_of(context, cast), context.reader
    lang = reader.lang
    people = [p for p, r in readers.items() if LISTS[what](r)]
    last = max(0, (len(people) - 1) // A_PAGE)
    page = min(page, last)
    lines = [
        _line(person, readers[person], reader)
        for person in people[page * A_PAGE : (page + 1) * A_PAGE]
    ]
    label = say(lang, f"broadcast.{what}", count=len(people))
    head = say(lang, "broadcast.list_head", number=cast.number, what=label)
    text = "\n".join([head, *(lines or [say(lang, "broadcast.list_empty")])])
    as_file = button(say(lang, "broadcast.as_file"), "sent", cast.number, "file", 0)
    rows = [_counts(cast, readers, reader), *_turning(cast, what, page, last), (as_file,)]
    await context.reply(Message(text=text, buttons=tuple(row for row in rows if row)))


def _counts(
    cast: Cast, readers: Mapping[PersonId, OneReader], reader: Reader
) -> tuple[Button, ...]:
    counted = tally(readers.values())
    counts = {
        "missing": counted.missing,
        "unreachable": counted.unreachable,
        "confirmed": counted.confirmed,
    }
    return tuple(
        button(say(reader.lang, f"broadcast.{what}", count=count), "sent", cast.number, what, 0)
        for what, count in counts.items()
    )


def _turning(cast: Cast, what: str, page: int, last: int) -> list[tuple[Button, ...]]:
    row = []
    if page > 0:
        row.append(button(f"‹ {page}/{last + 1}", "sent", cast.number, what, page - 1))
    if page < last:
        row.append(button(f"{page + 2}/{last + 1} ›", "sent", cast.number, what, page + 1))
    return [tuple(row)] if row else []


def _line(person: PersonId, known: OneReader, reader: Reader) -> Html:
    name, phone = reader.name_and_role(person), reader.phone(person)
    line = say(reader.lang, "broadcast.list_line", name=name, phone=phone)
    standing = why(person, known, reader)
    return Html(f"{line} · {standing}") if standing else line


def why(person: PersonId, known: OneReader, reader: Reader) -> Html:
    """How it stands with them, in few words."""
    lang = reader.lang
    if known.confirmed_at is not None:
        return say(lang, "broadcast.why_confirmed", time=reader.time(known.confirmed_at))
    if known.why is not None:
        return say(lang, f"broadcast.why_{known.why}")
    if known.standing in ("waiting", "under_way"):
        return say(lang, "broadcast.why_waiting")
    away = reader.roster.is_away(person, reader.at)
    return say(lang, "broadcast.why_away") if away else Html("")
