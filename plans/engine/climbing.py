"""Climbing: what silence and lateness lead to.

In: a step nobody answers for. Out: the next in line told; past the last, everyone in command told
again and again. Forbidden here: ending in silence.
"""

from plans import events as e
from plans.engine.deciding import Deciding
from plans.engine.last_in_line import last_in_line
from plans.engine.owners import answering, rungs_of
from plans.engine.pace import climb_pace, repeat_pace
from plans.model import PersonId, StepId
from plans.roster import Rung


def climb_if_unasked(deciding: Deciding, step: StepId, why: e.WhyTold) -> None:
    """Go to the next in line when nobody's answer is awaited any more."""
    state = deciding.state(step)
    if not state.asked and state.taken_by is None:
        climb(deciding, step, why)


def climb(deciding: Deciding, step: StepId, why: e.WhyTold) -> None:
    """Tell the next rung on which somebody can be told; past the last, everyone in command."""
    *rungs, command = rungs_of(deciding, step)
    for rung in rungs:
        asked = _fresh(deciding, step, rung)
        if asked:
            _escalate(deciding, step, rung, asked, why)
            return
    _tell_command(deciding, step, command, why)


def _tell_command(deciding: Deciding, step: StepId, rung: Rung, why: e.WhyTold) -> None:
    """Who has just declined, or could not be reached, is not asked again at once, only with the
    next repeat: else a refusal would be answered with the same question for ever."""
    state, refused = deciding.state(step), why in ("declined", "unreachable")
    spared = {*state.passed} & {*state.told} if refused else set[PersonId]()
    groups = last_in_line(deciding, step, rung)
    left = (tuple(p for p in people if p not in spared) for people in groups)
    _escalate(deciding, step, rung, next((people for people in left if people), ()), why)


def _escalate(
    deciding: Deciding, step: StepId, rung: Rung, asked: tuple[PersonId, ...], why: e.WhyTold
) -> None:
    again = rung.kind == "command"
    pace = repeat_pace(deciding, step) if again else climb_pace(deciding, step)
    deciding.emit(
        e.StepEscalated(
            at=deciding.at,
            by=deciding.by,
            step=step,
            rung=rung.kind,
            role=rung.role,
            asked=asked,
            why=why,
            climb_at=deciding.at + pace,
            again=again and deciding.state(step).in_command,
        )
    )


def _fresh(deciding: Deciding, step: StepId, rung: Rung) -> tuple[PersonId, ...]:
    """Those on the rung whom nobody has told yet and who can be told; others are passed over."""
    state = deciding.state(step)
    asked: list[PersonId] = []
    for person in rung.people:
        acting = answering(deciding, step, person)
        if {person, acting} & {*state.told, *state.passed}:
            continue
        answer = deciding.roster.can_be_told(acting, deciding.at)
        if answer == "yes":
            asked.append(acting)
        else:
            pass_over(deciding, step, person, answer)
    return tuple(dict.fromkeys(asked))


def pass_over(deciding: Deciding, step: StepId, person: PersonId, why: e.PassedWhy) -> None:
    deciding.emit(e.PersonPassedOver(at=deciding.at, step=step, person=person, why=why))
