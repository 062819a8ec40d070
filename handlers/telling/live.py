"""Live messages: those that are edited in place as the incident goes on.

In: an incident as it stands. Out: every live message with its slot, reader and present text: one
card a group, one for each person informed, one for whoever reported, one for each person told of a
step, and one with the text that its owner passes on. Forbidden here: sending; new messages with a
sound.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from handlers.telling.cards import group_card, groups_of, leader_card, reporter_card
from handlers.telling.happening import Reader
from handlers.telling.letters import Letters
from handlers.telling.notices import given_to, notice_message, notice_slot
from handlers.telling.step_messages import step_message, step_slot
from plans.format import Plan
from plans.incident import Incident, StepStatus
from plans.model import GroupId, PersonId
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


def live_messages(plan: Plan, incident: Incident, letters: Letters) -> Iterator[Live]:
    """Every live message of the incident, as it reads now."""
    number = incident.number
    for person in _with_a_card(incident):
        reader = letters.reader_of(person)
        message = reporter_card(plan, incident, reader, person)
        slot = f"reporter/{number}/{person}"
        yield Live(slot, message, person=person, urgency=Urgency.URGENT)
    for group in groups_of(plan, incident, letters.reader_of(incident.reporter)):
        card = group_card(plan, incident, letters.reader_in(group), group)
        yield Live(f"card/{number}/{group}", card, group=group, urgency=Urgency.URGENT)
    for person in informed(plan, incident, letters.reader_of(incident.reporter)):
        message = leader_card(plan, incident, letters.reader_of(person))
        yield Live(f"leader/{number}/{person}", message, person=person)
    yield from _step_messages(plan, incident, letters)


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


def _step_messages(plan: Plan, incident: Incident, letters: Letters) -> Iterator[Live]:
    for step, state in incident.steps.items():
        if state.status is StepStatus.WAITING:
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
