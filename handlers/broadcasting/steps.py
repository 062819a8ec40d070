"""A step that broadcasts: its owner previews what the plan has worded, changes it, sends it.

In: presses on a step. Out: a draft as the plan says (see `planned`). Forbidden here: choosing who
reads it; the plan does.
"""

from dataclasses import replace

from telegram import Update

from handlers.broadcasting.drafting import anew
from handlers.broadcasting.planned import planned
from handlers.broadcasting.previewing import on_preview
from handlers.buttons import Pressed
from handlers.context import Context
from handlers.steps.buttons import open_incident
from plans.incident import StepStatus
from plans.rights import may_act, own_to


async def on_pressed(update: Update, context: Context, pressed: Pressed) -> None:
    """The preview, in private also when it was pressed in a group."""
    incident = await open_incident(update, context, pressed)
    if incident is None:
        return
    step, speaker, at = pressed.args[1], context.speaker, context.turn.at
    plan, state = await context.desk.plan_of(context.turn, incident), incident.steps.get(step)
    broadcast = plan.step(step).broadcast if state is not None else None
    if state is None or broadcast is None or state.status is not StepStatus.OPEN:
        context.refuse(update, "refusals.not_open")
        return
    roster = speaker.roster.for_incident(incident.number)
    own = own_to(roster, plan, incident, step)
    if not may_act(roster, incident, state, speaker.person, at, own):
        context.refuse(update, "refusals.no_part", number=incident.number)
        return
    toast = "" if speaker.private else "menus.sent_privately"
    _in_private(update, context)
    draft = planned(speaker.roster, plan, incident, step, speaker.person, at)
    await on_preview(update, context, await anew(context, draft), toast)


def _in_private(update: Update, context: Context) -> None:
    speaker = context.speaker
    if not speaker.private and update.effective_user is not None:
        chat, lang = update.effective_user.id, context.own_lang
        context.speaker = replace(speaker, chat=chat, private=True, lang=lang)
