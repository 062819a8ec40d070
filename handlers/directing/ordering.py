"""Ordering: /direct. An order to a role or a person, with a time: whom, what, until when.

In: the command, presses, typed names, texts and times. Out: an incident on a plan of one step, in
the name of whoever gave the order. Forbidden here: who may order whom (see `plans.orders`).
"""

from datetime import datetime, time, timedelta

from telegram import Update

from handlers.awaited import AWAITED, await_words
from handlers.buttons import Pressed, button, person_mark
from handlers.catalogue import Html, plain, say
from handlers.context import Context
from handlers.directing.found import people_meant, person_of, told_apart
from handlers.directing.orders import ORDER_DRAFTS, ORDERS, Order, OrderDraft
from handlers.documents import INCIDENTS
from handlers.telling.happening import brief
from handlers.typed import command_of
from plans import commands as c
from plans.duration import parse_duration
from plans.format import Owner
from plans.model import RegionId, RoleId
from plans.moment import parse_moment
from plans.orders import (
    ABOUT,
    ORDER_TEXT_LIMIT,
    SHORTEST,
    may_order,
    may_order_person,
    order_plan,
)
from plans.rights import may_inform
from storage.delivery import Button, Message

ROLES_A_PAGE = 8
PEOPLE_SHOWN = 6
REGIONS_SHOWN = 20
MINUTES = (30, 60, 120, 240)
END_OF_WORK = time(18, 0)


async def on_direct(update: Update, context: Context) -> None:
    """To whom? "/direct 12" is about incident 12."""
    _, typed = command_of(update.effective_message)
    number, speaker = typed.lstrip("#＃"), context.speaker
    about = int(number) if number.isdecimal() and len(number) < 10 else None
    if about is not None:
        incident = await context.turn.get(INCIDENTS, str(about))
        at = context.turn.at
        if incident is None or not may_inform(speaker.roster, incident, speaker.person, at):
            await context.say("general.no_such_incident", number=about)
            return
    context.turn.put(ORDER_DRAFTS, OrderDraft(by=speaker.person, about=about))
    await _ask_whom(context, 0)


async def _ask_whom(context: Context, page: int) -> None:
    await_words(context.turn, context.speaker.person, "order_who")
    roles, lang = _roles(context), context.speaker.lang
    start = page * ROLES_A_PAGE
    buttons = [
        button(context.reader.role(role), "order", "role", role)
        for role in roles[start : start + ROLES_A_PAGE]
    ]
    rows = [tuple(buttons[i : i + 2]) for i in range(0, len(buttons), 2)]
    if start + ROLES_A_PAGE < len(roles):
        rows.append((button(say(lang, "directing.more"), "order", "page", page + 1),))
    await context.reply(Message(text=say(lang, "directing.order_whom"), buttons=tuple(rows)))


def _roles(context: Context) -> list[RoleId]:
    """The roles that the speaker may give orders to, somewhere, and that somebody holds."""
    return [role for role in context.speaker.roster.company.roles if _regions(context, role)]


def _regions(context: Context, role: RoleId) -> list[RegionId | None]:
    """Where the speaker may give orders to whoever holds the role; None: company-wide."""
    roster, at, me = context.speaker.roster, context.turn.at, context.speaker.person
    known = roster.company.roles.get(role)
    if known is None:
        return []
    where: list[RegionId | None] = [None]
    if known.scope == "region":
        where = list(roster.company.regions)
    held = [r for r in where if set(roster.posted(role, r, at)) - {me}]
    return [r for r in held if may_order(roster, me, role, r, at)]


async def on_who_typed(context: Context, _: tuple[str, ...], text: str) -> None:
    """A person by name, or a role by a part of its name."""
    speaker, reader, at = context.speaker, context.reader, context.turn.at
    found = [
        p
        for p in people_meant(speaker.roster, text)
        if may_order_person(speaker.roster, speaker.person, p, at)
    ]
    wanted = text.strip().casefold()
    roles = [r for r in _roles(context) if wanted and wanted in reader.role(r).casefold()]
    buttons = [
        button(told_apart(reader, p), "order", "who", person_mark(p)) for p in found[:PEOPLE_SHOWN]
    ]
    buttons += [button(reader.role(role), "order", "role", role) for role in roles[:PEOPLE_SHOWN]]
    await_words(context.turn, speaker.person, "order_who")
    key = "directing.re_which" if buttons else "directing.order_nobody"
    words = say(speaker.lang, key, typed=brief(text))
    await context.reply(Message(text=words, buttons=tuple((b,) for b in buttons)))


