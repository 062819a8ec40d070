"""Answer buttons: an answer pressed, another page of answers, skip, back, correct.

In: presses, from any copy of a question, at any time. Out: what `answers` makes of them. Forbidden
here: trusting what a button carries.
"""

from telegram import Update

from handlers.buttons import Pressed
from handlers.context import Context
from handlers.documents import QUESTIONS_LIMIT, Question
from handlers.incidents.pressing import open_to_speaker
from handlers.paging import page_number
from handlers.reporting.answers import next_question, take
from handlers.reporting.choosing import Chooser
from handlers.reporting.offers import value_of
from handlers.reporting.questions import (
    ask,
    conversation_with,
    plan_for,
    put_first,
    question_pressed,
    show_page,
)
from handlers.reporting.spoken_answers import answer_said
from handlers.telling.answer_rows import answer_meant
from plans.engine.approving import change_barred
from plans.engine.deciding import Deciding
from plans.incident import StepStatus
from plans.rights import may_record


async def on_fact_pressed(update: Update, context: Context, pressed: Pressed) -> None:
    """A button that answers a question; works from any copy of it, at any time."""
    number, fact, typed = pressed.number, pressed.args[1], pressed.args[2]
    talk = await conversation_with(context)
    question = await question_pressed(context, talk, number, fact, _message_id(update))
    question = question or Question(purpose="fact", incident=number, fact=fact)
    plan = await plan_for(context, talk, question)
    if plan is None or fact not in plan.asked():
        context.refuse(update, "refusals.old_button")
        return
    if number and await open_to_speaker(update, context, number) is None:
        return
    chooser = Chooser(context.speaker.roster, context.speaker.person)
    value = value_of(plan.asked()[fact], typed, chooser, context.reader)
    if value is None:
        context.refuse(update, "refusals.old_button")
        return
    context.toast(update)
    rest = tuple(q for q in talk.questions if q != question)
    talk = talk.model_copy(update={"questions": (question, *rest)})
    await take(context, plan, talk, question, value)


async def on_said_pressed(update: Update, context: Context, pressed: Pressed) -> None:
    """The answer to what a step is to record, under the step's message or under one's own words."""
    number, step = pressed.number, pressed.args[1]
    incident = await open_to_speaker(update, context, number)
    plan = await context.desk.plan_of(context.turn, incident) if incident is not None else None
    if incident is None or plan is None:
        return
    meant = answer_meant(plan, step, pressed.args[2]) if step in incident.steps else None
    if meant is None:
        context.refuse(update, "refusals.old_button")
        return
    context.toast(update)
    name, key = meant
    record = plan.step(step).record[name]
    completes = record.ask == "done" and incident.steps[step].status is StepStatus.OPEN
    question = Question(
        purpose="record", incident=number, fact=name, step=step, completes=completes
    )
    talk = await conversation_with(context)
    rest = tuple(q for q in talk.questions if (q.incident, q.step, q.fact) != (number, step, name))
    held = tuple(one for one in talk.held if answer_said(record, one.text) != key)
    talk = talk.model_copy(update={"questions": (question, *rest), "held": held})
    await take(context, plan, talk, question, key)


async def on_leaf_pressed(update: Update, context: Context, pressed: Pressed) -> None:
    """Another page of what can be chosen, in the question's own message."""
    number, fact, page = pressed.number, pressed.args[1], page_number(pressed.args[2])
    talk = await conversation_with(context)
    question = await question_pressed(context, talk, number, fact, _message_id(update))
    plan = await plan_for(context, talk, question) if question is not None else None
    if plan is None or question is None:
        context.refuse(update, "refusals.old_button")
        return
    context.toast(update)
    await show_page(context, plan, talk, question, page)


def _message_id(update: Update) -> int:
    message = update.effective_message
    return message.message_id if message is not None else 0


async def on_skip_pressed(update: Update, context: Context, pressed: Pressed) -> None:
    talk = await conversation_with(context)
    context.toast(update)
    current = talk.questions[0] if talk.questions else None
    if current is None or (current.incident, current.fact) != (pressed.number, pressed.args[1]):
        return
    await next_question(context, talk)
    if len(talk.questions) == 1:
        await context.say("report.all_asked")


async def on_back_pressed(update: Update, context: Context, pressed: Pressed) -> None:
    """Ask the question before once more; its answer corrects the first."""
    talk = await conversation_with(context)
    context.toast(update)
    if not talk.answered:
        return
    *earlier, last = talk.answered
    questions = (last, *(q for q in talk.questions if q != last))[:QUESTIONS_LIMIT]
    changes = {"questions": questions, "answered": tuple(earlier)}
    await ask(context, talk.model_copy(update=changes))


async def on_correct_pressed(update: Update, context: Context, pressed: Pressed) -> None:
    """Ask one fact of an incident again."""
    incident = await open_to_speaker(update, context, pressed.number)
    if incident is None:
        return
    plan = await context.desk.plan_of(context.turn, incident)
    name, speaker = pressed.args[1], context.speaker
    if name not in plan.asked():
        context.refuse(update, "refusals.old_button")
        return
    at = context.turn.at
    if not may_record(speaker.roster, plan, incident, name, speaker.person, at):
        context.refuse(update, "refusals.no_part", number=pressed.number)
        return
    there = speaker.roster.for_incident(incident.number)
    barred = change_barred(Deciding(plan, there, incident, at), name, speaker.person)
    if barred is not None and name in incident.facts:
        why = context.why_not(barred, incident.number)
        context.refuse(update, f"refusals.{barred.reason}", **why)
        return
    context.toast(update)
    await put_first(
        context, Question(purpose="fact", incident=pressed.number, fact=pressed.args[1])
    )
