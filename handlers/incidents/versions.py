"""Versions: which text of its plan an incident is carried out by.

In: the plans in force, an incident. Out: each version kept under its name since it came into force;
a line that says since when. Forbidden here: another version for an incident that has begun.
"""

from handlers.catalogue import Html, say
from handlers.desk import Desk, version_of
from handlers.documents import PLANS, FrozenPlan
from handlers.telling.happening import Reader
from plans.incident import Incident
from storage.port import Turn


async def keep_in_force(turn: Turn, desk: Desk) -> None:
    """At the start of the process: what is new is in force from now on."""
    for plan in (*desk.plans.values(), *desk.routines.values()):
        version = version_of(plan)
        if await turn.get(PLANS, version) is None:
            turn.put(PLANS, FrozenPlan(version=version, plan=plan, since=turn.at))


async def version_line(turn: Turn, desk: Desk, incident: Incident, reader: Reader) -> Html:
    """Since when the version was in force, and whether there is a newer one by now; empty where
    that was never noted."""
    frozen = await turn.get(PLANS, incident.plan_version)
    if frozen is None or frozen.since is None:
        return Html("")
    plan = desk.plans.get(incident.plan) or desk.routines.get(incident.plan)
    newer = plan is not None and version_of(plan) != incident.plan_version
    key = "general.version_newer" if newer else "general.version"
    return say(reader.lang, key, since=reader.moment(frozen.since))
