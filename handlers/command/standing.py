"""Standing: of the messages about a command only those have buttons that still mean something.

In: what is to be posted; an incident whose command has changed. Out: each message in a slot of its
own, named by the incident, what it is about and whom it is for; the ones that are over edited to
how it stands. Forbidden here: deciding what is asked of whom.
"""

from typing import Final, Literal, get_args

from handlers.catalogue import say
from handlers.command.lines import commander_lines
from handlers.telling import gathered
from handlers.telling.happening import Happening, Reader
from handlers.telling.latest import OLD, let_go
from handlers.telling.letters import Letters, Write
from plans.heads import could_take_over
from plans.incident import HeadquartersState, Incident
from plans.model import PersonId
from storage.delivery import Message, Urgency
from storage.port import SLOTS

# brief: of a commander. ask: for a commander. left: to whoever has left. fell: the level asks for
# none any more. offer: to a chief who is back. card, whom, lay, major: what a press has opened.
About = Literal["brief", "remind", "ask", "left", "fell", "offer", "card", "whom", "lay", "major"]
_OPENED: Final = ("card", "whom")


def hq_slot(number: int, about: About, person: PersonId) -> str:
    return f"hq/{number}/{about}/{person}"


async def post(
    letters: Letters, incident: Incident, about: About, person: PersonId, write: Write
) -> None:
    """With a sound, below what was said since; the one before it loses its buttons."""
    slot = hq_slot(incident.number, about, person)
    await let_go(letters, slot, below(incident.number, letters.reader_of(person)))
    await letters.person(person, write, Urgency.URGENT, slot=slot)


async def settle(letters: Letters, happening: Happening) -> None:
    """Take the buttons from whatever has been answered by what has happened."""
    for slot in await letters.turn.find(SLOTS, incident=happening.after.number):
        parts = slot.slot.split("/", 3)
        if parts[0] != "hq" or slot.slot.endswith(OLD) or parts[2] not in get_args(About):
            continue
        about, person = parts[2], parts[3]
        if not _still_means(happening, about, person, letters):
            await let_go(letters, slot.slot, _as_it_stands(happening, letters.reader_of(person)))


def _still_means(happening: Happening, about: str, person: PersonId, letters: Letters) -> bool:
    known = happening.after.headquarters
    if not happening.after.is_open:
        return False
    if about == "major" or known is None:
        return about == "major" and known is None
    match about:
        case "remind":
            return known.commander == person and not known.noted
        case "ask":
            return known.gap is not None
        case "left":
            return known.gap == "away" and known.appointed == person
        case "offer":
            there = letters.roster.for_incident(happening.after.number)
            return could_take_over(there, known, person)
        case "brief" | "lay":
            return known.appointed == person
        case _:
            return about not in _OPENED or not _has_changed(happening, known)


def _has_changed(happening: Happening, known: HeadquartersState) -> bool:
    before = happening.before.headquarters if happening.before is not None else None
    return before is None or before.commander != known.commander


def below(number: int, reader: Reader) -> Message:
    return Message(text=say(reader.lang, "command.below", number=number))


def _as_it_stands(happening: Happening, reader: Reader) -> Message:
    after = happening.after
    if not after.is_open:
        return gathered.ended(happening, reader)
    lines = commander_lines(after, reader) or [say(reader.lang, "command.toast_down")]
    return Message(text=say(reader.lang, "command.stands", number=after.number, line=lines[0]))
