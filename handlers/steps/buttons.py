"""Step buttons: acknowledge, done, can't, hand over, look again, all right.

In: presses. Out: commands for the engine, a few words back. Forbidden here: judging rights (the
engine does, at the moment of pressing).
"""

from telegram import Update

from handlers.buttons import Pressed, button, mark_of, marked
from handlers.catalogue import say
from handlers.context import Context
from handlers.documents import Question
from handlers.incidents.pressing import act, open_incident
from handlers.reporting.questions import DECLINE_REASONS, let_go, put_first
from handlers.steps.all_called import YES, asked_once_more, on_back, take_buttons_away
from handlers.telling.happening import Reader
from handlers.telling.spread import do_of
from plans import commands as c
from plans.engine.approving import barred
from plans.engine.deciding import Deciding
from plans.engine.owners import rungs_of
from plans.engine.tiers import requesters
from plans.format import Plan
from plans.incident import Incident, StepState, StepStatus
from plans.model import PersonId
from plans.rights import may_act, may_be_handed, own_to
from plans.roster import Roster
from storage.delivery import Message

CANDIDATES_SHOWN = 8


async def on_acknowledge(update: Update, context: Context, pressed: Pressed) -> None:
    step = pressed.args[1]
    command = c.AcknowledgeStep(context.turn.at, context.speaker.person, step)
    incident = await act(update, context, pressed, command)
    if incident is None:
        return
    context.toast(update, "steps.acknowledged_toast")
    plan = await context.desk.plan_of(context.turn, incident)
    for name, record in plan.step(step).record.items():
        if record.ask == "acknowledged" and not incident.knows_since_opened(name, step):
            await put_first(context, _record(incident, step, name, completes=False))


async def on_complete(update: Update, context: Context, pressed: Pressed) -> None:
    """Done. What the step is to record is asked first, and the answer completes it; before that,
    whether really all of a list have been called."""
    step = pressed.args[1]
    incident = await open_incident(update, context, pressed)
    if incident is None:
        return
    may = await _may_press(context, incident, step)
    if not may or not await asked_once_more(update, context, incident, step):
        await _record_or_complete(update, context, pressed, incident)


async def on_all_called(update: Update, context: Context, pressed: Pressed) -> None:
    """All of a list are told, also those whom nobody has ticked; or not after all."""
    step, answer = pressed.args[1], pressed.args[2]
    if answer != YES:
        await on_back(update, context, pressed)
        return
    incident = await open_incident(update, context, pressed)
    if incident is not None:
        await _record_or_complete(update, context, pressed, incident)
        await take_buttons_away(context, incident.number, step, "calling.all_said")


async def _record_or_complete(
    update: Update, context: Context, pressed: Pressed, incident: Incident
) -> None:
    step = pressed.args[1]
    plan = await context.desk.plan_of(context.turn, incident)
    if await _may_press(context, incident, step):
        for name, record in plan.step(step).record.items():
            if record.ask == "done" and not incident.knows(name, step):
                context.toast(update)
                await put_first(context, _record(incident, step, name, completes=True))
                return
    await _complete(update, context, pressed)


async def on_complete_without(update: Update, context: Context, pressed: Pressed) -> None:
    """Done, without the word that was asked for."""
    await _complete(update, context, pressed)
    await let_go(context, pressed.number, pressed.args[1])


async def _complete(update: Update, context: Context, pressed: Pressed) -> None:
    command = c.CompleteStep(context.turn.at, context.speaker.person, pressed.args[1])
    if await act(update, context, pressed, command) is not None:
        context.toast(update, "steps.completed_toast")


async def _may_press(context: Context, incident: Incident, step: str) -> bool:
    state = incident.steps.get(step)
    if state is None or state.status is not StepStatus.OPEN:
        return False
    roster, person = context.speaker.roster.for_incident(incident.number), context.speaker.person
    plan = await context.desk.plan_of(context.turn, incident)
    if plan.step(step).decide is not None:
        deciding = Deciding(plan, roster, incident, context.turn.at)
        return barred(deciding, step, person) is None
    own = own_to(roster, plan, incident, step)
    return may_act(roster, incident, state, person, context.turn.at, own)


def _record(incident: Incident, step: str, fact: str, *, completes: bool) -> Question:
    return Question(
        purpose="record", incident=incident.number, fact=fact, step=step, completes=completes
    )


async def on_decline(update: Update, context: Context, pressed: Pressed) -> None:
    """Can't: ask why, with the usual reasons to press."""
    incident = await open_incident(update, context, pressed)
    if incident is None:
        return
    step = pressed.args[1]
    if not await _may_press(context, incident, step):
        await act(
            update,
            context,
            pressed,
            c.DeclineStep(context.turn.at, context.speaker.person, step, "-"),
        )
        return
    context.toast(update)
    question = Question(purpose="decline", incident=incident.number, step=step)
    await put_first(context, question)


