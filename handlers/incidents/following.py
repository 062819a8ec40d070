"""Following: a plan begins by itself, so long after an incident has closed.

In: a follow-up whose time has come. Out: an incident begun, once; its questions asked. Forbidden
here: waking anybody for it: in quiet hours it waits for the morning.
"""

from handlers.desk import Desk, version_of
from handlers.incidents.follow_ups import FOLLOW_UPS
from handlers.reporting.joining import running_there
from handlers.reporting.wanted import WANTED, Wanted
from plans import commands as c
from plans.engine.knowing import is_valid
from plans.roster.quiet import quiet_until
from storage.port import Turn


async def begin_follow_up(turn: Turn, desk: Desk, key: str) -> None:
    """Begin it, late rather than never. What is no longer in force begins no more, nor what is
    under way there anyway, where there is one at a time."""
    follow_up = await turn.get(FOLLOW_UPS, key)
    if follow_up is None or follow_up.at > turn.at:
        return
    roster = await desk.roster(turn)
    awake_at = quiet_until(roster.company, turn.at)
    if awake_at is not None:
        turn.put(FOLLOW_UPS, follow_up.model_copy(update={"at": awake_at}))
        return
    turn.remove(FOLLOW_UPS, key)
    plan = desk.plans.get(follow_up.plan)
    if plan is None:
        return
    if await running_there(turn, plan, roster, follow_up.region, follow_up.facts):
        return
    number = await turn.next_number("incident")
    command = c.StartIncident(
        turn.at,
        follow_up.reporter,
        number,
        version_of(plan),
        follow_up.region,
        {name: said for name, said in follow_up.facts.items() if is_valid(plan, name, said)},
        drill=follow_up.drill,
        parent=follow_up.parent,
    )
    if not isinstance(await desk.begin(turn, plan, command), c.Refusal):
        turn.put(WANTED, Wanted(incident=number, at=turn.at))
