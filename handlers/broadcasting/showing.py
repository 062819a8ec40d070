"""Showing how a broadcast goes: the sender's card, the posts in groups.

In: a broadcast and its counts. Out: live messages edited at a pace that leaves their chats alone.
Forbidden here: writing to readers one by one.
"""

from datetime import datetime, timedelta

from handlers.broadcasting.card import card
from handlers.broadcasting.documents import Cast, CastPart
from handlers.broadcasting.letter import post
from handlers.telling.letters import Letters
from plans.broadcast import Tally, insiders
from plans.model import GroupId, PersonId
from plans.roster import Roster
from storage.delivery import Delivery, DeliveryState, Urgency
from storage.port import DELIVERIES, Turn

CARD_EVERY = timedelta(seconds=5)
GROUPS_EVERY = timedelta(seconds=30)


async def groups_lost(turn: Turn, cast: Cast) -> list[GroupId]:
    """The groups in which it could not be posted."""
    lost = []
    for group in cast.groups[: cast.groups_out]:
        posted = await turn.get(DELIVERIES, group_slot(cast.number, group))
        if posted is not None and posted.state is DeliveryState.FAILED:
            lost.append(group)
    return lost


def card_slot(number: int) -> str:
    return f"cast/{number}/card"


def group_slot(number: int, group: GroupId) -> str:
    return f"cast/{number}/group/{group}"


async def post_groups(
    turn: Turn, roster: Roster, cast: Cast, about: Cast | None, most: int
) -> Cast:
    """Post it in the next groups."""
    out = cast.groups[cast.groups_out : cast.groups_out + most]
    for group in out:
        await _post(turn, roster, cast, about, group, 0, None, aloud=True)
    return cast.model_copy(update={"groups_out": cast.groups_out + len(out)}) if out else cast


async def show(
    turn: Turn,
    roster: Roster,
    cast: Cast,
    about: Cast | None,
    parts: list[CastPart],
    tally: Tally,
) -> Cast:
    """The card and the posts, where they have changed and not a moment ago."""
    shown = _fingerprint(cast, tally)
    if shown == cast.shown or not _time_has_come(cast, tally, turn.at):
        return cast
    await show_card(turn, roster, cast, tally)
    changes: dict[str, object] = {"shown": shown, "shown_at": turn.at}
    if cast.confirm and cast.groups:
        known = {p: r for part in parts for p, r in part.readers.items()}
        yes = {p for p, r in known.items() if r.confirmed_at is not None}
        changes["group_counts"] = await _recount(turn, roster, cast, about, set(known), yes)
    return cast.model_copy(update=changes)


def next_showing(cast: Cast, tally: Tally) -> datetime | None:
    """When the card may be shown anew; None: it is up to date."""
    if cast.shown_at is None or _fingerprint(cast, tally) == cast.shown:
        return None
    return cast.shown_at + _pace(cast, tally)


async def show_card(turn: Turn, roster: Roster, cast: Cast, tally: Tally) -> None:
    letters = Letters(turn, roster)
    slot = card_slot(cast.number)
    urgency = Urgency.URGENT if cast.shown_at is None else Urgency.NORMAL
    await letters.person(cast.by, lambda r: card(cast, tally, r), urgency, slot=slot)


def _fingerprint(cast: Cast, tally: Tally) -> str:
    return f"{cast.round}/{tally.sent}/{tally.confirmed}/{tally.unreachable}/{tally.all}"


def _pace(cast: Cast, tally: Tally) -> timedelta:
    return GROUPS_EVERY if cast.groups and tally.is_out else CARD_EVERY


def _time_has_come(cast: Cast, tally: Tally, at: datetime) -> bool:
    return cast.shown_at is None or at - cast.shown_at >= _pace(cast, tally)


async def _recount(
    turn: Turn,
    roster: Roster,
    cast: Cast,
    about: Cast | None,
    readers: set[PersonId],
    yes: set[PersonId],
) -> tuple[int, ...]:
    """Each group's count of those in it who have confirmed; posts that have changed are edited."""
    groups = [group for group in roster.company.groups if group.id in cast.groups]
    inside = insiders(roster, groups)
    counts = []
    for n, group in enumerate(cast.groups):
        members = readers.intersection(inside.get(group, ()))
        count = len(members & yes)
        was = cast.group_counts[n] if n < len(cast.group_counts) else 0
        if count != was and n < cast.groups_out:
            await _post(turn, roster, cast, about, group, count, len(members), aloud=False)
        counts.append(count)
    return tuple(counts)


async def _post(
    turn: Turn,
    roster: Roster,
    cast: Cast,
    about: Cast | None,
    group: GroupId,
    confirmed: int,
    all_: int | None,
    *,
    aloud: bool,
) -> None:
    chat = roster.chat_of(group)
    if chat is None:
        return
    if all_ is None:
        all_ = cast.group_sizes[cast.groups.index(group)]
    content = post(cast, Letters(turn, roster).reader_in(group), about, confirmed, all_)
    slot = group_slot(cast.number, group)
    first = await turn.get(DELIVERIES, slot) is None
    rings = aloud and cast.kind != "notice"
    turn.deliver(
        Delivery(
            id=slot if first else str(await turn.next_number("delivery")),
            chat=chat,
            content=content,
            at=turn.at,
            # In a storm a group's minute is full of cards: a warning must not wait for the next.
            urgency=Urgency.URGENT if rings else Urgency.BULK,
            aloud=rings,
            slot=slot,
        )
    )
