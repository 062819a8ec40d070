"""Outside: /contacts by kind, /customers by region, and a new contact entered in chat.

In: commands, buttons, words that were awaited. Out: lists; a contact in the register. Forbidden
here: customers of regions that are not the speaker's.
"""

import re
from collections import Counter
from collections.abc import Callable, Sequence
from typing import get_args

from telegram import Update

from handlers.awaited import await_words
from handlers.buttons import Pressed, button, mark_of, marked
from handlers.catalogue import Html, plain, say
from handlers.context import Context
from handlers.directory.cards import card
from handlers.directory.entering import today
from handlers.directory.entry import may_see
from handlers.directory.lines import block_of
from handlers.directory.searching import hit_buttons
from handlers.paging import arrows, page_number, page_of, pages
from handlers.records.registers import CONTACTS, RegisteredContact
from handlers.typed import command_of
from plans.company import CONTACT_KINDS, Contact, ContactKind
from plans.company.model import CONTACTS_LIMIT
from plans.directory import Hit, directory_of
from plans.model import RegionId
from plans.tables import fields
from plans.tables.contacts import ORGANISATION_LIMIT
from plans.tables.fields import CONTACT_KIND_NAMES
from plans.tables.people import NAME_LIMIT
from plans.text import WordedError
from storage.delivery import Button, Message

_PHONE = re.compile(r"\+?[0-9][0-9 ()\-]{2,28}(?:(?:转|ext|x) ?[0-9]{1,6})?")
_BETWEEN = " \t\n,，;；、"
MINE, NEW = "mine", "new"


async def on_contacts(update: Update, context: Context) -> None:
    """The kinds there are, or those that fit what was typed."""
    _, typed = command_of(update.effective_message)
    if typed:
        await _search(context, typed, "contact")
        return
    lang, company = context.speaker.lang, context.speaker.roster.company
    counts = {kind: _of_kind(context, kind) for kind in CONTACT_KINDS}
    buttons = [
        button(f"{CONTACT_KIND_NAMES[kind].in_(lang)} {len(hits)}", "contacts", kind, 0)
        for kind, hits in counts.items()
        if hits
    ]
    rows = [tuple(buttons[at : at + 2]) for at in range(0, len(buttons), 2)]
    if _is_administrator(context):
        rows.append((button(say(lang, "directory.add"), "contacts", NEW, 0),))
    key = "directory.contacts" if company.contacts else "directory.no_contacts"
    await context.reply(Message(text=say(lang, key), buttons=tuple(rows)))


async def on_contacts_pressed(update: Update, context: Context, pressed: Pressed) -> None:
    """A page of a kind; or a new contact: its kind, then its words."""
    what, page = pressed.args
    if what == NEW or what.startswith(f"{NEW}_"):
        await _new(update, context, what.removeprefix(NEW).removeprefix("_"))
        return
    kind = next((kind for kind in CONTACT_KINDS if kind == what), None)
    if kind is None:
        context.refuse(update, "refusals.old_button")
        return
    context.toast(update)
    head = CONTACT_KIND_NAMES[kind].in_(context.speaker.lang)
    await _list(
        context,
        head,
        _of_kind(context, kind),
        page_number(page),
        lambda label, to: button(label, "contacts", kind, to),
    )


async def _new(update: Update, context: Context, kind: str) -> None:
    lang = context.speaker.lang
    if not _is_administrator(context):
        context.refuse(update, "refusals.needs_administrator")
        return
    context.toast(update)
    if kind in get_args(ContactKind):
        await_words(context.turn, context.speaker.person, "contact_new", kind)
        await context.say("directory.type_contact")
        return
    buttons = [
        button(name.in_(lang), "contacts", f"{NEW}_{kind}", 0)
        for kind, name in CONTACT_KIND_NAMES.items()
    ]
    rows = tuple(tuple(buttons[at : at + 3]) for at in range(0, len(buttons), 3))
    await context.reply(Message(text=say(lang, "directory.which_kind"), buttons=rows))


async def hear_contact(context: Context, args: tuple[str, ...], text: str) -> None:
    """A new contact in one line: name, phone, organisation."""
    turn, speaker = context.turn, context.speaker
    company = speaker.roster.company
    if not _is_administrator(context):
        await context.say("refusals.needs_administrator")
        return
    if len(company.contacts) >= CONTACTS_LIMIT:
        await context.say("directory.too_many_contacts", limit=CONTACTS_LIMIT)
        return
    try:
        written = _PHONE.search(text)
        phone = fields.phone(written[0].strip() if written else text)
        name, _, organisation = text.partition(written[0] if written else text)
        name = fields.short(name.strip(_BETWEEN), NAME_LIMIT) or phone
        organisation = fields.short(organisation.strip(_BETWEEN), ORGANISATION_LIMIT)
    except WordedError as error:
        await_words(turn, speaker.person, "contact_new", *args)
        await context.reply(Message(text=plain(error.text.in_(speaker.lang))))
        return
    id_ = f"c_{await turn.next_number('contacts')}"
    while id_ in company.contacts:
        id_ = f"c_{await turn.next_number('contacts')}"
    day = today(turn, speaker.roster)
    values = {"name": name, "kind": args[0], "organisation": organisation, "phone": phone}
    contact = Contact.model_validate({**values, "checked": day})
    turn.put(CONTACTS, RegisteredContact(id=id_, record=contact))
    await context.say("directory.contact_added", name=name, phone=phone)


