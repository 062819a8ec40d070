"""Adopting: what a second report said otherwise becomes what is known, by one press.

In: presses. Out: a fact corrected, or a few words on why not. Forbidden here: lowering a level or
narrowing an area that has grown meanwhile.
"""

from telegram import Update

from handlers.buttons import Pressed
from handlers.context import Context
from handlers.incidents.pressing import act, open_incident
from handlers.reporting.joining import PROPOSALS, key_of, mark_of_value
from plans import commands as c
from plans.engine.joining import with_more


async def on_adopt(update: Update, context: Context, pressed: Pressed) -> None:
    """Whoever reported presses what they were offered; twice does nothing more."""
    incident = await open_incident(update, context, pressed)
    if incident is None:
        return
    name, person = pressed.args[1], context.speaker.person
    proposal = await context.turn.get(PROPOSALS, key_of(pressed.number, person))
    plan = await context.desk.plan_of(context.turn, incident)
    known = incident.fact(name)
    said = proposal.facts.get(name) if proposal is not None else None
    if said is None or known is None or name not in plan.ask:
        context.refuse(update, "refusals.old_button")
        return
    if mark_of_value(said) != pressed.args[2]:
        context.refuse(update, "refusals.old_button")
        return
    value = with_more(plan.ask[name], known, said)
    if value == known:
        context.toast(update, "joining.so_already")
        return
    command = c.RecordFact(context.turn.at, person, name, value)
    if await act(update, context, pressed, command) is not None:
        context.toast(update, "joining.corrected")
