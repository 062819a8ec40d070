"""/groups and /unbind: which groups there are, which of them cannot be used.

In: an administrator's command and presses. Out: lists, eight a page; a group given up. Forbidden
here: binding (see `binding`).
"""

from telegram import Update

from handlers.buttons import Pressed, button, mark_of, marked
from handlers.catalogue import Html, say
from handlers.context import Context
from handlers.groups import binding
from handlers.groups.documents import BOUND_WITHIN, STRAYS, UNBOUND, Unbound
from handlers.groups.words import instead_of, title_of, whose
from handlers.paging import page_number, paged
from handlers.registration.screen import show
from plans.company import GroupId
from plans.roster import Roster
from storage.delivery import Button, Message


async def on_groups(update: Update, context: Context) -> None:
    """In private all groups; in a group whose it is."""
    if context.speaker.private:
        await _list(context, 0, fresh=True)
        return
    group = context.speaker.roster.group_by_chat(context.speaker.chat)
    if group is not None:
        await _card(context, group, fresh=True)
        return
    chat, title = context.speaker.chat, title_of(getattr(update.effective_chat, "title", ""))
    leave_at = context.turn.at + BOUND_WITHIN
    unbound = await context.turn.get(UNBOUND, str(chat))
    unbound = unbound or Unbound(chat=chat, title=title, leave_at=leave_at)
    context.turn.put(UNBOUND, unbound)
    await binding.ask_in_group(context.turn, context.speaker.roster, unbound)


async def on_unbind(_: Update, context: Context) -> None:
    """In a group this one, in private one from the list."""
    group = context.speaker.roster.group_by_chat(context.speaker.chat)
    if context.speaker.private:
        await _list(context, 0, fresh=True)
    elif group is None:
        await context.say("groups.not_bound")
    else:
        await _ask(context, group, fresh=True)


async def on_pressed(update: Update, context: Context, pressed: Pressed) -> None:
    what, value = pressed.args
    if what == "list" and context.speaker.private:
        context.toast(update)
        await _list(context, page_number(value))
        return
    group = _marked(context.speaker.roster, value)
    if what == "bind" and context.speaker.private:
        await _bind(update, context, value)
    elif group is None or not _is_here(context, group):
        context.refuse(update, "refusals.old_button")
    else:
        context.toast(update)
        await _do(context, what, group)


async def _do(context: Context, what: str, group: GroupId) -> None:
    if what == "ask":
        await _ask(context, group)
    elif what == "unbind":
        title = context.speaker.roster.company.groups_by_id[group].title
        await binding.unbind(context, group)
        text = say(context.speaker.lang, "groups.unbound_told", title=title)
        await show(context, "groups", Message(text=text))
    else:
        await _card(context, group)


def _is_here(context: Context, group: GroupId) -> bool:
    """From a group nothing is done to another."""
    speaker = context.speaker
    return speaker.private or speaker.roster.group_by_chat(speaker.chat) == group


async def _list(context: Context, page: int, *, fresh: bool = False) -> None:
    reader, roster = context.reader, context.speaker.roster
    groups = sorted(roster.company.groups, key=lambda g: roster.chat_of(g.id) is not None)
    found = await context.turn.find(UNBOUND)
    unbound = [u for u in found if roster.group_by_chat(u.chat) is None]
    strays = await context.turn.get(STRAYS, "strays")
    counted = (
        say(reader.lang, "groups.list_strays", count=strays.count) if strays is not None else ""
    )
    buttons: list[Button] = [button(f"🟡 {u.title}", "groups", "bind", u.chat) for u in unbound]
    for group in groups:
        light = "🟢" if roster.chat_of(group.id) is not None else "🔴"
        label = f"{light} {group.title} · {whose(reader, group)}"
        buttons.append(button(label, "groups", "", mark_of(group.id)))
    text = say(
        reader.lang,
        "groups.list",
        count=len(groups),
        red=sum(roster.chat_of(g.id) is None for g in groups),
        unbound=len(unbound),
        strays=Html(f"\n{counted}" if counted else ""),
    )
    if not buttons:
        text = Html(f"{say(reader.lang, 'groups.list_none')}\n{counted}".strip())
    rows = paged(buttons, page, lambda w, to: button(w, "groups", "list", to))
    await show(context, "groups", Message(text=text, buttons=tuple(rows)), fresh=fresh)


async def _card(context: Context, group: GroupId, *, fresh: bool = False) -> None:
    reader, roster = context.reader, context.speaker.roster
    known = roster.company.groups_by_id[group]
    usable = roster.chat_of(group) is not None
    text = say(
        reader.lang,
        "groups.card" if usable else "groups.card_red",
        title=known.title,
        whose=whose(reader, known),
        instead=instead_of(reader, group),
    )
    label = say(reader.lang, "groups.do_unbind")
    rows = ((button(label, "groups", "ask", mark_of(group)),),)
    await show(context, "groups", Message(text=text, buttons=rows), fresh=fresh)


async def _ask(context: Context, group: GroupId, *, fresh: bool = False) -> None:
    lang, mark = context.speaker.lang, mark_of(group)
    known = context.speaker.roster.company.groups_by_id[group]
    sure = button(say(lang, "groups.sure_unbind"), "groups", "unbind", mark)
    never_mind = button(say(lang, "registration.never_mind"), "groups", "", mark)
    text = say(lang, "groups.ask_unbind", title=known.title, whose=whose(context.reader, known))
    await show(context, "groups", Message(text=text, buttons=((sure,), (never_mind,))), fresh=fresh)


async def _bind(update: Update, context: Context, chat: str) -> None:
    unbound = await context.turn.get(UNBOUND, chat)
    if unbound is None:
        context.refuse(update, "refusals.old_button")
        return
    context.toast(update)
    text = say(context.speaker.lang, "groups.whose_titled", title=unbound.title)
    await context.reply(binding.offer(context.reader, unbound, text))


def _marked(roster: Roster, mark: str) -> GroupId | None:
    return marked((group.id for group in roster.company.groups), mark)
