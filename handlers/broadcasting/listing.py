"""Listing: who has confirmed a broadcast, who has not, who cannot be reached, with their numbers.

In: a broadcast. Out: lists, a page at a time. Forbidden here: changing anything.
"""

from collections.abc import Callable, Mapping

from handlers.broadcasting.documents import CASTS, PARTS, Cast
from handlers.broadcasting.reaching import looked_after
from handlers.broadcasting.showing import groups_lost
from handlers.buttons import button
from handlers.catalogue import Html, say
from handlers.context import Context
from handlers.telling.happening import Reader, brief
from plans.broadcast import Reader as OneReader
from plans.broadcast import tally
from plans.model import PersonId
from storage.delivery import Button, Message

A_PAGE = 15
LATEST = 4

LISTS: Mapping[str, Callable[[OneReader], bool]] = {
    "missing": lambda r: r.is_missing,
    "unreachable": lambda r: r.confirmed_at is None and r.standing == "unreachable",
    "confirmed": lambda r: r.confirmed_at is not None,
}


async def readers_of(context: Context, cast: Cast) -> dict[PersonId, OneReader]:
    parts = await context.turn.find(PARTS, cast=cast.number)
    return {p: r for part in parts for p, r in part.readers.items()}


async def show_latest(context: Context) -> None:
    """The last ones that the speaker may look after, to be shown again; nothing without any."""
    reader, person = context.reader, context.speaker.person
    sent = await context.turn.find(CASTS)
    casts = (await looked_after(context.turn, reader.roster, person, sent))[-LATEST:]
    if not casts:
        return
    rows = []
    for cast in reversed(casts):
        what = say(reader.lang, f"broadcast.word_{cast.kind}")
        words = {"number": cast.number, "time": reader.time(cast.at), "what": what}
        label = say(reader.lang, "broadcast.latest", text=brief(cast.words(reader.lang)), **words)
        rows.append((button(label, "sent", cast.number, "card", 0),))
    text = say(reader.lang, "broadcast.list_sent")
    await context.reply(Message(text=text, buttons=tuple(rows)))


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
    lines = lines or [say(lang, "broadcast.list_empty")]
    if what == "unreachable":
        lines += await _lost_groups(context, cast)
    text = "\n".join([head, *lines])
    as_file = button(say(lang, "broadcast.as_file"), "sent", cast.number, "file", 0)
    rows = [_counts(cast, readers, reader), *_turning(cast, what, page, last), (as_file,)]
    await context.reply(Message(text=text, buttons=tuple(row for row in rows if row)))


async def _lost_groups(context: Context, cast: Cast) -> list[Html]:
    lost = await groups_lost(context.turn, cast)
    known = (context.speaker.roster.group(group) for group in lost[:A_PAGE])
    lang = context.speaker.lang
    return [say(lang, "broadcast.group_lost", title=group.title) for group in known if group]


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
