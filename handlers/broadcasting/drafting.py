"""Drafting: what somebody is putting together, each in messages of its own.

In: drafts begun, shown anew and ended. Out: stored drafts; nothing that was typed is lost while
they are at another one, and no message keeps buttons that do nothing any more. Forbidden here:
showing them.

At most DRAFTS_LIMIT besides their own: beyond, the one begun first is forgotten.
"""

from typing import Literal

from handlers.broadcasting.documents import DRAFTS, CastDraft, draft_key
from handlers.catalogue import Html, say
from handlers.context import Context
from handlers.telling.latest import let_go
from plans.model import PersonId
from storage.delivery import Message
from storage.port import SLOTS, Turn

DRAFTS_LIMIT = 8
# So many ended ones are still edited in place; what an outage leaves of older ones is posted.
ENDED_KEPT = 4
Shown = Literal["screen", "preview"]
SHOWN: tuple[Shown, ...] = ("screen", "preview")


def draft_slot(draft: CastDraft, what: Shown) -> str:
    return f"{_slots_of(draft.by)}{draft.screen}/{what}"


async def anew(context: Context, draft: CastDraft) -> CastDraft:
    """The draft in new messages, below what was said since; the ones before it say so."""
    if draft.screen:
        await _leave(context, draft, say(context.speaker.lang, "broadcast.goes_on_below"))
    else:
        screen = await context.turn.next_number("broadcast_screen")
        draft = draft.model_copy(update={"screen": screen})
    context.turn.put(DRAFTS, draft)
    await _forget(context, draft.by)
    return draft


async def own(turn: Turn, person: PersonId) -> CastDraft | None:
    """The draft that they began themselves."""
    return await turn.get(DRAFTS, person)


async def begun_before(turn: Turn, draft: CastDraft) -> CastDraft | None:
    """The one on the same subject that the person is at already."""
    return await turn.get(DRAFTS, draft_key(draft))


async def numbered(turn: Turn, person: PersonId, screen: int) -> CastDraft | None:
    """The one of that number; None: it was sent or dropped."""
    drafts = await turn.find(DRAFTS, by=person)
    return next((draft for draft in drafts if draft.screen == screen), None)


async def end(context: Context, draft: CastDraft, left: Html) -> None:
    """It was sent or dropped, and its messages say which."""
    context.turn.remove(DRAFTS, draft_key(draft))
    await _leave(context, draft, left)


async def _leave(context: Context, draft: CastDraft, left: Html) -> None:
    for what in SHOWN:
        await let_go(context.letters, draft_slot(draft, what), Message(text=left))


async def _forget(context: Context, person: PersonId) -> None:
    """Drafts over the limit, and where messages of ended ones stood."""
    turn = context.turn
    drafts = sorted(await turn.find(DRAFTS, by=person), key=lambda draft: draft.screen)
    others = [draft for draft in drafts if not draft.is_own]
    for draft in others[:-DRAFTS_LIMIT]:
        await end(context, draft, say(context.speaker.lang, "broadcast.dropped"))
    living, prefix = {draft.screen for draft in drafts}, _slots_of(person)
    ended: dict[int, list[str]] = {}
    for slot in await turn.find(SLOTS, chat=context.speaker.chat):
        screen = slot.slot.removeprefix(prefix).partition("/")[0]
        if slot.slot.startswith(prefix) and screen.isdecimal() and int(screen) not in living:
            ended.setdefault(int(screen), []).append(slot.slot)
    for number in sorted(ended)[:-ENDED_KEPT]:
        for name in ended[number]:
            turn.remove(SLOTS, name)


def _slots_of(person: PersonId) -> str:
    return f"cast/draft/{person}/"
