"""Wanting: asking for what an incident wants to know when nobody is in the middle of reporting it.

In: an incident that another one called for. Out: its questions put to whoever reported, or, where
that is nobody who can be asked, to whoever has the step that called. Forbidden here: disturbing a
question that is being asked already: what is wanted comes after it.
"""

from datetime import datetime

from handlers.desk import Desk
from handlers.documents import CONVERSATIONS, INCIDENTS, QUESTIONS_LIMIT, Conversation
from handlers.reporting.questions import (
    NUDGE_AFTER,
    open_questions,
    question_message,
    question_slot,
)
from handlers.reporting.wanted import WANTED
from handlers.telling.letters import Letters
from plans.incident import Incident
from plans.model import PersonId
from plans.roster import Roster
from storage.delivery import Urgency
from storage.port import Turn


async def ask_wanted(turn: Turn, desk: Desk, number: int) -> None:
    """Ask once; whoever closes the incident is asked for what is still missing then."""
    turn.remove(WANTED, str(number))
    incident = await turn.get(INCIDENTS, str(number))
    if incident is None or not incident.is_open:
        return
    roster, plan = await desk.roster(turn), await desk.plan_of(turn, incident)
    questions = open_questions(plan, incident)
    person = await _whom(turn, roster, incident)
    state = roster.state(person) if person else None
    if not questions or person is None or state is None or state.telegram is None:
        return
    known = await turn.get(CONVERSATIONS, person)
    talk = known or Conversation(person=person, chat=state.telegram)
    under_way = bool(talk.questions)
    later = (*talk.questions, *questions)[:QUESTIONS_LIMIT]
    talk = talk.model_copy(update={"questions": later})
    if not under_way:
        begun = {"asked_at": turn.at, "nudges": 0, "nudge_at": turn.at + NUDGE_AFTER}
        talk = talk.model_copy(update=begun)
    turn.put(CONVERSATIONS, talk)
    if not under_way:
        first = talk.questions[0]
        letters = Letters(turn, roster, number)
        await letters.person(
            person,
            lambda reader: question_message(plan, talk, first, reader, private=True),
            Urgency.URGENT,
            slot=question_slot(person, first),
        )


async def _whom(turn: Turn, roster: Roster, incident: Incident) -> PersonId | None:
    people = [incident.reporter]
    if incident.parent is not None:
        parent = await turn.get(INCIDENTS, str(incident.parent.number))
        state = parent.steps.get(incident.parent.step) if parent else None
        people += state.told if state else ()
    return next((p for p in people if _can_be_asked(roster, p, turn.at)), None)


def _can_be_asked(roster: Roster, person: PersonId, at: datetime) -> bool:
    return roster.can_be_told(person, at) == "yes"
