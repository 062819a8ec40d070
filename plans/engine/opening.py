"""Opening: which steps begin, end or wait, as facts and other steps change.

In: a decision under way. Out: steps opened, skipped, withheld; the closing step opened. Forbidden
here: what silence leads to (see `climbing`).
"""

from plans import events as e
from plans.engine import (
    calling,
    correcting,
    defaults,
    promising,
    rounds,
    sharing,
    waiting,
    working_out,
)
from plans.engine.climbing import climb
from plans.engine.conditions import holds
from plans.engine.deciding import Deciding
from plans.engine.due import due_at
from plans.engine.owners import Owning, answering, owning_of
from plans.format import CLOSING, AfterAny, AfterMissed, whole_of
from plans.format.conditions import awaited_in
from plans.incident import NONE, SkipReason, StepStatus
from plans.model import FactName, PersonId, StepId
from plans.rights import own_to

_SETTLED = (StepStatus.DONE, StepStatus.SKIPPED)


def settle(deciding: Deciding) -> None:
    """Look at every step until nothing changes any more.

    Bounded: a step changes at most a few times in one pass of facts, and facts change here only by
    promising, once for each step.
    """
    defaults.fill(deciding)
    rounds.begin(deciding)
    for _ in range(3 * len(deciding.steps)):
        before = len(deciding.events)
        for step in deciding.steps:
            _look_at(deciding, step)
        if len(deciding.events) == before:
            break
    closing = deciding.state(CLOSING).status
    if closing is StepStatus.WAITING and not _moves(deciding) and not closes_by_itself(deciding):
        open_step(deciding, CLOSING)
    _end_checks(deciding)


def closes_by_itself(deciding: Deciding) -> bool:
    """Whether it is at its end, and nobody has to say so."""
    return deciding.plan.close.auto and _is_ready(deciding, CLOSING)


def _look_at(deciding: Deciding, step: StepId) -> None:
    state = deciding.state(step)
    needed = is_needed(deciding, step)
    ready = _is_ready(deciding, step)
    match state.status:
        case StepStatus.WAITING | StepStatus.OPEN if needed is False:
            skip(deciding, step, SkipReason.NOT_NEEDED)
        case StepStatus.WAITING:
            _look_at_waiting(deciding, step, begins=bool(needed and ready))
        case StepStatus.OPEN if needed is None:
            withhold(deciding, step, keeps=True)
        case StepStatus.OPEN if step == CLOSING and not ready and _moves(deciding):
            withhold(deciding, step)
        case StepStatus.OPEN if waiting.is_put_off(deciding, step):
            withhold(deciding, step)
        case StepStatus.OPEN:
            working_out.follow(deciding, step)
            correcting.move_deadline(deciding, step)
        case StepStatus.DONE if needed and (fact := correcting.again_for(deciding, step)):
            deciding.emit(e.StepWithheld(at=deciding.at, step=step, again_for=fact))
        case StepStatus.SKIPPED if needed and state.skipped_for is SkipReason.NOT_NEEDED:
            withhold(deciding, step, keeps=True)
        case StepStatus.SKIPPED if needed and _can_search_now(deciding, step):
            open_step(deciding, step)
        case StepStatus.SHARED if needed is False:
            _end_parts(deciding, step, skip_them=True)
            skip(deciding, step, SkipReason.NOT_NEEDED)
        case StepStatus.SHARED if needed is None:
            _end_parts(deciding, step, skip_them=False)
            withhold(deciding, step, keeps=True)
        case StepStatus.SHARED | StepStatus.DONE | StepStatus.SKIPPED if needed:
            _look_at_parts(deciding, step)
        case _:
            pass


def _look_at_waiting(deciding: Deciding, step: StepId, *, begins: bool) -> None:
    if not begins:
        waiting.wait_for_others(deciding, step)
    elif step == CLOSING and deciding.plan.close.auto:
        return
    elif not waiting.is_too_soon(deciding, step):
        open_step(deciding, step)


def _can_search_now(deciding: Deciding, step: StepId) -> bool:
    """Nobody was found because the route was not known, or was another: look again as soon as it
    is, unless what the plan does instead has been done."""
    state, allocate = deciding.state(step), deciding.step(step).allocate
    if allocate is None or state.skipped_for is not SkipReason.SHORT or state.settled_at is None:
        return False
    route = deciding.incident.facts.get(allocate.route or "")
    if route is None or route.at <= state.settled_at:
        return False
    instead = (
        name for name, other in deciding.steps.items() if other.when.get(allocate.as_) == NONE
    )
    done = any(deciding.state(name).status is StepStatus.DONE for name in instead)
    return not done and bool(promising.choices(deciding, step))


