"""Giving up: a draft that is not to be sent, by word, by press, or by lying for a day.

In: a draft. Out: it is gone, and that is said. Forbidden here: forgetting one without a word.
"""

import logging

from handlers.buttons import button
from handlers.catalogue import say
from handlers.context import Context
from handlers.desk import Desk
from handlers.form.documents import DRAFTS, GIVEN_UP_AFTER, Draft
from handlers.form.draft import Filled
from handlers.form.screen import closed_message
from handlers.form.showing import close, plan_of, slot_of
from handlers.telling.happening import Reader
from handlers.telling.letters import Letters
from plans.format import Plan
from storage.delivery import Message, Urgency
from storage.port import SLOTS, Turn

log = logging.getLogger(__name__)


async def give_up(context: Context, plan: Plan, draft: Draft) -> None:
    """By its person."""
    context.turn.remove(DRAFTS, draft.person)
    _count(draft)
    await close(context, plan, draft, "form.dropped_note")


async def give_up_own(context: Context) -> bool:
    """The speaker's draft; False when there is none."""
    draft = await context.turn.get(DRAFTS, context.speaker.person)
    plan = plan_of(context, draft) if draft is not None else None
    if draft is None or plan is None or draft.sent_as is not None:
        return False
    await give_up(context, plan, draft)
    await context.say("report.cancelled")
    return True


async def draft_due(turn: Turn, desk: Desk, person: str) -> None:
    """Nobody has touched it: recall it once, then give it up. What has been sent is forgotten."""
    draft = await turn.get(DRAFTS, person)
    if draft is None or draft.due_at is None or draft.due_at > turn.at:
        return
    plan = desk.plans.get(draft.plan)
    if draft.sent_as is not None or plan is None:
        turn.remove(DRAFTS, person)
        return
    letters = Letters(turn, await desk.roster(turn))
    if not draft.nudged and draft.latest:
        later = draft.changed_at + GIVEN_UP_AFTER
        turn.put(DRAFTS, draft.model_copy(update={"nudged": True, "due_at": later}))
        await letters.person(person, lambda reader: _recalled(plan, draft, reader))
        return
    turn.remove(DRAFTS, person)
    _count(draft)
    await _said_given_up(letters, plan, draft)


def _recalled(plan: Plan, draft: Draft, reader: Reader) -> Message:
    go_on = button(say(reader.lang, "form.go_on"), "form", draft.number, "go_on", "-")
    drop = button(say(reader.lang, "form.cancel"), "form", draft.number, "drop", "-")
    text = say(reader.lang, "form.nudge", title=plan.title.in_(reader.lang))
    return Message(text=text, buttons=((go_on, drop),))


async def _said_given_up(letters: Letters, plan: Plan, draft: Draft) -> None:
    """The form keeps its answers without buttons; one in which nothing stood goes silently."""
    turn, reader = letters.turn, letters.reader_of(draft.person)
    if await turn.get(SLOTS, slot_of(draft)) is not None:
        filled = Filled(plan, draft, letters.roster, turn.at)
        note = closed_message(filled, reader, "form.dropped_note")
        await letters.chat(draft.chat, note, Urgency.BULK, slot=slot_of(draft))
    if draft.latest:
        title = plan.title.in_(reader.lang)
        await letters.person(
            draft.person, lambda r: Message(text=say(r.lang, "form.dropped", title=title))
        )


def _count(draft: Draft) -> None:
    """How often a request is given up for what a gate says is worth knowing to whoever wrote it."""
    if draft.refused:
        log.info("a form was given up at a gate", extra={"plan": draft.plan, "gate": draft.refused})
