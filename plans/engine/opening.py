"""Opening: which steps begin, end or wait, as facts and other steps change.

In: a decision under way. Out: steps opened, skipped, withheld; the closing step opened. Forbidden
here: what silence leads to (see `climbing`).
"""

from plans import events as e
from plans.engine import calling, defaults, promising, sharing
from plans.engine.climbing import climb
from plans.engine.conditions import holds
from plans.engine.deciding import Deciding
from plans.engine.due import due_at
from plans.engine.owners import answering, owning_of
from plans.format import CLOSING, AfterAny, AfterMissed, Unless, whole_of
from plans.incident import NONE, SkipReason, StepStatus
from plans.model import FactName, StepId

_SETTLED = (StepStatus.DONE, StepStatus.SKIPPED)


def settle(deciding: Deciding) -> None:
    """Look at every step until nothing changes any more.

    Bounded: a step changes at most a few times in one pass of facts, and facts change here only by
    promising, once for each step.
    """
    defaults.fill(deciding)
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
        case StepStatus.WAITING if needed is False:
            skip(deciding, step, SkipReason.NOT_NEEDED)
        case StepStatus.WAITING if needed and ready:
            if step != CLOSING or not deciding.plan.close.auto:
                open_step(deciding, step)
        case StepStatus.OPEN if needed is False:
            skip(deciding, step, SkipReason.NOT_NEEDED)
        case StepStatus.OPEN if needed is None:
            withhold(deciding, step)
        case StepStatus.OPEN if step == CLOSING and not ready and _moves(deciding):
            withhold(deciding, step)
        case StepStatus.SKIPPED if needed and state.skipped_for is SkipReason.NOT_NEEDED:
            withhold(deciding, step)
        case StepStatus.SKIPPED if needed and _can_search_now(deciding, step):
            open_step(deciding, step)
        case StepStatus.SHARED if needed is False:
            _end_parts(deciding, step, skip_them=True)
            skip(deciding, step, SkipReason.NOT_NEEDED)
        case StepStatus.SHARED if needed is None:
            _end_parts(deciding, step, skip_them=False)
            withhold(deciding, step)
        case StepStatus.SHARED | StepStatus.DONE | StepStatus.SKIPPED if needed:
            _look_at_parts(deciding, step)
        case _:
            pass


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
            withhold(deciding, name)


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
    return holds(deciding.step(step).when, known)


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
    """Whether anybody has anything to do. If not, and it cannot be closed either, an answer is
    missing that must be given: whoever closes the incident is asked, and chased, for it."""
    return any(deciding.is_open(step) for step in deciding.incident.steps if step != CLOSING)


def missing_facts(deciding: Deciding) -> tuple[FactName, ...]:
    """The answers that hold up closing, in the order of the plan; () when nothing does."""
    if _is_ready(deciding, CLOSING):
        return ()
    waiting = [step for step in deciding.step(CLOSING).follows if not is_settled(deciding, step)]
    for step in waiting:
        before = (*deciding.step(step).follows, *_searching(deciding, step))
        waiting += [s for s in before if s not in waiting and not is_settled(deciding, s)]
    wanted = {
        name
        for step in waiting
        for name, condition in deciding.step(step).when.items()
        if not isinstance(condition, Unless)
    }
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


def withhold(deciding: Deciding, step: StepId) -> None:
    """Back to waiting."""
    was_open = deciding.is_open(step)
    deciding.emit(e.StepWithheld(at=deciding.at, step=step))
    if was_open:
        promising.release(deciding, step)


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
    owner = owning_of(deciding, step)
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
