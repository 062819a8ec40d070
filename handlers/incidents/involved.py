"""Who is involved in what: the open incidents a person has a part in.

In: a turn and a speaker, a press on what only those may touch. Out: incidents; a press refused with
why. Forbidden here: changing anything.
"""

from handlers.context import Speaker
from handlers.documents import INCIDENTS
from plans.incident import Incident
from plans.involved import has_part
from plans.rights import may_inform
from storage.port import Turn


async def involved_in(turn: Turn, speaker: Speaker) -> list[Incident]:
    """Open incidents the speaker reported, or was told of any step of; newest first."""
    opened = await turn.find(INCIDENTS, status="open")
    return [i for i in reversed(opened) if has_part(i, speaker.person)]


async def visible_to(turn: Turn, speaker: Speaker) -> list[Incident]:
    """Open incidents the speaker may see, newest first."""
    opened = await turn.find(INCIDENTS, status="open")
    return [i for i in reversed(opened) if may_inform(speaker.roster, i, speaker.person, turn.at)]
