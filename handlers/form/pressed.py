"""Presses on a form: a field, an answer, a page, to send, to give up.

In: presses, also on an old copy of the form. Out: the draft moved on, and shown. Forbidden here:
trusting what a button carries.
"""

from telegram import Update

from handlers.areas import take as take_area
from handlers.areas.picking import Pick
from handlers.buttons import Pressed
from handlers.context import Context
from handlers.form.documents import DRAFTS, Draft
from handlers.form.draft import Filled
from handlers.form.giving_up import give_up
from handlers.form.opening import begin, go_on, touched
from handlers.form.sending import send
from handlers.form.showing import filled_of, is_live, plan_of, show
from handlers.paging import page_number
from handlers.reporting.offers import Asking, value_of
from plans.engine.knowing import is_valid
from plans.format import Plan
from plans.incident import FactValue
from plans.model import FactName


async def on_form(update: Update, context: Context, pressed: Pressed) -> None:
    """Whatever is not an answer."""
    found = await _found(update, context, pressed)
    if found is None:
        return
    plan, draft = found
    what, value = pressed.args[1], pressed.args[2]
    fields = filled_of(context, plan, draft).fields
    match what:
        case "send":
            await send(update, context, plan, draft, value)
        case "drop":
            context.toast(update)
            await give_up(context, plan, draft)
        case "go_on":
            context.toast(update)
            await go_on(context, plan, draft)
        case "anew":
            await _anew(update, context, plan, draft, value)
        case "page":
            await _turned(update, context, plan, draft, {"page": page_number(value)})
        case "all":
            await _turned(update, context, plan, draft, {**_NOTHING_OPEN})
        case "ask" if value in fields:
            await _turned(update, context, plan, draft, {**_NOTHING_OPEN, "asked": value})
        case "skip" if value in fields:
            moved = filled_of(context, plan, _with(draft, _NOTHING_OPEN)).moved_on()
            await _shown(update, context, plan, moved)
        case _:
            context.refuse(update, "refusals.old_button")


_NOTHING_OPEN: dict[str, object] = {
    "asked": "",
    "offers": (),
    "page": 0,
    "pick": None,
    "unread": "",
    "unfit": None,
}


async def on_fill(update: Update, context: Context, pressed: Pressed) -> None:
    """An answer to a field; also one that is not asked for any more changes it."""
    found = await _found(update, context, pressed)
    if found is None:
        return
    plan, draft = found
    name, carried = pressed.args[1], pressed.args[2]
    filled = filled_of(context, plan, draft)
    if name not in filled.fields:
        context.refuse(update, "refusals.old_button")
    elif plan.ask[name].type == "area":
        await _area(update, context, filled, name, carried)
    else:
        await _answered(update, context, filled, name, carried)


async def _answered(
    update: Update, context: Context, filled: Filled, name: FactName, carried: str
) -> None:
    asked = filled.plan.ask[name]
    chooser = Asking(context.reader, filled.draft.person).chooser
    value = value_of(asked, carried, chooser, context.reader)
    if value is None or not is_valid(filled.plan, name, value, context.turn.at):
        context.refuse(update, "refusals.old_button")
        return
    await _shown(update, context, filled.plan, answered(context, filled, name, value))


async def _area(
    update: Update, context: Context, filled: Filled, name: FactName, carried: str
) -> None:
    draft, company = filled.draft, filled.roster.company
    same = draft.asked == name
    pick = (draft.pick if same else None) or Pick.of(draft.facts.get(name))
    taken = take_area(pick, carried, company)
    if taken is None:
        context.refuse(update, "refusals.old_button")
    elif isinstance(taken, Pick):
        changes = {**_NOTHING_OPEN, "asked": name, "pick": taken}
        await _turned(update, context, filled.plan, draft, changes)
    else:
        await _shown(update, context, filled.plan, answered(context, filled, name, taken))


def answered(context: Context, filled: Filled, name: FactName, value: FactValue) -> Draft:
    """The draft with an answer, asking what comes next."""
    facts = {**filled.draft.facts, name: value}
    changes: dict[str, object] = {**_NOTHING_OPEN, "facts": facts, "latest": name}
    return filled_of(context, filled.plan, _with(filled.draft, changes)).moved_on()


async def _found(update: Update, context: Context, pressed: Pressed) -> tuple[Plan, Draft] | None:
    """The draft that the button belongs to, with its plan; None after saying why not."""
    draft = await context.turn.get(DRAFTS, context.speaker.person)
    if draft is None or str(draft.number) != pressed.args[0]:
        context.refuse(update, "refusals.old_button")
        return None
    if draft.sent_as is not None:
        context.refuse(update, "form.sent_already", number=draft.sent_as)
        return None
    plan = plan_of(context, draft)
    if plan is None:
        context.refuse(update, "refusals.old_button")
        return None
    return plan, draft


async def _anew(update: Update, context: Context, plan: Plan, draft: Draft, value: str) -> None:
    """Instead of the one under way: empty, or the one that was opened meanwhile."""
    then = draft.then
    if then is not None and then.plan == value and value in context.desk.plans:
        context.toast(update)
        await give_up(context, plan, draft)
        await begin(context, context.desk.plans[value], then, then.words)
    elif value == plan.plan:
        context.toast(update)
        await give_up(context, plan, draft)
        await begin(context, plan, draft.intended)
    else:
        context.refuse(update, "refusals.old_button")


async def _turned(
    update: Update, context: Context, plan: Plan, draft: Draft, changes: dict[str, object]
) -> None:
    await _shown(update, context, plan, _with(draft, changes))


async def _shown(update: Update, context: Context, plan: Plan, draft: Draft) -> None:
    """In place; a press on an old copy brings the form to the bottom, where it is seen."""
    context.toast(update)
    message = update.effective_message
    live = message is not None and await is_live(context, draft, message.message_id)
    draft = touched(context, draft).model_copy(update={"resumed": False})
    await show(context, plan, draft, anew=not live)


def _with(draft: Draft, changes: dict[str, object]) -> Draft:
    return draft.model_copy(update=changes)
