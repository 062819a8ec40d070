"""Pings: new messages, with a sound, to whoever must act now.

In: a happening. Out: a private message to each person asked, and word to the groups (see
`group_pings`); what is said again of several steps is one message (see `gathered`). Forbidden here:
two messages with buttons about one step to one person: the newest is the live one.
"""

from collections import Counter, defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import TypeGuard

from handlers.catalogue import say
from handlers.command import asked_again
from handlers.telling import bundles, gathered, over
from handlers.telling.gathered import Gathering
from handlers.telling.group_pings import groups_for, in_group, together_in_group
from handlers.telling.happening import Happening, Reader, brief
from handlers.telling.instead import explained
from handlers.telling.latest import let_go
from handlers.telling.letters import Letters
from handlers.telling.spread import do_of
from handlers.telling.step_messages import step_slot
from handlers.telling.writing import Pinging, asked_by, writer
from plans import events as e
from plans.incident import StepStatus
from plans.model import GroupId, PersonId, StepId
from storage.delivery import Message, Urgency


@dataclass
class _Together:
    """What is said again in this happening, by reader: repeats and reminders apart."""

    people: defaultdict[tuple[str, PersonId], list[Gathering]] = field(
        default_factory=lambda: defaultdict(list)
    )
    groups: defaultdict[tuple[str, GroupId], list[Gathering]] = field(
        default_factory=lambda: defaultdict(list)
    )


@dataclass
class _Telling:
    """One happening being told. `posted`: the slots of the messages written; `waiting`: how many
    steps wait for each person."""

    letters: Letters
    happening: Happening
    waiting: Counter[PersonId]
    posted: set[str] = field(default_factory=set)
    again: _Together = field(default_factory=_Together)


async def tell(letters: Letters, happening: Happening) -> set[str]:
    """Send the pings, what is new before what is said again; returns the slots that were posted, so
    that nobody is told twice."""
    pinging = [event for event in happening.events if isinstance(event, Pinging)]
    waiting = await bundles.waiting(letters.turn) if pinging else Counter[PersonId]()
    telling = _Telling(letters, happening, waiting)
    for event in pinging:
        if happening.after.steps[event.step].status is not StepStatus.OPEN:
            continue
        if await _is_bundled(letters, happening, event):
            continue
        await _in_private(telling, event)
        await _in_groups(telling, event)
    await _say_again(telling)
    await over.settle(letters, happening, telling.posted)
    return telling.posted


async def _say_again(telling: _Telling) -> None:
    """One message to each reader: the step's own, where it is only one."""
    for (_, person), events in telling.again.people.items():
        if len(events) < gathered.MANY:
            await _to_person(telling, events[0], person)
        else:
            await _together(telling, events, person)
    for (_, group), events in telling.again.groups.items():
        if len(events) < gathered.MANY:
            await in_group(telling.letters, telling.happening, events[0], group)
        else:
            await together_in_group(telling.letters, telling.happening, events, group)
            telling.posted.add(gathered.slot_of(telling.happening.after.number, group))


async def _together(telling: _Telling, events: Sequence[Gathering], person: PersonId) -> None:
    letters, happening = telling.letters, telling.happening
    reader, number = letters.reader_of(person), happening.after.number
    message = gathered.together(
        happening, events, reader, None, lambda state: person in state.asked
    )
    if isinstance(events[0], e.StepEscalated):
        message = await asked_again.with_question(letters, happening, person, message)
    message = explained(happening, events[0], person, reader, message)
    slot = gathered.slot_of(number, person)
    await let_go(letters, slot, gathered.below(happening, reader))
    urgency = _urgency(happening, events[0])
    await letters.person(person, _as_is(message), urgency, slot=slot)
    telling.posted.add(slot)


async def _is_bundled(letters: Letters, happening: Happening, event: Pinging) -> bool:
    """One of several steps given to one person at once, who is told of all of them together; the
    groups see it on their cards."""
    number = happening.after.number
    return isinstance(event, e.StepHandedOver) and await bundles.is_being_bundled(
        letters.turn, event.to, number, event.step
    )


async def _in_private(telling: _Telling, event: Pinging) -> None:
    for person in asked_by(event):
        if await _is_reminded_of_all(telling, event, person):
            continue
        if _is_said_again(event) and _is_again_to(telling.happening, event, person):
            telling.again.people[event.type, person].append(event)
        else:
            await _to_person(telling, event, person)


async def _to_person(telling: _Telling, event: Pinging, person: PersonId) -> None:
    """A new message, since an edit makes no sound; the person's last one about the step says that
    it is below, and has no buttons any more."""
    letters, happening = telling.letters, telling.happening
    reader, write = letters.reader_of(person), writer(happening, event)
    message = bundles.with_all(reader, write(reader, None), telling.waiting[person])
    message = explained(happening, event, person, reader, message)
    slot: str | None = step_slot(happening.after, event.step, person)
    if slot in telling.posted or await bundles.bundle_instead(letters.turn, person, slot or ""):
        slot = None
    if slot is not None:
        await let_go(letters, slot, _below(happening, event.step, reader))
        telling.posted.add(slot)
    urgency = _urgency(happening, event)
    await letters.person(person, _as_is(message), urgency, slot=slot, step=event.step)


def _below(happening: Happening, step: StepId, reader: Reader) -> Message:
    do = brief(do_of(happening.plan, happening.after, step, reader))
    return Message(
        text=say(reader.lang, "gathered.step_below", number=happening.after.number, do=do)
    )


def _is_said_again(event: Pinging) -> TypeGuard[Gathering]:
    return isinstance(event, e.StepEscalated | e.OwnerReminded)


def _is_again_to(happening: Happening, event: Gathering, person: PersonId) -> bool:
    if isinstance(event, e.OwnerReminded):
        return True
    return gathered.is_again_to(happening, event, person)


async def _is_reminded_of_all(telling: _Telling, event: Pinging, person: PersonId) -> bool:
    state = telling.happening.after.steps[event.step]
    if not isinstance(event, e.OwnerReminded) or state.taken_by is not None:
        return False
    number = telling.happening.after.number
    return await bundles.remind_instead(telling.letters, person, number, event.step, state.climb_at)


def _as_is(message: Message) -> Callable[[Reader], Message]:
    return lambda _: message


def _urgency(happening: Happening, event: Pinging) -> Urgency:
    """A routine makes no sound until somebody has stayed silent."""
    silence = isinstance(event, e.StepEscalated) and event.why != "nobody"
    return Urgency.NORMAL if happening.after.routine and not silence else Urgency.URGENT


async def _in_groups(telling: _Telling, event: Pinging) -> None:
    for group in groups_for(telling.letters, telling.happening, event):
        if _is_said_again(event) and _is_again(telling.happening, event):
            telling.again.groups[event.type, group].append(event)
        else:
            await in_group(telling.letters, telling.happening, event, group)


def _is_again(happening: Happening, event: Gathering) -> bool:
    return isinstance(event, e.OwnerReminded) or gathered.is_again(happening, event)
