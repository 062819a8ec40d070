"""Who is not done: the whole picture of a step that several do at once.

In: presses. Out: the picture, to whoever pressed, in private. Forbidden here: showing it to whom
the incident does not concern.
"""

from telegram import Update

from handlers.buttons import Pressed
from handlers.context import Context
from handlers.documents import INCIDENTS
from handlers.paging import page_number
from handlers.telling.letters import Letters
from handlers.telling.spread import parts_of, picture
from plans.rights import may_follow
from storage.port import SLOTS


async def on_parts(update: Update, context: Context, pressed: Pressed) -> None:
    """The picture anew ("new"), or another page of it in the same message."""
    number, step, what = pressed.number, pressed.args[1], pressed.args[2]
    incident = await context.turn.get(INCIDENTS, str(number))
    if incident is None or step not in incident.steps or not parts_of(incident, step):
        context.refuse(update, "refusals.old_button")
        return
    plan = await context.desk.plan_of(context.turn, incident)
    speaker, user = context.speaker, update.effective_user
    there = speaker.roster.for_incident(number)
    if not may_follow(there, plan, incident, step, speaker.person, context.turn.at):
        context.refuse(update, "refusals.no_part", number=number)
        return
    context.toast(update, "" if speaker.private else "menus.sent_privately")
    slot = f"parts/{number}/{step}/{speaker.person}"
    if what == "new":
        context.turn.remove(SLOTS, slot)  # far up in the chat nobody would see it change
    letters = Letters(context.turn, speaker.roster, number)
    reader = letters.reader_of(speaker.person)
    message = picture(plan, incident, step, page_number(what.removeprefix("p")), reader)
    await letters.chat(user.id if user else speaker.chat, message, slot=slot)