async def on_customers(update: Update, context: Context) -> None:
    """One's own first, then by region; or those that fit what was typed."""
    _, typed = command_of(update.effective_message)
    if typed:
        await _search(context, typed, "customer")
        return
    lang, speaker = context.speaker.lang, context.speaker
    buttons: list[Button] = []
    if own := _customers(context, MINE):
        mine = say(lang, "directory.my_customers", count=len(own))
        buttons.append(button(mine, "customers", MINE, 0))
    counts = _counts(context)
    for id_, region in speaker.roster.company.regions.items():
        if count := counts[id_]:
            label = f"{region.name.in_(lang)} {count}"
            buttons.append(button(label, "customers", mark_of(id_), 0))
    # In a company of more regions the others are found by searching.
    rows = tuple(tuple(buttons[at : at + 3]) for at in range(0, min(len(buttons), 36), 3))
    key = "directory.customers" if buttons else "directory.no_customers"
    await context.reply(Message(text=say(lang, key), buttons=rows))


async def on_customers_pressed(update: Update, context: Context, pressed: Pressed) -> None:
    where, page = pressed.args
    regions = context.speaker.roster.company.regions
    region = MINE if where == MINE else marked(regions, where)
    hits = _customers(context, region) if region is not None else []
    if not hits:
        context.refuse(update, "refusals.old_button")
        return
    context.toast(update)
    lang = context.speaker.lang
    head = context.reader.region(region)
    if region == MINE:
        head = say(lang, "directory.my_customers", count=len(hits)).unescape()
    await _list(
        context,
        head,
        hits,
        page_number(page),
        lambda label, to: button(label, "customers", where, to),
    )


def _counts(context: Context) -> Counter[RegionId]:
    """How many of each region are for the speaker's eyes."""
    roster, person = context.speaker.roster, context.speaker.person
    regions = roster.company.regions
    whole = {region for region in regions if roster.may(person, "customers", region)}
    shops = roster.company.customers.values()
    return Counter(s.region for s in shops if s.region in whole or s.manager == person)


def _customers(context: Context, region: str | None) -> list[Hit]:
    """Of a region, or one's own, by grade and name, as far as they are for the speaker's eyes."""
    speaker = context.speaker
    shops = speaker.roster.company.customers
    wanted = [
        Hit("customer", id_, 0)
        for id_, shop in shops.items()
        if (shop.manager == speaker.person if region == MINE else shop.region == region)
    ]
    seen = [hit for hit in wanted if may_see(speaker.roster, speaker.person, hit)]
    return sorted(seen, key=lambda hit: (shops[hit.id].grade, shops[hit.id].name))


def _of_kind(context: Context, kind: ContactKind) -> list[Hit]:
    contacts = context.speaker.roster.company.contacts
    return [Hit("contact", id_, 0) for id_, contact in contacts.items() if contact.kind == kind]


async def _search(context: Context, typed: str, kind: str) -> None:
    speaker = context.speaker
    found = directory_of(speaker.roster.company).find(typed)
    hits = [h for h in found if h.kind == kind and may_see(speaker.roster, speaker.person, h)]
    if not hits:
        await context.say("directory.nobody_found", query=typed[:40])
    elif len(hits) == 1:
        await context.reply(card(context, hits[0]))
    else:
        head = say(speaker.lang, "directory.found", count=len(hits)).unescape()
        await _list(context, head, hits, 0, None)


async def _list(
    context: Context,
    head: str,
    hits: Sequence[Hit],
    page: int,
    turn_to: Callable[[str, int], Button] | None,
) -> None:
    reader, shown = context.reader, page_of(hits, page)
    last = pages(len(hits))
    if last > 1:
        head = f"{head} ({min(page, last - 1) + 1}/{last})"
    blocks = [block_of(hit, reader) for hit in shown]
    row = arrows(len(hits), page, turn_to) if turn_to is not None else ()
    rows = hit_buttons(context, shown)
    text = Html("\n\n".join([plain(head), *blocks]))
    await context.reply(Message(text=text, buttons=(*rows, row) if row else rows))


def _is_administrator(context: Context) -> bool:
    return context.speaker.person in context.speaker.roster.administrators()
