"""Pressed: yes, no, fewer, under a step at which somebody decides.

In: presses. Out: a decision; or what is still to be said, asked in private: how many, why not.
Forbidden here: taking a button's number for the one asked for now (the engine compares them).
"""

from telegram import Update

from handlers.awaited import await_nothing, await_words
from handlers.buttons import Pressed, button
from handlers.catalogue import say
from handlers.context import Context
from handlers.step_buttons import open_incident
from handlers.telling.decisions import NO_NUMBER, REASONS, decision_words
from plans import commands as c
from plans.engine import decide as carry_out
from plans.format import Decide, Plan
from plans.incident import Incident
from plans.model import StepId
from storage.delivery import Button, Message, Urgency

NUMBERS_SHOWN = 6
ASK, REMARK = "ask", "remark"
COUNT, WHY, WORDS = "grant", "deny", "advice"


async def on_agree(update: Update, context: Context, pressed: Pressed) -> None:
    """Yes, to so many of so many; or to advise it with a word, which is asked for."""
    how_many, _, about = pressed.args[2].partition(".")
    if how_many == REMARK:
        await _ask(update, context, pressed, WORDS, about)
    elif _is_number(about) and _is_number(how_many):
        granted = None if how_many == NO_NUMBER else int(how_many)
        await _press(update, context, pressed, about, yes=True, granted=granted)
    else:
        context.refuse(update, "refusals.old_button")


async def on_deny(update: Update, context: Context, pressed: Pressed) -> None:
    """No: ask why, with the usual reasons to press; or no, for this reason."""
    reason, _, about = pressed.args[2].partition(".")
    if reason == ASK:
        await _ask(update, context, pressed, WHY, about)
    elif _is_number(about) and reason in REASONS:
        await _press(update, context, pressed, about, yes=False, reason=reason)
    else:
        context.refuse(update, "refusals.old_button")


async def on_fewer(update: Update, context: Context, pressed: Pressed) -> None:
    await _ask(update, context, pressed, COUNT, pressed.args[2])


def _is_number(text: str) -> bool:
    return text == NO_NUMBER or (text.isdecimal() and len(text) <= 7)


async def _press(
    update: Update,
    context: Context,
    pressed: Pressed,
    about: str,
    *,
    yes: bool,
    granted: int | None = None,
    reason: str = "",
) -> None:
    incident = await open_incident(update, context, pressed)
    if incident is None:
        return
    step = pressed.args[1]
    decided = await decide(context, incident, step, about, yes=yes, granted=granted, reason=reason)
    if isinstance(decided, c.Refusal):
        key, values = why_not(context, decided, incident, step)
        context.refuse(update, key, **values)
        return
    await_nothing(context.turn, context.speaker.person)
    state = decided.steps[step]
    if state.decision is not None:
        context.toast(
            update, "approving.done_toast", what=decision_words(state.decision, context.reader)
        )


async def decide(
    context: Context,
    incident: Incident,
    step: StepId,
    about: str,
    *,
    yes: bool,
    granted: int | None = None,
    reason: str = "",
) -> Incident | c.Refusal:
    """Say yes or no to the engine. `about`: the number that the speaker was shown."""
    plan = await context.desk.plan_of(context.turn, incident)
    decide_ = plan.steps[step].decide if step in plan.steps else None
    if decide_ is None:
        return c.Refusal(c.Reason.NO_SUCH_STEP, step)
    command = c.DecideStep(
        context.turn.at,
        context.speaker.person,
        step,
        decide_.outcomes[0 if yes else 1],
        granted,
        reason,
        None if about == NO_NUMBER else int(about),
    )
    return await context.act(incident.number, command)


def why_not(
    context: Context, refusal: c.Refusal, incident: Incident, step: StepId
) -> tuple[str, dict[str, object]]:
    """The key and the values of why nothing was decided; what has been decided already is said."""
    values = context.why_not(refusal, incident.number)
    state = incident.steps.get(step)
    if refusal.reason is c.Reason.ALREADY_DONE and state is not None and state.decision is not None:
        what = decision_words(state.decision, context.reader)
        return "approving.already", {**values, "what": what}
    return f"refusals.{refusal.reason}", values


async def _ask(
    update: Update, context: Context, pressed: Pressed, purpose: str, about: str
) -> None:
    """How many, why not, what to add: asked of whoever pressed, in private, where one can type."""
    incident, step = await open_incident(update, context, pressed), pressed.args[1]
    if incident is None:
        return
    plan = await context.desk.plan_of(context.turn, incident)
    decide_ = plan.steps[step].decide if step in plan.steps else None
    if decide_ is None or not _is_number(about):
        context.refuse(update, "refusals.old_button")
        return
    refusal = await _refused(context, incident, step, decide_, about)
    if refusal is not None:
        key, values = why_not(context, refusal, incident, step)
        context.refuse(update, key, **values)
        return
    context.toast(update, "" if context.speaker.private else "menus.sent_privately")
    person = context.speaker.person
    await_words(context.turn, person, purpose, str(incident.number), step, about)
    message = _question(context, plan, incident, step, purpose, about)
    await context.letters.person(person, lambda _: message, Urgency.URGENT)


async def _refused(
    context: Context, incident: Incident, step: StepId, decide_: Decide, about: str
) -> c.Refusal | None:
    """Why the answer would be refused, whatever it is; so that nobody types in vain."""
    roster = (await context.desk.roster(context.turn)).for_incident(incident.number)
    plan = await context.desk.plan_of(context.turn, incident)
    command = c.DecideStep(
        context.turn.at,
        context.speaker.person,
        step,
        decide_.outcomes[1],
        None,
        "-",
        None if about == NO_NUMBER else int(about),
    )
    tried = carry_out(plan, incident, command, roster)
    return tried if isinstance(tried, c.Refusal) else None


def _question(
    context: Context, plan: Plan, incident: Incident, step: StepId, purpose: str, about: str
) -> Message:
    roster, person = context.speaker.roster, context.speaker.person
    lang = roster.language_of(person)
    values = {"number": incident.number, "do": plan.step(step).do.in_(lang)}
    if purpose == WORDS:
        return Message(text=say(lang, "approving.which_remark", **values))
    if purpose == WHY:
        text = say(lang, "approving.why_not", **values)
        buttons = [
            button(
                say(lang, f"approving.because_{r}"), "deny", incident.number, step, f"{r}.{about}"
            )
            for r in REASONS
        ]
    else:
        text = say(lang, "approving.how_many", count=about, **values)
        buttons = [
            button(str(n), "agree", incident.number, step, f"{n}.{about}")
            for n in numbers_to_press(plan, step, int(about))
        ]
    return Message(text=text, buttons=_in_pairs(buttons, 2 if purpose == WHY else 3))


def _in_pairs(buttons: list[Button], width: int) -> tuple[tuple[Button, ...], ...]:
    return tuple(tuple(buttons[i : i + width]) for i in range(0, len(buttons), width))


def numbers_to_press(plan: Plan, step: StepId, count: int) -> list[int]:
    """Parts of the number asked for, and the bounds of the tiers below it; the largest first."""
    decide_ = plan.step(step).decide
    bounds = [tier.up_to or 0 for tier in decide_.tiers] if decide_ is not None else []
    found = {count * 3 // 4, count // 2, count // 4, *bounds}
    return sorted((n for n in found if 0 < n < count), reverse=True)[:NUMBERS_SHOWN]
