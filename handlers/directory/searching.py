"""Searching: /who, and whoever is asked for in plain words.

In: what was typed. Out: who and what fits, with numbers to call. Forbidden here: how a query is
understood (`plans.directory`); showing customers to whom they are not for.
"""

from collections.abc import Sequence

from telegram import Update

from handlers.awaited import await_words
from handlers.buttons import Pressed, button, mark_of
from handlers.catalogue import Html, say
from handlers.context import Context
from handlers.directory.cards import card
from handlers.directory.documents import SEARCHES, Search
from handlers.directory.entry import LETTERS, may_see
from handlers.directory.lines import block_of, label_of
from handlers.incidents.involved import involved_in
from handlers.paging import PAGE, arrows, page_number, page_of, pages
from handlers.typed import command_of
from plans.directory import Hit, directory_of
from plans.directory.search import EVERYTHING, HITS_LIMIT
from plans.spoken import plans_meant
from storage.delivery import Button, Message


async def on_who(update: Update, context: Context) -> None:
    """People, outside contacts, customers, vehicles, by whatever is known of them."""
    _, typed = command_of(update.effective_message)
    if not typed:
        if context.speaker.private:
            await_words(context.turn, context.speaker.person, "who")
        await context.say("directory.who_how")
    elif not await find(context, typed):
        await context.say("directory.nobody_found", query=typed[:40])


async def hear_whom(context: Context, _: tuple[str, ...], text: str) -> bool:
    """Whom they look for, typed after /who. False for what fits nobody and may be news: whoever
    was looking for a number may as well say what has happened."""
    if await find(context, text):
        return True
    speaker = context.speaker
    if plans_meant(context.desk.plans.values(), text) or await involved_in(context.turn, speaker):
        return False
    await_words(context.turn, speaker.person, "who")
    await context.say("directory.nobody_found", query=text[:40])
    return True


async def find(context: Context, text: str) -> bool:
    """Answer with whom the text names, where the speaker wrote; False, and not a word, when it
    fits nobody."""
    hits = _hits(context, text)
    if not hits:
        return False
    if len(hits) == 1:
        await context.reply(card(context, hits[0]))
        return True
    search = Search(person=context.speaker.person, query=text[:60], at=context.turn.at)
    context.turn.put(SEARCHES, search)
    await context.reply(_listed(context, hits, search, 0))
    return True


async def on_page(update: Update, context: Context, pressed: Pressed) -> None:
    """Another page of the last search."""
    page, mark = pressed.args
    search = await context.turn.get(SEARCHES, context.speaker.person)
    if search is None or mark_of(search.query) != mark:
        context.refuse(update, "refusals.old_button")
        return
    context.toast(update)
    hits = _hits(context, search.query)
    if hits:
        await context.reply(_listed(context, hits, search, page_number(page)))


def _hits(context: Context, text: str) -> list[Hit]:
    speaker = context.speaker
    found = directory_of(speaker.roster.company).find(text)
    kinds = EVERYTHING if speaker.private else EVERYTHING - {"customer"}
    return [h for h in found if h.kind in kinds and may_see(speaker.roster, speaker.person, h)]


def _listed(context: Context, hits: Sequence[Hit], search: Search, page: int) -> Message:
    reader = context.reader
    count = f"{len(hits)}+" if len(hits) >= HITS_LIMIT else str(len(hits))
    last = pages(len(hits))
    key = "directory.found" if last == 1 else "directory.found_pages"
    head = say(reader.lang, key, count=count, page=min(page, last - 1) + 1, pages=last)
    blocks = [block_of(hit, reader) for hit in page_of(hits, page)]
    rows = hit_buttons(context, page_of(hits, page))
    row = arrows(len(hits), page, lambda label, to: button(label, "who", to, _mark(search)))
    return Message(
        text=Html("\n\n".join([head, *filter(None, blocks)])), buttons=(*rows, row) if row else rows
    )


def hit_buttons(context: Context, hits: Sequence[Hit]) -> tuple[tuple[Button, ...], ...]:
    """Two a row; each shows the entry's card."""
    labels = [
        button(label_of(hit, context.reader)[:40], "card", LETTERS[hit.kind], mark_of(hit.id))
        for hit in hits[:PAGE]
    ]
    return tuple(tuple(labels[at : at + 2]) for at in range(0, len(labels), 2))


def _mark(search: Search) -> str:
    return mark_of(search.query)
