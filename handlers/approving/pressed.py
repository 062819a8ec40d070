"""Pressed: yes, no, fewer, under a step at which somebody decides.

In: presses. Out: a decision; or what is still to be said, asked in private: how many, why not.
Forbidden here: taking a button's number for the one asked for now (the engine compares them).
"""

from telegram import Update

from handlers.approving.asking import (
    COUNT,
    WHY,
    WORDS,
    question,
    show_anew,
    slot_of,
    take_buttons_away,
)
from handlers.approving.deciding import Said, decide, refused, why_not
from handlers.awaited import Purpose, await_nothing, await_words, set_aside
from handlers.buttons import Pressed
from handlers.context import Context
from handlers.documents import Question
from handlers.incidents.pressing import open_incident
from handlers.reporting.questions import put_first
from handlers.telling.decisions import NO_NUMBER, REASONS, decision_words
from plans import commands as c
from plans.incident import Incident
from plans.model import StepId
from storage.delivery import Urgency
from storage.port import SLOTS

ASK, REMARK = "ask", "remark"


async def on_agree(update: Update, context: Context, pressed: Pressed) -> None:
    """Yes, to so many of so many; or to advise it with a word, which is asked for."""
    how_many, _, about = pressed.args[2].partition(".")
    if how_many == REMARK:
        await _ask(update, context, pressed, WORDS, about)
    elif _is_number(about) and _is_number(how_many):
        granted = None if how_many == NO_NUMBER else int(how_many)
        await _press(update, context, pressed, Said(yes=True, about=about, granted=granted))
    else:
        context.refuse(update, "refusals.old_button")


async def on_deny(update: Update, context: Context, pressed: Pressed) -> None:
    """No: ask why, with the usual reasons to press; or no, for this reason."""
    reason, _, about = pressed.args[2].partition(".")
    if reason == ASK:
        await _ask(update, context, pressed, WHY, about)
    elif _is_number(about) and reason in REASONS:
        await _press(update, context, pressed, Said(yes=False, about=about, reason=reason))
    else:
        context.refuse(update, "refusals.old_button")


async def on_fewer(update: Update, context: Context, pressed: Pressed) -> None:
    await _ask(update, context, pressed, COUNT, pressed.args[2])


def _is_number(text: str) -> bool:
    return text == NO_NUMBER or (text.isdecimal() and len(text) <= 7)


async def _press(update: Update, context: Context, pressed: Pressed, said: Said) -> None:
    incident = await open_incident(update, context, pressed)
    if incident is None:
        return
    step = pressed.args[1]
    decided = await decide(context, incident, step, said)
    if isinstance(decided, c.Refusal):
        await _refuse(update, context, decided, incident, step)
        return
    await_nothing(context.turn, context.speaker.person)
    await take_buttons_away(context, decided, step)
    state = decided.steps[step]
    if state.decision is not None:
        context.toast(
            update, "approving.done_toast", what=decision_words(state.decision, context.reader)
        )


async def _refuse(
    update: Update, context: Context, refusal: c.Refusal, incident: Incident, step: StepId
) -> None:
    """Say why not; what is not known yet is asked of whoever pressed, what has changed is shown."""
    key, values = why_not(context, refusal, incident, step)
    context.refuse(update, key, **values)
    if refusal.reason is c.Reason.NEEDS_FACT:
        question = Question(purpose="fact", incident=incident.number, fact=refusal.detail)
        await put_first(context, question)
    if refusal.reason is c.Reason.HAS_CHANGED:
        await show_anew(context, incident, step)


async def _ask(
    update: Update, context: Context, pressed: Pressed, purpose: Purpose, about: str
) -> None:
    """How many, why not, what to add: asked of whoever pressed, in private, where one can type."""
    incident, step = await open_incident(update, context, pressed), pressed.args[1]
    if incident is None:
        return
    plan = await context.desk.plan_of(context.turn, incident)
    if not _is_number(about) or (purpose == COUNT and about == NO_NUMBER):
        context.refuse(update, "refusals.old_button")
        return
    refusal = await refused(context, incident, step, about)
    if refusal is not None:
        await _refuse(update, context, refusal, incident, step)
        return
    context.toast(update, "" if context.speaker.private else "menus.sent_privately")
    person = context.speaker.person
    await set_aside(context.turn, person)
    await_words(context.turn, person, purpose, str(incident.number), step, about)
    message = question(context, plan, incident, step, purpose, about)
    slot = slot_of(incident, step, person)
    context.turn.remove(SLOTS, slot)  # asked again is a new message, which makes a sound
    await context.letters.person(person, lambda _: message, Urgency.URGENT, slot=slot)
