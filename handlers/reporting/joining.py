"""Joining: a plan of which a region has one incident at a time; a second report joins it.

In: a report, or a step that calls, and the incident under way. Out: what the report adds; where it
says something else, an offer to correct that by one press. Forbidden here: correcting anything
that nobody has pressed.
"""

from collections.abc import Iterator, Mapping
from datetime import datetime, timedelta

from handlers.buttons import button, mark_of
from handlers.catalogue import Html, say
from handlers.documents import INCIDENTS
from handlers.telling.happening import Reader
from handlers.telling.letters import Letters
from plans import commands as c
from plans.engine.joining import territory, with_more
from plans.engine.knowing import is_valid
from plans.events import NOTE_LIMIT
from plans.format import Plan
from plans.incident import FactValue, Incident
from plans.model import FactName, PersonId, RegionId
from plans.place import Place
from plans.roster import Roster
from storage.delivery import Message, Urgency
from storage.document import Document
from storage.port import Kind, Turn

Facts = Mapping[FactName, FactValue]
OFFERED_FOR = timedelta(days=1)


class Proposal(Document):
    """What somebody's report says otherwise than the incident knows; forgotten at `until`."""

    incident: int
    person: PersonId
    facts: dict[FactName, FactValue]
    until: datetime


def key_of(number: int, person: PersonId) -> str:
    return f"{number}/{person}"


PROPOSALS = Kind(
    "proposals", Proposal, key=lambda p: key_of(p.incident, p.person), due=lambda p: p.until
)


async def forget(turn: Turn, key: str) -> None:
    """An offer that nobody has pressed."""
    known = await turn.get(PROPOSALS, key)
    if known is not None and known.until <= turn.at:
        turn.remove(PROPOSALS, key)


async def running_there(
    turn: Turn, plan: Plan, roster: Roster, region: RegionId, facts: Facts, *, drill: bool = False
) -> Incident | None:
    """The open incident of the plan in that region, or in one that either's area covers. An
    exercise and the real thing do not mix."""
    if not plan.per_region:
        return None
    company = roster.company
    wanted = territory(region, facts.values(), company)
    for incident in await turn.find(INCIDENTS, status="open"):
        if incident.plan != plan.plan or incident.drill is not drill:
            continue
        known = (fact.value for fact in incident.facts.values())
        if wanted & territory(incident.region, known, company):
            return incident
    return None


def brought(
    plan: Plan, incident: Incident, at: datetime, person: PersonId, facts: Facts
) -> Iterator[c.Command]:
    """What the report brings: whoever reports, what nobody has said yet, and words of their own,
    which stand beside those that are known."""
    place = next((value for value in facts.values() if isinstance(value, Place)), None)
    yield c.JoinReport(at, person, place)
    for name, value in facts.items():
        asked, known = plan.ask.get(name), incident.fact(name)
        if asked is None or not is_valid(plan, name, value, at) or value == known:
            continue
        if known is None:
            yield c.RecordFact(at, person, name, value)
        elif asked.type == "text":
            yield c.AddNote(at, person, str(value)[:NOTE_LIMIT])
        elif asked.type == "photo":
            yield c.AddNote(at, person, media="photo", file_id=str(value))


async def propose(
    letters: Letters,
    plan: Plan,
    incident: Incident,
    person: PersonId,
    facts: Facts,
    *,
    reported: bool = True,
) -> None:
    """Tell whoever `reported` what they have joined, or whoever answers for it what another
    incident knows; and offer each correction as a button."""
    turn, differing = letters.turn, dict(_differing(plan, incident, facts, letters.turn.at))
    if differing:
        turn.put(
            PROPOSALS,
            Proposal(
                incident=incident.number,
                person=person,
                facts=differing,
                until=turn.at + OFFERED_FOR,
            ),
        )

    def write(reader: Reader) -> Message:
        key = "joining.joined" if reported else "joining.learned"
        values = {"icon": plan.icon, "number": incident.number}
        head = say(reader.lang, key, title=plan.title.in_(reader.lang), **values)
        return _proposing(plan, incident, differing, reader, head)

    await letters.person(person, write, Urgency.URGENT)


def differs(plan: Plan, incident: Incident, facts: Facts, at: datetime) -> bool:
    """Whether there is anything to offer."""
    return any(_differing(plan, incident, facts, at))


def _differing(
    plan: Plan, incident: Incident, facts: Facts, at: datetime
) -> Iterator[tuple[FactName, FactValue]]:
    for name, value in facts.items():
        known = incident.fact(name)
        if known is None or not is_valid(plan, name, value, at):
            continue
        more = with_more(plan.ask[name], known, value)
        if more != known:
            yield name, more


def _proposing(
    plan: Plan, incident: Incident, differing: Facts, reader: Reader, head: Html
) -> Message:
    lang, number = reader.lang, incident.number
    lines, rows = [head], []
    for name, value in differing.items():
        what = plan.ask[name].called(lang)
        values = {
            "what": what,
            "known": _shown(plan, name, incident.fact(name), reader.about(incident)),
            "said": _shown(plan, name, value, reader.about(incident)),
        }
        lines.append(say(lang, "joining.differs", **values))
        label = say(lang, "joining.correct", **values)
        rows.append((button(label.unescape(), "adopt", number, name, mark_of_value(value)),))
    if rows:
        lines.append(say(lang, "joining.ask"))
    return Message(text="\n".join(lines), buttons=tuple(rows))


def mark_of_value(value: FactValue) -> str:
    """What the button under an offer stands for: another report may have brought another since."""
    return mark_of(repr(value))


def _shown(plan: Plan, name: FactName, value: FactValue | None, reader: Reader) -> Html:
    return Html("") if value is None else reader.brief_fact(plan, name, value)
