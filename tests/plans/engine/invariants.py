"""What is true of every incident at every moment, whatever happened before.

In: a talk after a command. Out: nothing, or a failed assertion. Forbidden here: changing anything.
"""

from datetime import datetime

from plans import commands as c
from plans.engine import decide
from plans.engine.conditions import holds
from plans.events import EVENT, Event
from plans.evolve import evolve
from plans.format import CLOSING, AfterAny, AfterMissed
from plans.incident import (
    NONE,
    Incident,
    SkipReason,
    StepState,
    StepStatus,
    StockPromise,
)
from tests.plans.engine.town import Talk

SETTLED = (StepStatus.DONE, StepStatus.SKIPPED)


def holds_true(talk: Talk, now: datetime) -> None:
    incident = talk.state
    for step, state in incident.steps.items():
        _is_of_one_kind(state)
        if state.share is None:
            _is_where_the_facts_put_it(talk, step, state)
        if state.status is StepStatus.OPEN:
            assert incident.is_open
            _is_never_left_in_silence(state)
    _promises_what_is_known(incident)
    _is_decided_by_those_who_may(talk)
    _is_over_when_over(incident)
    _has_a_commander_or_seeks_one(incident)
    _goes_on_by_itself(talk, now)
    assert Incident.model_validate_json(incident.model_dump_json()) == incident
    assert incident.entries == len(talk.events)


def is_told_by_its_timeline(events: list[Event], incident: Incident) -> None:
    told: Incident | None = None
    for event in events:
        told = evolve(told, EVENT.validate_json(EVENT.dump_json(event)))
    assert told == incident


def _is_decided_by_those_who_may(talk: Talk) -> None:
    """What is known of a decision is what was decided, on the number that is asked for."""
    incident = talk.state
    for name, step in talk.plan.steps.items():
        state, decide_ = incident.steps[name], step.decide
        if decide_ is None:
            continue
        decision = state.decision
        assert (decision is not None) == (state.status is StepStatus.DONE)
        assert incident.fact(decide_.as_) == (decision.outcome if decision else None)
        if decision is not None and incident.is_open:
            assert decision.asked == incident.fact(decide_.of or "")
            assert (decision.granted or 0) <= (decision.asked or 0)
        own = (incident.reporter, incident.filed_by)
        assert state.in_command or not set(state.asked) & set(own), "asked of whoever asked"


def _is_of_one_kind(state: StepState) -> None:
    if state.status is StepStatus.OPEN:
        assert state.opened_at is not None
        assert state.due_at is not None
    else:
        assert state.asked == ()
        assert state.climb_at is None
        assert state.remind_at is None
    assert (state.status in SETTLED) == (state.settled_at is not None)
    assert (state.status is StepStatus.SKIPPED) == (state.skipped_for is not None)
    assert state.opens_at is None or state.status is StepStatus.WAITING


def _is_never_left_in_silence(state: StepState) -> None:
    assert state.asked or state.taken_by or state.in_command
    seen_to = state.taken_by is not None or state.is_called_for
    assert state.climb_at is not None or (seen_to and not state.held_up)
    if not seen_to:
        assert state.climb_at is not None


def _is_where_the_facts_put_it(talk: Talk, step: str, state: StepState) -> None:
    incident, plan = talk.state, talk.plan
    if not incident.is_open:
        return
    found = {s.allocate.as_ for s in plan.steps.values() if s.allocate}
    gone = {n for n in found if n not in incident.promises and incident.fact(n) != NONE}
    known = {name: fact for name, fact in incident.facts.items() if name not in gone}
    needed = holds(plan.step(step).when, known)
    match state.status:
        case StepStatus.WAITING:
            assert needed is not False
            assert not (needed and _is_ready(talk, step)) or state.opens_at is not None
        case StepStatus.SHARED:
            assert needed is True
            assert any(steps.status is StepStatus.OPEN for steps in _parts(talk, step))
        case StepStatus.OPEN:
            assert needed is True
            assert step != CLOSING or _is_ready(talk, step) or not _others_open(talk)
        case StepStatus.SKIPPED if state.skipped_for is SkipReason.NOT_NEEDED:
            assert needed is not True
        case _:
            pass


def _parts(talk: Talk, step: str) -> list[StepState]:
    return [s for name, s in talk.state.steps.items() if name.startswith(f"{step}/")]


def _is_ready(talk: Talk, step: str) -> bool:
    steps = talk.state.steps
    match talk.plan.step(step).after:
        case AfterMissed():
            return False
        case AfterAny(any=names):
            return any(steps[n].status is StepStatus.DONE for n in names) or all(
                steps[n].status in SETTLED for n in names
            )
        case names:
            return all(steps[n].status in SETTLED for n in names)


def _others_open(talk: Talk) -> bool:
    steps = talk.state.steps.items()
    return any(state.status is StepStatus.OPEN for step, state in steps if step != CLOSING)


def _promises_what_is_known(incident: Incident) -> None:
    for name, promise in incident.promises.items():
        assert incident.fact(name) == promise.thing
    promised = incident.promises.values()
    things = [one.thing for one in promised if not isinstance(one, StockPromise)]
    assert len(things) == len(set(things))
    assert not set(things) & set(incident.refused)


def _has_a_commander_or_seeks_one(incident: Incident) -> None:
    known = incident.headquarters
    if known is None or not incident.is_open:
        return
    assert known.chief is None or known.acting is None
    assert known.acting is None or known.authorised_by is not None
    assert known.appointed is not None or known.gap == "nobody"
    if known.commander is None or not known.noted:
        assert known.seek_at is not None


def _is_over_when_over(incident: Incident) -> None:
    if incident.is_open:
        states = incident.steps.values()
        assert any(one.status is StepStatus.OPEN or one.opens_at is not None for one in states)
        return
    assert {state.status for state in incident.steps.values()} <= set(SETTLED)
    assert all(c.ask_at is None and c.answer_by is None for c in incident.checks.values())
    left = incident.promises.values()
    assert all(isinstance(promise, StockPromise) and promise.used for promise in left)
    assert incident.due_next() is None


def _goes_on_by_itself(talk: Talk, now: datetime) -> None:
    """At the next moment that is due something happens, once, and then a later one is due."""
    due = talk.state.due_next()
    if due is None:
        return
    at = max(due, now)
    after = _after_passing(talk, talk.state, at)
    assert after != talk.state
    later = after.due_next()
    assert later is None or later > at
    assert _after_passing(talk, after, at) == after


def _after_passing(talk: Talk, incident: Incident, at: datetime) -> Incident:
    decided = decide(talk.plan, incident, c.PassTime(at), talk.town.roster)
    assert not isinstance(decided, c.Refusal)
    for event in decided:
        incident = evolve(incident, event)
    return incident
