"""Typed: how many are granted, why something is refused, what one adds to one's advice.

In: the words awaited after a press. Out: a decision, or what was expected. Forbidden here: taking
a word for a number.
"""

from handlers.approving.asking import COUNT, WHY, WORDS, show_anew, take_buttons_away
from handlers.approving.deciding import Said, decide, why_not
from handlers.awaited import Purpose, await_words
from handlers.context import Context
from handlers.documents import INCIDENTS
from handlers.reporting.choosing import Chooser
from handlers.reporting.facts import read_fact, unit_of
from handlers.telling.decisions import decision_words
from plans import commands as c
from plans.incident import Incident
from plans.model import StepId


async def hear_count(context: Context, args: tuple[str, ...], text: str) -> None:
    number, step, about = args
    incident = await context.turn.get(INCIDENTS, number)
    if incident is None:
        await context.say("refusals.ended", number=number)
        return
    granted = await _number(context, incident, step, text)
    if granted is None or not 1 <= granted <= int(about):
        await_words(context.turn, context.speaker.person, COUNT, number, step, about)
        await context.say("approving.bad_count", count=about)
        return
    done = await decide(context, incident, step, Said(yes=True, about=about, granted=granted))
    await _answer(context, incident, step, done)


async def hear_reason(context: Context, args: tuple[str, ...], text: str) -> None:
    await _with_words(context, args, text, yes=False)


async def hear_remark(context: Context, args: tuple[str, ...], text: str) -> None:
    await _with_words(context, args, text, yes=True)


async def _with_words(context: Context, args: tuple[str, ...], text: str, *, yes: bool) -> None:
    number, step, about = args
    incident = await context.turn.get(INCIDENTS, number)
    if incident is None:
        await context.say("refusals.ended", number=number)
        return
    done = await decide(context, incident, step, Said(yes=yes, about=about, reason=text))
    if isinstance(done, c.Refusal) and done.reason is c.Reason.NO_REASON:
        purpose: Purpose = WORDS if yes else WHY
        await_words(context.turn, context.speaker.person, purpose, *args)
    await _answer(context, incident, step, done)


async def _answer(
    context: Context, incident: Incident, step: str, done: Incident | c.Refusal
) -> None:
    if isinstance(done, c.Refusal):
        key, values = why_not(context, done, incident, step)
        await context.say(key, **values)
        if done.reason is c.Reason.HAS_CHANGED:
            await show_anew(context, incident, step)
        return
    await take_buttons_away(context, done, step)
    decision = done.steps[step].decision
    if decision is not None:
        what = decision_words(decision, context.reader)
        await context.say("approving.said", number=incident.number, what=what)


async def _number(context: Context, incident: Incident, step: StepId, text: str) -> int | None:
    """Read as the answer to the question how many are asked for would be."""
    plan = await context.desk.plan_of(context.turn, incident)
    decide_ = plan.step(step).decide
    asked = plan.asked().get(decide_.of or "") if decide_ is not None else None
    if asked is None:
        return None
    chooser = Chooser(context.speaker.roster, context.speaker.person)
    unit = unit_of(asked, incident.fact, context.speaker.roster.company)
    read = read_fact(asked, text, chooser, context.turn.at, unit)
    return read if isinstance(read, int) else None
