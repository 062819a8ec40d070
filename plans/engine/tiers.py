"""Tiers: who may decide on so many, and in which order they are asked.

In: a decision as the plan writes it, the incident, the roster, the time. Out: the rungs of those
whose bound reaches. Forbidden here: deciding (see `approving`).
"""

from dataclasses import replace
from datetime import datetime

from plans.engine.conditions import holds
from plans.format import Decide, Plan, Tier
from plans.incident import Incident
from plans.model import PersonId, RegionId, RoleId
from plans.roster import Roster, Rung, ladder


def asked_for(decide: Decide, incident: Incident) -> int | None:
    """The number that is to be decided on; None while nobody has said it, or where there is
    none."""
    number = incident.fact(decide.of or "")
    return number if isinstance(number, int) else None


def reaching(decide: Decide, incident: Incident) -> tuple[Tier, ...]:
    """The tiers that may decide on the number asked for, lowest first; on an unknown number any;
    () when it is above all bounds."""
    number = asked_for(decide, incident)
    return tuple(
        tier
        for tier in decide.tiers
        if holds(tier.when, incident.facts, incident.earlier)
        and (number is None or tier.up_to is None or number <= tier.up_to)
    )


def requesters(plan: Plan, incident: Incident) -> tuple[PersonId, ...]:
    """Those who asked for it, and so do not decide on it. A routine is nobody's wish, nor is what
    somebody has reported."""
    if incident.routine or not plan.is_request:
        return ()
    filed = () if incident.filed_by is None else (incident.filed_by,)
    return (incident.reporter, *filed)


def tier_rungs(
    decide: Decide, incident: Incident, roster: Roster, region: RegionId, at: datetime
) -> tuple[RoleId, tuple[Rung, ...]]:
    """The role that has the decision, and the ladder: that role, each higher tier, then those above
    the last tier, then command. Above all bounds it begins with those above the last tier.

    ValueError: the decision has no tiers.
    """
    if not decide.tiers:
        raise ValueError("a decision without tiers is its owner's")
    reach = reaching(decide, incident)
    if not reach:
        last = decide.tiers[-1].role
        above = next(iter(roster.company.chain(last)), last)
        return above, ladder(roster, above, region, at)
    rungs = [*ladder(roster, reach[0].role, region, at)]
    rungs = [rung for rung in rungs if rung.kind in ("holder", "deputy")]
    for tier in reach[1:]:
        higher = ladder(roster, tier.role, region, at)
        own = (rung for rung in higher if rung.kind in ("holder", "deputy"))
        rungs += [replace(rung, kind="superior") for rung in own]
    last_ladder = ladder(roster, reach[-1].role, region, at)
    rungs += [rung for rung in last_ladder if rung.kind in ("superior", "command")]
    return reach[0].role, tuple(rungs)


def without(rungs: tuple[Rung, ...], people: tuple[PersonId, ...]) -> tuple[Rung, ...]:
    """The ladder without these people; only in command, at its end, they stay. Where they alone
    would be asked first, whoever comes next is."""
    *below, command = rungs
    left = [
        replace(rung, people=tuple(p for p in rung.people if p not in people)) for rung in below
    ]
    kept = [rung for rung in left if rung.people]
    first_is_gone = bool(left) and left[0].kind == "holder" and not left[0].people
    if first_is_gone and kept:
        kept[0] = replace(kept[0], kind="holder")
    return (*kept, command)
