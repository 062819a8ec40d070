"""Ordered: /directs. The orders one has given, and how they stand.

In: the command. Out: one screen, the newest first. Forbidden here: changing anything.
"""

from telegram import Update

from handlers.buttons import button
from handlers.catalogue import Html, say
from handlers.context import Context
from handlers.directing.orders import ORDERS, Order
from handlers.documents import INCIDENTS
from handlers.telling.happening import brief
from plans.incident import Incident
from plans.orders import CARRY_OUT, RECEIPT
from storage.delivery import Message

LISTED = 10


async def on_directs(_: Update, context: Context) -> None:
    lang = context.speaker.lang
    given = await context.turn.find(ORDERS, by=context.speaker.person)
    lines: list[Html] = []
    more = 0
    buttons = []
    for order in reversed(given):
        incident = await context.turn.get(INCIDENTS, str(order.incident))
        if incident is None:
            context.turn.remove(ORDERS, str(order.incident))  # its record is in the archive
        elif len(lines) < LISTED:
            lines.append(await _line(context, order, incident))
            buttons.append(button(f"#{order.incident}", "show", order.incident))
        else:
            more += 1
    if not lines:
        await context.say("directing.no_orders")
        return
    rows = tuple(tuple(buttons[i : i + 5]) for i in range(0, len(buttons), 5))
    if more:
        lines.append(say(lang, "directing.bundle_more", count=more))
    text = "\n".join([say(lang, "directing.orders"), *lines])
    await context.reply(Message(text=text, buttons=rows))


async def _line(context: Context, order: Order, incident: Incident) -> Html:
    reader, state = context.reader, incident.steps[CARRY_OUT]
    plan = await context.desk.plan_of(context.turn, incident)
    receipt = incident.fact(RECEIPT)
    values: dict[str, object] = {
        "number": order.incident,
        "text": brief(plan.step(CARRY_OUT).do.in_(reader.lang)),
        "due": reader.time(state.due_at) if state.due_at else "",
        "who": reader.name(state.taken_by or state.settled_by or next(iter(state.asked), None)),
        "time": reader.time(incident.ended_at) if incident.ended_at else "",
        "receipt": f" {brief(receipt)}" if isinstance(receipt, str) else "",
    }
    return say(reader.lang, f"directing.order_{_standing(incident)}", **values)


def _standing(incident: Incident) -> str:
    state = incident.steps[CARRY_OUT]
    if not incident.is_open:
        return "done" if incident.status == "closed" else "dropped"
    if state.held_up:
        return "late"
    return "taken" if state.taken_by else "asked"
