"""Asking: a question of type `area` by itself, ticked in the question's own message.

In: presses on its picker. Out: the same message with other ticks; the area as an answer. Forbidden
here: a second message for one question.
"""

from datetime import datetime, timedelta

from telegram import Update

from handlers.areas.documents import AREA_PICKS, AreaPick, pick_key
from handlers.areas.picking import Pick, take
from handlers.areas.question import begun
from handlers.buttons import Pressed
from handlers.context import Context
from handlers.desk import Desk
from handlers.documents import Conversation, Question
from handlers.incidents.pressing import open_to_speaker
from handlers.reporting.answers import take as answer
from handlers.reporting.questions import (
    conversation_with,
    plan_for,
    question_message,
    question_slot,
)
from handlers.telling.letters import Letters
from plans.area import Area
from plans.format import Plan
from storage.port import Turn

FORGET_AFTER = timedelta(days=1)


async def on_area_pressed(update: Update, context: Context, pressed: Pressed) -> None:
    """A tick, another page, or the area confirmed; works from any copy of the question."""
    number, fact, what = pressed.number, pressed.args[1], pressed.args[2]
    talk = await conversation_with(context)
    open_now = [q for q in talk.questions if q.incident == (number or None) and q.fact == fact]
    question = open_now[0] if open_now else Question(purpose="fact", incident=number, fact=fact)
    plan = await plan_for(context, talk, question)
    asked = plan.asked().get(fact) if plan else None
    if plan is None or asked is None or asked.type != "area":
        context.refuse(update, "refusals.old_button")
        return
    if number and await open_to_speaker(update, context, number) is None:
        return
    asked_at = talk.asked_at if open_now else None
    kept = await _kept(context, question, asked_at)
    pick = kept.pick if kept else await begun(context.turn, question)
    outcome = take(pick, what, context.speaker.roster.company)
    if outcome is None or (isinstance(outcome, Area) and kept is None and not open_now):
        context.refuse(update, "refusals.old_button")
        return
    context.toast(update)
    if isinstance(outcome, Pick):
        await _show(context, plan, talk, question, outcome, asked_at)
        return
    context.turn.remove(AREA_PICKS, pick_key(context.speaker.person, question.incident, fact))
    rest = tuple(q for q in talk.questions if q != question)
    moved = talk.model_copy(update={"questions": (question, *rest)})
    await answer(context, plan, moved, question, outcome)


async def _kept(context: Context, question: Question, asked_at: datetime | None) -> AreaPick | None:
    """What was ticked since the question was asked; a question asked anew begins anew."""
    key = pick_key(context.speaker.person, question.incident, question.fact)
    kept = await context.turn.get(AREA_PICKS, key)
    return kept if kept is not None and kept.asked_at == asked_at else None


async def _show(
    context: Context,
    plan: Plan,
    talk: Conversation,
    question: Question,
    pick: Pick,
    asked_at: datetime | None,
) -> None:
    """The question's message as it is ticked now."""
    speaker, turn = context.speaker, context.turn
    turn.put(
        AREA_PICKS,
        AreaPick(
            person=speaker.person,
            incident=question.incident,
            fact=question.fact,
            asked_at=asked_at,
            pick=pick,
            forget_at=turn.at + FORGET_AFTER,
        ),
    )
    message = question_message(plan, talk, question, context.reader, speaker.private, pick=pick)
    letters = Letters(turn, speaker.roster, question.incident)
    await letters.chat(speaker.chat, message, slot=question_slot(speaker.person, question))


async def forget(turn: Turn, _: Desk, key: str) -> None:
    """Nobody has confirmed it in time."""
    kept = await turn.get(AREA_PICKS, key)
    if kept is not None and kept.forget_at <= turn.at:
        turn.remove(AREA_PICKS, key)
