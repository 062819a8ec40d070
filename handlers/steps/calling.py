"""Calling: going through a call list, one customer after the other.

In: presses on a list. Out: commands for the engine; pages of the list. Forbidden here: judging
who may tick (the engine does); showing customers to whom the list is not given.
"""

from telegram import Update

from handlers.buttons import Pressed, button, marked
from handlers.catalogue import say
from handlers.context import Context
from handlers.documents import INCIDENTS
from handlers.incidents.pressing import act
from handlers.telling.call_list import SHOWN, rows_of, tick_rows, ticked_of
from handlers.telling.letters import Letters
from handlers.telling.spread import do_of
from plans import commands as c
from plans.format import Plan
from plans.incident import CallResult, Incident, Share, StepState, StepStatus
from plans.model import CustomerId
from plans.rights import may_act, own_to
from storage.delivery import Message
from storage.port import SLOTS


async def on_called(update: Update, context: Context, pressed: Pressed) -> None:
    await _tick(update, context, pressed, "reached")


async def on_no_answer(update: Update, context: Context, pressed: Pressed) -> None:
    await _tick(update, context, pressed, "no_answer")


async def _tick(update: Update, context: Context, pressed: Pressed, result: CallResult) -> None:
    number, step, mark = pressed.number, pressed.args[1], pressed.args[2]
    before = await context.turn.get(INCIDENTS, str(number))
    share = _share(before, step)
    customer = marked(share.calls or () if share else (), mark)
    if customer is None:
        context.refuse(update, "calling.gone")
        return
    at, person = context.turn.at, context.speaker.person
    after = await act(update, context, pressed, c.TickCall(at, person, step, customer, result))
    share = _share(after, step)
    if after is None or share is None:
        return
    left = len(share.left)
    context.toast(update, "calling.reached_toast" if left else "calling.last_toast", left=left)
    await _renew_page(context, after, step, (share.calls or ()).index(customer) // SHOWN + 1)


async def on_list(update: Update, context: Context, pressed: Pressed) -> None:
    """A page of the whole list, in a message of its own that the next page takes over."""
    step, page = pressed.args[1], pressed.args[2]
    incident = await context.turn.get(INCIDENTS, str(pressed.number))
    state = incident.steps.get(step) if incident else None
    if incident is None or state is None or state.share is None or not page.isdecimal():
        context.refuse(update, "refusals.old_button")
        return
    if not await may_see(context, incident, step, state):
        context.refuse(update, "refusals.needs_customers")
        return
    context.toast(update)
    plan = await context.desk.plan_of(context.turn, incident)
    await _show(context, plan, incident, step, int(page[:6]))


async def may_see(context: Context, incident: Incident, step: str, state: StepState) -> bool:
    """Whether the speaker may see the customers of a part: whoever may see customers there, and
    whoever may do it."""
    speaker, at = context.speaker, context.turn.at
    there = speaker.roster.for_incident(incident.number)
    if there.may(speaker.person, "customers", state.region or incident.region):
        return True
    plan = await context.desk.plan_of(context.turn, incident)
    own = own_to(there, plan, incident, step)
    return may_act(there, incident, state, speaker.person, at, own)


async def _renew_page(context: Context, incident: Incident, step: str, page: int) -> None:
    """A page that is shown follows the ticks."""
    if await context.turn.get(SLOTS, _slot(context, incident, step)) is not None:
        plan = await context.desk.plan_of(context.turn, incident)
        await _show(context, plan, incident, step, page)


async def _show(context: Context, plan: Plan, incident: Incident, step: str, page: int) -> None:
    message = page_message(plan, incident, step, page, context)
    letters = Letters(context.turn, context.speaker.roster, incident.number)
    slot = _slot(context, incident, step)
    await letters.chat(context.speaker.chat, message, slot=slot)


def page_message(plan: Plan, incident: Incident, step: str, page: int, context: Context) -> Message:
    """One page: its customers, buttons to tick them (once the part is done, those of them who are
    left), and to turn over."""
    state, reader = incident.steps[step], context.reader
    share = state.share or Share(owner=None, region=incident.region, calls=())
    calls = share.calls or ()
    pages = max(1, -(-len(calls) // SHOWN))
    page = min(max(page, 1), pages)
    shown = calls[(page - 1) * SHOWN : page * SHOWN]
    do = do_of(plan, incident, step, reader)
    head = say(reader.lang, "calling.page", number=incident.number, do=do, page=page, pages=pages)
    number, ticked = incident.number, ticked_of(plan.step(step))
    rows = tick_rows(share, _to_tick(incident, state, shown), number, step, reader, ticked)
    turns = [("calling.before", page - 1), ("calling.after", page + 1)]
    row = [
        button(say(reader.lang, key), "calls", incident.number, step, to)
        for key, to in turns
        if 1 <= to <= pages
    ]
    rows.append((button(say(reader.lang, "calling.sheet"), "sheet", number, step),))
    text = "\n".join([head, *rows_of(share, shown, reader)])
    return Message(text=text, buttons=tuple([*rows, tuple(row)] if row else rows))


def _to_tick(
    incident: Incident, state: StepState, shown: tuple[CustomerId, ...]
) -> tuple[CustomerId, ...]:
    if incident.is_open and state.status is StepStatus.DONE and state.share is not None:
        return state.share.left_of(shown)
    return shown if incident.is_open and state.status is StepStatus.OPEN else ()


def _share(incident: Incident | None, step: str) -> Share | None:
    state = incident.steps.get(step) if incident else None
    return state.share if state else None


def _slot(context: Context, incident: Incident, step: str) -> str:
    return f"calls/{incident.number}/{step}/{context.speaker.person}"
