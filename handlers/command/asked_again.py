"""Asked again: the question who commands, in the message about the steps that comes with it.

In: what a person is told again of several steps while nobody has answered the question. Out: the
same with the question and its buttons: one message where there would be two. Forbidden here:
the first time that it is asked, which has a message of its own.
"""

from typing import Final

from handlers.buttons import button
from handlers.catalogue import Html, say
from handlers.command.proposals import Rows, asking
from handlers.command.standing import About, below, hq_slot
from handlers.telling import gathered
from handlers.telling.around import phone_line
from handlers.telling.happening import Happening, Reader
from handlers.telling.latest import let_go
from handlers.telling.letters import Letters
from plans import events as e
from plans.incident import CommandGap
from plans.model import PersonId
from storage.delivery import BUTTON_ROWS_LIMIT, Button, Message
from storage.port import SLOTS

CHIEFS_SHOWN = 2
_OWN: Final[tuple[About, ...]] = ("ask", "remind")


def is_asked_with_the_steps(happening: Happening, person: PersonId) -> bool:
    """Whether the message about the steps asks this person."""
    return _is_sought(happening, person) and gathered.says_again_to(happening, person)


async def with_question(
    letters: Letters, happening: Happening, person: PersonId, message: Message
) -> Message:
    """While it is not answered, unless a message of its own goes on asking this person."""
    known, number = happening.after.headquarters, happening.after.number
    if known is None or known.gap is None or not happening.after.is_open:
        return message
    silent = known.gap == "silent" and person == known.appointed
    if not silent and person not in known.told:
        return message
    here = is_asked_with_the_steps(happening, person)
    if not here and await _is_asked_elsewhere(letters, number, person):
        return message
    lines, rows = _question(happening, known.gap, person, letters.reader_of(person))
    text = Html("\n".join((message.text, *lines)))
    return Message(text=text, buttons=(*message.buttons, *rows)[:BUTTON_ROWS_LIMIT])


async def _is_asked_elsewhere(letters: Letters, number: int, person: PersonId) -> bool:
    slots = (hq_slot(number, about, person) for about in _OWN)
    return any([await letters.turn.get(SLOTS, slot) is not None for slot in slots])


async def let_go_of_own(letters: Letters, number: int, person: PersonId) -> None:
    """The message of its own that asked them before has no buttons any more."""
    for about in _OWN:
        slot = hq_slot(number, about, person)
        await let_go(letters, slot, below(number, letters.reader_of(person)))


def note_row(number: int, reader: Reader) -> tuple[Button, ...]:
    """For the commander: they have it, or cannot."""
    note = button(say(reader.lang, "command.note"), "hq", number, "note", "-")
    return (note, button(say(reader.lang, "command.lay"), "hq", number, "lay", "?"))


def _is_sought(happening: Happening, person: PersonId) -> bool:
    """Whether a commander is sought again, and this person is asked, told or the silent one."""
    for event in happening.events:
        if isinstance(event, e.CommanderSought) and event.again:
            silent = event.gap == "silent" and person == event.missing
            return silent or person in (*event.asked, *event.told)
    return False


def _question(
    happening: Happening, gap: CommandGap, person: PersonId, reader: Reader
) -> tuple[list[Html], Rows]:
    after, known = happening.after, happening.after.headquarters
    missing = known.appointed if known is not None else None
    if gap == "silent" and person == missing:
        line = say(reader.lang, "command.remind", number=after.number)
        return [line], (note_row(after.number, reader),)
    rows = asking(happening.plan, after, person, reader).buttons
    chiefs = happening.roster.for_incident(after.number).chiefs()
    if person not in chiefs:
        phones = [phone_line(reader, one) for one in chiefs[:CHIEFS_SHOWN] if reader.phone(one)]
        key = "command.ask_on_word" if rows else "command.ask_phone"
        return [say(reader.lang, key), *phones], rows
    lines = [say(reader.lang, "command.ask_silent" if gap == "silent" else "gathered.authorise")]
    if missing not in (None, person) and reader.phone(missing):
        lines.append(phone_line(reader, missing or ""))
    return lines, rows
