"""Asking: how many, why not, what to add; asked in private, where one can type.

In: what is to be known. Out: one live message that says in the end what was answered. Forbidden
here: deciding.
"""

from functools import partial
from typing import Final

from handlers.awaited import Purpose
from handlers.buttons import button
from handlers.catalogue import say
from handlers.context import Context
from handlers.telling.decisions import decision_words, number_shown, usual_reasons
from handlers.telling.happening import Reader
from handlers.telling.step_messages import step_message, step_slot
from plans.format import Plan
from plans.incident import Decision, Incident
from plans.model import PersonId, StepId
from storage.delivery import Button, Message, Urgency
from storage.port import SLOTS

NUMBERS_SHOWN = 6
# What is awaited when it may be typed: see `handlers.hearers`.
COUNT: Final = "grant"
WHY: Final = "deny"
WORDS: Final = "advice"


def question(
    context: Context, plan: Plan, incident: Incident, step: StepId, purpose: Purpose, about: str
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
            for r in usual_reasons(plan.step(step).decide)
        ]
    else:
        count = number_shown(plan, incident, step, context.reader)
        text = say(lang, "approving.how_many", count=count, **values)
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


def slot_of(incident: Incident, step: StepId, person: PersonId) -> str:
    return f"deciding/{incident.number}/{step}/{person}"


async def take_buttons_away(context: Context, incident: Incident, step: StepId) -> None:
    """What was asked says what was answered: its buttons have served. Whoever else was asked at the
    same time reads there by whom it was decided, and how."""
    speaker, decision = context.speaker.person, incident.steps[step].decision
    if decision is None:
        return
    for person in dict.fromkeys((speaker, *await _perhaps_asked(context, incident, step))):
        slot = slot_of(incident, step, person)
        if await context.turn.get(SLOTS, slot) is not None:
            key = "approving.said" if person == speaker else "approving.said_by"
            write = partial(_answered, incident.number, speaker, decision, key)
            await context.letters.person(person, write, slot=slot)


async def _perhaps_asked(
    context: Context, incident: Incident, step: StepId
) -> tuple[PersonId, ...]:
    """Whoever was told of the step, and the holders of the ranks that decide on it."""
    decide_ = (await context.desk.plan_of(context.turn, incident)).step(step).decide
    roles = [tier.role for tier in decide_.tiers] if decide_ is not None else []
    roster, region = context.speaker.roster, incident.region
    holders = (p for role in roles for p in roster.holders(role, region))
    return (*incident.steps[step].told, *holders)


def _answered(number: int, by: PersonId, decision: Decision, key: str, reader: Reader) -> Message:
    values = {"number": number, "name": reader.name(by)}
    return Message(text=say(reader.lang, key, what=decision_words(decision, reader), **values))


async def show_anew(context: Context, incident: Incident, step: StepId) -> None:
    """What it is about now, at the bottom of the chat: reminders still say what it was about."""
    plan, person = await context.desk.plan_of(context.turn, incident), context.speaker.person

    def write(reader: Reader) -> Message:
        return step_message(plan, incident, step, person, reader)

    slot = step_slot(incident, step, person)
    context.turn.remove(SLOTS, slot)
    await context.letters.person(person, write, Urgency.URGENT, slot=slot, step=step)
