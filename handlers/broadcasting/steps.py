"""A step that broadcasts: its owner previews what the plan has worded, changes it, sends it.

In: presses on a step. Out: a draft as the plan says (see `planned`), the step in the hands of
whoever looks at it. Forbidden here: choosing who reads it; the plan does.
"""

from dataclasses import replace

from telegram import Update

from handlers.broadcasting.documents import CastDraft
from handlers.broadcasting.drafting import anew, begun_before
from handlers.broadcasting.planned import planned
from handlers.broadcasting.previewing import on_preview
from handlers.buttons import Pressed
from handlers.context import Context
from handlers.incidents.pressing import open_incident
from plans import commands as c
from plans.incident import Incident, StepState, StepStatus
from plans.model import StepId
from plans.rights import may_act, own_to


async def on_pressed(update: Update, context: Context, pressed: Pressed) -> None:
    """The preview, in private also when it was pressed in a group. Whoever looks at it has the
    step: nobody is chased, nor their deputy told, while they read."""
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
    if _is_free(state):
        taken = await context.act(incident.number, c.AcknowledgeStep(at, speaker.person, step))
        incident = incident if isinstance(taken, c.Refusal) else taken
    _in_private(update, context)
    draft = await _draft(context, incident, step)
    await on_preview(update, context, await anew(context, draft), toast)


def _is_free(state: StepState) -> bool:
    """Nobody has it, or whoever has it is late."""
    return state.taken_by is None or state.held_up


async def _draft(context: Context, incident: Incident, step: StepId) -> CastDraft:
    """Theirs as they left it, while the plan would say the same; else what the plan says now."""
    turn, roster, person = context.turn, context.speaker.roster, context.speaker.person
    plan = await context.desk.plan_of(turn, incident)
    now = planned(roster, plan, incident, step, person, turn.at)
    left = await begun_before(turn, now)
    if left is None:
        return now
    then = planned(roster, plan, incident, step, person, left.worded_at or turn.at)
    return left if then.worded == left.worded else now.model_copy(update={"screen": left.screen})


def _in_private(update: Update, context: Context) -> None:
    speaker = context.speaker
    if not speaker.private and update.effective_user is not None:
        chat, lang = update.effective_user.id, context.own_lang
        context.speaker = replace(speaker, chat=chat, private=True, lang=lang)
