"""Cancelling: /cancel drops what is half said; else takes back a mistake that became an incident.

In: the command, presses, a typed reason. Out: an incident cancelled, with its reason on record.
Forbidden here: judging who may (the engine does); later than the company allows it says who can
close it.
"""

from typing import Final

from telegram import Update

from handlers.awaited import AWAITED, Purpose, await_nothing, await_words, awaited_words, set_aside
from handlers.buttons import Pressed, button
from handlers.catalogue import Html, say
from handlers.context import Context
from handlers.directing.orders import ORDER_DRAFTS
from handlers.documents import INCIDENTS, Held
from handlers.form.giving_up import give_up_own
from handlers.incidents import notes
from handlers.incidents.involved import involved_in
from handlers.reporting.questions import conversation_with, leave_as_it_was
from handlers.reporting.raising import on_drop
from handlers.telling.around import phone_line
from handlers.telling.ended import USUAL_REASONS, WITHDRAWING
from handlers.telling.happening import brief
from handlers.typed import command_of
from plans import commands as c
from plans.events import NOTE_LIMIT
from plans.incident import Incident
from plans.rights import may_cancel
from storage.delivery import Message

ASK, OTHER, SAID, NEWS = "?", "other", "said", "news"
# What is awaited when a reason may be typed (see `handlers.hearers`): one that is taken as such; or
# words that may just as well be news of an emergency, which must not end it.
WHY: Final = "cancel"
WHY_PERHAPS: Final = "cancel_perhaps"
SHOWN = 8
PHONES_SHOWN = 3


async def on_cancel(update: Update, context: Context) -> None:
    """What is half said is dropped first; then one's own incident, or the one named."""
    _, typed = command_of(update.effective_message)
    number = typed.lstrip("#＃")
    if number.isdecimal() and len(number) < 10:
        await _ask_or_refuse(context, int(number))
        return
    if not await _dropped(update, context):
        await _own(update, context)


async def on_said(update: Update, context: Context) -> None:
    """ "取消", typed or on the keyboard: only what is half said."""
    if not await _dropped(update, context):
        await on_drop(update, context)


async def _dropped(update: Update, context: Context) -> bool:
    """Drop what is half said; False when nothing is."""
    turn, person = context.turn, context.speaker.person
    talk, awaited = await conversation_with(context), await awaited_words(turn, person)
    draft = await turn.get(ORDER_DRAFTS, person)
    turn.remove(AWAITED, person)
    turn.remove(ORDER_DRAFTS, person)
    if talk.plan is not None or talk.shared is not None:
        await on_drop(update, context)
    elif await give_up_own(context):
        pass
    elif awaited is not None or draft is not None:
        await context.say("directing.dropped")
    else:
        return await leave_as_it_was(context, talk)
    return True


async def _own(update: Update, context: Context) -> None:
    speaker, at = context.speaker, context.turn.at
    involved = await involved_in(context.turn, speaker)
    own = [i for i in involved if speaker.person in (i.reporter, i.filed_by)]
    fresh = []
    for incident in own:
        plan = await context.desk.plan_of(context.turn, incident)
        if may_cancel(speaker.roster, plan, incident, speaker.person, at):
            fresh.append(incident)
    if len(fresh) == 1:
        await _ask(context, fresh[0].number)
    elif fresh:
        rows = tuple((button(f"#{i.number}", "undo", i.number, ASK),) for i in fresh[:SHOWN])
        text = say(speaker.lang, "directing.cancel_which")
        await context.reply(Message(text=text, buttons=rows))
    elif own:
        await _too_late(context, own[0])
    else:
        await on_drop(update, context)


async def _ask_or_refuse(context: Context, number: int) -> None:
    incident, speaker = await context.turn.get(INCIDENTS, str(number)), context.speaker
    if incident is None:
        await context.say("general.no_such_incident", number=number)
        return
    if not incident.is_open:
        await context.say("refusals.ended", number=number)
        return
    plan = await context.desk.plan_of(context.turn, incident)
    there = speaker.roster.for_incident(number)
    if may_cancel(there, plan, incident, speaker.person, context.turn.at):
        await _ask(context, number)
    elif speaker.person in incident.reporters:
        await _too_late(context, incident)
    else:
        await context.say("refusals.no_part", number=number)


async def _too_late(context: Context, incident: Incident) -> None:
    """Who can close it, with their numbers."""
    plan, reader = await context.desk.plan_of(context.turn, incident), context.reader
    people = (
        person
        for role in plan.close.by
        for person in reader.roster.posted(role, incident.region, context.turn.at)
    )
    phones = [phone_line(reader, p) for p in dict.fromkeys(people) if reader.phone(p)]
    within = reader.roster.company.reminders.cancel_within
    values: dict[str, object] = {
        "number": incident.number,
        "phones": Html("".join(f"\n{line}" for line in phones[:PHONES_SHOWN])),
    }
    if plan.withdraw_until is not None:
        do = plan.step(plan.withdraw_until).do.in_(reader.lang)
        await context.say("approving.withdraw_late", do=do, **values)
        return
    minutes = reader.minutes(round(within.total_seconds() / 60))
    await context.say("directing.cancel_late", within=minutes, **values)


