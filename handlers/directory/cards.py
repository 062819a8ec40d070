"""Cards: one entry with all that is known of it, and what can be done about it.

In: buttons, a number typed. Out: the card; a contact or customer changed. Forbidden here: changing
people.
"""

from telegram import Update

from handlers.awaited import await_words
from handlers.buttons import Pressed, button, mark_of
from handlers.catalogue import Html, plain, say
from handlers.context import Context
from handlers.directory.conduct import conduct_lines, may_set
from handlers.directory.entering import today
from handlers.directory.entry import (
    LETTERS,
    hit_of,
    may_change,
    may_see,
    retire,
    write_checked,
    write_phone,
)
from handlers.directory.lines import label_of, lines_of
from plans.directory import Hit
from plans.tables import fields
from plans.text import WordedError
from storage.delivery import Button, Message


def card(context: Context, hit: Hit) -> Message:
    reader, speaker = context.reader, context.speaker
    lines = lines_of(hit, reader)
    company = reader.roster.company
    if hit.kind == "person" and (person := company.people[hit.id]).routes:
        names = "、".join(person.routes)
        lines.append(say(reader.lang, "directory.routes", routes=names))
    checked = {"contact": company.contacts, "customer": company.customers}.get(hit.kind, {})
    when = getattr(checked.get(hit.id), "checked", None)
    if when is not None:
        lines.append(say(reader.lang, "directory.checked", day=when))
    if hit.kind == "customer":
        lines += conduct_lines(company.customers[hit.id], reader)
    buttons = _buttons(context, hit) if speaker.private else ()
    return Message(text=Html("\n".join(lines)), buttons=buttons)


async def on_card(update: Update, context: Context, pressed: Pressed) -> None:
    hit = hit_of(context.speaker.roster, *pressed.args)
    if hit is None or not may_see(context.speaker.roster, context.speaker.person, hit):
        context.refuse(update, "refusals.old_button")
        return
    if hit.kind == "customer" and not context.speaker.private:
        context.refuse(update, "refusals.private_only")
        return
    context.toast(update)
    await context.reply(card(context, hit))


async def on_entry(update: Update, context: Context, pressed: Pressed) -> None:
    """A contact's or customer's button."""
    what, letter, mark = pressed.args
    speaker, turn = context.speaker, context.turn
    hit = hit_of(speaker.roster, letter, mark)
    if hit is None or what not in ("phone", "gone", "sure", "ok"):
        context.refuse(update, "refusals.old_button")
        return
    if not may_change(speaker.roster, speaker.person, hit):
        context.refuse(update, "directory.not_yours")
        return
    context.toast(update)
    name = label_of(hit, context.reader)
    if what == "phone":
        await_words(turn, speaker.person, "entry_phone", letter, mark)
        await context.say("directory.type_phone", name=name)
    elif what == "gone":
        rows = (
            (
                _act(context, hit, "sure", "directory.do_sure"),
                button(say(speaker.lang, "directory.do_keep"), "card", letter, mark),
            ),
        )
        text = say(speaker.lang, "directory.sure", name=name)
        await context.reply(Message(text=text, buttons=rows))
    elif what == "sure":
        retire(turn, hit)
        await context.say("directory.gone", name=name)
    else:
        write_checked(turn, speaker.roster, hit, today(turn, speaker.roster))
        await context.say("directory.checked_today", name=name)


async def hear_phone(context: Context, args: tuple[str, ...], text: str) -> None:
    """A contact's or customer's new number."""
    letter, mark = args
    speaker, turn = context.speaker, context.turn
    hit = hit_of(speaker.roster, letter, mark)
    if hit is None or not may_change(speaker.roster, speaker.person, hit):
        await context.say("directory.not_yours")
        return
    try:
        phone = fields.phone(text)
    except WordedError as error:
        await_words(turn, speaker.person, "entry_phone", letter, mark)
        await context.reply(Message(text=plain(error.text.in_(speaker.lang))))
        return
    write_phone(turn, speaker.roster, hit, phone, today(turn, speaker.roster))
    name = label_of(hit, context.reader)
    await context.say("directory.phone_written", name=name, phone=phone)


def _buttons(context: Context, hit: Hit) -> tuple[tuple[Button, ...], ...]:
    speaker, lang = context.speaker, context.speaker.lang
    if hit.kind == "person" and speaker.person in speaker.roster.administrators():
        return ((button(say(lang, "directory.manage"), "person", mark_of(hit.id), ""),),)
    rows = _conduct_rows(context, hit)
    if not may_change(speaker.roster, speaker.person, hit):
        return rows
    return (
        (
            _act(context, hit, "ok", "directory.do_ok"),
            _act(context, hit, "phone", "directory.do_phone"),
            _act(context, hit, "gone", "directory.do_gone"),
        ),
        *rows,
    )


def _conduct_rows(context: Context, hit: Hit) -> tuple[tuple[Button, ...], ...]:
    speaker = context.speaker
    customer = speaker.roster.company.customers.get(hit.id) if hit.kind == "customer" else None
    if customer is None or not may_set(speaker.roster, speaker.person, customer):
        return ()
    label = say(speaker.lang, "conduct.do_conduct")
    return ((button(label, "conduct", "show", mark_of(hit.id), "-"),),)


def _act(context: Context, hit: Hit, what: str, key: str) -> Button:
    label = say(context.speaker.lang, key)
    return button(label, "entry", what, LETTERS[hit.kind], mark_of(hit.id))
