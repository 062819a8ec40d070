"""Addressing: whom an order is for. A role and its region, or a person by name.

In: a draft, presses, typed names. Out: the draft with its addressee, and the question what is to
be done. Forbidden here: who may order whom (see `plans.orders`).
"""

from telegram import Update

from handlers.awaited import await_words
from handlers.buttons import button, mark_of
from handlers.catalogue import say
from handlers.context import Context
from handlers.directing.found import people_meant, person_of, told_apart, which
from handlers.directing.orders import ORDER_DRAFTS, OrderDraft
from handlers.telling.happening import brief
from plans.model import RegionId, RoleId
from plans.orders import may_order, may_order_person
from storage.delivery import Message

ROLES_A_PAGE = 8
PEOPLE_SHOWN = 6
REGIONS_A_PAGE = 20


async def ask_whom(context: Context, page: int) -> None:
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
    return [role for role in context.speaker.roster.company.roles if regions_for(context, role)]


def regions_for(context: Context, role: RoleId) -> list[RegionId | None]:
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
        button(told_apart(reader, p), "order", "who", mark_of(p)) for p in found[:PEOPLE_SHOWN]
    ]
    buttons += [button(reader.role(role), "order", "role", role) for role in roles[:PEOPLE_SHOWN]]
    await_words(context.turn, speaker.person, "order_who")
    words = which(reader, found, PEOPLE_SHOWN)
    if not buttons:
        words = say(speaker.lang, "directing.order_nobody", typed=brief(text))
    await context.reply(Message(text=words, buttons=tuple((b,) for b in buttons)))


async def choose_role(update: Update, context: Context, draft: OrderDraft, role: RoleId) -> None:
    regions = regions_for(context, role)
    if not regions:
        context.refuse(update, "directing.order_not_below")
        return
    context.toast(update)
    chosen = draft.model_copy(update={"role": role, "region": regions[0], "person": None})
    if len(regions) == 1:
        await _ask_text(context, chosen)
        return
    context.turn.put(ORDER_DRAFTS, chosen)
    await ask_where(context, role, 0)


async def ask_where(context: Context, role: RoleId, page: int) -> None:
    """In which of the regions where the speaker may give orders to that role?"""
    regions, lang, start = regions_for(context, role), context.speaker.lang, page * REGIONS_A_PAGE
    buttons = [
        button(context.reader.region(r), "order", "region", r or "")
        for r in regions[start : start + REGIONS_A_PAGE]
    ]
    rows = [tuple(buttons[i : i + 2]) for i in range(0, len(buttons), 2)]
    if start + REGIONS_A_PAGE < len(regions):
        rows.append((button(say(lang, "directing.more"), "order", "where", page + 1),))
    text = say(lang, "directing.order_where", role=context.reader.role(role))
    await context.reply(Message(text=text, buttons=tuple(rows)))


async def choose_region(
    update: Update, context: Context, draft: OrderDraft, region: RegionId
) -> None:
    if draft.role is None or region not in regions_for(context, draft.role):
        context.refuse(update, "directing.order_not_below")
        return
    context.toast(update)
    await _ask_text(context, draft.model_copy(update={"region": region}))


async def choose_person(update: Update, context: Context, draft: OrderDraft, mark: str) -> None:
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
    await context.say("directing.order_text", whom=whom(context, draft))


def whom(context: Context, draft: OrderDraft) -> str:
    reader = context.reader
    if draft.person is not None:
        return reader.name_and_role(draft.person)
    where = f"{reader.region(draft.region)} " if draft.region else ""
    return f"{where}{reader.role(draft.role)}"
