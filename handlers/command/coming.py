"""Coming and going: a commander leaves, a chief is back.

In: somebody whose absence begins or ends, or who can be reached again. Out: the engine looks at
every headquarters; a chief who is back learns who commands, and may take over. Forbidden here:
changing who commands.
"""

from handlers.buttons import button
from handlers.catalogue import Html, say
from handlers.command.lines import commander_lines
from handlers.command.proposals import take_row
from handlers.command.standing import post
from handlers.desk import Desk
from handlers.documents import INCIDENTS
from handlers.telling.happening import Reader, brief
from handlers.telling.letters import Letters, Write
from plans import commands as c
from plans.format import Plan
from plans.heads import could_take_over
from plans.incident import Incident
from plans.model import PersonId
from storage.delivery import Message
from storage.port import Turn


async def look_at_commands(turn: Turn, desk: Desk) -> None:
    """Somebody has come or gone: whether they command anything is for the engine to say."""
    for incident in await turn.find(INCIDENTS, status="open"):
        if incident.headquarters is not None:
            await desk.act(turn, incident.number, c.PassTime(turn.at))


async def welcome_chief(turn: Turn, desk: Desk, person: PersonId) -> None:
    """A chief who is back is told of every headquarters they could take over."""
    roster = await desk.roster(turn)
    for incident in await turn.find(INCIDENTS, status="open"):
        known = incident.headquarters
        if known is not None and could_take_over(roster, known, person):
            plan = await desk.plan_of(turn, incident)
            letters = Letters(turn, roster, incident.number)
            await post(letters, incident, "offer", person, _offer(plan, incident))


def _offer(plan: Plan, incident: Incident) -> Write:
    number = incident.number

    def write(reader: Reader) -> Message:
        values = {
            "icon": plan.icon,
            "number": number,
            "title": brief(plan.title.in_(reader.lang)),
            "line": Html("".join(commander_lines(incident, reader))),
        }
        look = button(say(reader.lang, "command.brief_button"), "hq", number, "brief", "-")
        text = say(reader.lang, "command.chief_back", **values)
        return Message(text=text, buttons=(take_row(incident, reader), (look,)))

    return write