async def on_pressed(update: Update, context: Context, pressed: Pressed) -> None:
    """One more thing known of the order."""
    draft = await context.turn.get(ORDER_DRAFTS, context.speaker.person)
    what, value = pressed.args
    if draft is None:
        context.refuse(update, "refusals.old_button")
    elif what == "page" and value.isdecimal() and len(value) < 4:
        context.toast(update)
        await _ask_whom(context, int(value))
    elif what == "role":
        await _role(update, context, draft, value)
    elif what == "region" and draft.role is not None:
        await _region(update, context, draft, value)
    elif what == "who":
        await _person(update, context, draft, value)
    elif what == "due" and draft.text and value.isdecimal() and len(value) < 6:
        await _send(update, context, draft, timedelta(minutes=int(value)))
    else:
        context.refuse(update, "refusals.old_button")


async def _role(update: Update, context: Context, draft: OrderDraft, role: RoleId) -> None:
    regions = _regions(context, role)
    if not regions:
        context.refuse(update, "directing.order_not_below")
        return
    context.toast(update)
    chosen = draft.model_copy(update={"role": role, "region": regions[0], "person": None})
    if len(regions) == 1:
        await _ask_text(context, chosen)
        return
    context.turn.put(ORDER_DRAFTS, chosen)
    buttons = [
        button(context.reader.region(r), "order", "region", r or "")
        for r in regions[:REGIONS_SHOWN]
    ]
    rows = tuple(tuple(buttons[i : i + 2]) for i in range(0, len(buttons), 2))
    text = say(context.speaker.lang, "directing.order_where", role=context.reader.role(role))
    await context.reply(Message(text=text, buttons=rows))


async def _region(update: Update, context: Context, draft: OrderDraft, region: RegionId) -> None:
    if draft.role is None or region not in _regions(context, draft.role):
        context.refuse(update, "directing.order_not_below")
        return
    context.toast(update)
    await _ask_text(context, draft.model_copy(update={"region": region}))


async def _person(update: Update, context: Context, draft: OrderDraft, mark: str) -> None:
    speaker, person = context.speaker, person_of(context.speaker.roster, mark)
    if person is None or not may_order_person(
        speaker.roster, speaker.person, person, context.turn.at
    ):
        context.refuse(update, "directing.order_not_below")
        return
    context.toast(update)
    changes = {"role": None, "region": _home(context, person), "person": person}
    await _ask_text(context, draft.model_copy(update=changes))


def _home(context: Context, person: str) -> RegionId | None:
    posts = context.speaker.roster.roles_of(person)
    return next((post.region for post in posts if post.region is not None), None)


async def _ask_text(context: Context, draft: OrderDraft) -> None:
    context.turn.put(ORDER_DRAFTS, draft)
    await_words(context.turn, context.speaker.person, "order_text")
    await context.say("directing.order_text", whom=_whom(context, draft))


def _whom(context: Context, draft: OrderDraft) -> str:
    reader = context.reader
    if draft.person is not None:
        return reader.name_and_role(draft.person)
    where = f"{reader.region(draft.region)} " if draft.region else ""
    return f"{where}{reader.role(draft.role)}"


async def on_text_typed(context: Context, _: tuple[str, ...], text: str) -> None:
    draft = await context.turn.get(ORDER_DRAFTS, context.speaker.person)
    if draft is None or (draft.role is None and draft.person is None):
        await context.say("refusals.old_button")
        return
    words = " ".join(text.split())
    if len(words) > ORDER_TEXT_LIMIT:
        await_words(context.turn, context.speaker.person, "order_text")
        await context.say("report.too_long", limit=ORDER_TEXT_LIMIT)
        return
    changed = draft.model_copy(update={"text": words})
    context.turn.put(ORDER_DRAFTS, changed)
    await _ask_due(context, changed)


