"""Sparing: which spare comes instead. The free ones are offered, with their distances.

In: presses. Out: another vehicle promised; a refusal in words when it is gone meanwhile. Forbidden
here: the order in which spares are asked for (see `plans.roster.spares`).
"""

from telegram import Update

from handlers.buttons import Pressed, button
from handlers.catalogue import Html, say
from handlers.context import Context
from handlers.step_buttons import act, open_incident
from plans import commands as c
from plans.engine import decide
from plans.engine.promising import offers
from plans.format import Plan
from plans.incident import Incident
from plans.plate import show_plate
from plans.roster import SpareOffer
from storage.delivery import Message

SHOWN = 8
NEXT = "next"


async def on_swap(update: Update, context: Context, pressed: Pressed) -> None:
    """Offer every free spare, the next in order first."""
    incident = await open_incident(update, context, pressed)
    if incident is None:
        return
    plan, step = await context.desk.plan_of(context.turn, incident), pressed.args[1]
    speaker = context.speaker
    refused = decide(
        plan, incident, c.SwapResource(context.turn.at, speaker.person, step), speaker.roster
    )
    if isinstance(refused, c.Refusal):
        why = context.why_not(refused, incident.number)
        context.refuse(update, f"refusals.{refused.reason}", **why)
        return
    context.toast(update)
    offered = offers(plan, incident, speaker.roster)
    await context.reply(_choice(plan, incident, step, offered, context))


def _choice(
    plan: Plan, incident: Incident, step: str, offered: tuple[SpareOffer, ...], context: Context
) -> Message:
    lang, reader = context.speaker.lang, context.reader
    allocate = plan.steps[step].allocate
    held = incident.promises.get(allocate.as_) if allocate else None
    buttons = [button(say(lang, "directing.spare_next"), "spare", incident.number, step, NEXT)]
    for offer in offered[:SHOWN]:
        km = offer.distance_km
        label = say(
            lang,
            f"directing.spare_{offer.tier}",
            plate=show_plate(offer.plate),
            region=reader.region(offer.region),
            distance="" if km is None else say(lang, "cards.km", km=round(km)),
        )
        buttons.append(button(label, "spare", incident.number, step, offer.plate))
    more = len(offered) - SHOWN
    text = say(
        lang,
        "directing.spare_which",
        number=incident.number,
        plate=show_plate(held.plate) if held else "",
        more=say(lang, "directing.spare_more", count=more) if more > 0 else Html(""),
    )
    return Message(text=text, buttons=tuple((b,) for b in buttons))


async def on_chosen(update: Update, context: Context, pressed: Pressed) -> None:
    plate = pressed.args[2]
    await _swap(update, context, pressed, None if plate == NEXT else plate)


async def _swap(update: Update, context: Context, pressed: Pressed, plate: str | None) -> None:
    command = c.SwapResource(context.turn.at, context.speaker.person, pressed.args[1], plate)
    incident = await act(update, context, pressed, command)
    if incident is not None:
        plates = [show_plate(p.plate) for p in incident.promises.values()]
        context.toast(update, "steps.swapped_toast", plate=" ".join(plates))
