"""Instead: why somebody hears of a step though they are away, or have nothing to do with it.

In: what was written to the last in line, and who reads it. Out: the same with a line that says why
them; whoever is in command and there needs none. Forbidden here: choosing whom to tell.
"""

from handlers.catalogue import Html, say
from handlers.telling.happening import Happening, Reader
from plans import events as e
from plans.model import PersonId
from storage.delivery import Message


def explained(
    happening: Happening, event: e.Event, person: PersonId, reader: Reader, message: Message
) -> Message:
    if not isinstance(event, e.StepEscalated) or event.rung != "command":
        return message
    why = _why(happening, person)
    if why is None:
        return message
    line = say(reader.lang, f"gathered.{why}")
    return message.model_copy(update={"text": Html(f"{message.text}\n{line}")})


def _why(happening: Happening, person: PersonId) -> str | None:
    roster, at = happening.roster.for_incident(happening.after.number), happening.at
    command = roster.command()
    if person in command:
        return "away" if roster.is_away(person, at) else None
    if person in {roster.acting_for(one, at) for one in command}:
        return None
    reached = any(roster.can_be_told(one, at) in ("yes", "away") for one in command)
    looks_after = person in roster.named_administrators() and not reached
    return "looks_after" if looks_after else "proposed"