async def _ask_due(context: Context, draft: OrderDraft) -> None:
    await_words(context.turn, context.speaker.person, "order_due")
    reader, lang = context.reader, context.speaker.lang
    buttons = [button(reader.minutes(m), "order", "due", m) for m in MINUTES]
    rows: list[tuple[Button, ...]] = [tuple(buttons)]
    left = _until(context, _end_of_work(context))
    if left is not None:
        minutes = round(left.total_seconds() / 60)
        label = say(lang, "directing.end_of_work", time=END_OF_WORK.strftime("%H:%M"))
        rows.append((button(label, "order", "due", minutes),))
    text = say(
        lang,
        "directing.order_due",
        whom=_whom(context, draft),
        text=draft.text,
        about=say(lang, "directing.order_about", number=draft.about) if draft.about else Html(""),
    )
    await context.reply(Message(text=text, buttons=tuple(rows)))


def _end_of_work(context: Context) -> datetime:
    local = context.turn.at.astimezone(context.reader.zone)
    return datetime.combine(local.date(), END_OF_WORK, context.reader.zone)


def _until(context: Context, moment: datetime) -> timedelta | None:
    """How long until then; None when it is too soon to do anything."""
    left = moment - context.turn.at
    return left if left >= SHORTEST else None


async def on_due_typed(context: Context, _: tuple[str, ...], text: str) -> None:
    """ "2小时" or "17:30"; the order goes out."""
    draft = await context.turn.get(ORDER_DRAFTS, context.speaker.person)
    if draft is None or not draft.text:
        await context.say("refusals.old_button")
        return
    within = parse_duration(text)
    if within is None:
        moment = parse_moment(text, context.turn.at, context.reader.zone)
        within = _until(context, moment) if moment is not None else None
    if within is None or within < SHORTEST:
        await_words(context.turn, context.speaker.person, "order_due")
        await context.say("directing.order_when")
        return
    await _send(None, context, draft, within)


async def _send(
    update: Update | None, context: Context, draft: OrderDraft, within: timedelta
) -> None:
    """The order goes out; rights and people as they are by now."""
    turn, speaker = context.turn, context.speaker
    if not _still_may(context, draft):
        await context.say("directing.order_not_below")
        return
    if update is not None:
        context.toast(update)
    turn.remove(ORDER_DRAFTS, speaker.person)
    turn.remove(AWAITED, speaker.person)
    company = speaker.roster.company
    owner = Owner(role=draft.role) if draft.person is None else Owner(person=draft.person)
    about = draft.about is not None
    plan = order_plan(draft.text, owner, within, _closer(context), about=about)
    region = draft.region or company.company.headquarters
    facts = {} if draft.about is None else {ABOUT: draft.about}
    started = await context.desk.start(turn, plan, speaker.person, region, facts)
    if isinstance(started, c.Refusal):
        await context.say(f"refusals.{started.reason}", **context.why_not(started, 0))
        return
    turn.put(ORDERS, Order(incident=started.number, by=speaker.person, at=turn.at))
    await _on_record_there(context, draft, started.number)


def _still_may(context: Context, draft: OrderDraft) -> bool:
    speaker, at = context.speaker, context.turn.at
    if draft.person is not None:
        return may_order_person(speaker.roster, speaker.person, draft.person, at)
    return draft.role is not None and draft.region in _regions(context, draft.role)


def _closer(context: Context) -> RoleId:
    """The issuer's own role: who holds it may close the order, and answers where nobody does."""
    roster = context.speaker.roster
    posts = roster.roles_of(context.speaker.person)
    directing = [p.role for p in posts if "direct" in roster.company.roles[p.role].may]
    return next(iter([*directing, *(p.role for p in posts)]), roster.company.command[0])


async def _on_record_there(context: Context, draft: OrderDraft, number: int) -> None:
    """An order about an incident stands in its record, too."""
    incident = await context.turn.get(INCIDENTS, str(draft.about)) if draft.about else None
    if incident is None:
        return
    note = say(
        context.speaker.lang,
        "directing.order_note",
        number=number,
        whom=_whom(context, draft),
        text=plain(draft.text),
    ).unescape()
    command = c.AddNote(context.turn.at, context.speaker.person, note)
    await context.act(incident.number, command)
