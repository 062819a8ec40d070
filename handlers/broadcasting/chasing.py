"""Chasing: those who have not confirmed a broadcast are asked again, then named to whoever sent it.

In: a broadcast and its readers. Out: the next round begun; word of who is missing. Forbidden here:
writing to readers (see `pace`).
"""

from datetime import datetime, timedelta

from handlers.broadcasting.documents import Cast, CastPart
from handlers.catalogue import Html, plain, say
from handlers.telling.happening import Reader
from handlers.telling.letters import Letters
from plans.broadcast import ROUNDS_LIMIT, Tally, tally
from plans.model import PersonId
from plans.roster import Roster
from plans.roster.quiet import quiet_until
from storage.delivery import Message, Urgency
from storage.port import Turn

CHASES_LIMIT = 3
NAMED = 20


async def chase_when_due(turn: Turn, roster: Roster, cast: Cast, parts: list[CastPart]) -> Cast:
    """Begin the next round by itself, or say who is missing after the last."""
    if (due_at := _due_at(cast, roster)) is None or due_at > turn.at:
        return cast
    if not tally(reader for part in parts for reader in part.readers.values()).silent:
        return cast
    if _may_go_on(cast):
        return chased(cast, turn.at).model_copy(update={"chases": cast.chases + 1})
    await _tell_missing(turn, roster, cast, parts)
    return cast.model_copy(update={"told": True})


def next_chase(cast: Cast, roster: Roster, counted: Tally) -> datetime | None:
    """When they are asked again, or named; None: nobody who has it is silent, or never."""
    return _due_at(cast, roster) if counted.silent else None


def _due_at(cast: Cast, roster: Roster) -> datetime | None:
    """What is no warning is not chased in quiet hours."""
    if not cast.confirm or cast.chase_s is None or cast.told:
        return None
    due_at = (cast.chased_at or cast.at) + timedelta(seconds=cast.chase_s)
    quiet = quiet_until(roster.company, due_at) if cast.kind == "notice" else None
    return quiet or due_at


def chased(cast: Cast, at: datetime) -> Cast:
    """The next round."""
    return cast.model_copy(update={"round": cast.round + 1, "chased_at": at})


def _may_go_on(cast: Cast) -> bool:
    return cast.chases < CHASES_LIMIT and cast.round < ROUNDS_LIMIT


async def _tell_missing(turn: Turn, roster: Roster, cast: Cast, parts: list[CastPart]) -> None:
    """The sender; of anything but a notice everyone in command, too."""
    silent = (r for part in parts for r in part.readers.items() if r[1].is_missing)
    missing = [person for person, reader in silent if reader.has_it]
    told = (cast.by, *(roster.command() if cast.kind != "notice" else ()))

    def write(reader: Reader) -> Message:
        text = say(
            reader.lang,
            "broadcast.still_missing",
            number=cast.number,
            kind=say(reader.lang, f"broadcast.kind_{cast.kind}"),
            chases=cast.round - 1,
            count=len(missing),
            names=_named(missing, reader),
        )
        return Message(text=text)

    for person in dict.fromkeys(told):
        await Letters(turn, roster).person(person, write, Urgency.URGENT)


def _named(people: list[PersonId], reader: Reader) -> Html:
    lines = [plain(f"{reader.name(p)} {reader.phone(p)}") for p in people[:NAMED]]
    return Html("\n".join([*lines, *(["…"] if len(people) > NAMED else [])]))
