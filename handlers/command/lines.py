"""The commander in one line, as it stands on cards, lists and pings.

In: an incident as it stands and who reads. Out: one line, or none without a headquarters. Forbidden
here: buttons, and whom to tell.
"""

from handlers.catalogue import Html, say
from handlers.telling.happening import Reader
from plans.incident import HeadquartersState, Incident


def commander_lines(incident: Incident, reader: Reader) -> list[Html]:
    """Who commands, or loudly that nobody does; an empty list for what has no headquarters."""
    known = incident.headquarters
    return [] if known is None else [_line(known, reader)]


def _line(known: HeadquartersState, reader: Reader) -> Html:
    lang, name = reader.lang, reader.name(known.appointed)
    if known.commander is None:
        return say(lang, f"command.line_{known.gap or 'nobody'}", name=name)
    silent = say(lang, "command.silent") if known.gap == "silent" else ""
    if known.acting is not None:
        by = reader.name(known.authorised_by)
        return say(lang, "command.line_acting", name=name, by=by, silent=silent)
    deputy = say(lang, "command.deputy", name=reader.name(known.deputy)) if known.deputy else ""
    return say(lang, "command.line_chief", name=name, deputy=deputy, silent=silent)
