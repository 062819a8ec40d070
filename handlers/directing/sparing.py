"""Sparing: which vehicle, guide or store comes instead. Those that are free are offered.

In: presses. Out: another one promised; a refusal in words when it is gone meanwhile. Forbidden
here: the order in which they are asked for (see `plans.engine.promising`).
"""

from telegram import Update

from handlers.buttons import Pressed, button, mark_of
from handlers.catalogue import Html, say
from handlers.context import Context
from handlers.incidents.pressing import act, open_incident
from plans import commands as c
from plans.engine import decide
from plans.engine.deciding import Deciding
from plans.engine.promising import choices
from plans.format import Plan
from plans.incident import Incident, PersonPromise, Promise, StockPromise, VehiclePromise
from plans.model import StepId
from plans.plate import show_plate
from storage.delivery import Message

SHOWN = 8
# Any but the one held when it was offered: a press that comes twice swaps once.
NOT = "not-"


async def on_swap(update: Update, context: Context, pressed: Pressed) -> None:
    """Offer everything free, the next in order first."""
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
    await context.reply(_choice(plan, incident, step, context))


def _free(plan: Plan, incident: Incident, step: StepId, context: Context) -> tuple[Promise, ...]:
    """All that the step could be promised now, in order."""
    known = plan.steps.get(step)
    if known is None or known.allocate is None:
        return ()
    roster = context.speaker.roster.for_incident(incident.number)
    return choices(Deciding(plan, roster, incident, context.turn.at), step)


def _choice(plan: Plan, incident: Incident, step: StepId, context: Context) -> Message:
    lang, free = context.speaker.lang, _free(plan, incident, step, context)
    number = incident.number
    held, more = _held(plan, incident, step), len(free) - SHOWN
    other = f"{NOT}{_mark(held) if held else ''}"
    if isinstance(held, StockPromise):
        next_, which, left = "stock.which_next", "stock.which", "stock.which_more"
    else:
        next_, which, left = (f"directing.spare_{key}" for key in ("next", "which", "more"))
    buttons = [button(say(lang, next_), "spare", number, step, other)]
    buttons += [
        button(_label(promise, context), "spare", number, step, _mark(promise))
        for promise in free[:SHOWN]
    ]
    named = _named(held, context) if held else ""
    text = say(
        lang,
        which,
        number=number,
        plate=named,
        region=named,
        more=say(lang, left, count=more) if more > 0 else Html(""),
    )
    return Message(text=text, buttons=tuple((b,) for b in buttons))


def _held(plan: Plan, incident: Incident, step: StepId) -> Promise | None:
    known = plan.steps.get(step)
    return incident.promises.get(known.allocate.as_) if known and known.allocate else None


def _named(promise: Promise, context: Context) -> str:
    match promise:
        case VehiclePromise():
            return show_plate(promise.plate)
        case PersonPromise():
            return context.reader.name(promise.person)
        case StockPromise():
            return context.reader.region(promise.region)


def _mark(promise: Promise) -> str:
    """What a button carries: the plate, or a mark of the person."""
    return promise.plate if isinstance(promise, VehiclePromise) else mark_of(promise.thing)


def _label(promise: Promise, context: Context) -> Html:
    if isinstance(promise, StockPromise):
        return _store(promise, context)
    km = promise.distance_km if isinstance(promise, VehiclePromise) else None
    return say(
        context.speaker.lang,
        f"directing.spare_{promise.tier}",
        plate=_named(promise, context),
        region=context.reader.region(promise.region),
        distance="" if km is None else say(context.speaker.lang, "cards.km", km=round(km)),
    )


def _store(promise: StockPromise, context: Context) -> Html:
    reader = context.reader
    free = reader.roster.holding(promise.region, promise.goods).free
    return say(
        reader.lang,
        "stock.which_store",
        region=reader.region(promise.region),
        free=reader.amount(promise.goods, free),
    )


async def on_chosen(update: Update, context: Context, pressed: Pressed) -> None:
    """The one chosen, as long as it is free."""
    incident = await open_incident(update, context, pressed)
    if incident is None:
        return
    plan, step, mark = (
        await context.desk.plan_of(context.turn, incident),
        pressed.args[1],
        pressed.args[2],
    )
    held = _held(plan, incident, step)
    if held is not None and mark.startswith(NOT) and mark != f"{NOT}{_mark(held)}":
        context.toast(update, "steps.swapped_toast", plate=_named(held, context))
        return
    things = {_mark(promise): promise.thing for promise in _free(plan, incident, step, context)}
    to = None if mark.startswith(NOT) else things.get(mark, mark)
    command = c.SwapResource(context.turn.at, context.speaker.person, step, to)
    after = await act(update, context, pressed, command)
    if after is not None:
        held = _held(plan, after, step)
        name = _named(held, context) if held else ""
        context.toast(update, "steps.swapped_toast", plate=name)
