"""Routines under way, folded into a few lines. In: open incidents. Out: lines for /incidents.
Forbidden here: choosing whom to show them to."""

from collections.abc import Iterable

from handlers.catalogue import Html, say
from handlers.desk import Desk
from handlers.telling.happening import Reader
from plans.incident import Incident
from storage.port import Turn

PLACES_SHOWN = 8
PLANS_SHOWN = 6


async def folded(
    turn: Turn, desk: Desk, incidents: Iterable[Incident], reader: Reader
) -> list[Html]:
    """A heading, and for each plan one line with its regions; [] for no routines."""
    routines = [incident for incident in incidents if incident.routine]
    if not routines:
        return []
    places: dict[str, list[str]] = {}
    for incident in sorted(routines, key=lambda i: i.number):
        title = (await desk.plan_of(turn, incident)).title.in_(reader.lang)
        where = f"{reader.region(incident.region)} #{incident.number}"
        places.setdefault(title, []).append(where)
    lines = [say(reader.lang, "routines.folded", count=len(routines))]
    comma = "、" if reader.lang == "zh" else ", "
    for title, found in list(places.items())[:PLANS_SHOWN]:
        shown = comma.join(found[:PLACES_SHOWN]) + (" …" if len(found) > PLACES_SHOWN else "")
        lines.append(say(reader.lang, "routines.folded_line", title=title, where=shown))
    return lines
