"""Live messages: those that are edited in place as the incident goes on.

In: an incident as it stands. Out: every live message with its slot, reader and present text: one
card a group, one for each person informed, one for whoever reported, one for each person told of a
step, and one with the text that its owner passes on. Forbidden here: sending; new messages with a
sound.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from handlers.telling.cards import group_card, leader_card, reporter_card, steps_by_group
from handlers.telling.happening import Reader
from handlers.telling.letters import Letters
from handlers.telling.notices import given_to, notice_message, notice_slot
from handlers.telling.step_messages import step_message, step_slot
from plans.format import Plan
from plans.incident import Incident, StepStatus
from plans.model import GroupId, PersonId, StepId
from storage.delivery import Message, Urgency


@dataclass(frozen=True)
class Live:
    """A live message: for a group or for a person. `urgency` is that of its first posting; edits
    make no sound."""

    slot: str
    message: Message
    group: GroupId | None = None
    person: PersonId | None = None
    urgency: Urgency = Urgency.NORMAL
    of_step: bool = False


def live_messages(
    plan: Plan, incident: Incident, letters: Letters, *, unlike: Incident | None = None
) -> Iterator[Live]:
    """Every live message of the incident, as it reads now; without parts of steps of which nothing
    differs from `unlike`: each tick on one of two hundred call lists would write them all."""
    number = incident.number
    for person in _with_a_card(incident):
        reader = letters.reader_of(person)
        message = reporter_card(plan, incident, reader, person)
        slot = f"reporter/{number}/{person}"
        yield Live(slot, message, person=person, urgency=Urgency.URGENT)
    business = steps_by_group(plan, incident, letters.reader_of(incident.reporter))
    for group, own in business.items():
        card = group_card(plan, incident, letters.reader_in(group), own)
        yield Live(f"card/{number}/{group}", card, group=group, urgency=Urgency.URGENT)
    for person in informed(plan, incident, letters.reader_of(incident.reporter)):
        message = leader_card(plan, incident, letters.reader_of(person))
        yield Live(f"leader/{number}/{person}", message, person=person)
    yield from _step_messages(plan, incident, letters, _alike(incident, unlike))


def _with_a_card(incident: Incident) -> tuple[PersonId, ...]:
    """Whoever reported. What another incident called for was reported with that one, whose card
    they have: a second "received" in the middle of it would only cost them time."""
    if incident.routine:
        return ()
    first = () if incident.parent is not None else (incident.reporter,)
    return (*first, *incident.also_reported)


def informed(plan: Plan, incident: Incident, reader: Reader) -> list[PersonId]:
    """Who gets a short card: holders of the roles the plan informs, whoever directs or directed
    it."""
    roster = reader.roster
    holders = (p for role in plan.inform for p in roster.holders(role, incident.region))
    people = (*holders, *incident.directed_by)
    return [p for p in dict.fromkeys(people) if p != incident.reporter]


def _alike(incident: Incident, other: Incident | None) -> frozenset[StepId]:
    """The parts that read the same in both: where they, and all but parts, are the very same."""
    if other is None:
        return frozenset()
    same = {name for name, state in incident.steps.items() if other.steps.get(name) is state}
    kept = [name for name in Incident.model_fields if name not in ("steps", "entries")]
    whole = all(getattr(incident, name) is getattr(other, name) for name in kept)
    parts = {name for name, state in incident.steps.items() if state.share is not None}
    others_same = incident.steps.keys() - parts <= same
    return frozenset(parts & same) if whole and others_same else frozenset()


def _step_messages(
    plan: Plan, incident: Incident, letters: Letters, left_out: frozenset[StepId]
) -> Iterator[Live]:
    for step, state in incident.steps.items():
        if step in left_out:
            continue
        if state.status is StepStatus.WAITING and state.opens_at is None:
            continue
        for person in state.told:
            message = step_message(plan, incident, step, person, letters.reader_of(person))
            slot = step_slot(incident, step, person)
            yield Live(slot, message, person=person, of_step=True)
        for person in given_to(state):
            notice = notice_message(plan, incident, step, letters.reader_of(person))
            if notice is not None:
                slot = notice_slot(incident, step, person)
                yield Live(slot, notice, person=person, of_step=True)
