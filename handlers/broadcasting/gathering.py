"""Gathering: whom a draft is for, as it is at this moment.

In: a draft. Out: people and groups. Forbidden here: sending.
"""

from handlers.broadcasting.documents import CASTS, PARTS, CastDraft
from plans.broadcast import Audience, audience
from plans.roster import Roster
from storage.port import Turn


async def gathered(turn: Turn, roster: Roster, draft: CastDraft) -> Audience:
    """Whom it has chosen; or exactly those who were sent the one that it corrects or ends, but for
    whoever has left since."""
    if draft.same_as is None:
        return audience(roster, draft.choice, draft.by, turn.at)
    earlier = await turn.get(CASTS, str(draft.same_as))
    if earlier is None:
        return Audience()
    parts = await turn.find(PARTS, cast=draft.same_as)
    readers = {p: r for part in parts for p, r in part.readers.items()}
    # Whoever sent it was no reader of it; but another may correct it.
    there = [p for p in (*readers, earlier.by) if roster.is_active(p) and p != draft.by]
    inside = [p for p in there if p in readers and readers[p].in_group]
    return Audience(
        private=tuple(p for p in there if p not in inside),
        in_groups=tuple(inside),
        groups=tuple(g for g in earlier.groups if roster.chat_of(g) is not None),
    )
