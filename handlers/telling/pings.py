"""Pings: new messages, with a sound, to whoever must act now.

In: a happening. Out: a private message to each person asked, and in the step's group one message
with mentions. Forbidden here: more than five mentions a message (Telegram notifies no more).
"""

from collections import Counter
from collections.abc import Callable, Iterator

from handlers.catalogue import Html
from handlers.telling import bundles
from handlers.telling.cards import group_of
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
from plans.incident import StepStatus
from plans.model import GroupId, PersonId, StepId
from storage.delivery import Message, Urgency

MENTIONS_LIMIT = 5

Pinging = e.StepOpened | e.StepEscalated | e.StepHandedOver | e.OwnerReminded
# Who is mentioned, in a group; None in private.
Write = Callable[[Reader, Html | None], Message]


async def tell(letters: Letters, happening: Happening) -> set[str]:
    """Send the pings; returns the slots that were posted, so that nobody is told twice."""
    posted: set[str] = set()
    pinging = [event for event in happening.events if isinstance(event, Pinging)]
    waiting = await bundles.waiting(letters.turn) if pinging else Counter[PersonId]()
    for event in pinging:
        if happening.after.steps[event.step].status is not StepStatus.OPEN:
            continue
        if await _is_bundled(letters, happening, event):
            continue
        write = _writer(happening, event)
        posted |= await _in_private(letters, happening, event, write, posted, waiting)
        await _in_groups(letters, happening, event, write)
    return posted


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
    write: Write,
    posted: set[str],
    waiting: Counter[PersonId],
) -> set[str]:
    slots = set()
    for person in _asked(event):
        if await _is_reminded_of_all(letters, happening, event, person):
            continue
        slot = _new_slot(happening, event.step, person)
        slot = None if slot in posted else slot
        reader = letters.reader_of(person)
        message = bundles.with_all(reader, write(reader, None), waiting[person])
        await letters.person(
            person, _as_is(message), _urgency(happening, event), slot=slot, step=event.step
        )
        slots |= {slot} if slot else set()
    return slots


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


async def _in_groups(letters: Letters, happening: Happening, event: Pinging, write: Write) -> None:
    people = _asked(event)
    for group in _groups(letters, happening, event):
        for mentioned in _split(people):

            def text(reader: Reader, mentioned: tuple[PersonId, ...] = mentioned) -> Message:
                names = " ".join(reader.mention(p) for p in mentioned)
                message = write(reader, Html(f"👉 {names}\n" if names else ""))
                few = buttons_in_group(happening, event.step, reader.lang)
                return message.model_copy(update={"buttons": few})

            await letters.group(group, text, Urgency.URGENT, step=event.step)


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
        roster = letters.roster
        for role in roster.company.command:
            department = roster.company.roles[role].department
            group = roster.group_for(department, None)
            groups += [group] if group is not None else []
    return list(dict.fromkeys(groups))
