"""Opening a form: begun, gone on with, or begun anew.

In: a plan's command with what is typed behind it. Out: the form on the screen. Forbidden here:
giving up what somebody has filled in without their word.
"""

from handlers.buttons import button
from handlers.catalogue import say
from handlers.context import Context
from handlers.form.documents import DRAFTS, NUDGE_AFTER, Draft, Intended
from handlers.form.filling import fill_in
from handlers.form.showing import filled_of, plan_of, show
from handlers.said import said_by
from plans.area import Area
from plans.format import Plan
from plans.incident import FactValue
from plans.model import PersonId
from storage.delivery import Message


async def open_form(context: Context, plan: Plan, intended: Intended, typed: str = "") -> None:
    """Show the form, with what was typed filled in; in a new one also what was said before. One
    that is under way is gone on with; where it is another's, the person says which."""
    known = await under_way(context)
    before = plan_of(context, known) if known is not None and known.latest else None
    if known is None or before is None:
        await begin(context, plan, intended, typed)
    elif (known.plan, known.reporter, known.reporter_name) != _which_one(intended):
        await _ask_which(context, before, known, intended, plan)
    else:
        await go_on(context, plan, known, typed)


def _which_one(intended: Intended) -> tuple[str, PersonId | None, str]:
    return intended.plan, intended.reporter, intended.reporter_name


async def keep_for_later(context: Context, plan: Plan, typed: str) -> None:
    """What was typed in a group, for the form that is opened in private; one that is under way is
    left as it is."""
    if await under_way(context) is None:
        draft = await _begun(context, plan, Intended(plan=plan.plan))
        context.turn.put(DRAFTS, take_words(context, plan, draft, typed))


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
    regions = [p.region for p in roster.roles_of(whose) if p.region] if whose else []
    for name, asked in plan.ask.items():
        plate = roster.vehicle_of(whose) if whose else None
        if asked.default == "reporter" and plate is not None:
            known[name] = plate
        if asked.default == "region" and regions:
            known[name] = Area(regions=(regions[0],))
    return known


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
