"""Seeking: nobody commands a major incident, or whoever does is away, out of reach or silent.

In: time, people who come and go. Out: the chiefs asked, wherever they are, again and again, the
less often the longer it is to no avail, and others told. Forbidden here: giving the command to
anybody (see `commanding`); falling silent.
"""

from datetime import timedelta
from typing import Final

from plans import events as e
from plans.engine.deciding import Deciding
from plans.engine.last_in_line import administrators
from plans.engine.pace import widening
from plans.heads import heads
from plans.incident import CommandGap, HeadquartersState
from plans.model import PersonId

# Besides the chiefs, who are a few.
TOLD_LIMIT: Final = 20


def pass_time(deciding: Deciding) -> None:
    """Look whether the commander is there, and ask again for what nobody has answered."""
    known = deciding.incident.headquarters
    if known is None:
        return
    missing = _missing(deciding, known)
    if missing is not None and missing != known.gap:
        seek(deciding, missing)
    elif missing is None and known.gap in ("away", "unreachable") and known.appointed:
        seek_at = None if known.noted else deciding.at + deciding.reminders.acknowledge
        deciding.emit(e.CommanderFound(at=deciding.at, person=known.appointed, seek_at=seek_at))
    elif known.seek_at is not None and known.seek_at <= deciding.at:
        seek(deciding, known.gap or "silent")


def pace(deciding: Deciding, known: HeadquartersState) -> timedelta:
    """How long it may be until the chiefs are asked once more."""
    since = known.sought_since or deciding.at
    return widening(deciding.reminders.repeat_every, deciding.at - since)


def heard_from(deciding: Deciding, person: PersonId) -> None:
    """Whatever the commander does in the incident shows that they know of it."""
    known = deciding.incident.headquarters
    if known is not None and known.commander == person and not known.noted:
        deciding.emit(e.CommandNoted(at=deciding.at, by=person))


def two_there(
    deciding: Deciding, first: PersonId | None = None
) -> tuple[PersonId | None, PersonId | None]:
    """The commander by post and the deputy: `first`, or else the first who is there, and the first
    of the others."""
    there = [p for p in deciding.roster.chiefs() if is_there(deciding, p) and p != first]
    order = [*([first] if first else []), *there, None, None]
    return order[0], order[1]


def is_there(deciding: Deciding, person: PersonId) -> bool:
    return deciding.roster.can_be_told(person, deciding.at) == "yes"


def _missing(deciding: Deciding, known: HeadquartersState) -> CommandGap | None:
    """Why whoever has the command cannot use it; None: they can, or nobody has it."""
    if known.appointed is None:
        return None
    match deciding.roster.can_be_told(known.appointed, deciding.at):
        case "yes":
            return None
        case "away":
            return "away"
        case _:
            return "unreachable"


def seek(deciding: Deciding, gap: CommandGap) -> None:
    """Ask the chiefs, wherever they are; whoever is silent hears of it in any case. From the second
    time on others are told, too; where the bot reaches none of them, whoever looks after it."""
    known, roster, at = deciding.incident.headquarters, deciding.roster, deciding.at
    if known is None:
        return
    again = known.seeks > 0 and known.gap == gap
    silent = known.appointed if gap == "silent" else None
    reached = (p for p in roster.chiefs() if roster.can_be_told(p, at) in ("yes", "away"))
    asked = tuple(p for p in reached if p != silent)
    told: tuple[PersonId, ...] = ()
    if again or not asked:
        others = _others(deciding, everybody=known.seeks < 2)
        told = tuple(p for p in others if p not in (*asked, silent) and is_there(deciding, p))
    told = told if asked or told or silent else administrators(deciding)
    wait = pace(deciding, known) if again else deciding.reminders.climb_every
    deciding.emit(
        e.CommanderSought(
            at=at,
            gap=gap,
            missing=known.appointed,
            asked=asked,
            told=told[:TOLD_LIMIT],
            seek_at=at + wait,
            again=again,
        )
    )


def _others(deciding: Deciding, *, everybody: bool) -> tuple[PersonId, ...]:
    """Everybody in command, and who could be authorised: `everybody`, or only whom the plan
    proposes, since nobody else can do anything about it but phone."""
    could = heads(deciding.plan, deciding.roster, deciding.incident, deciding.at)
    people = (head.person for head in could if everybody or head.named)
    return tuple(dict.fromkeys((*deciding.roster.command(), *people)))
