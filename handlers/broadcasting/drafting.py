"""Drafting: the one draft somebody is at, and their own one that waits meanwhile.

In: drafts begun and ended. Out: stored drafts; nothing that was typed is lost. Forbidden here:
showing them.
"""

from typing import Literal

from handlers.broadcasting.documents import DRAFTS, CastDraft, draft_key
from handlers.context import Context
from plans.model import PersonId
from storage.port import SLOTS, Turn

_SHOWN: tuple[Literal["screen", "preview"], ...] = ("screen", "preview")


def draft_slot(draft: CastDraft, what: Literal["screen", "preview"]) -> str:
    return f"cast/draft/{draft.by}/{draft.screen}/{what}"


async def anew(context: Context, draft: CastDraft) -> CastDraft:
    """The draft in a new message, below what was said since."""
    turn = context.turn
    before = await turn.get(DRAFTS, draft.by)
    _let_go(turn, draft)
    if before is not None and before.is_own and not draft.is_own:
        turn.put(DRAFTS, before.model_copy(update={"aside": True}))
    screen = await turn.next_number("broadcast_screen")
    changed = draft.model_copy(update={"screen": screen})
    turn.put(DRAFTS, changed)
    return changed


async def own(turn: Turn, person: PersonId) -> CastDraft | None:
    """The draft that they began themselves, also while it is laid aside."""
    draft = await turn.get(DRAFTS, person)
    if draft is not None and draft.is_own:
        return draft
    return await _taken_up(turn, person)


async def end(turn: Turn, draft: CastDraft) -> None:
    """It was sent or dropped; what was laid aside for it is at hand again."""
    turn.remove(DRAFTS, draft.by)
    _let_go(turn, draft)
    if not draft.is_own and (waiting := await _taken_up(turn, draft.by)) is not None:
        turn.put(DRAFTS, waiting)


async def _taken_up(turn: Turn, person: PersonId) -> CastDraft | None:
    key = draft_key(person, aside=True)
    waiting = await turn.get(DRAFTS, key)
    if waiting is None:
        return None
    turn.remove(DRAFTS, key)
    return waiting.model_copy(update={"aside": False})


def _let_go(turn: Turn, draft: CastDraft) -> None:
    """What showed it is not live any more."""
    for what in _SHOWN:
        turn.remove(SLOTS, draft_slot(draft, what))
