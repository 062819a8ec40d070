"""A step that broadcasts: its owner previews what the plan has worded, changes it, sends it.

In: presses on a step. Out: a draft as the plan says, and the step done once it is sent. Forbidden
here: choosing who reads it; the plan does.
"""

from dataclasses import replace

from telegram import Update

from handlers.broadcasting.composing import anew
from handlers.broadcasting.documents import CastDraft
from handlers.broadcasting.previewing import on_preview
from handlers.buttons import Pressed
from handlers.context import Context
from handlers.step_buttons import open_incident
from handlers.telling.filled import fill
from handlers.telling.happening import Reader
from plans.area import Area, regions_of
from plans.broadcast import Choice
from plans.format import Audience, Plan
from plans.incident import Incident, StepStatus
from plans.model import RegionId, StepId
from plans.rights import may_act, own_to
from plans.roster import Roster


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
    draft = _draft(context, plan, incident, step)
    await on_preview(update, context, await anew(context, draft), toast)


def _in_private(update: Update, context: Context) -> None:
    speaker = context.speaker
    if not speaker.private and update.effective_user is not None:
        chat, lang = update.effective_user.id, context.own_lang
        context.speaker = replace(speaker, chat=chat, private=True, lang=lang)


def _draft(context: Context, plan: Plan, incident: Incident, step: StepId) -> CastDraft:
    roster, at, person = context.speaker.roster, context.turn.at, context.speaker.person
    broadcast = plan.steps[step].broadcast
    if broadcast is None:
        raise ValueError(step)
    same_as, to = _audience(plan, incident, broadcast.to)
    sent = incident.steps[step].broadcast
    ends = broadcast.kind in ("correction", "all_clear")
    choice = Choice(
        regions=_regions(roster, incident, to), roles=to.roles, departments=to.departments
    )
    chase_s = None if broadcast.chase is None else round(broadcast.chase.total_seconds())
    return CastDraft(
        by=person,
        screen=0,
        kind=broadcast.kind,
        choice=choice,
        same_as=same_as,
        about=sent.number if sent is not None else same_as if ends else None,
        zh=fill(broadcast.text, plan, incident, Reader(roster, "zh", at)),
        en=fill(broadcast.text, plan, incident, Reader(roster, "en", at)),
        confirm=broadcast.confirm,
        chase_s=chase_s,
        incident=incident.number,
        step=step,
    )


def _audience(plan: Plan, incident: Incident, to: Audience) -> tuple[int | None, Audience]:
    """The broadcast whose readers these are; where that was never sent, whom it was meant for."""
    seen: set[StepId] = set()
    while to.same_as is not None and to.same_as not in seen:
        seen.add(to.same_as)
        state, step = incident.steps.get(to.same_as), plan.steps.get(to.same_as)
        if state is not None and state.broadcast is not None:
            return state.broadcast.number, to
        if step is None or step.broadcast is None:
            break
        to = step.broadcast.to
    return None, to


def _regions(roster: Roster, incident: Incident, to: Audience) -> tuple[RegionId, ...]:
    area = incident.fact(to.area) if to.area is not None else None
    return regions_of(area, roster.company) if isinstance(area, Area) else (incident.region,)
