"""Commanded: who has which step where the speaker has command.

In: the open incidents. Out: what is held there, and by whom. Forbidden here: changing anything.
"""

from handlers.context import Context
from handlers.documents import INCIDENTS
from plans.model import PersonId
from plans.reassigning import Held, held_steps
from plans.rights import may_reassign

LINE_WORDS = 24


async def commanded(context: Context, owner: PersonId | None = None) -> list[Held]:
    """What is held in the incidents that the speaker commands, by `owner` or by anybody, the oldest
    incident first."""
    speaker, at = context.speaker, context.turn.at
    found = []
    for incident in await context.turn.find(INCIDENTS, status="open"):
        for held in held_steps(incident, speaker.roster, at):
            if owner not in (None, held.person):
                continue
            state = incident.steps[held.step]
            there = speaker.roster.for_incident(incident.number)
            if may_reassign(there, incident, state, speaker.person):
                found.append(held)
    return found


async def said_of(context: Context, one: Held) -> str:
    """What is to be done, short enough for a button."""
    plan = await context.desk.plan_of(context.turn, one.incident)
    do = plan.step(one.step).do.in_(context.speaker.lang)
    return do if len(do) <= LINE_WORDS else f"{do[: LINE_WORDS - 1]}…"
