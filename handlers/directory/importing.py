"""Importing in chat: an administrator sends a table, sees what it would change, presses.

In: documents sent privately, buttons; what the errand has read. Out: a dry run, then the register.
Forbidden here: reading files; changing anything but by the press that was shown the same dry run.
"""

import logging
from collections.abc import Callable
from datetime import timedelta
from hashlib import sha256

from telegram import Update
from telegram.ext import filters

from handlers import messages
from handlers.buttons import Pressed, button
from handlers.catalogue import Html, plain, say
from handlers.context import Context
from handlers.desk import Desk
from handlers.directory.documents import IMPORTS, TableImport, grids_of, stored
from handlers.directory.entering import enter, rehearse
from handlers.directory.papers import paper_name
from handlers.directory.reports import bad_rows, changed_rows, summary
from handlers.incidents.involved import involved_in
from handlers.incidents.notes import held_from, incident_number
from handlers.losses import hand_on
from handlers.stores import lacking
from handlers.telling.happening import Reader
from handlers.telling.letters import Letters
from plans.tables.changes import Changes
from plans.tables.grids import TOO_LARGE, Grid, Unreadable
from plans.tables.sheets import recognised
from plans.tables.stock import shelf_id
from plans.text import Lang
from storage.delivery import Message, Paper, Urgency
from storage.port import SLOTS, Turn

log = logging.getLogger(__name__)

VALID_FOR = timedelta(minutes=30)
SHOWN_ROWS = 8
LINE = 140
MOST_LACKING = 20
TABLE = filters.Document.FileExtension("xlsx") | filters.Document.FileExtension("csv")


async def on_table(update: Update, context: Context) -> None:
    """A table sent privately. From an administrator it is read, unless it is a reply about an
    incident; from anybody else it is a note like any other file, if there is an incident."""
    message, speaker = update.message, context.speaker
    if message is None or message.document is None:
        return
    replied = message.reply_to_message
    about = incident_number(replied) if replied is not None else None
    if speaker.person in speaker.roster.administrators() and about is None:
        await _take(context, message.document.file_id, message.document.file_name or "")
        return
    held = held_from(message)
    if about is None and held is not None and not await involved_in(context.turn, speaker):
        await context.say("directory.not_an_administrator")
        return
    await messages.on_message(update, context)


async def _take(context: Context, file_id: str, name: str) -> None:
    speaker, turn = context.speaker, context.turn
    table = TableImport(
        person=speaker.person, chat=speaker.chat, file_id=file_id, name=name[:60], look_at=turn.at
    )
    turn.put(IMPORTS, table)
    await context.say("directory.reading", name=name[:60])


# What the errand says


async def refuse(turn: Turn, desk: Desk, table: TableImport, reason: Unreadable) -> None:
    """The file is no table of ours."""
    if await _is_the_newest(turn, table):
        turn.remove(IMPORTS, table.person)
        await _say(turn, desk, table, lambda lang: plain(reason.reason.in_(lang)))


async def lost(turn: Turn, desk: Desk, table: TableImport) -> None:
    """Telegram does not hand the file out."""
    if await _is_the_newest(turn, table):
        turn.remove(IMPORTS, table.person)
        await _say(turn, desk, table, lambda lang: say(lang, "directory.not_fetched"))


async def show(
    turn: Turn,
    desk: Desk,
    table: TableImport,
    grids: tuple[Grid, ...],
    changes: Changes,
    errors: str,
) -> None:
    """The dry run, with the buttons; `errors` is the hash of the kept file of bad rows."""
    if not await _is_the_newest(turn, table):
        return
    sheets = stored(grids)
    if sheets is None:
        await refuse(turn, desk, table, TOO_LARGE)
        return
    digest = digest_of(changes)
    shown = {"state": "shown", "sheets": sheets, "digest": digest, "look_at": turn.at + VALID_FOR}
    to_make = len(changes.to_make)
    if to_make:
        turn.put(IMPORTS, table.model_copy(update=shown))
    else:
        turn.remove(IMPORTS, table.person)
    letters = Letters(turn, await desk.roster(turn))

    def write(reader: Reader) -> Message:
        lang = reader.lang
        rows = (
            (
                button(say(lang, "directory.take_in", count=to_make), "table", "yes", digest),
                button(say(lang, "directory.do_not"), "table", "no", digest),
            ),
        )
        text = _dry_run(changes, table.name, reader)
        return Message(text=text, buttons=rows if to_make else ())

    turn.remove(SLOTS, _slot(table))  # a new dry run stands at the bottom
    await letters.person(table.person, write, Urgency.URGENT, slot=_slot(table))
    if errors:
        await letters.person(
            table.person,
            lambda reader: Paper(
                sha256=errors,
                name=paper_name("errors", reader),
                caption=say(reader.lang, "directory.errors_file", count=len(changes.bad)),
            ),
        )


# Presses