def _look_at_parts(deciding: Deciding, step: StepId) -> None:
    """A step that several do is done when all of them are. Its parts follow its fact, also when
    they had been done for another."""
    state = deciding.state(step)
    nobody = state.skipped_for is SkipReason.NOBODY
    shared = state.status is StepStatus.SHARED
    if (shared or nobody or state.shared) and sharing.has_changed(deciding, step):
        _share(deciding, step)
        return
    if not shared:
        return
    parts = sharing.parts_of(deciding, step)
    for name, _ in parts:
        if deciding.is_open(name) and sharing.all_reached(deciding, name):
            sharing.complete(deciding, name)
    if all(is_settled(deciding, name) for name, _ in parts):
        sharing.complete(deciding, step)


def _share(deciding: Deciding, step: StepId) -> None:
    """Open each owner's part; without anybody to call there is nothing to do."""
    sharing.share(deciding, step)
    for name, part in sharing.parts_of(deciding, step):
        empty = part.share is None or part.share.calls == ()
        if part.status is StepStatus.DONE:
            continue
        if not empty and not deciding.is_open(name):
            open_step(deciding, name)
        if empty and not is_settled(deciding, name):
            skip(deciding, name, SkipReason.NOT_NEEDED)
    statuses = [part.status for _, part in sharing.parts_of(deciding, step)]
    if not {StepStatus.OPEN, StepStatus.DONE} & set(statuses):
        skip(deciding, step, SkipReason.NOBODY)


def _end_parts(deciding: Deciding, step: StepId, *, skip_them: bool) -> None:
    for name, _ in sharing.parts_of(deciding, step):
        if not deciding.is_open(name):
            continue
        if skip_them:
            skip(deciding, name, SkipReason.NOT_NEEDED)
        else:
            withhold(deciding, name, keeps=True)


def is_needed(deciding: Deciding, step: StepId) -> bool | None:
    """What the facts say about a step; None as long as one of them is unknown.

    The name of a vehicle that has been let go again says nothing any more.
    """
    held = deciding.incident.promises
    known = {
        name: fact
        for name, fact in deciding.incident.facts.items()
        if name not in deciding.allocated or name in held or fact.value == NONE
    }
    return holds(deciding.step(step).when, known, deciding.incident.earlier)


def _is_ready(deciding: Deciding, step: StepId) -> bool:
    follows = deciding.step(step).follows
    all_settled = all(is_settled(deciding, name) for name in follows)
    match deciding.step(step).after:
        case AfterMissed():
            return False
        case AfterAny():
            done = (deciding.state(name).status is StepStatus.DONE for name in follows)
            return all_settled or any(done)
        case _:
            return all_settled


def _moves(deciding: Deciding) -> bool:
    """Whether anybody has anything to do, or will have by itself. If not, and it cannot be closed
    either, an answer is missing that must be given: whoever closes the incident is asked, and
    chased, for it."""
    others = (state for step, state in deciding.incident.steps.items() if step != CLOSING)
    return any(one.status is StepStatus.OPEN or one.opens_at is not None for one in others)


def missing_facts(deciding: Deciding) -> tuple[FactName, ...]:
    """The answers that hold up closing, in the order of the plan; () when nothing does."""
    if _is_ready(deciding, CLOSING):
        return ()
    waiting = [step for step in deciding.step(CLOSING).follows if not is_settled(deciding, step)]
    for step in waiting:
        before = (*deciding.step(step).follows, *_searching(deciding, step))
        waiting += [s for s in before if s not in waiting and not is_settled(deciding, s)]
    awaited = {name for step in waiting for name in awaited_in(deciding.step(step).when)}
    wanted = {defaults.base_of(name) or name for name in awaited}
    known = deciding.incident.facts
    return tuple(name for name in deciding.plan.asked() if name in wanted and name not in known)


def is_settled(deciding: Deciding, step: StepId) -> bool:
    return deciding.state(step).status in _SETTLED


def _searching(deciding: Deciding, step: StepId) -> list[StepId]:
    """The steps that search for what the step needs."""
    needs, steps = deciding.step(step).when, deciding.steps.items()
    return [name for name, other in steps if other.allocate and other.allocate.as_ in needs]


def skip(deciding: Deciding, step: StepId, reason: SkipReason) -> None:
    """Settle a step that is not to be done. What it was promised is free for others again."""
    was_open = deciding.is_open(step)
    deciding.emit(e.StepSkipped(at=deciding.at, by=deciding.by, step=step, reason=reason))
    if was_open:
        promising.release(deciding, step)


