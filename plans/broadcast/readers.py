"""Readers of a broadcast: how far it has come with each of them.

In: an audience, what became of messages, presses. Out: readers and counts. Forbidden here: sending,
and anything that grows with all of them at once: readers are kept in parts of about A_PART.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from typing import Final, Literal

from plans.broadcast.audience import Audience
from plans.model import PersonId, Value
from plans.roster import Roster

A_PART: Final = 100
# The message itself and so many times asking again.
ROUNDS_LIMIT: Final = 6

# waiting: to be sent. under_way: handed to be sent. sent: it has arrived, in private or in a group.
Standing = Literal["waiting", "under_way", "sent", "unreachable"]
Why = Literal["no_telegram", "blocked", "failed"]


class Reader(Value):
    """One reader. `rounds`: how often they were written to, the first time counted; whoever reads
    it `in_group` has not been for the first. `why` they are unreachable. `confirmed_at`: counts
    whatever else stands here."""

    standing: Standing = "waiting"
    in_group: bool = False
    rounds: int = 0
    why: Why | None = None
    confirmed_at: datetime | None = None

    @property
    def is_missing(self) -> bool:
        """Has it, as far as anybody knows, and has not confirmed it."""
        return self.confirmed_at is None and self.standing != "unreachable"

    @property
    def has_it(self) -> bool:
        """It has reached them, also while they are asked again."""
        again = self.standing == "under_way" and (self.in_group or self.rounds > 1)
        return self.confirmed_at is not None or self.standing == "sent" or again

    def wants(self, round_: int) -> bool:
        """Whether they are still to be written to in that round, the first being 1."""
        return self.is_missing and self.standing != "under_way" and self.rounds < round_


@dataclass(frozen=True)
class Tally:
    """How many of `all` it has reached, who of these has confirmed, who cannot be reached. Whoever
    has confirmed has been reached."""

    all: int = 0
    sent: int = 0
    confirmed: int = 0
    unreachable: int = 0

    @property
    def missing(self) -> int:
        """Reached, or still to be, and not confirmed."""
        return self.all - self.confirmed - self.unreachable

    @property
    def silent(self) -> int:
        """Reached, and not confirmed."""
        return self.sent - self.confirmed

    @property
    def is_out(self) -> bool:
        """Nobody is still to be written to."""
        return self.sent + self.unreachable >= self.all


def beginning(audience: Audience, roster: Roster, at: datetime) -> Mapping[PersonId, Reader]:
    """Everybody as they stand before anything is sent."""
    readers = {person: _at_first(roster, person, at) for person in audience.private}
    inside = Reader(standing="sent", in_group=True, rounds=1)
    return readers | dict.fromkeys(audience.in_groups, inside)


def _at_first(roster: Roster, person: PersonId, at: datetime) -> Reader:
    match roster.can_be_told(person, at):
        case "no_telegram":
            return Reader(standing="unreachable", why="no_telegram")
        case "unreachable":
            return Reader(standing="unreachable", why="blocked")
        case "yes" | "away":
            return Reader()


def confirmed(reader: Reader, at: datetime) -> Reader:
    """They have it; the first time counts."""
    if reader.confirmed_at is not None:
        return reader
    return reader.model_copy(update={"confirmed_at": at})


def tally(readers: Iterable[Reader]) -> Tally:
    """The counts of all readers."""
    all_ = sent = yes = lost = 0
    for reader in readers:
        all_ += 1
        if reader.confirmed_at is not None:
            sent, yes = sent + 1, yes + 1
        elif reader.standing == "unreachable":
            lost += 1
        else:
            sent += reader.has_it
    return Tally(all_, sent, yes, lost)


def parts_for(count: int) -> int:
    """How many parts so many readers are kept in."""
    return max(1, -(-count // A_PART))


def part_of(person: PersonId, parts: int) -> int:
    """The part somebody is in, which does not depend on who else is."""
    return int(sha256(person.encode()).hexdigest()[:8], 16) % parts
