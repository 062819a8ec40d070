"""After sending: the lists, the chase, the correction, the all-clear.

In: presses of whoever looks after a broadcast. Out: lists a page at a time; a new round; a draft to
exactly the same readers. Forbidden here: showing anything to anybody else.
"""

from datetime import timedelta

from telegram import Update

from handlers.broadcasting.card import card
from handlers.broadcasting.chasing import chased
from handlers.broadcasting.composing import await_text
from handlers.broadcasting.documents import CASTS, OPEN_FOR, PARTS, Cast, CastDraft, CastKind
from handlers.broadcasting.drafting import anew, begun_before
from handlers.broadcasting.filing import want_file
from handlers.broadcasting.listing import show_list, show_lists
from handlers.broadcasting.pace import advance, tally_of
from handlers.broadcasting.reaching import looked_after
from handlers.broadcasting.screen import show_screen
from handlers.broadcasting.showing import card_slot
from handlers.buttons import Pressed
from handlers.catalogue import say
from handlers.context import Context
from handlers.paging import page_number
from handlers.telling.latest import let_go
from plans.broadcast import ROUNDS_LIMIT
from storage.delivery import Message, Urgency

CHASED_EVERY = timedelta(minutes=2)


async def on_pressed(update: Update, context: Context, pressed: Pressed) -> None:
    number, what, page = pressed.args
    valid = number.isdecimal() and len(number) < 10
    cast = await context.turn.get(CASTS, number) if valid else None
    speaker = context.speaker
    if cast is None:
        context.refuse(update, "refusals.old_button")
    elif not await looked_after(context.turn, speaker.roster, speaker.person, [cast]):
        context.refuse(update, "broadcast.not_yours")
    elif what == "lists":
        context.toast(update)
        await show_lists(context, cast)
    elif what in ("missing", "unreachable", "confirmed"):
        context.toast(update)
        await show_list(context, cast, what, page_number(page))
    elif what == "card":
        context.toast(update)
        await _show_card(context, cast)
    elif what == "file":
        want_file(update, context, cast)
    elif cast.over or context.turn.at - cast.at >= OPEN_FOR:
        context.refuse(update, "broadcast.over")
    elif what == "chase":
        await _chase(update, context, cast)
    elif what == "correct":
        await _follow(update, context, cast, "correction")
    elif what == "end":
        await _follow(update, context, cast, "all_clear")
    else:
        context.refuse(update, "refusals.old_button")


async def _show_card(context: Context, cast: Cast) -> None:
    """The card anew, below what was said since; the sender's goes on living there."""
    parts = await context.turn.find(PARTS, cast=cast.number)
    slot = None
    if context.speaker.person == cast.by and not cast.over:
        slot = card_slot(cast.number)
        left = say(context.speaker.lang, "broadcast.card_below", number=cast.number)
        await let_go(context.letters, slot, Message(text=left))
    shown = card(cast, tally_of(parts), context.reader)
    await context.letters.chat(context.speaker.chat, shown, Urgency.URGENT, slot=slot)


async def _chase(update: Update, context: Context, cast: Cast) -> None:
    """Ask again now whoever has not confirmed."""
    parts = await context.turn.find(PARTS, cast=cast.number)
    missing = sum(r.is_missing for part in parts for r in part.readers.values())
    last = cast.chased_at
    if not missing or not cast.confirm:
        context.refuse(update, "broadcast.nobody_missing")
    elif cast.round >= ROUNDS_LIMIT:
        context.refuse(update, "broadcast.chased_enough")
    elif last is not None and context.turn.at - last < CHASED_EVERY:
        context.refuse(update, "broadcast.chased_lately")
    else:
        context.toast(update, "broadcast.chased_toast", count=missing)
        await advance(context.turn, context.desk, chased(cast, context.turn.at))


async def _follow(update: Update, context: Context, cast: Cast, kind: CastKind) -> None:
    """A draft to exactly those who were sent it."""
    context.toast(update)
    person = context.speaker.person
    draft = CastDraft(
        by=person,
        screen=0,
        kind=kind,
        same_as=cast.number,
        about=cast.number,
        confirm=cast.confirm,
        chase_s=cast.chase_s,
    )
    shown = await anew(context, await begun_before(context.turn, draft) or draft)
    await_text(context, shown, context.speaker.lang)
    await show_screen(context, shown)
