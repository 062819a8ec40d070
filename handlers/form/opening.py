"""Opening a form: begun, gone on with, or begun anew.

In: a plan's command with what is typed behind it. Out: the form on the screen. Forbidden here:
giving up what somebody has filled in without their word.
"""

from handlers.buttons import button
from handlers.catalogue import say
from handlers.context import Context
from handlers.form.documents import DRAFTS, NUDGE_AFTER, Draft, Intended
from handlers.form.filling import LINE_LIMIT, fill_in
from handlers.form.showing import filled_of, plan_of, show
from handlers.reporting.said import said_by
from plans.area import Area
from plans.format import Plan
from plans.incident import FactValue
from plans.model import PersonId, RegionId
from storage.delivery import Message


async def open_form(context: Context, plan: Plan, intended: Intended, typed: str = "") -> None:
    """Show the form, with what was typed filled in; in a new one also what was said before. One
    that is under way is gone on with; where it is another's, the person says which."""
    known = await under_way(context)
    before = plan_of(context, known) if known is not None and known.latest else None
    if known is None or before is None:
        await begin(context, plan, intended, typed)
    elif _which_one(known.intended) != _which_one(intended):
        await _ask_which(context, before, known, _with_words(known, intended, typed), plan)
    else:
        await go_on(context, plan, known, typed)


def _which_one(intended: Intended) -> tuple[str, PersonId | None, str]:
    return intended.plan, intended.reporter, intended.reporter_name


def _with_words(draft: Draft, intended: Intended, typed: str) -> Intended:
    """With what was typed now, or for the same form before."""
    then = draft.then
    before = then.words if then and _which_one(then) == _which_one(intended) else ""
    return intended.model_copy(update={"words": typed[:LINE_LIMIT] or before})


async def keep_for_later(context: Context, plan: Plan, typed: str) -> None:
    """What was typed in a group, for the form that is opened in private; another form that is under
    way is left as it is."""
    known, intended = await under_way(context), Intended(plan=plan.plan)
    if known is None or plan_of(context, known) is None or not known.latest:
        draft = take_words(context, plan, await _begun(context, plan, intended), typed)
    elif _which_one(known.intended) == _which_one(intended):
        draft = touched(context, take_words(context, plan, known, typed))
    else:
        draft = known.model_copy(update={"then": _with_words(known, intended, typed)})
    context.turn.put(DRAFTS, draft)


async def under_way(context: Context) -> Draft | None:
    """The speaker's draft; None when there is none that is still to be sent."""
    draft = await context.turn.get(DRAFTS, context.speaker.person)
    return draft if draft is not None and draft.sent_as is None else None


async def begin(context: Context, plan: Plan, intended: Intended, typed: str = "") -> None:
    """A new draft, with what is known by itself and what was typed, or said just before."""
    draft = await _begun(context, plan, intended)
    for said in await said_by(context.turn, draft.person):
        draft = fill_in(filled_of(context, plan, draft), context.reader, said.text, heard=True)
    draft = take_words(context, plan, draft, typed)
    await show(context, plan, draft, anew=True)


async def _begun(context: Context, plan: Plan, intended: Intended) -> Draft:
    turn, person = context.turn, context.speaker.person
    whose = None if intended.reporter_name else intended.reporter or person
    draft = Draft(
        person=person,
        number=await turn.next_number("draft"),
        plan=plan.plan,
        chat=context.speaker.chat,
        facts=_known_by_itself(context, plan, whose),
        reporter=intended.reporter,
        reporter_name=intended.reporter_name,
        shown_at=turn.at,
        changed_at=turn.at,
    )
    return touched(context, draft)


async def go_on(context: Context, plan: Plan, draft: Draft, typed: str = "") -> None:
    """The same form again, at the bottom of the chat, as it was left."""
    draft = take_words(context, plan, draft, typed) if typed else draft
    resumed = touched(context, draft).model_copy(update={"resumed": True, "then": None})
    await show(context, plan, resumed, anew=True)


def take_words(context: Context, plan: Plan, draft: Draft, typed: str) -> Draft:
    """What was typed filled in, and on to the next field; what may mean several is asked first."""
    filled = filled_of(context, plan, draft)
    if typed:
        filled = filled_of(context, plan, fill_in(filled, context.reader, typed))
    return filled.draft if filled.draft.offers else filled.moved_on()


def touched(context: Context, draft: Draft) -> Draft:
    """Somebody is at it: silence is counted from now."""
    at = context.turn.at
    return draft.model_copy(update={"changed_at": at, "nudged": False, "due_at": at + NUDGE_AFTER})


def _known_by_itself(context: Context, plan: Plan, whose: PersonId | None) -> dict[str, FactValue]:
    roster, known = context.speaker.roster, dict[str, FactValue]()
    region = _own_region(context, whose) if whose else None
    for name, asked in plan.ask.items():
        plate = roster.vehicle_of(whose) if whose else None
        if asked.default == "reporter" and plate is not None:
            known[name] = plate
        if asked.default == "region" and region is not None:
            known[name] = Area(regions=(region,))
    return known


def _own_region(context: Context, whose: PersonId) -> RegionId | None:
    """The one they work in, if it has customers. Whoever works for all of them, or for several,
    says which: a warning for headquarters alone would reach nobody whom it concerns."""
    roster = context.speaker.roster
    regions = {post.region for post in roster.roles_of(whose)}
    served = {customer.region for customer in roster.company.customers.values()}
    return regions.pop() if len(regions) == 1 and regions <= served else None


async def _ask_which(
    context: Context, before: Plan, draft: Draft, intended: Intended, plan: Plan
) -> None:
    context.turn.put(DRAFTS, draft.model_copy(update={"then": intended}))
    lang = context.speaker.lang
    row = (
        button(say(lang, "form.go_on"), "form", draft.number, "go_on", "-"),
        button(say(lang, "form.give_up"), "form", draft.number, "anew", plan.plan),
    )
    titles = {"title": before.title.in_(lang), "other": plan.title.in_(lang)}
    text = say(lang, "form.other_under_way", **titles)
    await context.reply(Message(text=text, buttons=(row,)))