async def on_pressed(update: Update, context: Context, pressed: Pressed) -> None:
    """Take it in, or not. What has changed since it was shown is shown again first."""
    turn, person = context.turn, context.speaker.person
    what, digest = pressed.args
    table = await turn.get(IMPORTS, person)
    if table is None or table.state != "shown" or table.digest != digest:
        context.refuse(update, "directory.table_gone")
        return
    if what != "yes":
        turn.remove(IMPORTS, person)
        context.toast(update)
        await _put_in_place(context, table, say(context.speaker.lang, "directory.not_taken_in"))
        return
    tables = recognised(grids_of(table))
    if isinstance(tables, Unreadable):
        raise TypeError("a table that was shown is none any more")
    dry = await rehearse(turn, context.desk, tables)
    if digest_of(dry) != digest:
        turn.put(IMPORTS, table.model_copy(update={"state": "wanted", "look_at": turn.at}))
        context.refuse(update, "directory.changed_since")
        return
    context.toast(update)
    changes = await enter(turn, context.desk, tables, person, dry)
    turn.remove(IMPORTS, person)
    left = [c.id for c in changes.to_make if c.kind == "people" and c.what == "ended"]
    await hand_on(turn, context.desk, left)
    log.info("a table was taken in", extra={"count": len(changes.to_make)})
    await _tell(context, changes)
    await _tell_lacking(context, changes)
    await _put_in_place(context, table, _dry_run(dry, table.name, context.reader))


def _slot(table: TableImport) -> str:
    return f"import/{table.person}"


async def _put_in_place(context: Context, table: TableImport, text: Html) -> None:
    """What stands where the dry run stood: it can be pressed no more."""
    message = Message(text=text)
    await context.letters.chat(table.chat, message, Urgency.NORMAL, slot=_slot(table))


async def _tell(context: Context, changes: Changes) -> None:
    """Whoever pressed; and the other administrators, since it may change rights."""
    speaker = context.speaker

    def words(lang: Lang, key: str) -> Html:
        lines = "\n".join(plain(line) for line in summary(changes, lang))
        name = speaker.roster.company.people[speaker.person].name
        return say(lang, key, name=name, summary=Html(lines))

    await context.reply(Message(text=words(speaker.lang, "directory.taken_in")))
    roster = await context.desk.roster(context.turn)
    letters = Letters(context.turn, roster)
    for other in roster.administrators():
        if other != speaker.person:
            await letters.person(
                other, lambda r: Message(text=words(r.lang, "directory.taken_in_by"))
            )


async def _tell_lacking(context: Context, changes: Changes) -> None:
    """Of every store that has less by now than it has promised, at most MOST_LACKING."""
    roster = await context.desk.roster(context.turn)
    counted = {change.id for change in changes.to_make if change.kind == "stock"}
    held = [h for h in roster.holdings.values() if shelf_id(h.region, h.goods) in counted]
    for holding in [h for h in held if h.lacking][:MOST_LACKING]:
        await lacking.tell(context, holding)


def digest_of(changes: Changes) -> str:
    """A name for exactly these changes and bad rows."""
    # Not the ids of new entries: they are given when the table is taken in.
    told = [(c.kind, c.old and c.id, c.old, c.new) for c in changes.to_make]
    bad = [(b.row.sheet.title, b.row.number) for b in changes.bad]
    return sha256(repr((told, bad)).encode()).hexdigest()[:12]


def _dry_run(changes: Changes, name: str, reader: Reader) -> Html:
    lang = reader.lang
    lines: list[str] = [say(lang, "directory.dry_run", name=name)]
    lines += [plain(line) for line in summary(changes, lang)]
    changed = [c for c in changes.to_make if c.what != "added"]
    if changed:
        told = changed_rows(changed[:SHOWN_ROWS], reader.roster, lang)
        lines += ["", *(plain(line[:LINE]) for line in told)]
        lines += _more(len(changed), lang)
    if changes.bad:
        lines += ["", say(lang, "directory.left_out")]
        lines += [plain(line[:LINE]) for line in bad_rows(changes.bad[:SHOWN_ROWS], lang)]
        lines += _more(len(changes.bad), lang)
    if changes.passed_over:
        sheets = "、".join(changes.passed_over)[:LINE]
        lines += ["", say(lang, "directory.passed_over", sheets=sheets)]
    if not changes.to_make:
        lines += ["", say(lang, "directory.nothing_to_take_in")]
    return Html("\n".join(lines))


def _more(count: int, lang: Lang) -> list[Html]:
    left = count - SHOWN_ROWS
    return [say(lang, "directory.more", count=left)] if left > 0 else []


async def _is_the_newest(turn: Turn, table: TableImport) -> bool:
    now = await turn.get(IMPORTS, table.person)
    return now is not None and now.file_id == table.file_id


async def _say(turn: Turn, desk: Desk, table: TableImport, words: Callable[[Lang], Html]) -> None:
    letters = Letters(turn, await desk.roster(turn))
    await letters.person(table.person, lambda r: Message(text=words(r.lang)), Urgency.URGENT)
