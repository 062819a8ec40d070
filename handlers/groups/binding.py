"""Binding: an administrator says by buttons whose group it is.

In: presses, in the group or in private. Out: the group in the register, with what will be posted
there. Forbidden here: two groups for one department in one region.
"""

from telegram import Update

from handlers.buttons import Pressed, button, mark_of
from handlers.catalogue import Html, say
from handlers.context import Context
from handlers.documents import GROUPS
from handlers.groups.documents import BOUND_WITHIN, UNBOUND, Unbound
from handlers.groups.words import title_of, whose
from handlers.paging import page_number, paged
from handlers.records.registers import BOUND_GROUPS, RegisteredGroup
from handlers.telling.happening import Reader
from handlers.telling.letters import Letters
from plans.company import DepartmentId, Group, GroupId, RegionId
from plans.roster import GroupState, Roster
from plans.text import Lang
from storage.delivery import Message, Urgency
from storage.port import Turn

# In a button: the whole company; nothing chosen yet.
EVERYWHERE, ANY = "*", "-"
OTHER: dict[Lang, tuple[Lang, str]] = {"zh": ("en", "English"), "en": ("zh", "中文")}


# Asking


async def ask_in_group(turn: Turn, roster: Roster, unbound: Unbound) -> None:
    """Whose group it is, there where it was brought to."""
    reader = Reader(roster, roster.company.language, turn.at)
    message = offer(reader, unbound, say(reader.lang, "groups.whose"))
    await Letters(turn, roster).chat(unbound.chat, message, slot=_slot(unbound.chat))


def offer(reader: Reader, unbound: Unbound, text: Html, page: int = 0) -> Message:
    """The words with a button for each region, and one for the whole company."""
    chat = unbound.chat
    whole = button(say(reader.lang, "groups.whole_company"), "bindin", chat, EVERYWHERE, "0")
    regions = [
        button(region.name.in_(reader.lang), "bindin", chat, mark_of(id_), "0")
        for id_, region in reader.roster.company.regions.items()
    ]
    rows = paged(regions, page, lambda w, to: button(w, "bindin", chat, ANY, to))
    return Message(text=text, buttons=((whole,), *rows))


async def on_region(update: Update, context: Context, pressed: Pressed) -> None:
    """A region was chosen (or another page of them asked for): the departments."""
    chat, region, page = pressed.args
    unbound = await _unbound(update, context, chat)
    if unbound is None:
        context.refuse(update, "refusals.old_button")
        return
    context.toast(update)
    reader, at = context.reader, page_number(page)
    if region == ANY:
        text = say(reader.lang, "groups.whose_titled", title=unbound.title)
        await _show(context, unbound, offer(reader, unbound, text, at))
        return
    departments = [
        button(department.name.in_(reader.lang), "bind", chat, region, mark_of(id_))
        for id_, department in reader.roster.company.departments.items()
    ]
    rows = paged(departments, at, lambda w, to: button(w, "bindin", chat, region, to))
    back = button(say(reader.lang, "registration.back"), "bindin", chat, ANY, "0")
    text = say(reader.lang, "groups.which_department", title=unbound.title)
    await _show(context, unbound, Message(text=text, buttons=(*rows, (back,))))


# Binding


async def on_department(update: Update, context: Context, pressed: Pressed) -> None:
    """Bound, unless the department has a group there already."""
    unbound, place = await _chosen(update, context, pressed)
    if unbound is None or place is None:
        context.refuse(update, "refusals.old_button")
        return
    context.toast(update)
    current = _held_by(context.speaker.roster, place)
    if current is not None and context.speaker.roster.chat_of(current) is not None:
        await _offer_to_replace(context, unbound, pressed, current)
    else:
        await _bind(context, unbound, place, current)


async def on_replace(update: Update, context: Context, pressed: Pressed) -> None:
    """The new group instead of the one that the department has."""
    unbound, place = await _chosen(update, context, pressed)
    if unbound is None or place is None:
        context.refuse(update, "refusals.old_button")
        return
    context.toast(update)
    current = _held_by(context.speaker.roster, place)
    if current is not None:
        await unbind(context, current)
    await _bind(context, unbound, place, None)


async def _offer_to_replace(
    context: Context, unbound: Unbound, pressed: Pressed, current: GroupId
) -> None:
    reader, known = context.reader, context.speaker.roster.company.groups_by_id[current]
    text = say(reader.lang, "groups.has_one", whose=whose(reader, known), title=known.title)
    replace = button(say(reader.lang, "groups.replace"), "rebind", *pressed.args)
    back = button(say(reader.lang, "groups.no_replace"), "bindin", unbound.chat, ANY, "0")
    await _show(context, unbound, Message(text=text, buttons=((replace,), (back,))))


