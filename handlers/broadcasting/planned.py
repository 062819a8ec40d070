"""Planned: what a step of a plan broadcasts, and to whom.

In: an incident as it is. Out: a draft as the plan says. Forbidden here: storing or showing it.
"""

from datetime import datetime
from hashlib import sha256

from handlers.broadcasting.documents import WORDS_LIMIT, CastDraft, CastKind
from handlers.telling.filled import fill
from handlers.telling.happening import Reader
from plans.area import Area, regions_of
from plans.broadcast import Choice
from plans.format import Audience, Plan
from plans.incident import Incident
from plans.model import PersonId, RegionId, StepId
from plans.roster import Roster


def planned(
    roster: Roster, plan: Plan, incident: Incident, step: StepId, person: PersonId, at: datetime
) -> CastDraft:
    """What the plan lets the person send at this step, in the words of the incident as it is.
    ValueError: the step sends nothing."""
    broadcast = plan.steps[step].broadcast
    if broadcast is None:
        raise ValueError(step)
    same_as, to = _audience(plan, incident, broadcast.to)
    sent = incident.steps[step].broadcast
    choice = Choice(
        regions=_regions(roster, incident, to), roles=to.roles, departments=to.departments
    )
    chase_s = None if broadcast.chase is None else round(broadcast.chase.total_seconds())
    draft = CastDraft(
        by=person,
        screen=0,
        kind=broadcast.kind,
        choice=choice,
        same_as=same_as,
        about=_about(broadcast.kind, None if sent is None else sent.number, same_as),
        zh=_short(fill(broadcast.text, plan, incident, Reader(roster, "zh", at))),
        en=_short(fill(broadcast.text, plan, incident, Reader(roster, "en", at))),
        confirm=broadcast.confirm,
        chase_s=chase_s,
        incident=incident.number,
        step=step,
        worded_at=at,
    )
    content = draft.model_dump_json().encode()
    return draft.model_copy(update={"worded": sha256(content).hexdigest()[:16]})


def _about(kind: CastKind, sent: int | None, same_as: int | None) -> int | None:
    """The one that it replaces. What is sent to the readers of another corrects or ends that one:
    an all-clear ends the latest warning, also where there was one before."""
    if kind == "all_clear":
        return same_as if same_as is not None else sent
    return sent if sent is not None or kind != "correction" else same_as


def _short(words: str) -> str:
    """What was typed into an incident may be longer than one message."""
    return words if len(words) <= WORDS_LIMIT else f"{words[: WORDS_LIMIT - 1]}…"


def _audience(plan: Plan, incident: Incident, to: Audience) -> tuple[int | None, Audience]:
    """The broadcast whose readers these are; where that was never sent, whom it was meant for."""
    seen: set[StepId] = set()
    while to.same_as is not None and to.same_as not in seen:
        seen.add(to.same_as)
        state, step = incident.steps.get(to.same_as), plan.steps.get(to.same_as)
        if state is not None and state.broadcast is not None:
            return state.broadcast.number, to
        if step is None or step.broadcast is None:
            break
        to = step.broadcast.to
    return None, to


def _regions(roster: Roster, incident: Incident, to: Audience) -> tuple[RegionId, ...]:
    area = incident.fact(to.area) if to.area is not None else None
    return regions_of(area, roster.company) if isinstance(area, Area) else (incident.region,)
