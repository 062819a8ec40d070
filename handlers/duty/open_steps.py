"""Open steps: what somebody leaves behind, and handing it all over at once.

In: a person. Out: their open and unanswered steps; handed to somebody in one turn. Forbidden here:
judging who may hand over what (the engine does).
"""

from dataclasses import dataclass

from handlers.catalogue import Html, say
from handlers.desk import Desk
from handlers.directing.giving import Transfer, give
from handlers.documents import INCIDENTS
from handlers.telling.happening import Reader
from handlers.telling.spread import do_of
from plans.involved import steps_with
from plans.model import PersonId, StepId
from storage.port import Turn

SHOWN = 5


@dataclass(frozen=True)
class OpenStep:
    """A step somebody has, or is asked to take."""

    incident: int
    step: StepId


async def open_steps(turn: Turn, person: PersonId) -> list[OpenStep]:
    """Every open step the person has or is asked for, oldest incident first."""
    return [
        OpenStep(incident.number, step)
        for incident in await turn.find(INCIDENTS, status="open")
        for step, _ in steps_with(incident, person)
    ]


async def step_lines(turn: Turn, desk: Desk, steps: list[OpenStep], reader: Reader) -> Html:
    """A line for each of the first few, and how many more."""
    lines = []
    for one in steps[:SHOWN]:
        incident = await turn.get(INCIDENTS, str(one.incident))
        if incident is not None:
            plan = await desk.plan_of(turn, incident)
            do = do_of(plan, incident, one.step, reader)
            lines.append(say(reader.lang, "duty.step_line", number=one.incident, do=do))
    if len(steps) > SHOWN:
        lines.append(say(reader.lang, "duty.more", count=len(steps) - SHOWN))
    return Html("\n".join(lines))


async def hand_over_all(
    turn: Turn, desk: Desk, person: PersonId, by: PersonId, to: PersonId
) -> tuple[int, int]:
    """Hand over all the person's open steps; how many went, and how many may not."""
    steps = await open_steps(turn, person)
    given = await give(turn, desk, by, [Transfer(s.incident, s.step, person, to) for s in steps])
    went = sum(one.refused is None for one in given)
    return went, len(steps) - went
