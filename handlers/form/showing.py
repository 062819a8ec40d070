"""Showing a form: one live message, edited in place.

In: a draft. Out: its message posted, or the one that is there edited. Forbidden here: changing what
it knows.
"""

from handlers.context import Context
from handlers.form.documents import DRAFTS, Draft
from handlers.form.draft import Filled
from handlers.form.screen import closed_message, form_message
from handlers.reporting.chosen import chosen_last
from handlers.telling.letters import Letters
from plans.format import Plan
from storage.delivery import Message
from storage.port import SLOTS


def plan_of(context: Context, draft: Draft) -> Plan | None:
    """The plan as it is now; None for one that is not there any more, or is no form."""
    plan = context.desk.plans.get(draft.plan)
    return plan if plan is not None and plan.form else None


def filled_of(context: Context, plan: Plan, draft: Draft) -> Filled:
    return Filled(plan, draft, context.speaker.roster, context.turn.at)


async def show(context: Context, plan: Plan, draft: Draft, *, anew: bool = False) -> None:
    """Keep the draft and show it: in place, or `anew` at the bottom of the chat."""
    draft = draft.model_copy(update={"chat": context.speaker.chat, "shown_at": context.turn.at})
    if draft.asked not in ("", *filled_of(context, plan, draft).fields):
        draft = filled_of(context, plan, draft).moved_on()
    context.turn.put(DRAFTS, draft)
    recent = await chosen_last(context.turn, draft.person)
    filled = filled_of(context, plan, draft)
    message = form_message(filled, context.reader, recent)
    if anew:
        context.turn.remove(SLOTS, slot_of(draft))
    await _live(context, draft, message)


async def close(context: Context, plan: Plan, draft: Draft, key: str, **values: object) -> None:
    """Leave its answers standing, without buttons, and what became of it."""
    filled = filled_of(context, plan, draft)
    await _live(context, draft, closed_message(filled, context.reader, key, **values))


async def is_live(context: Context, draft: Draft, message_id: int) -> bool:
    """Whether that message is the one kept up to date; an old copy is not."""
    slot = await context.turn.get(SLOTS, slot_of(draft))
    return slot is not None and slot.message_id == message_id


def slot_of(draft: Draft) -> str:
    """The live message of the form."""
    return f"form/{draft.person}/{draft.number}"


async def _live(context: Context, draft: Draft, message: Message) -> None:
    letters = Letters(context.turn, context.speaker.roster)
    await letters.chat(context.speaker.chat, message, slot=slot_of(draft))
