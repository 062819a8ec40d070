"""Hearing: words, places and pictures sent while a form is open.

In: what somebody sent in private. Out: the field it fits filled in, or what was not understood,
named on the form. Forbidden here: taking what is meant for something else.
"""

from typing import Literal

from handlers.areas import Pick, read_area
from handlers.context import Context
from handlers.documents import Conversation, Held
from handlers.form.documents import HEARS_FOR, Draft, Photo
from handlers.form.draft import Filled
from handlers.form.filling import not_understood, read_moment_of_day, understood
from handlers.form.giving_up import give_up
from handlers.form.opening import take_words, touched, under_way
from handlers.form.pressed import answered
from handlers.form.showing import filled_of, plan_of, show
from handlers.reporting.facts import NotRead, read_fact
from handlers.reporting.offers import Asking
from plans.area import Area
from plans.format import Plan
from plans.incident import FactValue
from plans.spoken import plans_meant

Open = tuple[Plan, Draft]


async def listening(context: Context, talk: Conversation) -> Open | None:
    """The form that what is said now is meant for: the last thing that asked, and not long ago."""
    draft = await under_way(context)
    plan = plan_of(context, draft) if draft is not None else None
    if draft is None or plan is None or context.turn.at - draft.shown_at > HEARS_FOR:
        return None
    asked_since = talk.questions and talk.asked_at is not None and talk.asked_at > draft.shown_at
    return None if asked_since else (plan, draft)


async def hear(context: Context, opened: Open, held: Held) -> bool:
    """Take it as an answer; False when it cannot be one."""
    plan, draft = opened
    filled = filled_of(context, plan, draft)
    asked = plan.ask[draft.asked].type if draft.asked in filled.fields else ""
    if held.file_id:
        if asked != "photo" or not held.is_picture:
            return False
        media: Literal["photo", "document"] = "photo" if held.media == "photo" else "document"
        photos = {**draft.photos, draft.asked: Photo(media=media, caption=held.text)}
        filled = filled_of(context, plan, draft.model_copy(update={"photos": photos}))
        await _answer(context, filled, held.file_id)
        return True
    if held.place is not None:
        if asked != "place":
            return False
        await _answer(context, filled, held.place)
        return True
    return await _hear_words(context, filled, held.text)


async def stop(context: Context, opened: Open) -> None:
    """ "Cancel", typed."""
    await give_up(context, *opened)


async def _hear_words(context: Context, filled: Filled, text: str) -> bool:
    """The answer to the field that is asked; else a line with words for several. False for what is
    neither, and tells of something that there is another plan for."""
    draft, plan = filled.draft, filled.plan
    value = _read(filled, context, text) if draft.asked in filled.fields else None
    if isinstance(value, tuple):
        changes: dict[str, object] = {"unread": "", "unfit": None}
        asked = plan.ask[draft.asked]
        pick = {"pick": Pick.among(value)} if asked.type == "area" else {"offers": value, "page": 0}
        await _show(context, plan, draft.model_copy(update={**changes, **pick}))
    elif value is not None:
        await _answer(context, filled, value)
    elif understood(filled, context.reader, text):
        await _show(context, plan, take_words(context, plan, draft, text))
    elif _tells_of_another(context, plan, text):
        return False
    elif not draft.asked:
        await _show(context, plan, take_words(context, plan, draft, text))
    else:
        await _show(context, plan, not_understood(filled, context.reader, text))
    return True


def _tells_of_another(context: Context, plan: Plan, text: str) -> bool:
    meant = plans_meant(context.desk.plans.values(), text)
    return any(other.plan != plan.plan for other in meant)


def _read(filled: Filled, context: Context, text: str) -> FactValue | tuple[str, ...] | None:
    """The answer; several that it may mean; None for what is none."""
    name, reader = filled.draft.asked, context.reader
    asked = filled.plan.ask[name]
    if asked.type == "time":
        moment = read_moment_of_day(text, filled, reader, name)
        return None if isinstance(moment, NotRead) else moment
    if asked.type == "area":
        area = read_area(text, filled.roster.company)
        return area if isinstance(area, Area) else area or None
    chooser = Asking(reader, filled.draft.person).chooser
    value = read_fact(asked, text, chooser, context.turn.at, filled.unit(name))
    if isinstance(value, NotRead):
        return value.offers if value.offers and asked.type in ("customer", "goods") else None
    return value


async def _answer(context: Context, filled: Filled, value: FactValue) -> None:
    draft = answered(context, filled, filled.draft.asked, value)
    await _show(context, filled.plan, draft)


async def _show(context: Context, plan: Plan, draft: Draft) -> None:
    await show(context, plan, touched(context, draft).model_copy(update={"resumed": False}))