def withhold(deciding: Deciding, step: StepId, *, keeps: bool = False) -> None:
    """Back to waiting. `keeps`: whoever had it has it again when it is needed again."""
    was_open = deciding.is_open(step)
    keeps = keeps and deciding.state(step).taken_by is not None
    deciding.emit(e.StepWithheld(at=deciding.at, step=step, keeps=keeps))
    if was_open:
        promising.release(deciding, step)


def follow_promise(deciding: Deciding, step: StepId) -> None:
    """Something else is promised at the step: who had a step for what was promised before has it
    no more. The step itself keeps what is promised now, and is to be done by its new owner."""
    fact = promising.allocation(deciding, step).as_
    for name, other in deciding.steps.items():
        owner = other.owner
        if fact not in (owner.driver_of, owner.region_of, owner.person_of):
            continue
        if name == step and deciding.state(step).status in (StepStatus.OPEN, StepStatus.DONE):
            deciding.emit(e.StepWithheld(at=deciding.at, step=step))
        elif deciding.is_open(name):
            withhold(deciding, name)


def open_step(deciding: Deciding, step: StepId) -> None:
    """Open a step: promise what it needs, ask its owner, start its deadlines."""
    plan_step = deciding.step(step)
    if plan_step.for_each is not None and step == whole_of(step):
        _share(deciding, step)
        return
    if plan_step.allocate is not None and not promising.promise(deciding, step):
        promising.record(deciding, step, NONE)
        skip(deciding, step, SkipReason.SHORT)
        return
    working_out.work_out(deciding, step)
    owner = owning_of(deciding, step)
    if (taker := _had_by(deciding, step, owner)) is not None:
        _resume(deciding, step, owner, taker)
        return
    first = owner.rungs[0]
    asked = () if first.kind != "holder" else tuple(_tellable(deciding, step, first.people))
    acknowledge = plan_step.due.acknowledge or deciding.reminders.acknowledge
    deciding.emit(
        e.StepOpened(
            at=deciding.at,
            step=step,
            role=owner.role,
            region=owner.region,
            asked=asked,
            nobody=first.kind != "holder",
            due_at=due_at(deciding, plan_step.due),
            remind_at=deciding.share(acknowledge, None) if asked else None,
            climb_at=deciding.at + acknowledge,
            round=deciding.state(step).round + 1,
        )
    )
    if not asked:
        climb(deciding, step, "nobody" if first.kind != "holder" else "unreachable")
    calling.call(deciding, step)


def _had_by(deciding: Deciding, step: StepId, owner: Owning) -> PersonId | None:
    """Who had the step while it was needed before, and can go on with it. Not where it is another's
    by now, and not to decide: whoever may decide is asked for what there is to decide on."""
    state, taker = deciding.state(step), deciding.state(step).taken_by
    not_needed = state.skipped_for is SkipReason.NOT_NEEDED
    if taker is None or not (state.status is StepStatus.WAITING or not_needed):
        return None
    if (state.role, state.region) != (owner.role, owner.region) or deciding.step(step).decide:
        return None
    own = own_to(deciding.roster, deciding.plan, deciding.incident, step)
    theirs = own in (None, taker) or taker in owner.rungs[0].people
    can_be_told = deciding.roster.can_be_told(taker, deciding.at) == "yes"
    return taker if theirs and can_be_told else None


def _resume(deciding: Deciding, step: StepId, owner: Owning, taker: PersonId) -> None:
    """Open it for whoever had it, as if they had taken it just now."""
    due = deciding.step(step).due
    ends_at = due_at(deciding, due)
    deciding.emit(
        e.StepOpened(
            at=deciding.at,
            step=step,
            role=owner.role,
            region=owner.region,
            asked=(taker,),
            nobody=False,
            due_at=ends_at,
            remind_at=deciding.share(ends_at - deciding.at, due.warn),
            climb_at=ends_at,
            round=deciding.state(step).round + 1,
            taken_by=taker,
        )
    )
    calling.call(deciding, step)


def _tellable(deciding: Deciding, step: StepId, people: tuple[str, ...]) -> list[str]:
    acting = (answering(deciding, step, p) for p in people)
    return [p for p in acting if deciding.roster.can_be_told(p, deciding.at) == "yes"]


def _end_checks(deciding: Deciding) -> None:
    """A check ends with a step it runs until; whoever was missed on it has been found then."""
    for name, check in deciding.plan.checks.items():
        state = deciding.incident.checks[name]
        runs = state.ask_at is not None or state.answer_by is not None
        ended = (deciding.state(step).status is StepStatus.DONE for step in check.ends_with)
        if runs and any(ended):
            deciding.emit(e.CheckEnded(at=deciding.at, check=name))
            for step in deciding.opened_by(name):
                if deciding.is_open(step):
                    skip(deciding, step, SkipReason.ANSWERED)