async def _bind(
    context: Context,
    unbound: Unbound,
    place: tuple[DepartmentId, RegionId | None],
    id_: GroupId | None,
) -> None:
    """`id_`: the entry of the register that waits for a group."""
    turn, lang = context.turn, context.speaker.roster.company.language
    department, region = place
    id_ = id_ or await _new_id(turn, context.speaker.roster)
    group = Group(
        id=id_,
        title=unbound.title,
        department=department,
        region=region,
        chat=unbound.chat,
        language=lang,
    )
    turn.put(BOUND_GROUPS, RegisteredGroup(id=id_, record=group))
    turn.put(GROUPS, GroupState(group=id_, chat=unbound.chat, language=lang))
    turn.remove(UNBOUND, str(unbound.chat))
    reader = Reader(await context.desk.roster(turn), lang, turn.at)
    other, name = OTHER[lang]
    text = say(lang, "groups.bound", whose=whose(reader, group))
    bound = Message(text=text, buttons=((button(name, "lang", other),),))
    letters = Letters(turn, reader.roster)
    await letters.chat(unbound.chat, bound, Urgency.URGENT, slot=_slot(unbound.chat))
    if context.speaker.private:
        words = say(
            context.speaker.lang,
            "groups.bound_told",
            title=unbound.title,
            whose=whose(context.reader, group),
        )
        await _show(context, unbound, Message(text=words))


async def unbind(context: Context, group: GroupId) -> None:
    """The group is the department's no longer; it is told, and left if nobody takes it."""
    turn, roster = context.turn, context.speaker.roster
    known, state = roster.company.groups_by_id[group], roster.group_state(group)
    turn.put(BOUND_GROUPS, RegisteredGroup(id=group, record=None))
    turn.remove(GROUPS, group)
    if state is None or state.chat is None or not state.usable:
        return
    leave_at = turn.at + BOUND_WITHIN
    turn.put(UNBOUND, Unbound(chat=state.chat, title=known.title, leave_at=leave_at))
    reader = Reader(roster, state.language, turn.at)
    text = say(state.language, "groups.unbound", whose=whose(reader, known))
    await Letters(turn, roster).chat(state.chat, Message(text=text))


def _held_by(roster: Roster, place: tuple[DepartmentId, RegionId | None]) -> GroupId | None:
    groups = roster.company.groups
    return next((g.id for g in groups if (g.department, g.region) == place), None)


async def _new_id(turn: Turn, roster: Roster) -> GroupId:
    while True:
        id_ = f"g_{await turn.next_number('group')}"
        if id_ not in roster.company.groups_by_id and await turn.get(BOUND_GROUPS, id_) is None:
            return id_


# What a press means


async def _unbound(update: Update, context: Context, chat: str) -> Unbound | None:
    """The group a press is about; in a group only that group itself."""
    if not context.speaker.private and chat != str(context.speaker.chat):
        return None
    if context.speaker.roster.group_by_chat(_number(chat)) is not None:
        return None
    found = await context.turn.get(UNBOUND, chat)
    if found is not None or context.speaker.private or update.effective_chat is None:
        return found
    return Unbound(chat=context.speaker.chat, title=title_of(update.effective_chat.title))


async def _chosen(
    update: Update, context: Context, pressed: Pressed
) -> tuple[Unbound | None, tuple[DepartmentId, RegionId | None] | None]:
    chat, region_mark, department_mark = pressed.args
    company = context.speaker.roster.company
    unbound = await _unbound(update, context, chat)
    department = next((d for d in company.departments if mark_of(d) == department_mark), None)
    region = next((r for r in company.regions if mark_of(r) == region_mark), None)
    if department is None or (region is None and region_mark != EVERYWHERE):
        return unbound, None
    return unbound, (department, region)


def _number(chat: str) -> int:
    return int(chat) if chat.removeprefix("-").isdecimal() and len(chat) < 20 else 0


async def _show(context: Context, unbound: Unbound, message: Message) -> None:
    slot = _slot(unbound.chat)
    if context.speaker.private:
        slot = f"screen/{context.speaker.chat}/bind/{unbound.chat}"
    await context.letters.chat(context.speaker.chat, message, Urgency.URGENT, slot=slot)


def _slot(chat: int) -> str:
    return f"bind/{chat}"
