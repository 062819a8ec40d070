"""Filled in: a plan's text with what its incident knows, in one reader's language.

In: a text with `{fact}` in it, an incident, who reads. Out: plain words, not escaped, the same that
cards use for each fact. Forbidden here: HTML (whoever posts the words escapes them), and choosing
who reads.
"""

from handlers.telling.happening import Reader
from plans.filling import ALWAYS_KNOWN, filled, placeholders
from plans.format import Plan
from plans.incident import NONE, Incident
from plans.moment import read_moment
from plans.place import Place
from plans.text import Text


def fill(text: Text, plan: Plan, incident: Incident, reader: Reader) -> str:
    """The text in the reader's language; what is not known yet is left open. A fact goes before a
    name that is always known."""
    wording = text.in_(reader.lang)
    return filled(wording, {n: _words(n, plan, incident, reader) for n in placeholders(wording)})


def _words(name: str, plan: Plan, incident: Incident, reader: Reader) -> str:
    value = incident.fact(name)
    if value is None or value == NONE:
        return _always_known(name, incident, reader) if name in ALWAYS_KNOWN else ""
    if isinstance(value, Place):
        return value.text or f"{value.lat:.5f}, {value.lon:.5f}"
    asked = plan.known().get(name)
    goods = reader.roster.company.goods.get(str(value)) if asked else None
    if asked is not None and asked.type == "goods" and goods is not None:
        return goods.name  # as a customer says it, without what it is counted in
    moment = read_moment(value) if isinstance(value, str) else None
    return (
        reader.moment(moment)
        if moment
        else reader.about(incident).fact(plan, name, value).unescape()
    )


def _always_known(name: str, incident: Incident, reader: Reader) -> str:
    match name:
        case "region":
            return reader.region(incident.region)
        case "number":
            return f"#{incident.number}"
        case "company":
            return reader.roster.company.company.name.in_(reader.lang)
        case _:
            return reader.moment(reader.at)
