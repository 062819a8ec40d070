"""Pings: new messages, with a sound, to whoever must act now.

In: a happening. Out: a private message to each person asked, and in the step's group one message
with mentions; what is said again of several steps is one message (see `gathered`). Forbidden here:
more than five mentions a message (Telegram notifies no more).
"""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import partial
from typing import TypeGuard

from handlers.catalogue import Html
from handlers.telling import bundles, gathered
from handlers.telling.cards import group_of
from handlers.telling.gathered import Gathering
from handlers.telling.happening import Happening, Reader
from handlers.telling.letters import Letters
from handlers.telling.step_messages import (
    buttons_in_group,
    escalation,
    ping,
    reminder,
    step_slot,
)
from plans import events as e
from plans.incident import StepState, StepStatus
from plans.model import GroupId, PersonId, StepId
from storage.delivery import Message, Urgency

MENTIONS_LIMIT = 5

Pinging = e.StepOpened | e.StepEscalated | e.StepHandedOver | e.OwnerReminded
# Who is mentioned, in a group; None in private.
Write = Callable[[Reader, Html | None], Message]


@dataclass
class _Together:
    """What is said again in this happening, by reader: repeats and reminders apart."""

    people: defaultdict[tuple[str, PersonId], list[Gathering]] = field(
        default_factory=lambda: defaultdict(list)
    )
    groups: defaultdict[tuple[str, GroupId], list[Gathering]] = field(
        default_factory=lambda: defaultdict(list)
    )


async def tell(letters: Letters, happening: Happening) -> set[str]:
    """Send the pings, what is new before what is said again; returns the slots that were posted, so
    that nobody is told twice."""
    posted: set[str] = set()
    pinging = [event for event in happening.events if isinstance(event, Pinging)]
    waiting = await bundles.waiting(letters.turn) if pinging else Counter[PersonId]()
    said_again = _Together()
    for event in pinging:
        if happening.after.steps[event.step].status is not StepStatus.OPEN:
            continue
        if await _is_bundled(letters, happening, event):
            continue
        posted |= await _in_private(letters, happening, event, posted, waiting, said_again)
        await _in_groups(letters, happening, event, said_again)
    await _say_again(letters, happening, said_again, waiting)
    return posted


async def _say_again(
    letters: Letters, happening: Happening, said_again: _Together, waiting: Counter[PersonId]
) -> None:
    """One message to each reader: the step's own, where it is only one."""
    for (_, person), events in said_again.people.items():
        if len(events) < gathered.MANY:
            await _to_person(letters, happening, events[0], person, None, waiting)
        else:
            reader = letters.reader_of(person)
            theirs = partial(_asks, person)
            message = gathered.together(happening, events, reader, None, theirs)
            await letters.person(person, _as_is(message), _urgency(happening, events[0]))
    for (_, group), events in said_again.groups.items():
        if len(events) < gathered.MANY:
            await _in_group(letters, happening, events[0], group)
        else:
            await _together_in_group(letters, happening, events, group)


async def _is_bundled(letters: Letters, happening: Happening, event: Pinging) -> bool:
    """One of several steps given to one person at once, who is told of all of them together; the
    groups see it on their cards."""
    number = happening.after.number
    return isinstance(event, e.StepHandedOver) and await bundles.is_being_bundled(
        letters.turn, event.to, number, event.step
    )


async def _in_private(
    letters: Letters,
    happening: Happening,
    event: Pinging,
    posted: set[str],
    waiting: Counter[PersonId],
    said_again: _Together,
) -> set[str]:
    slots = set()
    for person in _asked(event):
        if await _is_reminded_of_all(letters, happening, event, person):
            continue
        if _is_said_again(event) and _is_again_to(happening, event, person):
            said_again.people[event.type, person].append(event)
            continue
        slot = _new_slot(happening, event.step, person)
        slot = None if slot in posted else slot
        await _to_person(letters, happening, event, person, slot, waiting)
        slots |= {slot} if slot else set()
    return slots


async def _to_person(
    letters: Letters,
    happening: Happening,
    event: Pinging,
    person: PersonId,
    slot: str | None,
    waiting: Counter[PersonId],
) -> None:
    reader, write = letters.reader_of(person), _writer(happening, event)
    message = bundles.with_all(reader, write(reader, None), waiting[person])
    urgency = _urgency(happening, event)
    await letters.person(person, _as_is(message), urgency, slot=slot, step=event.step)


def _is_said_again(event: Pinging) -> TypeGuard[Gathering]:
    return isinstance(event, e.StepEscalated | e.OwnerReminded)


def _asks(person: PersonId, state: StepState) -> bool:
    return person in state.asked


def _is_again_to(happening: Happening, event: Gathering, person: PersonId) -> bool:
    if isinstance(event, e.OwnerReminded):
        return True
    return gathered.is_again_to(happening, event, person)


