"""Over: a message about several steps says how it stands when one of them is taken, done or ended.

In: a happening. Out: the newest such message of each reader written anew, without buttons once
nothing in it waits; once the incident is over the messages about its command, too. Forbidden here:
new messages; writing to whoever is told in this happening anyway.
"""

from handlers.catalogue import Html
from handlers.command import asked_again, standing
from handlers.telling import gathered
from handlers.telling.cards import groups_of
from handlers.telling.group_pings import command_groups, concerning
from handlers.telling.happening import Happening
from handlers.telling.letters import Letters
from plans.incident import Incident, StepState
from plans.model import PersonId
from storage.delivery import Message
from storage.port import SLOTS


async def settle(letters: Letters, happening: Happening, posted: set[str]) -> None:
    """`posted`: the slots of what is written in this happening."""
    before = happening.before
    if before is None or not _has_changed(before, happening.after):
        return
    if not happening.after.is_open:
        await standing.settle(letters, happening)
    for person in _people(before):
        message = await _in_private(letters, happening, person, posted)
        if message is not None:
            await _write(letters, happening, person, message, in_group=False)
    reader = letters.reader_of(happening.after.reporter)
    own = groups_of(happening.plan, before, reader)
    for group in dict.fromkeys((*own, *command_groups(letters))):
        if await _is_there(letters, happening, group, posted):
            concerns = concerning(letters, happening, group)
            there = letters.reader_in(group)
            message = gathered.standing(happening, there, Html(""), concerns)
            await _write(letters, happening, group, message, in_group=True)


async def _in_private(
    letters: Letters, happening: Happening, person: PersonId, posted: set[str]
) -> Message | None:
    if not await _is_there(letters, happening, person, posted):
        return None

    def theirs(state: StepState) -> bool:
        return person in state.asked

    reader = letters.reader_of(person)
    message = gathered.standing(happening, reader, None, theirs)
    return await asked_again.with_question(letters, happening, person, message)


async def _is_there(letters: Letters, happening: Happening, reader: str, posted: set[str]) -> bool:
    slot = gathered.slot_of(happening.after.number, reader)
    return slot not in posted and await letters.turn.get(SLOTS, slot) is not None


async def _write(
    letters: Letters, happening: Happening, reader: str, message: Message, *, in_group: bool
) -> None:
    slot = gathered.slot_of(happening.after.number, reader)
    send = letters.group if in_group else letters.person
    await send(reader, lambda _: message, slot=slot)


def _has_changed(before: Incident, after: Incident) -> bool:
    if before.is_open != after.is_open or _command(before) != _command(after):
        return True
    old = before.steps
    changed = (name for name, state in after.steps.items() if old.get(name) is not state)
    return any(name in old and _waits(old[name]) != _waits(after.steps[name]) for name in changed)


def _waits(state: StepState) -> tuple[object, ...]:
    return state.status, state.taken_by, state.asked


def _command(incident: Incident) -> tuple[object, ...]:
    known = incident.headquarters
    return () if known is None else (known.appointed, known.gap, known.noted)


def _people(before: Incident) -> tuple[PersonId, ...]:
    """Whoever may have such a message."""
    people = [p for state in before.steps.values() for p in (*state.asked, state.taken_by) if p]
    known = before.headquarters
    told = (*known.told, *known.asked, known.appointed) if known is not None else ()
    return tuple(dict.fromkeys((*people, *(p for p in told if p))))
