"""Dropping: a draft is given up; the step that it was for is still somebody's.

In: a draft. Out: the draft gone, and word of what stays to be done. Forbidden here: touching the
step.
"""

from handlers.broadcasting.documents import CastDraft
from handlers.broadcasting.drafting import end
from handlers.buttons import button
from handlers.catalogue import say
from handlers.context import Context
from handlers.documents import INCIDENTS
from handlers.telling.spread import do_of
from plans.incident import StepStatus
from storage.delivery import Message


async def drop(context: Context, draft: CastDraft) -> None:
    lang = context.speaker.lang
    await end(context, draft, say(lang, "broadcast.dropped"))
    await context.reply(await _still_theirs(context, draft) or _dropped(context))


def _dropped(context: Context) -> Message:
    return Message(text=say(context.speaker.lang, "broadcast.dropped"))


async def _still_theirs(context: Context, draft: CastDraft) -> Message | None:
    """That the step goes on, until when, and the way back; None where it is not theirs."""
    turn, reader = context.turn, context.reader
    incident = await turn.get(INCIDENTS, str(draft.incident)) if draft.incident else None
    state = incident.steps.get(draft.step) if incident is not None else None
    if incident is None or state is None or state.due_at is None:
        return None
    if state.status is not StepStatus.OPEN or state.taken_by != draft.by:
        return None
    plan = await context.desk.plan_of(turn, incident)
    text = say(
        reader.lang,
        "broadcast.dropped_step",
        number=incident.number,
        do=do_of(plan, incident, draft.step, reader),
        due=reader.time(state.due_at),
    )
    again = button(say(reader.lang, "broadcast.step_button"), "spread", incident.number, draft.step)
    return Message(text=text, buttons=((again,),))
