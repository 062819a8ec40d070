"""Giving: many steps of many incidents to their new owners, in one turn.

In: transfers, and who decided on them. Out: what became of each; each new owner is told once, of
all that is theirs now. Forbidden here: choosing to whom (see `reassigning`, `handing`); judging the
right to (the engine does).
"""

from collections.abc import Sequence
from dataclasses import dataclass

from handlers.desk import Desk
from handlers.documents import INCIDENTS
from handlers.telling.bundles import BUNDLED_LIMIT, BUNDLES, Bundle, BundledStep, show
from handlers.telling.letters import Letters
from handlers.telling.step_messages import step_slot
from plans import commands as c
from plans.model import PersonId, StepId
from storage.delivery import Urgency
from storage.port import Turn

# One turn must not grow without bound; what is more is given with the next press.
GIVEN_LIMIT = 200
ALONE = 1


@dataclass(frozen=True)
class Transfer:
    """One open step of `owner`, and who is to have it; None: nobody can be told."""

    incident: int
    step: StepId
    owner: PersonId
    to: PersonId | None


@dataclass(frozen=True)
class Given:
    """What became of a transfer: `refused` says why it did not go."""

    transfer: Transfer
    refused: c.Refusal | None = None


async def give(
    turn: Turn, desk: Desk, by: PersonId, transfers: Sequence[Transfer], *, takes: bool = False
) -> list[Given]:
    """Hand the steps over. Whoever gets several gets one message. `takes`: the new owners have
    said already that they take them."""
    bundles = await _begin_bundles(turn, by, transfers)
    given = [await _give(turn, desk, by, one, takes) for one in transfers[:GIVEN_LIMIT]]
    for bundle in bundles:
        await _end_bundle(turn, desk, bundle, given)
    return given


async def _give(turn: Turn, desk: Desk, by: PersonId, one: Transfer, takes: bool) -> Given:
    if one.to is None:
        return Given(one, c.Refusal(c.Reason.OUT_OF_REACH, one.owner))
    result = await desk.act(turn, one.incident, c.ReassignStep(turn.at, by, one.step, one.to))
    if isinstance(result, c.Refusal) and result.reason is c.Reason.NOT_YOURS:
        # No command there; but what is one's own may be handed over within the department.
        result = await desk.act(turn, one.incident, c.HandOverStep(turn.at, by, one.step, one.to))
    if isinstance(result, c.Refusal):
        return Given(one, result)
    if takes:
        await desk.act(turn, one.incident, c.AcknowledgeStep(turn.at, one.to, one.step))
    return Given(one)


async def _begin_bundles(turn: Turn, by: PersonId, transfers: Sequence[Transfer]) -> list[Bundle]:
    """Written before the steps go, so that no step is told of by itself."""
    by_person: dict[PersonId, list[Transfer]] = {}
    for one in transfers[:GIVEN_LIMIT]:
        if one.to is not None:
            by_person.setdefault(one.to, []).append(one)
    bundles = []
    for person, theirs in by_person.items():
        if len(theirs) == ALONE:
            continue
        steps = [await _bundled(turn, one, person) for one in theirs[:BUNDLED_LIMIT]]
        number = await turn.next_number("bundle")
        bundle = Bundle(id=str(number), person=person, by=by, steps=tuple(s for s in steps if s))
        turn.put(BUNDLES, bundle)
        bundles.append(bundle)
    return bundles


async def _bundled(turn: Turn, one: Transfer, person: PersonId) -> BundledStep | None:
    incident = await turn.get(INCIDENTS, str(one.incident))
    if incident is None or one.step not in incident.steps:
        return None
    known = person in incident.steps[one.step].told
    slot = "" if known else step_slot(incident, one.step, person)
    return BundledStep(incident=one.incident, step=one.step, slot=slot)


async def _end_bundle(turn: Turn, desk: Desk, bundle: Bundle, given: list[Given]) -> None:
    went = {
        (one.transfer.incident, one.transfer.step)
        for one in given
        if one.refused is None and one.transfer.to == bundle.person
    }
    steps = tuple(one for one in bundle.steps if (one.incident, one.step) in went)
    if not steps:
        turn.remove(BUNDLES, bundle.id)
        return
    sent = bundle.model_copy(update={"steps": steps, "sent": True})
    turn.put(BUNDLES, sent)
    await show(Letters(turn, await desk.roster(turn)), sent, Urgency.URGENT)
