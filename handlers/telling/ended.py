"""Word of an end that nobody waited for: cancelled as a mistake, merged into another incident, or
a promised vehicle that broke down itself.

In: a happening and its event. Out: messages to everybody who was told, with a sound for whoever
was to do something. Forbidden here: cards (see `live`).
"""

from functools import partial

from handlers.buttons import button
from handlers.catalogue import say
from handlers.telling import stock_word
from handlers.telling.cards import group_of, groups_of
from handlers.telling.happening import Happening, Reader
from handlers.telling.letters import Letters, Write
from plans import events as e
from plans.format import CLOSING
from plans.incident import Incident, StepStatus
from plans.model import PersonId, StepId
from plans.plate import show_plate
from storage.delivery import Message, Urgency

PEOPLE_TOLD = 50
# Kept on record by these names, since each reader has a language of their own.
USUAL_REASONS = ("false_alarm", "slip", "solved")
WITHDRAWING = ("no_need", "slip", "again")


async def tell(
    letters: Letters,
    happening: Happening,
    event: e.IncidentMerged | e.IncidentCancelled | e.ResourceLost,
) -> None:
    match event:
        case e.IncidentMerged():
            await _merged(letters, happening, event)
        case e.IncidentCancelled():
            await _cancelled(letters, happening, event)
        case e.ResourceLost():
            await _resource_lost(letters, happening, event)


async def _cancelled(letters: Letters, happening: Happening, event: e.IncidentCancelled) -> None:
    """Everybody who was told of anything learns that it was a mistake."""
    after, plan = happening.after, happening.plan

    def write(reader: Reader) -> Message:
        return Message(
            text=say(
                reader.lang,
                "directing.cancelled_told",
                number=after.number,
                title=plan.title.in_(reader.lang),
                name=reader.name(event.by),
                reason=why_cancelled(event, reader),
            )
        )

    reader = letters.reader_of(after.reporter)
    for group in groups_of(plan, after, reader):
        if letters.roster.chat_of(group) != happening.heard_in:
            await letters.group(group, write)
    informed = (p for role in plan.inform for p in letters.roster.holders(role, after.region))
    told = (p for state in after.steps.values() for p in state.told)
    keepers = stock_word.given_back(letters, happening)
    people = [p for p in (*after.reporters, *told, *informed) if p not in keepers]
    await _to_people(letters, happening, tuple(people), event.by, write)
    for keeper, given_back in keepers.items():
        # One message: that it is over, and what need not be kept any more.
        both = partial(stock_word.both, write, given_back)
        await _to_people(letters, happening, (keeper,), event.by, both)


def why_cancelled(event: e.IncidentCancelled, reader: Reader) -> str:
    """A usual reason in the reader's language; one that was typed as it was typed."""
    if event.reason in (*USUAL_REASONS, *WITHDRAWING):
        return say(reader.lang, f"directing.because_{event.reason}").unescape()
    return event.reason


async def _merged(letters: Letters, happening: Happening, event: e.IncidentMerged) -> None:
    """Whoever reported it, and whoever had something to do in it."""
    number = happening.after.number
    reporters = dict.fromkeys(happening.after.reporters)
    for person in reporters:
        await letters.person(
            person,
            lambda r: Message(text=say(r.lang, "report.merged", number=number, into=event.into)),
            Urgency.URGENT,
        )
    at_work = [p for p in _at_work(happening.before) if p not in reporters]

    def write(reader: Reader) -> Message:
        return Message(
            text=say(reader.lang, "directing.merged_work", number=number, into=event.into)
        )

    await _to_people(letters, happening, tuple(at_work), event.by, write)


async def _to_people(
    letters: Letters,
    happening: Happening,
    people: tuple[PersonId, ...],
    author: PersonId | None,
    write: Write,
) -> None:
    at_work = _at_work(happening.before)
    for person in [p for p in dict.fromkeys(people) if p != author][:PEOPLE_TOLD]:
        await letters.person(person, write, Urgency.URGENT if person in at_work else Urgency.NORMAL)


def _at_work(before: Incident | None) -> tuple[PersonId, ...]:
    """Whoever had or was asked for an open step; of a routine, which asks anew by itself, only
    whoever had it."""
    if before is None:
        return ()
    people: list[PersonId] = []
    for step in before.steps.values():
        if step.status is StepStatus.OPEN and step.taken_by:
            people.append(step.taken_by)
        elif step.status is StepStatus.OPEN and not before.routine:
            people += step.asked
    return tuple(dict.fromkeys(people))


async def _resource_lost(letters: Letters, happening: Happening, event: e.ResourceLost) -> None:
    """Whoever sent for the vehicle, their group, and whoever waits for it."""
    found = [
        name
        for name, step in happening.plan.steps.items()
        if step.allocate is not None and step.allocate.as_ == event.fact
    ]
    if not found:
        return
    sent = found[0]

    def write(reader: Reader) -> Message:
        swap = button(say(reader.lang, "steps.swap"), "swap", happening.after.number, sent)
        text = _lost_words("directing.spare_lost", happening, event, reader)
        return text.model_copy(update={"buttons": ((swap,),)} if _may_swap(happening, sent) else {})

    senders = _senders(letters, happening, sent)
    for person in senders:
        await letters.person(person, write, Urgency.URGENT)
    group = group_of(
        happening.plan,
        letters.reader_of(happening.after.reporter),
        happening.after.steps[sent],
    )
    if group is not None:
        await letters.group(group, write, Urgency.URGENT)
    for person in dict.fromkeys(happening.after.reporters):
        if person not in senders:
            await letters.person(
                person,
                lambda r: _lost_words("directing.spare_lost_reporter", happening, event, r),
                Urgency.URGENT,
            )


def _lost_words(key: str, happening: Happening, event: e.ResourceLost, reader: Reader) -> Message:
    values = {"number": happening.after.number, "plate": show_plate(event.plate)}
    return Message(text=say(reader.lang, key, other=event.incident, **values))


def _senders(letters: Letters, happening: Happening, sent: StepId) -> tuple[PersonId, ...]:
    """Whoever has or did the step; else whoever is asked; and those who hold its role."""
    state, roster, at = happening.after.steps[sent], letters.roster, happening.at
    did = state.taken_by or state.settled_by
    holders = roster.holders(state.role, state.region) if state.role else ()
    acting = (roster.acting_for(person, at) for person in holders)
    return tuple(dict.fromkeys([*((did,) if did else state.asked), *acting]))


def _may_swap(happening: Happening, sent: StepId) -> bool:
    """As long as it has not arrived."""
    after, steps = happening.after, happening.plan.steps
    allocate = steps[sent].allocate
    bringing = [n for n, s in steps.items() if allocate and s.owner.driver_of == allocate.as_]
    concerned = [sent, *bringing]
    return any(after.steps[n].status is StepStatus.OPEN for n in concerned if n != CLOSING)
