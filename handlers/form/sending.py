"""Sending: a complete form becomes an incident, once.

In: a press on the button that sends, with the fingerprint of what was read. Out: an incident, or
why not. Forbidden here: sending what the person has not seen.
"""

from telegram import Update

from handlers.context import Context
from handlers.documents import EVIDENCE, Held
from handlers.form.documents import DRAFTS, GIVEN_UP_AFTER, Draft
from handlers.form.draft import Filled
from handlers.form.screen import fingerprint
from handlers.form.showing import close, filled_of, show
from handlers.reporting.beginning import filed
from handlers.reporting.chosen import remember_chosen
from handlers.reporting.said import put_on_record, wanted
from handlers.reporting.starting import file_report, same_subject
from plans import commands as c
from plans.format import Plan
from plans.incident import Incident
from storage.delivery import Message


async def send(update: Update, context: Context, plan: Plan, draft: Draft, read: str) -> None:
    """Once: afterwards the draft only knows what it has become."""
    filled = filled_of(context, plan, draft)
    if (why := _why_not(filled, read)) is not None:
        context.refuse(update, why)
        await show(context, plan, filled.moved_on(), anew=True)
        return
    if (running := await _joined(context, filled)) is not None:
        context.toast(update, "form.sent_toast", number=running.number)
        await _sent(context, filled, running)
        return
    turn, person = context.turn, context.speaker.person
    started = await file_report(turn, context.desk, plan, person, filled.facts, draft.reporter)
    if isinstance(started, c.Refusal):
        context.refuse(update, f"refusals.{started.reason}", **context.why_not(started, 0))
        return
    context.toast(update, "form.sent_toast", number=started.number)
    await _sent(context, filled, started)


async def _joined(context: Context, filled: Filled) -> Incident | None:
    """What is about the same vehicle is one thing, also when two have asked."""
    plan, turn, person = filled.plan, context.turn, context.speaker.person
    running = await same_subject(turn, plan, filled.facts.get(plan.subject or ""))
    if running is not None and person not in running.reporters:
        await context.act(running.number, c.JoinReport(turn.at, person))
    return running


def _why_not(filled: Filled, read: str) -> str | None:
    if filled.gate is not None:
        return "form.cannot_be_sent"
    if filled.missing:
        return "form.not_complete"
    return "form.has_changed" if read != fingerprint(filled) else None


async def _sent(context: Context, filled: Filled, started: Incident) -> None:
    plan, draft, turn = filled.plan, filled.draft, context.turn
    changes = {"sent_as": started.number, "due_at": turn.at + GIVEN_UP_AFTER}
    turn.put(DRAFTS, draft.model_copy(update=changes))
    await close(context, plan, draft, "form.sent", number=started.number)
    await put_on_record(turn, context.desk, draft.person, started.number, draft.chat)
    await _keep_photos(context, filled, started.number)
    await remember_chosen(turn, draft.person, plan, filled.facts)
    said = await filed(context, plan, draft.reporter_name, started)
    if said:
        await context.reply(Message(text=said))


async def _keep_photos(context: Context, filled: Filled, number: int) -> None:
    """The pictures are evidence; what was written under one is a note."""
    turn, person = context.turn, filled.draft.person
    for name, photo in filled.draft.photos.items():
        file_id = str(filled.facts.get(name, ""))
        if not file_id:
            continue
        turn.put(EVIDENCE, wanted(number, Held(media=photo.media, file_id=file_id), turn.at))
        if photo.caption:
            await context.act(number, c.AddNote(turn.at, person, photo.caption))
