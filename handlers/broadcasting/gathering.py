"""Gathering: whom a draft is for, as it is at this moment.

In: a draft. Out: people and groups. Forbidden here: sending.
"""

from handlers.broadcasting.documents import CASTS, PARTS, CastDraft
from plans.broadcast import PEOPLE_LIMIT, Audience, audience
from plans.roster import Roster
from storage.port import Turn


async def gathered(turn: Turn, roster: Roster, draft: CastDraft) -> Audience:
    """Whom it has chosen, with whoever was sent the one whose place it takes; or exactly those who
    were sent another one."""
    if draft.same_as is not None:
        return await _readers_of(turn, roster, draft, draft.same_as)
    chosen = audience(roster, draft.choice, draft.by, turn.at)
    if draft.about is None:
        return chosen
    earlier = await _readers_of(turn, roster, draft, draft.about)
    private = dict.fromkeys((*chosen.private, *earlier.private))
    inside = dict.fromkeys((*chosen.in_groups, *earlier.in_groups))
    return Audience(
        private=tuple(private)[:PEOPLE_LIMIT],
        in_groups=tuple(p for p in inside if p not in private),
        groups=tuple(dict.fromkeys((*chosen.groups, *earlier.groups))),
    )


async def _readers_of(turn: Turn, roster: Roster, draft: CastDraft, number: int) -> Audience:
    """Those who were sent it, but for whoever has left since."""
    earlier = await turn.get(CASTS, str(number))
    if earlier is None:
        return Audience()
    parts = await turn.find(PARTS, cast=number)
    readers = {p: r for part in parts for p, r in part.readers.items()}
    # Whoever sent it was no reader of it; but another may correct it.
    there = [p for p in (*readers, earlier.by) if roster.is_active(p) and p != draft.by]
    inside = [p for p in there if p in readers and readers[p].in_group]
    return Audience(
        private=tuple(p for p in there if p not in inside),
        in_groups=tuple(inside),
        groups=tuple(g for g in earlier.groups if roster.chat_of(g) is not None),
    )
