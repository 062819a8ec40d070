"""The pace of a broadcast: a few messages at a time are handed to be sent, as fast as they go out.

In: a broadcast whose time has come. Out: the next messages, what became of the last, the cards, the
next chase, and when to look again. Forbidden here: changing who reads it.

At most UNDER_WAY_LIMIT of its messages are under way, RELEASED in one turn, which is more than the
outbox sends until the next: a turn stays short, since whoever presses a button waits for it, and
what waits in the store is never more than the outbox sends in a quarter of a minute.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from handlers.broadcasting import chasing, showing
from handlers.broadcasting.documents import CASTS, KEPT_FOR, OPEN_FOR, PARTS, Cast, CastPart
from handlers.broadcasting.letter import letter
from handlers.broadcasting.reporting import next_told, tell_incident
from handlers.desk import Desk
from handlers.telling.letters import Letters
from plans.broadcast import Reader, Tally, tally
from plans.broadcast.readers import Why
from plans.model import PersonId
from plans.roster import Roster
from plans.roster.quiet import sent_from
from storage.delivery import Delivery, DeliveryState, Urgency
from storage.port import DELIVERIES, SLOTS, Turn

UNDER_WAY_LIMIT = 300
RELEASED = 80
# With more parts the turn that sends it only writes them down; the next one, at once, begins.
PARTS_AT_ONCE = 10
GROUPS_RELEASED = 20
LOOK_EVERY = timedelta(seconds=2)
# Whoever is away without an end is looked at again after this.
AWAY_AGAIN = timedelta(hours=1)
_CLOSED = ("blocked", "not_started", "deactivated", "chat_not_found")


async def go_on(turn: Turn, desk: Desk, number: str) -> None:
    """Everything that is due of it by now."""
    cast = await turn.get(CASTS, number)
    if cast is None or cast.look_at is None or cast.look_at > turn.at:
        return
    if cast.over:
        await _forget(turn, cast)
    elif turn.at - cast.at >= OPEN_FOR:
        await _end(turn, desk, cast)
    else:
        await advance(turn, desk, cast)


async def begin(turn: Turn, desk: Desk, cast: Cast) -> None:
    """Its first step, its parts being in the store."""
    if cast.parts > PARTS_AT_ONCE:
        turn.put(CASTS, cast.model_copy(update={"look_at": turn.at}))
    else:
        await advance(turn, desk, cast)


async def advance(turn: Turn, desk: Desk, cast: Cast) -> None:
    """One step further: what became of the last ones, then the next ones."""
    roster = await desk.roster(turn)
    stored = await turn.find(PARTS, cast=cast.number)
    parts = [await _settled(turn, cast, part) for part in stored]
    cast = await chasing.chase_when_due(turn, roster, cast, parts)
    about = await turn.get(CASTS, str(cast.about)) if cast.about else None
    under_way = _under_way(parts)
    release = _Release(turn, roster, cast, about, _room(under_way))
    parts = [await release.some_of(part) for part in parts]
    for before, after in zip(stored, parts, strict=True):
        if after is not before:
            turn.put(PARTS, after)
    cast = await showing.post_groups(turn, roster, cast, about, GROUPS_RELEASED)
    counted = tally_of(parts)
    cast = await showing.show(turn, roster, cast, about, parts, counted)
    cast = await tell_incident(turn, desk, cast, counted)
    moments = [chasing.next_chase(cast, roster, counted), cast.at + OPEN_FOR, release.later]
    moments += [showing.next_showing(cast, counted), next_told(cast, counted)]
    if release.more or cast.groups_out < len(cast.groups):
        moments.append(turn.at if release.left else turn.at + LOOK_EVERY)
    elif under_way or release.handed_out:
        moments.append(turn.at + LOOK_EVERY)
    look_at = min(moment for moment in moments if moment is not None)
    turn.put(CASTS, cast.model_copy(update={"look_at": look_at}))


def tally_of(parts: list[CastPart]) -> Tally:
    """The counts of a whole broadcast."""
    return tally(reader for part in parts for reader in part.readers.values())


def delivery_id(number: int, person: PersonId, round_: int) -> str:
    """The name of one message to one reader; also of the live message that it is."""
    return f"cast/{number}/{person}/{round_}"


def _room(under_way: int) -> int:
    """How many may be handed out in this turn."""
    return max(0, min(RELEASED, UNDER_WAY_LIMIT - under_way))


def _under_way(parts: list[CastPart]) -> int:
    return sum(r.standing == "under_way" for part in parts for r in part.readers.values())


async def _settled(turn: Turn, cast: Cast, part: CastPart) -> CastPart:
    """What became of those under way. Known of a reader, it needs no delivery any more: thousands
    of one text would fill the store."""
    changed: dict[PersonId, Reader] = {}
    for person, reader in part.readers.items():
        if reader.standing == "under_way":
            name = delivery_id(cast.number, person, reader.rounds)
            if (after := _after(reader, await turn.get(DELIVERIES, name))) is not reader:
                changed[person] = after
                turn.remove(DELIVERIES, name)
    return _with(part, changed)


def _after(reader: Reader, sent: Delivery | None) -> Reader:
    if sent is None or sent.state in (DeliveryState.SENT, DeliveryState.FOLDED):
        return reader.model_copy(update={"standing": "sent"})
    if sent.state is DeliveryState.FAILED:
        closed = sent.error.partition(":")[0] in _CLOSED
        why: Why = "blocked" if closed else "failed"
        return reader.model_copy(update={"standing": "unreachable", "why": why})
    return reader


def _with(part: CastPart, changed: Mapping[PersonId, Reader]) -> CastPart:
    if not changed:
        return part
    return part.model_copy(update={"readers": {**part.readers, **changed}})


@dataclass
class _Release:
    """Hands out messages while there is `left`, so far `handed_out`. `more`: somebody is still to
    be written to who can be at once; `later`: when the first of the others can."""

    turn: Turn
    roster: Roster
    cast: Cast
    about: Cast | None
    left: int
    handed_out: int = 0
    more: bool = False
    later: datetime | None = None

    async def some_of(self, part: CastPart) -> CastPart:
        changed: dict[PersonId, Reader] = {}
        for person, reader in part.readers.items():
            if not reader.wants(self.cast.round) or self._is_put_off(person):
                continue
            if self.left == 0:
                self.more = True
                break
            changed[person] = self._hand_out(person, reader)
            self.left -= 1
            self.handed_out += 1
        return _with(part, changed)

    def _is_put_off(self, person: PersonId) -> bool:
        """What is no warning waits for whoever sleeps or is away; nobody away is chased."""
        at = self.turn.at
        if is_aloud(self.cast) and self.cast.round == 1:
            return False
        moment = sent_from(self.roster, person, at)
        if is_aloud(self.cast) and not self.roster.is_away(person, at):
            return False
        if moment == at:
            return False
        moment = moment or at + AWAY_AGAIN
        self.later = moment if self.later is None else min(self.later, moment)
        return True

    def _hand_out(self, person: PersonId, reader: Reader) -> Reader:
        state = self.roster.state(person)
        if state is None or state.telegram is None or not self.roster.is_active(person):
            lost = {"standing": "unreachable", "why": "no_telegram"}
            return reader.model_copy(update=lost)
        cast, rounds = self.cast, self.cast.round
        text = letter(
            cast,
            Letters(self.turn, self.roster).reader_of(person),
            number=cast.number,
            at=cast.at,
            about=self.about,
            again=reader.rounds > 0,
        )
        name = delivery_id(cast.number, person, rounds)
        self.turn.deliver(
            Delivery(
                id=name,
                chat=state.telegram,
                content=text,
                at=self.turn.at,
                urgency=Urgency.BULK,
                aloud=is_aloud(cast),
                slot=name,
                to=person,
            )
        )
        return reader.model_copy(update={"standing": "under_way", "rounds": rounds})


def is_aloud(cast: Cast) -> bool:
    """Whether it wakes people: everything but a notice."""
    return cast.kind != "notice"


async def _end(turn: Turn, desk: Desk, cast: Cast) -> None:
    """Nothing more is sent of it; its messages are not live any more."""
    parts = await turn.find(PARTS, cast=cast.number)
    roster = await desk.roster(turn)
    over = cast.model_copy(update={"over": True, "look_at": cast.at + KEPT_FOR})
    await showing.show_card(turn, roster, over, tally_of(parts))
    turn.put(CASTS, over)
    for part in parts:
        for person, reader in part.readers.items():
            for round_ in range(1, reader.rounds + 1):
                turn.remove(SLOTS, delivery_id(cast.number, person, round_))
    for group in cast.groups:
        turn.remove(SLOTS, showing.group_slot(cast.number, group))


async def _forget(turn: Turn, cast: Cast) -> None:
    for part in await turn.find(PARTS, cast=cast.number):
        turn.remove(PARTS, PARTS.key(part))
    turn.remove(SLOTS, showing.card_slot(cast.number))
    turn.remove(CASTS, str(cast.number))
