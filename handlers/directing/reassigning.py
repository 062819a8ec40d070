"""Reassigning: /reassign. Whose steps are to go to others? Those who cannot be counted on first.

In: the command, a typed name. Out: buttons for one person's steps (see `ticking`) and for those of
all who are absent (see `stranding`). Forbidden here: handing anything over.
"""

from collections.abc import Iterable

from telegram import Update

from handlers.awaited import await_words
from handlers.buttons import button, mark_of
from handlers.catalogue import say
from handlers.context import Context
from handlers.directing.commanded import commanded
from handlers.directing.found import people_meant, told_apart, which
from handlers.telling.happening import brief
from plans.model import PersonId
from plans.reassigning import Held
from storage.delivery import Button, Message

PEOPLE_SHOWN = 8
_FIRST = ("unreachable", "away", "no_telegram", "silent", "there")


async def on_reassign(_: Update, context: Context) -> None:
    """Those who cannot be counted on first, with how many steps each."""
    held, lang, reader = await commanded(context), context.speaker.lang, context.reader
    await_words(context.turn, context.speaker.person, "reassign")
    if not held:
        await context.say("directing.re_none")
        return
    by_person: dict[PersonId, list[Held]] = {}
    for one in held:
        by_person.setdefault(one.person, []).append(one)
    order = sorted(by_person, key=lambda p: (_FIRST.index(by_person[p][0].why), -len(by_person[p])))
    absent = [one for one in held if one.stranded]
    rows: list[tuple[Button, ...]] = []
    if absent:
        label = say(lang, "directing.re_all_button", count=_steps(absent))
        rows.append((button(label, "absent", "?"),))
    for person in order[:PEOPLE_SHOWN]:
        why = say(lang, f"directing.why_{by_person[person][0].why}")
        count = len(by_person[person])
        label = say(lang, "directing.re_person", name=reader.name(person), why=why, count=count)
        rows.append((button(label, "from", mark_of(person)),))
    more = len(order) - PEOPLE_SHOWN
    text = say(
        lang,
        "directing.re_whose",
        more=say(lang, "directing.re_more", count=more) if more > 0 else "",
    )
    await context.reply(Message(text=text, buttons=tuple(rows)))


def _steps(held: Iterable[Held]) -> int:
    return len({(one.incident.number, one.step) for one in held})


async def on_typed(context: Context, _: tuple[str, ...], text: str) -> None:
    """Somebody by name, whose steps are to be given to others."""
    reader = context.reader
    await_words(context.turn, context.speaker.person, "reassign")
    holding = {one.person for one in await commanded(context)}
    found = [p for p in people_meant(context.speaker.roster, text) if p in holding]
    if not found:
        await context.say("directing.re_nobody", typed=brief(text))
        return
    rows = [(button(told_apart(reader, p), "from", mark_of(p)),) for p in found[:PEOPLE_SHOWN]]
    await context.reply(Message(text=which(reader, found, PEOPLE_SHOWN), buttons=tuple(rows)))
