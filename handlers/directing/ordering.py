"""Ordering: /direct. An order to a role or a person, with a time: whom, what, until when.

In: the command, presses, typed names, texts and times. Out: an incident on a plan of one step, in
the name of whoever gave the order. Forbidden here: who may order whom (see `plans.orders`).
"""

from datetime import datetime, time, timedelta

from telegram import Update

from handlers.awaited import AWAITED, await_words
from handlers.buttons import Pressed, button
from handlers.catalogue import Html, plain, say
from handlers.context import Context
from handlers.directing.addressing import (
    ask_where,
    ask_whom,
    choose_person,
    choose_region,
    choose_role,
    regions_for,
    whom,
)
from handlers.directing.orders import ORDER_DRAFTS, ORDERS, Order, OrderDraft
from handlers.documents import INCIDENTS
from handlers.typed import command_of
from plans import commands as c
from plans.duration import LONGEST, parse_duration
from plans.format import Owner
from plans.model import RoleId
from plans.moment import parse_moment
from plans.orders import (
    ABOUT,
    ORDER_TEXT_LIMIT,
    SHORTEST,
    may_order_person,
    order_plan,
)
from plans.rights import may_inform
from storage.delivery import Button, Message

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
    await ask_whom(context, 0)


async def on_pressed(update: Update, context: Context, pressed: Pressed) -> None:
    """One more thing known of the order."""
    draft = await context.turn.get(ORDER_DRAFTS, context.speaker.person)
    what, value = pressed.args
    if draft is None:
        context.refuse(update, "refusals.old_button")
    elif what == "page" and value.isdecimal() and len(value) < 4:
        context.toast(update)
        await ask_whom(context, int(value))
    elif what == "where" and draft.role is not None and value.isdecimal() and len(value) < 4:
        context.toast(update)
        await ask_where(context, draft.role, int(value))
    elif what == "role":
        await choose_role(update, context, draft, value)
    elif what == "region" and draft.role is not None:
        await choose_region(update, context, draft, value)
    elif what == "who":
        await choose_person(update, context, draft, value)
    elif what == "due" and draft.text and (within := _minutes(value)) is not None:
        await _send(update, context, draft, within)
    else:
        context.refuse(update, "refusals.old_button")


def _minutes(value: str) -> timedelta | None:
    """A deadline from a button; None for one that no order can have."""
    if not value.isdecimal() or len(value) > 5:
        return None
    within = timedelta(minutes=int(value))
    return within if SHORTEST <= within <= LONGEST else None


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
        whom=whom(context, draft),
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
    if within is None or not SHORTEST <= within <= LONGEST:
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
        if update is None:
            await context.say("directing.order_not_below")
        else:
            context.refuse(update, "directing.order_not_below")
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
    return draft.role is not None and draft.region in regions_for(context, draft.role)


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
        whom=whom(context, draft),
        text=plain(draft.text),
    ).unescape()
    command = c.AddNote(context.turn.at, context.speaker.person, note)
    await context.act(incident.number, command)
