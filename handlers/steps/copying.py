"""Copying: the text of a step for whoever asks for it.

In: presses. Out: the text below everything else, where it is kept up to date from then on.
Forbidden here: showing it to whom the incident does not concern.
"""

from telegram import Update

from handlers.buttons import Pressed
from handlers.context import Context
from handlers.documents import INCIDENTS
from handlers.telling.notices import notice_message, notice_slot
from plans.rights import may_inform
from storage.delivery import Urgency
from storage.port import SLOTS

# So many messages away it stands on the same screen.
IN_SIGHT = 8


async def on_copy(update: Update, context: Context, pressed: Pressed) -> None:
    """Also after the step is done: somebody may ask for the text once more."""
    incident = await context.turn.get(INCIDENTS, str(pressed.number))
    step, speaker = pressed.args[1], context.speaker
    if incident is None or step not in incident.steps:
        context.refuse(update, "refusals.old_button")
        return
    if not may_inform(speaker.roster, incident, speaker.person, context.turn.at):
        context.refuse(update, "refusals.no_part", number=pressed.number)
        return
    plan = await context.desk.plan_of(context.turn, incident)
    message = notice_message(plan, incident, step, context.reader)
    if message is None:
        context.refuse(update, "refusals.old_button")
        return
    slot = notice_slot(incident, step, speaker.person)
    there, here = await context.turn.get(SLOTS, slot), update.effective_message
    if there is not None and here is not None and there.message_id is not None:
        away = there.message_id - here.message_id
        if there.chat == here.chat_id and 0 < abs(away) <= IN_SIGHT:
            context.refuse(update, "notices.below" if away > 0 else "notices.above")
            return
    context.toast(update)
    context.turn.remove(SLOTS, slot)
    await context.letters.person(speaker.person, lambda _: message, Urgency.URGENT, slot=slot)