async def _ask(context: Context, number: int) -> None:
    """Why? A reason to press, or to type; in a group as a reply, since nothing else is heard."""
    lang, private = context.speaker.lang, context.speaker.private
    withdrawn = await _may_be_withdrawn(context, number)
    usual = WITHDRAWING if withdrawn else USUAL_REASONS
    reasons = [button(say(lang, f"directing.because_{r}"), "undo", number, r) for r in usual]
    rows = [tuple(reasons)]
    if private:
        rows.append((button(say(lang, "directing.because_other"), "undo", number, OTHER),))
    purpose: Purpose = WHY if withdrawn else WHY_PERHAPS
    there = None if private else context.speaker.chat
    await set_aside(context.turn, context.speaker.person)
    await_words(context.turn, context.speaker.person, purpose, str(number), replied_in=there)
    key = "approving.withdraw_why" if withdrawn else "directing.cancel_why"
    how = say(lang, "directing.press_or_type" if private else "directing.press_or_reply")
    text = say(lang, key, number=number, how=how)
    await context.reply(Message(text=text, buttons=tuple(rows)))


async def _may_be_withdrawn(context: Context, number: int) -> bool:
    """Whether it is a request, which whoever asked takes back; not a mistake."""
    incident = await context.turn.get(INCIDENTS, str(number))
    if incident is None:
        return False
    return (await context.desk.plan_of(context.turn, incident)).withdraw_until is not None


async def on_pressed(update: Update, context: Context, pressed: Pressed) -> None:
    """A reason, or the wish to type one."""
    number, reason = pressed.number, pressed.args[1]
    if reason == ASK:
        context.toast(update)
        await _ask_or_refuse(context, number)
    elif reason == OTHER and not context.speaker.private:
        context.refuse(update, "refusals.private_only")
    elif reason == OTHER:
        context.toast(update)
        await_words(context.turn, context.speaker.person, WHY, str(number))
        await context.say("directing.cancel_type", number=number)
    elif reason in (SAID, NEWS):
        await _on_sure(update, context, number, is_reason=reason == SAID)
    elif reason in (*USUAL_REASONS, *WITHDRAWING):
        await _press(update, context, number, reason)
    else:
        context.refuse(update, "refusals.old_button")


async def _press(update: Update, context: Context, number: int, reason: str) -> None:
    await_nothing(context.turn, context.speaker.person)
    refused = await _cancel(context, number, reason)
    if refused is None:
        context.toast(update, "directing.cancelled", number=number)
    else:
        context.refuse(update, refused[0], **refused[1])


async def _on_sure(update: Update, context: Context, number: int, *, is_reason: bool) -> None:
    """What was typed is the reason; or it is news, and nothing is cancelled."""
    awaited = await awaited_words(context.turn, context.speaker.person)
    if awaited is None or awaited.purpose != WHY_PERHAPS or awaited.args[:1] != (str(number),):
        context.refuse(update, "refusals.old_button")
        return
    said = awaited.args[1] if len(awaited.args) > 1 else ""
    if is_reason:
        await _press(update, context, number, said)
        return
    context.toast(update)
    await_nothing(context.turn, context.speaker.person)
    await notes.add(context, number, Held(text=said))


async def on_perhaps_typed(context: Context, args: tuple[str, ...], text: str) -> None:
    """Words after the question why an emergency is cancelled: whoever typed them says whether they
    are the reason."""
    number, lang = args[0], context.speaker.lang
    there = None if context.speaker.private else context.speaker.chat
    said = text[:NOTE_LIMIT]
    await_words(context.turn, context.speaker.person, WHY_PERHAPS, number, said, replied_in=there)
    row = (
        button(say(lang, "directing.cancel_said"), "undo", number, SAID),
        button(say(lang, "directing.cancel_news"), "undo", number, NEWS),
    )
    question = say(lang, "directing.cancel_sure", number=number, said=brief(said))
    await context.reply(Message(text=question, buttons=(row,)))


async def on_typed(context: Context, args: tuple[str, ...], text: str) -> None:
    refused = await _cancel(context, int(args[0]), text)
    if refused is None:
        await context.say("directing.cancelled", number=args[0])
    else:
        await context.say(refused[0], **refused[1])


async def _cancel(
    context: Context, number: int, reason: str
) -> tuple[str, dict[str, object]] | None:
    """None when it is cancelled; else the key and values of why not."""
    if await context.turn.get(INCIDENTS, str(number)) is None:
        return "general.no_such_incident", {"number": number}
    person = context.speaker.person
    result = await context.act(number, c.CancelIncident(context.turn.at, person, reason))
    if isinstance(result, c.Refusal):
        if result.reason is c.Reason.TOO_LATE and await _may_be_withdrawn(context, number):
            return "approving.withdraw_late_toast", context.why_not(result, number)
        return f"refusals.{result.reason}", context.why_not(result, number)
    return None
