"""Taking: everything that waits for one person taken with one press.

In: a press. Out: each step they are asked for, in whatever is open or in one incident,
acknowledged; what is asked on taking one is asked of them, one thing after the other. Forbidden
here: taking what nobody told them of, or what somebody has.
"""

from collections.abc import Sequence

from telegram import Update

from handlers.buttons import Pressed
from handlers.context import Context
from handlers.documents import INCIDENTS, QUESTIONS_LIMIT, Question
from handlers.reporting.questions import ask, conversation_with
from plans import commands as c
from plans.incident import Incident
from plans.involved import left_to, waiting_for
from plans.model import PersonId, StepId
from storage.port import Turn

TAKEN_LIMIT = 50


async def all_waiting_for(turn: Turn, person: PersonId) -> list[tuple[Incident, StepId]]:
    """Open steps that the person is asked for and nobody has taken, the oldest first."""
    return [
        (incident, step)
        for incident in await turn.find(INCIDENTS, status="open")
        for step in waiting_for(incident, person)
    ]


async def on_take_all(update: Update, context: Context, _: Pressed) -> None:
    await _take(update, context, await all_waiting_for(context.turn, context.speaker.person))


async def on_take_in(update: Update, context: Context, pressed: Pressed) -> None:
    """All of one incident, as a message about several of its steps offers it."""
    speaker, turn = context.speaker, context.turn
    incident = await turn.get(INCIDENTS, str(pressed.number))
    if incident is None or not incident.is_open:
        await _take(update, context, ())
        return
    left = left_to(speaker.roster, incident, speaker.person, turn.at)
    await _take(update, context, [(incident, step) for step in left])


async def _take(
    update: Update, context: Context, waiting: Sequence[tuple[Incident, StepId]]
) -> None:
    questions: list[Question] = []
    taken = 0
    for incident, step in waiting[:TAKEN_LIMIT]:
        command = c.AcknowledgeStep(context.turn.at, context.speaker.person, step)
        result = await context.act(incident.number, command)
        if not isinstance(result, c.Refusal):
            taken += 1
            questions += await _asked_on_taking(context, result, step)
    if not taken:
        context.refuse(update, "directing.nothing_waits")
        return
    context.toast(update, "directing.taken_all", count=taken)
    if questions:
        talk = await conversation_with(context)
        rest = [q for q in talk.questions if q not in questions]
        both = tuple([*questions, *rest][:QUESTIONS_LIMIT])
        await ask(context, talk.model_copy(update={"questions": both}))


async def _asked_on_taking(context: Context, incident: Incident, step: StepId) -> list[Question]:
    plan = await context.desk.plan_of(context.turn, incident)
    return [
        Question(purpose="record", incident=incident.number, fact=name, step=step)
        for name, record in plan.step(step).record.items()
        if record.ask == "acknowledged" and not incident.knows_since_opened(name, step)
    ]
