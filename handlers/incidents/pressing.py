"""Pressing: what a button names an incident for, and a command given by it.

In: a press. Out: the incident, or, where it is over, is not there, or is refused, a few words on
why not. Forbidden here: what the buttons do.
"""

from telegram import Update

from handlers.buttons import Pressed
from handlers.context import Context
from handlers.documents import INCIDENTS, Question
from handlers.reporting.questions import put_first
from plans import commands as c
from plans.incident import Incident
from plans.rights import may_inform


async def open_incident(update: Update, context: Context, pressed: Pressed) -> Incident | None:
    """The open incident that a button names, or None after saying why not."""
    incident = await context.turn.get(INCIDENTS, str(pressed.number))
    if incident is None:
        context.refuse(update, "refusals.old_button")
        return None
    if not incident.is_open:
        context.refuse(update, "refusals.ended", number=pressed.number)
        return None
    return incident


async def open_to_speaker(update: Update, context: Context, number: int) -> Incident | None:
    """The open incident in which whoever presses has a part, or None after saying why not."""
    incident, speaker = await context.turn.get(INCIDENTS, str(number)), context.speaker
    if incident is None or not incident.is_open:
        context.refuse(update, "refusals.ended", number=number)
        return None
    if not may_inform(speaker.roster, incident, speaker.person, context.turn.at):
        context.refuse(update, "refusals.no_part", number=number)
        return None
    return incident


async def act(
    update: Update, context: Context, pressed: Pressed, command: c.Command
) -> Incident | None:
    """The incident after the command, or None after saying why not."""
    number = pressed.number
    if await context.turn.get(INCIDENTS, str(number)) is None:
        context.refuse(update, "refusals.old_button")
        return None
    result = await context.act(number, command)
    if isinstance(result, c.Refusal) and result.reason is c.Reason.NEEDS_FACT:
        context.refuse(update, "refusals.needs_fact")
        await put_first(context, Question(purpose="fact", incident=number, fact=result.detail))
        return None
    if isinstance(result, c.Refusal):
        context.refuse(update, f"refusals.{result.reason}", **context.why_not(result, number))
        return None
    return result
