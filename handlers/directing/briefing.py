"""The briefing: what whoever comes on duty must know, on one screen.

In: whoever goes, the open incidents, the roster, the time. Out: HTML of at most BRIEFING_LIMIT
characters; what does not fit is counted. Forbidden here: deciding who comes.
"""

from collections.abc import Sequence

from handlers.catalogue import Html, say
from handlers.desk import Desk
from handlers.documents import INCIDENTS
from handlers.telling.cards import arrival
from handlers.telling.happening import Reader, brief
from handlers.telling.spread import do_of
from handlers.telling.where import where
from plans.format import Plan
from plans.incident import Incident, VehiclePromise
from plans.involved import steps_with
from plans.model import PersonId
from plans.plate import show_plate
from storage.port import Turn

BRIEFING_LIMIT = 3500
INCIDENTS_SHOWN = 15
STEPS_SHOWN = 12
PROMISES_SHOWN = 8
AWAY_SHOWN = 12


async def briefing(turn: Turn, desk: Desk, giver: PersonId, reader: Reader) -> Html:
    """Open incidents of the giver's regions, their steps, vehicles under way, who is away."""
    opened = [
        (incident, await desk.plan_of(turn, incident))
        for incident in await turn.find(INCIDENTS, status="open")
        if _concerns(incident, giver, reader)
    ]
    parts = [
        _part("brief_incidents", [_incident(p, i, reader) for i, p in opened], INCIDENTS_SHOWN),
        _part("brief_steps", _steps(opened, giver, reader), STEPS_SHOWN),
        _part("brief_vehicles", _vehicles(opened, reader), PROMISES_SHOWN),
        _part("brief_away", _away(giver, reader), AWAY_SHOWN),
    ]
    lines = [line for key, found, shown in parts for line in _lines(key, found, shown, reader)]
    return _within(lines, reader)


def _part(key: str, found: Sequence[Html], shown: int) -> tuple[str, Sequence[Html], int]:
    return key, found, shown


def _lines(key: str, found: Sequence[Html], shown: int, reader: Reader) -> list[Html]:
    more = len(found) - shown
    head = say(reader.lang, f"directing.{key}", count=len(found))
    tail = [say(reader.lang, "directing.brief_more", count=more)] if more > 0 else []
    return [head, *found[:shown], *tail]


def _within(lines: list[Html], reader: Reader) -> Html:
    """As many lines as fit a screen."""
    kept: list[Html] = []
    length = 0
    for line in lines:
        length += len(line) + 1
        if length > BRIEFING_LIMIT:
            kept.append(say(reader.lang, "directing.brief_more", count=len(lines) - len(kept)))
            break
        kept.append(line)
    return Html("\n".join(kept))


def _regions(giver: PersonId, reader: Reader) -> set[str | None]:
    return {post.region for post in reader.roster.roles_of(giver)}


def _concerns(incident: Incident, giver: PersonId, reader: Reader) -> bool:
    regions = _regions(giver, reader)
    return None in regions or incident.region in regions or bool(steps_with(incident, giver))


def _incident(plan: Plan, incident: Incident, reader: Reader) -> Html:
    return say(
        reader.lang,
        "general.incident_line",
        icon=plan.icon,
        number=incident.number,
        title=brief(plan.title.in_(reader.lang)),
        region=where(incident, reader),
        since=reader.time(incident.reported_at),
    )


def _steps(opened: list[tuple[Incident, Plan]], giver: PersonId, reader: Reader) -> list[Html]:
    return [
        say(
            reader.lang,
            "directing.brief_step",
            number=incident.number,
            do=brief(do_of(plan, incident, step, reader)),
            due=reader.time(state.due_at) if state.due_at else "",
        )
        for incident, plan in opened
        for step, state in steps_with(incident, giver)
    ]


def _vehicles(opened: list[tuple[Incident, Plan]], reader: Reader) -> list[Html]:
    lines = []
    for incident, plan in opened:
        for fact, promise in incident.promises.items():
            if not isinstance(promise, VehiclePromise):
                continue
            there = arrival(plan, incident, fact)
            lines.append(
                say(
                    reader.lang,
                    "directing.brief_vehicle",
                    number=incident.number,
                    plate=show_plate(promise.plate),
                    name=reader.name(promise.driver),
                    eta=say(reader.lang, "cards.eta", time=reader.time(there)) if there else "",
                )
            )
    return lines


def _away(giver: PersonId, reader: Reader) -> list[Html]:
    """Those of the giver's regions who cannot be told now: who is away first, who has never come
    to Telegram last."""
    regions, roster = _regions(giver, reader), reader.roster
    found: dict[str, list[PersonId]] = {why: [] for why in ("away", "unreachable", "no_telegram")}
    for person in roster.company.people:
        posts = roster.roles_of(person)
        near = any(None in regions or post.region in regions for post in posts)
        told = roster.can_be_told(person, reader.at)
        if near and person != giver and told != "yes":
            found[told].append(person)
    return [
        say(
            reader.lang,
            "directing.re_who",
            name=reader.name(person),
            why=say(reader.lang, f"directing.why_{told}"),
        )
        for told, people in found.items()
        for person in people
    ]
