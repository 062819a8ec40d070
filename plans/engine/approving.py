"""Approving: somebody decides, and what becomes of a decision when its number changes.

In: a decision, a number corrected. Out: events or a refusal. Forbidden here: who is asked (see
`tiers`, `owners`); trusting that whoever was told of a step may decide on it.
"""

from collections.abc import Iterator

from plans import commands as c
from plans import events as e
from plans.engine import opening, sharing
from plans.engine.deciding import Deciding
from plans.engine.owners import owning_of
from plans.engine.tiers import asked_for, requesters
from plans.format import CLOSING, Decide, Step
from plans.incident import Decision, FactValue, StepStatus
from plans.model import FactName, GoodsId, PersonId, StepId
from plans.rights import may_act, own_to


def barred(deciding: Deciding, step: StepId, person: PersonId) -> c.Refusal | None:
    """Why the person may not decide at the step, nor take it or be given it; None: they may.

    With tiers only those whose bound reaches, whoever stands above the last tier, and who answers
    for one of them while away; without, whoever may act on the step. Nobody decides on what they
    asked for, but somebody in command whom the silence of all others has reached.
    """
    decide, roster, incident = deciding.step(step).decide, deciding.roster, deciding.incident
    state = deciding.state(step)
    if person in requesters(deciding.plan, incident):
        last = state.in_command and person in roster.command()
        return None if last else c.Refusal(c.Reason.OWN_REQUEST, step)
    if decide is None or not decide.tiers:
        own = own_to(roster, deciding.plan, incident, step)
        if may_act(roster, incident, state, person, deciding.at, own):
            return None
        return c.Refusal(c.Reason.NOT_YOURS, own or state.role or "")
    owner = owning_of(deciding, step)
    entitled = {p for rung in owner.rungs for p in rung.people}
    if person in entitled or person in {roster.acting_for(p, deciding.at) for p in entitled}:
        return None
    lower = any(
        person in roster.posted(tier.role, owner.region, deciding.at) for tier in decide.tiers
    )
    concerned = lower or person in (*state.told, state.taken_by)
    return c.Refusal(c.Reason.OVER_LIMIT if concerned else c.Reason.NOT_YOURS, owner.role)


def decide(deciding: Deciding, command: c.DecideStep) -> c.Refusal | None:
    """Record the decision and what it says; with it the step is done."""
    decide_ = deciding.step(command.step).decide
    if decide_ is None:
        return c.Refusal(c.Reason.NO_SUCH_STEP, command.step)
    number = asked_for(decide_, deciding.incident)
    refusal = _refused(deciding, command, decide_, number)
    if refusal is not None:
        return refusal
    agreed = command.outcome == decide_.outcomes[0]
    granted = None
    if number is not None:
        granted = (number if command.granted is None else command.granted) if agreed else 0
    decision = Decision(
        outcome=command.outcome,
        asked=number,
        granted=granted,
        reason=command.reason.strip()[: e.NOTE_LIMIT],
        goods=_counted(deciding, decide_),
    )
    deciding.emit(
        e.StepDecided(at=deciding.at, by=command.by, step=command.step, decision=decision)
    )
    _record(deciding, decide_.as_, command.outcome)
    if decide_.grant is not None and granted is not None:
        _record(deciding, decide_.grant, granted)
    sharing.complete(deciding, command.step)
    return None


def _counted(deciding: Deciding, decide_: Decide) -> GoodsId | None:
    """The goods in whose unit the number counts; None for what is no goods."""
    asked = deciding.plan.asked().get(decide_.of or "")
    goods = deciding.incident.fact(asked.unit_of or "") if asked is not None else None
    return goods if isinstance(goods, str) else None


def _refused(
    deciding: Deciding, command: c.DecideStep, decide_: Decide, number: int | None
) -> c.Refusal | None:
    if command.outcome not in decide_.outcomes:
        return c.Refusal(c.Reason.BAD_VALUE, command.step)
    if decide_.of is not None and number is None:
        return c.Refusal(c.Reason.NEEDS_FACT, decide_.of)
    if command.asked != number:
        return c.Refusal(c.Reason.HAS_CHANGED, str(number))
    for name, record in deciding.step(command.step).record.items():
        if record.required and name not in deciding.incident.facts:
            return c.Refusal(c.Reason.NEEDS_FACT, name)
    if command.outcome != decide_.outcomes[0]:
        return None if command.reason.strip() else c.Refusal(c.Reason.NO_REASON, command.step)
    return _wrong_number(command, number)


def _wrong_number(command: c.DecideStep, number: int | None) -> c.Refusal | None:
    granted = number if command.granted is None else command.granted
    if granted is None:
        return None
    if number is None or granted < 1:
        return c.Refusal(c.Reason.BAD_VALUE, command.step)
    return c.Refusal(c.Reason.TOO_MANY, str(number)) if granted > number else None


def _record(deciding: Deciding, name: FactName, value: FactValue) -> None:
    """As nobody's word: who said it stands in the decision."""
    previous = deciding.incident.fact(name)
    deciding.emit(e.FactRecorded(at=deciding.at, name=name, value=value, previous=previous))