async def on_reason(update: Update, context: Context, pressed: Pressed) -> None:
    if pressed.args[2] not in DECLINE_REASONS:
        context.refuse(update, "refusals.old_button")
        return
    reason = say(context.speaker.lang, f"steps.cant_{pressed.args[2]}").unescape()
    command = c.DeclineStep(context.turn.at, context.speaker.person, pressed.args[1], reason)
    await let_go(context, pressed.number, pressed.args[1])
    if await act(update, context, pressed, command) is not None:
        context.toast(update, "steps.declined_toast")


async def on_never_mind(update: Update, context: Context, pressed: Pressed) -> None:
    """Not declined after all."""
    await let_go(context, pressed.number, pressed.args[1])
    context.toast(update, "steps.never_mind_toast")


async def on_hand_over(update: Update, context: Context, pressed: Pressed) -> None:
    """Offer those to whom the step may go."""
    incident = await open_incident(update, context, pressed)
    if incident is None:
        return
    step, speaker = pressed.args[1], context.speaker
    state = incident.steps.get(step)
    if state is None or not await _may_press(context, incident, step):
        to = speaker.person
        await act(
            update, context, pressed, c.HandOverStep(context.turn.at, speaker.person, step, to)
        )
        return
    plan = await context.desk.plan_of(context.turn, incident)
    people = candidates(speaker.roster, state, speaker.person, context.reader)
    if plan.step(step).decide is not None:
        people = _deciders(context, plan, incident, step)
    if not people:
        context.refuse(update, "steps.nobody_else")
        return
    context.toast(update)
    await context.reply(_whom(plan, incident, step, people, context.reader))


def _deciders(context: Context, plan: Plan, incident: Incident, step: str) -> list[PersonId]:
    """Who else may decide and can be told, the next in line first."""
    roster, at = context.speaker.roster, context.turn.at
    deciding = Deciding(plan, roster, incident, at)
    decide, state = plan.step(step).decide, incident.steps[step]
    if decide is not None and decide.tiers:
        people = [p for rung in rungs_of(deciding, step) for p in rung.people]
    else:
        people = candidates(roster, state, context.speaker.person, context.reader)
    there = [p for p in dict.fromkeys(people) if roster.can_be_told(p, at) == "yes"]
    without = (context.speaker.person, state.taken_by, *requesters(plan, incident))
    return [p for p in there if p not in without][:CANDIDATES_SHOWN]


def candidates(
    roster: Roster, state: StepState, presser: PersonId, reader: Reader
) -> list[PersonId]:
    """Who may be handed the step and can be told: those of its region first."""
    people = [
        person
        for person in roster.company.people
        if person not in (presser, state.taken_by)
        and may_be_handed(roster, state, person)
        and roster.can_be_told(person, reader.at) == "yes"
    ]

    def far(person: PersonId) -> tuple[bool, bool]:
        posts = roster.roles_of(person)
        same_role = any(p.role == state.role for p in posts)
        return (all(p.region != state.region for p in posts), not same_role)

    return sorted(people, key=far)[:CANDIDATES_SHOWN]


def _whom(
    plan: Plan, incident: Incident, step: str, people: list[PersonId], reader: Reader
) -> Message:
    do = do_of(plan, incident, step, reader)
    text = say(reader.lang, "steps.to_whom", number=incident.number, do=do)
    buttons = [
        button(reader.name_and_role(p), "to", incident.number, step, mark_of(p)) for p in people
    ]
    return Message(text=text, buttons=tuple((b,) for b in buttons))


async def on_handed(update: Update, context: Context, pressed: Pressed) -> None:
    to = marked(context.speaker.roster.company.people, pressed.args[2])
    if to is None:
        context.refuse(update, "refusals.old_button")
        return
    command = c.HandOverStep(context.turn.at, context.speaker.person, pressed.args[1], to)
    if await act(update, context, pressed, command) is not None:
        context.toast(update, "steps.handed_toast", name=context.reader.name(to))


async def on_search_again(update: Update, context: Context, pressed: Pressed) -> None:
    command = c.SearchAgain(context.turn.at, context.speaker.person, pressed.args[1])
    if await act(update, context, pressed, command) is not None:
        context.toast(update)


async def on_all_right(update: Update, context: Context, pressed: Pressed) -> None:
    command = c.AnswerCheck(context.turn.at, context.speaker.person, pressed.args[1])
    if await act(update, context, pressed, command) is not None:
        context.toast(update, "steps.check_thanks")
