"""Previewing: what readers will see, how many they are, who of them cannot be reached; then sent.

In: a draft, presses. Out: the letter itself, the count, and on a press the broadcast. Forbidden
here: sending anything but what was previewed.
"""

from hashlib import sha256

from telegram import Update

from handlers.awaited import await_nothing
from handlers.broadcasting.documents import CASTS, CastDraft
from handlers.broadcasting.drafting import anew, draft_slot, end
from handlers.broadcasting.gathering import gathered
from handlers.broadcasting.letter import letter
from handlers.broadcasting.planned import planned
from handlers.broadcasting.reaching import reach_of
from handlers.broadcasting.screen import count_words
from handlers.broadcasting.sending import send
from handlers.buttons import button
from handlers.catalogue import Html, plain, say
from handlers.context import Context
from handlers.documents import INCIDENTS
from handlers.telling.happening import Reader
from handlers.telling.latest import let_go
from plans import commands as c
from plans.broadcast import Audience, beginning
from plans.incident import StepStatus
from plans.model import PersonId
from plans.roster.quiet import sent_from
from storage.delivery import Message, Urgency

NAMED = 10


async def on_preview(update: Update, context: Context, draft: CastDraft, toast: str = "") -> None:
    """`toast`: said to whoever pressed."""
    audience = await gathered(context.turn, context.speaker.roster, draft)
    if (why := await _why_not(context, draft, audience)) is not None:
        context.refuse(update, why)
        return
    context.toast(update, toast)
    await show_preview(context, draft, audience)


async def show_preview(context: Context, draft: CastDraft, audience: Audience) -> None:
    """The letter in each language it is read in, without its button, then the count with the one
    that sends."""
    await_nothing(context.turn, draft.by)
    turn, roster, lang = context.turn, context.speaker.roster, context.speaker.lang
    about = await turn.get(CASTS, str(draft.about)) if draft.about else None
    for one in ("zh", "en") if draft.zh and draft.en else (lang,):
        reader = Reader(roster, "en" if one == "en" else "zh", turn.at)
        shown = letter(draft, reader, number=0, at=turn.at, about=about)
        await context.reply(Message(text=shown.text))
    await _show_count(context, draft, audience)


async def _show_count(context: Context, draft: CastDraft, audience: Audience) -> None:
    lang, roster, at = context.speaker.lang, context.speaker.roster, context.turn.at
    lost = [p for p, r in beginning(audience, roster, at).items() if r.standing == "unreachable"]
    off = [] if draft.kind != "notice" else _off(context, audience, lost)
    people = len(audience.people)
    lines = [
        say(lang, "broadcast.preview_head"),
        *([say(lang, "broadcast.preview_confirm")] if draft.confirm else []),
        say(lang, "broadcast.preview_to", count=count_words(audience, lang)),
        *_lost_lines(lost, context.reader),
        *([say(lang, "broadcast.preview_quiet", count=len(off))] if off else []),
    ]
    send_label = say(lang, "broadcast.send", people=people)
    rows = (
        (button(send_label, "cast", "send", digest(draft), draft.screen),),
        (
            button(say(lang, "broadcast.edit"), "cast", "edit", "-", draft.screen),
            button(say(lang, "broadcast.drop"), "cast", "drop", "-", draft.screen),
        ),
    )
    slot = draft_slot(draft, "preview")
    # Below the letter, not where it was shown before.
    left = Message(text=say(lang, "broadcast.goes_on_below"))
    await let_go(context.letters, slot, left)
    message = Message(text="\n".join(lines), buttons=rows)
    await context.letters.chat(context.speaker.chat, message, Urgency.URGENT, slot=slot)


def _lost_lines(lost: list[PersonId], reader: Reader) -> list[Html]:
    if not lost:
        return []
    names = plain(reader.names(lost[:NAMED]))
    if len(lost) > NAMED:
        names = Html(f"{names} {say(reader.lang, 'broadcast.and_more')}")
    return [say(reader.lang, "broadcast.preview_lost", count=len(lost), names=names)]


def _off(context: Context, audience: Audience, lost: list[PersonId]) -> list[PersonId]:
    """Who sleeps or is away, and gets what is no warning later."""
    roster, at = context.speaker.roster, context.turn.at
    return [p for p in audience.private if p not in lost and sent_from(roster, p, at) != at]


def digest(draft: CastDraft) -> str:
    """A name for exactly what was previewed."""
    content = draft.model_copy(update={"screen": 0}).model_dump_json()
    return sha256(content.encode()).hexdigest()[:16]


async def _why_not(context: Context, draft: CastDraft, audience: Audience) -> str | None:
    """Why it cannot be sent; None: it can."""
    if not draft.words("zh"):
        return "broadcast.needs_text"
    within = await reach_of(context.turn, context.speaker.roster, draft.by)
    if draft.is_own and not within.covers(draft.choice):
        return "broadcast.out_of_reach"
    if not audience.people and not audience.groups:
        return "broadcast.needs_people"
    return None


async def on_send(update: Update, context: Context, draft: CastDraft, shown: str) -> None:
    """Send what was previewed; a second press finds no draft any more."""
    turn, roster = context.turn, context.speaker.roster
    audience = await gathered(turn, roster, draft)
    why = await _why_not(context, draft, audience)
    if why is None and shown != digest(draft):
        why = "broadcast.changed"
    if why is not None:
        context.refuse(update, why)
        return
    if (now := await _as_it_is_now(context, draft)) is not None:
        context.refuse(update, "broadcast.facts_changed")
        again = await anew(context, now.model_copy(update={"screen": draft.screen}))
        await show_preview(context, again, await gathered(turn, roster, now))
        return
    number = await turn.next_number("broadcast")
    if not await _does_its_step(update, context, draft, number, audience):
        return
    context.toast(update, "broadcast.sent_toast")
    await end(context, draft, say(context.speaker.lang, "broadcast.sent_as", number=number))
    await send(turn, context.desk, draft, number, audience)


async def _as_it_is_now(context: Context, draft: CastDraft) -> CastDraft | None:
    """What its step would send by now, where that is not what it said when the draft was made: an
    old colour must not go out, nor do a step that is about the new one."""
    turn, roster, worded_at = context.turn, context.speaker.roster, draft.worded_at
    incident = await turn.get(INCIDENTS, str(draft.incident)) if draft.incident else None
    state = incident.steps.get(draft.step) if incident is not None else None
    if incident is None or worded_at is None or state is None:
        return None
    if state.status is not StepStatus.OPEN:
        return None
    plan = await context.desk.plan_of(turn, incident)
    if planned(roster, plan, incident, draft.step, draft.by, worded_at).worded == draft.worded:
        return None
    return planned(roster, plan, incident, draft.step, draft.by, turn.at)


async def _does_its_step(
    update: Update, context: Context, draft: CastDraft, number: int, audience: Audience
) -> bool:
    """Sending does the step that it belongs to, if any; False after saying why it may not be sent.
    Two who send at once: the second is told that it is done."""
    if draft.incident is None:
        return True
    if await context.turn.get(INCIDENTS, str(draft.incident)) is None:
        context.refuse(update, "refusals.ended", number=draft.incident)
        return False
    people, groups = len(audience.people), len(audience.groups)
    command = c.SendBroadcast(context.turn.at, draft.by, draft.step, number, people, groups)
    result = await context.act(draft.incident, command)
    if not isinstance(result, c.Refusal):
        return True
    values = context.why_not(result, draft.incident)
    context.refuse(update, f"refusals.{result.reason}", **values)
    return False