def change_refused(deciding: Deciding, command: c.RecordFact) -> c.Refusal | None:
    """Why what a decision rests on cannot be corrected like that."""
    if deciding.incident.fact(command.name) in (None, command.value):
        return None
    return change_barred(deciding, command.name, command.by)


def change_barred(deciding: Deciding, name: FactName, by: PersonId | None) -> c.Refusal | None:
    """Why a fact cannot be said otherwise, whatever it is to be: something has been done on it; or
    it is a number that others asked for, which whoever decides might else bring within their
    bound."""
    if carried_out(deciding, name):
        return c.Refusal(c.Reason.CARRIED_OUT, name)
    own = requesters(deciding.plan, deciding.incident)
    theirs = not own or by in (*own, *deciding.roster.command())
    if any(decide_.of == name for _, decide_ in _decisions(deciding)) and not theirs:
        return c.Refusal(c.Reason.NOT_YOURS, own[0])
    return None


def carried_out(deciding: Deciding, name: FactName) -> bool:
    """Whether so many have been handed out already. What was decided without a number may be
    decided anew at any time, as when a storm turns out to be worse."""
    return any(
        deciding.state(after).status is StepStatus.DONE
        for step, decide_ in _decisions(deciding)
        if decide_.of is not None
        and name in _weighed(deciding.step(step))
        and deciding.state(step).decision is not None
        for after in _followers(deciding, step)
        if name not in _weighed(deciding.step(after))
    )


def _weighed(step: Step) -> set[FactName]:
    """The facts with which a decision stands and falls; none for any other step."""
    if step.decide is None:
        return set()
    of = {step.decide.of} if step.decide.of is not None else set()
    return {*of, *step.redo_when, *(name for tier in step.decide.tiers for name in tier.when)}


def follow(deciding: Deciding) -> None:
    """A decision on another number than is asked for now, on what is known otherwise since, or by
    whom it is not for any more, is void, with what follows from it; an undecided one goes to
    whoever may decide on it as it is."""
    for step, decide_ in _decisions(deciding):
        if deciding.state(step).status is StepStatus.DONE and _is_stale(deciding, step, decide_):
            opening.withhold(deciding, step)
        if deciding.state(step).decision is None and decide_.as_ in deciding.incident.facts:
            _void(deciding, step, decide_)
        if deciding.is_open(step) and _is_another(deciding, step):
            opening.withhold(deciding, step)


def _is_stale(deciding: Deciding, step: StepId, decide_: Decide) -> bool:
    state, facts = deciding.state(step), deciding.incident.facts
    if state.decision is None or state.settled_at is None:
        return False
    if state.decision.asked != asked_for(decide_, deciding.incident):
        return True
    named = [facts[name] for name in deciding.step(step).redo_when if name in facts]
    return any(f.at > state.settled_at for f in named) or _is_another(deciding, step)


def _is_another(deciding: Deciding, step: StepId) -> bool:
    """Whether the step is somebody else's now. Whoever has taken or decided it, and still may,
    keeps it."""
    state = deciding.state(step)
    if owning_of(deciding, step).role == state.role:
        return False
    who = state.settled_by or state.taken_by
    return who is None or barred(deciding, step, who) is not None


def _void(deciding: Deciding, step: StepId, decide_: Decide) -> None:
    for name in (decide_.as_, decide_.grant):
        if name is not None and name in deciding.incident.facts:
            deciding.emit(e.FactForgotten(at=deciding.at, by=deciding.by, name=name))
    for after in _followers(deciding, step):
        state = deciding.state(after)
        if state.status is StepStatus.SHARED:
            for part, _ in sharing.parts_of(deciding, after):
                if deciding.is_open(part):
                    opening.withhold(deciding, part)
        stays_done = decide_.of is None and state.status is StepStatus.DONE
        if state.status is not StepStatus.WAITING and not stays_done:
            opening.withhold(deciding, after)


def _decisions(deciding: Deciding) -> Iterator[tuple[StepId, Decide]]:
    for name, step in deciding.steps.items():
        if step.decide is not None:
            yield name, step.decide


def _followers(deciding: Deciding, step: StepId) -> list[StepId]:
    """The steps that come after it or rest on what it says, near and far; not closing."""
    found = [step]
    for one in found:
        says = _says(deciding.step(one))
        found += [
            name
            for name, other in deciding.steps.items()
            if name != CLOSING
            and name not in found
            and (one in other.follows or says & _rests_on(other))
        ]
    return found[1:]


def _says(step: Step) -> set[FactName]:
    said = {*step.record, *step.works_out}
    if step.allocate is not None:
        said.add(step.allocate.as_)
    if step.decide is not None:
        said |= {name for name in (step.decide.as_, step.decide.grant) if name is not None}
    return said


def _rests_on(step: Step) -> set[FactName]:
    owner, allocate = step.owner, step.allocate
    named = {owner.region_of, owner.driver_of, owner.person_of, step.uses}
    if allocate is not None:
        named |= {allocate.goods, allocate.quantity, allocate.route}
    return {*step.when, *(name for name in named if name is not None)}
