"""The rota in chat: the coming week of a role in a region; a shift added, a shift removed.

In: /rota, its buttons, times and names typed for it. Out: shifts stored, whoever is concerned told.
Forbidden here: entering for a region that is not entrusted to the speaker.
"""

import re
from collections.abc import Awaitable, Callable
from datetime import date, time, timedelta

from telegram import Update

from handlers.awaited import await_words
from handlers.buttons import Pressed, mark_of, marked
from handlers.context import Context
from handlers.directing.found import person_of
from handlers.documents import SHIFTS
from handlers.duty import rota_screens as screens
from handlers.duty.documents import SHIFT_DRAFTS, ShiftDraft
from handlers.duty.entering import zone
from handlers.duty.rota_entering import enter, show_week, take_person, tell
from handlers.paging import page_number
from plans.model import RegionId, RoleId
from plans.roster import may_roster
from plans.roster.rota import on_day

_TIMES = re.compile(r"([01]\d|2[0-3])([0-5]\d)-([01]\d|2[0-3])([0-5]\d)", re.ASCII)


async def on_rota(_: Update, context: Context) -> None:
    await context.reply(screens.roles(context.reader, entrusted_roles(context)))


async def on_rota_pressed(update: Update, context: Context, pressed: Pressed) -> None:
    """One of the rota's buttons: what, and which."""
    action, value = pressed.args
    if action not in _ACTIONS:
        context.refuse(update, "refusals.old_button")
        return
    await _ACTIONS[action](update, context, value)


def entrusted_roles(context: Context) -> list[RoleId]:
    """Roles of which the speaker may keep the rota in one region at least."""
    roster = context.speaker.roster
    return [role for role in roster.company.roles if entrusted_regions(context, role)]


def entrusted_regions(context: Context, role: RoleId) -> list[RegionId | None]:
    roster, by = context.speaker.roster, context.speaker.person
    regions: list[RegionId | None] = [None]
    if roster.company.roles[role].scope == "region":
        regions = list(roster.company.regions)
    return [region for region in regions if may_roster(roster, by, region)]


async def _on_role(update: Update, context: Context, mark: str) -> None:
    role = marked(entrusted_roles(context), mark)
    if role is None:
        context.refuse(update, "refusals.old_button")
        return
    context.toast(update)
    regions = entrusted_regions(context, role)
    draft = ShiftDraft(by=context.speaker.person, role=role, region=regions[0])
    context.turn.put(SHIFT_DRAFTS, draft)
    if len(regions) > 1:
        await context.reply(screens.regions(context.reader, role, regions))
    else:
        await show_week(context, draft)


async def _on_roles(update: Update, context: Context, page: str) -> None:
    """Another page of the roles."""
    context.toast(update)
    await context.reply(screens.roles(context.reader, entrusted_roles(context), page_number(page)))


async def _on_regions(update: Update, context: Context, page: str) -> None:
    """Another page of the regions."""
    draft = await _draft(update, context)
    if draft is not None:
        context.toast(update)
        regions = entrusted_regions(context, draft.role)
        shown = screens.regions(context.reader, draft.role, regions, page_number(page))
        await context.reply(shown)


async def _on_region(update: Update, context: Context, mark: str) -> None:
    draft = await _draft(update, context)
    if draft is None:
        return
    regions = entrusted_regions(context, draft.role)
    region = marked((r for r in regions if r is not None), mark)
    if region is None:
        context.refuse(update, "refusals.old_button")
        return
    context.toast(update)
    chosen = ShiftDraft(by=draft.by, role=draft.role, region=region)
    context.turn.put(SHIFT_DRAFTS, chosen)
    await show_week(context, chosen)


async def _on_week(update: Update, context: Context, _: str) -> None:
    draft = await _draft(update, context)
    if draft is not None:
        context.toast(update)
        await show_week(context, draft)


async def _on_add(update: Update, context: Context, _: str) -> None:
    draft = await _draft(update, context)
    if draft is None:
        return
    context.toast(update)
    await_words(context.turn, draft.by, "rota_person")
    await context.reply(screens.people(context.reader, draft))


async def _on_who(update: Update, context: Context, mark: str) -> None:
    person, draft = person_of(context.speaker.roster, mark), await _draft(update, context)
    if draft is None:
        return
    if person is None:
        context.refuse(update, "refusals.old_button")
        return
    context.toast(update)
    await take_person(context, draft, person)


async def _on_day(update: Update, context: Context, value: str) -> None:
    draft = await _draft(update, context)
    if draft is None:
        return
    day = _day(context, value)
    if day is None or draft.person is None:
        context.refuse(update, "refusals.old_button")
        return
    context.toast(update)
    chosen = draft.model_copy(update={"day": day})
    context.turn.put(SHIFT_DRAFTS, chosen)
    await_words(context.turn, draft.by, "rota_times")
    await context.reply(screens.times(context.reader, chosen, zone(context)))


async def _on_time(update: Update, context: Context, value: str) -> None:
    draft, times = await _draft(update, context), _times(value)
    if draft is None:
        return
    if times is None or draft.day is None or draft.person is None:
        context.refuse(update, "refusals.old_button")
        return
    context.toast(update)
    await enter(context, draft, *on_day(draft.day, times, zone(context)))


async def _on_remove(update: Update, context: Context, _: str) -> None:
    draft = await _draft(update, context)
    if draft is not None:
        context.toast(update)
        await context.reply(screens.removable(context.reader, draft))


async def _on_drop(update: Update, context: Context, mark: str) -> None:
    """Take a shift away; whoever had it learns so."""
    shift = next((s for s in context.speaker.roster.shifts if mark_of(s.id) == mark), None)
    if shift is None:
        context.refuse(update, "rota.gone")
        return
    if not may_roster(context.speaker.roster, context.speaker.person, shift.region):
        context.refuse(update, "refusals.needs_duty")
        return
    context.turn.remove(SHIFTS, shift.id)
    context.toast(update, "rota.removed")
    await tell(context, shift, "rota.taken_off")
    by = context.speaker.person
    await show_week(context, ShiftDraft(by=by, role=shift.role, region=shift.region))


_ACTIONS: dict[str, Callable[[Update, Context, str], Awaitable[None]]] = {
    "roles": _on_roles,
    "role": _on_role,
    "regions": _on_regions,
    "region": _on_region,
    "week": _on_week,
    "add": _on_add,
    "who": _on_who,
    "day": _on_day,
    "time": _on_time,
    "remove": _on_remove,
    "drop": _on_drop,
}


async def _draft(update: Update, context: Context) -> ShiftDraft | None:
    """What the speaker is about to enter; None after saying why nothing can be."""
    draft = await context.turn.get(SHIFT_DRAFTS, context.speaker.person)
    if draft is None or draft.role not in context.speaker.roster.company.roles:
        context.refuse(update, "refusals.old_button")
        return None
    if not may_roster(context.speaker.roster, context.speaker.person, draft.region):
        context.refuse(update, "refusals.needs_duty")
        return None
    return draft


def _day(context: Context, value: str) -> date | None:
    """A day as a button carries it, while it is one of those offered."""
    today = context.turn.at.astimezone(zone(context)).date()
    offered = (today + timedelta(days=n) for n in range(screens.DAYS_SHOWN))
    return next((day for day in offered if day.isoformat() == value), None)


def _times(value: str) -> tuple[time, time] | None:
    """Two clock times as a button carries them, e.g. 0800-2000."""
    found = _TIMES.fullmatch(value)
    if found is None:
        return None
    since_h, since_min, until_h, until_min = map(int, found.groups())
    return time(since_h, since_min), time(until_h, until_min)
