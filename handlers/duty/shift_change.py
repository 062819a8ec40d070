"""A change of shift: whoever comes on duty learns what is open; what is long over is forgotten.

In: a shift whose time has come. Out: one list of open incidents, the shift marked as begun or
removed. Forbidden here: handing anything over; that takes two people's word.
"""

from handlers.catalogue import Html, say
from handlers.desk import Desk
from handlers.documents import INCIDENTS, SHIFTS
from handlers.telling.happening import Reader
from handlers.telling.letters import Letters
from handlers.telling.where import where
from plans.roster import Shift
from storage.delivery import Message
from storage.port import Turn

INCIDENTS_SHOWN = 10


async def shift_due(turn: Turn, desk: Desk, id_: str) -> None:
    """The shift begins now, or is long over."""
    shift = await turn.get(SHIFTS, id_)
    if shift is None or shift.due_next() > turn.at:
        return
    if shift.begun:
        turn.remove(SHIFTS, id_)
        return
    turn.put(SHIFTS, shift.model_copy(update={"begun": True}))
    if turn.at < shift.until:
        await _brief(turn, desk, shift)


async def _brief(turn: Turn, desk: Desk, shift: Shift) -> None:
    letters = Letters(turn, await desk.roster(turn))
    lines = await _open_lines(turn, desk, shift, letters.reader_of(shift.person))
    if not lines:
        return

    def write(reader: Reader) -> Message:
        text = say(
            reader.lang,
            "rota.begins",
            role=reader.role(shift.role),
            region=reader.region(shift.region),
            until=reader.time(shift.until),
            lines=Html("\n".join(lines)),
        )
        return Message(text=text)

    await letters.person(shift.person, write)


async def _open_lines(turn: Turn, desk: Desk, shift: Shift, reader: Reader) -> list[Html]:
    lines = []
    for incident in await turn.find(INCIDENTS, status="open"):
        if shift.region not in (incident.region, None):
            continue
        plan = await desk.plan_of(turn, incident)
        values = {
            "icon": plan.icon,
            "number": incident.number,
            "title": plan.title.in_(reader.lang),
            "region": where(incident, reader),
            "since": reader.time(incident.reported_at),
        }
        lines.append(say(reader.lang, "general.incident_line", **values))
    return lines[-INCIDENTS_SHOWN:]
