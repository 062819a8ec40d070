"""Sending: a draft becomes a broadcast, and its first messages go out.

In: a draft and whom it is for. Out: the broadcast with its readers, on record. Forbidden here:
judging whether it may be sent.
"""

from handlers.broadcasting.documents import CASTS, PARTS, Cast, CastDraft, CastPart
from handlers.broadcasting.pace import begin
from handlers.desk import Desk
from plans.broadcast import Audience, Choice, Reader, beginning, insiders, part_of, parts_for
from plans.model import PersonId
from plans.roster import Roster
from storage.port import Turn


async def send(turn: Turn, desk: Desk, draft: CastDraft, number: int, audience: Audience) -> None:
    """The audience as it is now is its audience for good."""
    roster = await desk.roster(turn)
    readers = beginning(audience, roster, turn.at)
    parts = parts_for(len(readers))
    cast = Cast(
        number=number,
        kind=draft.kind,
        by=draft.by,
        at=turn.at,
        zh=draft.zh,
        en=draft.en,
        choice=await _choice(turn, draft),
        about=draft.about,
        confirm=draft.confirm,
        chase_s=draft.chase_s,
        groups=audience.groups,
        group_sizes=_sizes(roster, audience),
        parts=parts,
        incident=draft.incident,
        step=draft.step,
    )
    by_part: list[dict[PersonId, Reader]] = [{} for _ in range(parts)]
    for person, reader in readers.items():
        by_part[part_of(person, parts)][person] = reader
    for n, some in enumerate(by_part):
        turn.put(PARTS, CastPart(cast=number, n=n, readers=some))
    await _take_place(turn, draft)
    await begin(turn, desk, cast)


async def _choice(turn: Turn, draft: CastDraft) -> Choice | None:
    """What follows another is for whoever may look after that one."""
    if draft.incident is not None or draft.same_as is None:
        return draft.choice if draft.incident is None else None
    followed = await turn.get(CASTS, str(draft.same_as))
    return followed.choice if followed is not None else draft.choice


async def _take_place(turn: Turn, draft: CastDraft) -> None:
    """Nobody is asked by itself any more to confirm what does not hold any more."""
    earlier = await turn.get(CASTS, str(draft.about)) if draft.about else None
    if earlier is not None:
        turn.put(CASTS, earlier.model_copy(update={"told": True}))


def _sizes(roster: Roster, audience: Audience) -> tuple[int, ...]:
    """How many of the readers read along in each group."""
    groups = [group for group in roster.company.groups if group.id in audience.groups]
    inside, people = insiders(roster, groups), set(audience.people)
    return tuple(len(people.intersection(inside.get(group, ()))) for group in audience.groups)
