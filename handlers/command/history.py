"""The command in the history: who had it, since when, and when nobody did.

In: an event about a headquarters, who reads. Out: one line. Forbidden here: leaving out who.
"""

from typing import assert_never

from handlers.catalogue import Html, say
from handlers.telling.happening import Reader
from plans import events as e
from plans.evolve_headquarters import HeadquartersEvent

NAMES_SHOWN = 5


def command_history(event: HeadquartersEvent, reader: Reader) -> Html:
    values: dict[str, object] = {"by": reader.name(event.by)}
    key: str = event.type
    match event:
        case e.HeadquartersSet():
            values |= {"who": reader.name(event.chief), "deputy": reader.name(event.deputy)}
        case e.CommanderSought():
            asked = (*event.asked, *event.told)[:NAMES_SHOWN]
            values["who"] = reader.names(asked) or reader.name(None)
            values["missing"] = reader.name(event.missing)
            key = "commander_silent" if event.gap == "silent" else key
        case e.CommanderFound() | e.CommanderAuthorised():
            values["who"] = reader.name(event.person)
        case e.CommanderRelieved():
            values["who"] = reader.name(event.person)
            key = "commander_laid" if event.to is None else key
        case e.CommandNoted() | e.HeadquartersStoodDown():
            pass
        case _:
            assert_never(event)
    return say(reader.lang, f"command.{key}", **values)