async def _is_reminded_of_all(
    letters: Letters, happening: Happening, event: Pinging, person: PersonId
) -> bool:
    state = happening.after.steps[event.step]
    if not isinstance(event, e.OwnerReminded) or state.taken_by is not None:
        return False
    number = happening.after.number
    return await bundles.remind_instead(letters, person, number, event.step, state.climb_at)


def _as_is(message: Message) -> Callable[[Reader], Message]:
    return lambda _: message


def _urgency(happening: Happening, event: Pinging) -> Urgency:
    """A routine makes no sound until somebody has stayed silent."""
    silence = isinstance(event, e.StepEscalated) and event.why != "nobody"
    return Urgency.NORMAL if happening.after.routine and not silence else Urgency.URGENT


def _asked(event: Pinging) -> tuple[PersonId, ...]:
    return (event.to,) if isinstance(event, e.StepHandedOver) else event.asked


def _writer(happening: Happening, event: Pinging) -> Write:
    match event:
        case e.StepOpened():
            return lambda reader, who: ping(happening, event.step, reader, who)
        case e.StepHandedOver():
            return lambda reader, who: ping(happening, event.step, reader, who, event.by)
        case e.StepEscalated():
            return lambda reader, who: escalation(happening, event, reader, who)
        case e.OwnerReminded():
            return lambda reader, who: reminder(happening, event, reader, who)


def _new_slot(happening: Happening, step: StepId, person: PersonId) -> str | None:
    """The person's live message about this step, when they have none yet: later words must be
    new messages, since an edit makes no sound."""
    before = happening.before.steps.get(step) if happening.before else None
    same_round = before is not None and before.round == happening.after.steps[step].round
    if before is not None and same_round and person in before.told:
        return None
    return step_slot(happening.after, step, person)


async def _in_groups(
    letters: Letters, happening: Happening, event: Pinging, said_again: _Together
) -> None:
    for group in _groups(letters, happening, event):
        if _is_said_again(event) and _is_again(happening, event):
            said_again.groups[event.type, group].append(event)
        else:
            await _in_group(letters, happening, event, group)


def _is_again(happening: Happening, event: Gathering) -> bool:
    return isinstance(event, e.OwnerReminded) or gathered.is_again(happening, event)


async def _in_group(letters: Letters, happening: Happening, event: Pinging, group: GroupId) -> None:
    write = _writer(happening, event)

    def text(reader: Reader, who: Html) -> Message:
        few = buttons_in_group(happening, event.step, reader.lang)
        return write(reader, who).model_copy(update={"buttons": few})

    await _mentioning(letters, group, _asked(event), text, event.step)


async def _together_in_group(
    letters: Letters, happening: Happening, events: Sequence[Gathering], group: GroupId
) -> None:
    asked = tuple(dict.fromkeys(person for event in events for person in event.asked))

    in_command = group in _command_groups(letters)

    def text(reader: Reader, who: Html) -> Message:
        def theirs(state: StepState) -> bool:
            return in_command or group_of(happening.plan, reader, state) == group

        return gathered.together(happening, events, reader, who, theirs)

    await _mentioning(letters, group, asked, text, None)


async def _mentioning(
    letters: Letters,
    group: GroupId,
    people: tuple[PersonId, ...],
    text: Callable[[Reader, Html], Message],
    step: StepId | None,
) -> None:
    """As many messages as it takes for everybody's phone to sound."""
    for mentioned in _split(people):

        def write(reader: Reader, mentioned: tuple[PersonId, ...] = mentioned) -> Message:
            names = " ".join(reader.mention(person) for person in mentioned)
            return text(reader, Html(f"👉 {names}\n" if names else ""))

        await letters.group(group, write, Urgency.URGENT, step=step)


def _split(people: tuple[PersonId, ...]) -> Iterator[tuple[PersonId, ...]]:
    yield people[:MENTIONS_LIMIT]
    for start in range(MENTIONS_LIMIT, len(people), MENTIONS_LIMIT):
        yield people[start : start + MENTIONS_LIMIT]


def _groups(letters: Letters, happening: Happening, event: Pinging) -> list[GroupId]:
    """The step's own group; when everyone in command is told, also command's groups."""
    if happening.after.routine:
        return []
    reader = letters.reader_of(happening.after.reporter)
    own = group_of(happening.plan, reader, happening.after.steps[event.step])
    groups = [own] if own is not None else []
    if isinstance(event, e.StepEscalated) and event.rung == "command":
        groups += _command_groups(letters)
    return list(dict.fromkeys(groups))


def _command_groups(letters: Letters) -> list[GroupId]:
    roster = letters.roster
    departments = (roster.company.roles[role].department for role in roster.company.command)
    found = (roster.group_for(department, None) for department in departments)
    return [group for group in found if group is not None]
