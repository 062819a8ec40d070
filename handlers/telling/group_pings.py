"""Group pings: a step's group, and command's, are told with mentions who must act now.

In: a happening. Out: messages in groups, with the two buttons that do no harm when pressed late; of
what is said again of several steps one, whose buttons the next one takes over. Forbidden here: more
than five mentions a message (Telegram notifies no more); slots for pings of one step, since only
what has none is bundled in a storm.
"""

from collections.abc import Callable, Iterator, Sequence

from handlers.catalogue import Html
from handlers.telling import gathered
from handlers.telling.cards import group_of
from handlers.telling.gathered import Gathering
from handlers.telling.happening import Happening, Reader
from handlers.telling.latest import let_go
from handlers.telling.letters import Letters
from handlers.telling.step_messages import buttons_in_group
from handlers.telling.writing import Pinging, asked_by, writer
from plans import events as e
from plans.incident import StepState
from plans.model import GroupId, PersonId
from storage.delivery import Message, Urgency

MENTIONS_LIMIT = 5


async def in_group(letters: Letters, happening: Happening, event: Pinging, group: GroupId) -> None:
    """About one step."""
    write = writer(happening, event)

    def text(reader: Reader, who: Html) -> Message:
        few = buttons_in_group(happening, event.step, reader.lang)
        return write(reader, who).model_copy(update={"buttons": few})

    for mentioned in _split(asked_by(event)):
        await letters.group(group, _mentioning(mentioned, text), Urgency.URGENT, step=event.step)


async def together_in_group(
    letters: Letters, happening: Happening, events: Sequence[Gathering], group: GroupId
) -> None:
    """About several, with the buttons under the last of as many messages as it takes."""
    asked = tuple(dict.fromkeys(person for event in events for person in event.asked))
    concerns = concerning(letters, happening, group)

    def text(reader: Reader, who: Html) -> Message:
        return gathered.together(happening, events, reader, who, concerns)

    slot = gathered.slot_of(happening.after.number, group)
    await let_go(letters, slot, gathered.below(happening, letters.reader_in(group)))
    *first, last = _split(asked)
    for mentioned in first:
        await letters.group(group, _bare(_mentioning(mentioned, text)), Urgency.URGENT)
    await letters.group(group, _mentioning(last, text), Urgency.URGENT, slot=slot)


def concerning(
    letters: Letters, happening: Happening, group: GroupId
) -> Callable[[StepState], bool]:
    """Which steps are a group's: its own, all of them for command's."""
    in_command, reader = group in command_groups(letters), letters.reader_in(group)
    return lambda state: in_command or group_of(happening.plan, reader, state) == group


def groups_for(letters: Letters, happening: Happening, event: Pinging) -> list[GroupId]:
    """The step's own group; when everyone in command is told, also command's groups."""
    if happening.after.routine:
        return []
    reader = letters.reader_of(happening.after.reporter)
    own = group_of(happening.plan, reader, happening.after.steps[event.step])
    groups = [own] if own is not None else []
    if isinstance(event, e.StepEscalated) and event.rung == "command":
        groups += command_groups(letters)
    return list(dict.fromkeys(groups))


def command_groups(letters: Letters) -> list[GroupId]:
    roster = letters.roster
    departments = (roster.company.roles[role].department for role in roster.company.command)
    found = (roster.group_for(department, None) for department in departments)
    return [group for group in found if group is not None]


def _mentioning(
    people: tuple[PersonId, ...], text: Callable[[Reader, Html], Message]
) -> Callable[[Reader], Message]:
    def write(reader: Reader) -> Message:
        names = " ".join(reader.mention(person) for person in people)
        return text(reader, Html(f"👉 {names}\n" if names else ""))

    return write


def _bare(write: Callable[[Reader], Message]) -> Callable[[Reader], Message]:
    return lambda reader: write(reader).model_copy(update={"buttons": ()})


def _split(people: tuple[PersonId, ...]) -> Iterator[tuple[PersonId, ...]]:
    """So many that everybody's phone sounds."""
    yield people[:MENTIONS_LIMIT]
    for start in range(MENTIONS_LIMIT, len(people), MENTIONS_LIMIT):
        yield people[start : start + MENTIONS_LIMIT]
