"""A plan carried out on paper: everybody does what is asked, with every combination of answers.

In: a plan without circles. Out: one `Rehearsal` for each combination that makes a difference to
closing, by the rules of `plans.engine.opening`: a skipped step is settled, a step waits as long as
a fact it needs is unknown, and `after: {missed: ...}` may never happen. Forbidden here: judging.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from plans.engine.conditions import compare, unknown
from plans.format import (
    AfterAny,
    AfterMissed,
    AtMost,
    ByFact,
    Condition,
    Conditions,
    Ever,
    Never,
    OneOf,
    Over,
    Plan,
    Step,
    Unless,
)
from plans.format.conditions import bound_of, named_in
from plans.incident import NONE
from plans.model import FactName, StepId
from plans.plan_check.facts import Origin, facts_of

UNANSWERED = "(unanswered)"
SOMETHING = "(something)"
OTHER = "(other)"
EITHER = ("yes", "no")
Answer = str | int
Answers = dict[FactName, Answer]


@dataclass
class Rehearsal:
    """How it stands when nothing moves any more. `done` says of each settled step whether it was
    done (or skipped); `answers` is what was answered on the way."""

    plan: Plan
    origins: Mapping[FactName, Origin]
    answers: Answers
    done: dict[StepId, bool] = field(default_factory=dict)

    def with_answer(self, name: FactName, answer: Answer) -> "Rehearsal":
        """The same one, going on with that answer."""
        answers = {**self.answers, name: answer}
        return Rehearsal(self.plan, self.origins, answers, dict(self.done))

    def settled(self, step: StepId) -> bool:
        return step in self.done

    def fact(self, name: FactName) -> Answer | None:
        """What is known under that name; None: unknown. `_Undecided`: known, but not yet what."""
        if not self._is_asked(name):
            return None
        if name not in self.answers:
            raise _Undecided(name)
        answer = self.answers[name]
        return None if answer == UNANSWERED else answer

    def _is_asked(self, name: FactName) -> bool:
        origin = self.origins[name]
        if origin.of is not None:
            return self.fact(origin.of) is not None
        if origin.step is None:
            return self._holds(self.plan.ask[name].when) is True
        if origin.searched:
            return name in self.answers
        return self.done.get(origin.step, False)

    def _holds(self, when: Conditions) -> bool | None:
        """As `plans.engine.conditions.holds`; a fact is only decided on when it matters."""
        undecided: list[_Undecided] = []
        unknown = False
        for name, condition in when.items():
            bound = bound_of(condition)
            try:
                answer = self.fact(name)
                if bound is not None and answer is not None and self.fact(bound.of) is None:
                    answer = None
            except _Undecided as open_question:
                undecided.append(open_question)
                continue
            if answer is None:
                unknown = unknown or not isinstance(condition, Unless | Never)
            elif not self._meets(name, condition, answer, undecided):
                return False
        if undecided:
            raise undecided[0]
        return None if unknown else True

    def _meets(
        self, name: FactName, condition: Condition, answer: Answer, undecided: list["_Undecided"]
    ) -> bool:
        """What was answered before the last answer is a question of its own."""
        meets = compare(condition, answer, self.answers.get)
        match condition:
            case Ever(ever=word) if not meets:
                before = f"{name} {word}"
            case Never(never=word) if meets:
                before = f"{name} {word}"
            case _:
                return meets
        if before not in self.answers:
            undecided.append(_Undecided(before))
            return True
        return (self.answers[before] == "yes") is isinstance(condition, Ever)

    def run(self, steps: tuple[StepId, ...]) -> None:
        """Carry the steps out as far as they go."""
        for _ in steps:
            before = len(self.done)
            for step in steps:
                if step not in self.done:
                    self._look_at(step, self.plan.steps[step])
            if len(self.done) == before:
                return

    def _look_at(self, id_: StepId, step: Step) -> None:
        needed = self._holds(step.when)
        if needed is False:
            self.done[id_] = False
        elif needed and self._is_ready(step):
            self.done[id_] = step.allocate is None or self._finds_one(step.allocate.as_)

    def _finds_one(self, name: FactName) -> bool:
        if name not in self.answers:
            raise _Undecided(name)
        return self.answers[name] != NONE

    def _is_ready(self, step: Step) -> bool:
        match step.after:
            case AfterMissed():
                return False
            case AfterAny(any=names):
                return any(self.done.get(n) for n in names) or all(n in self.done for n in names)
            case names:
                return all(name in self.done for name in names)


class _Undecided(Exception):
    """The rehearsal splits here: one for each answer to the fact, or (`fact answer`) whether that
    was answered before."""

    def __init__(self, name: FactName) -> None:
        super().__init__(name)
        self.name = name


def rehearse(plan: Plan, step: StepId) -> Iterator[Rehearsal]:
    """Every combination of answers that matters to this step and to those it rests on. The caller
    bounds how many."""
    origins = facts_of(plan)
    steps = _rests_on(plan, step, origins)
    choices = {name: _answers(plan, origin) for name, origin in origins.items()}
    under_way = [Rehearsal(plan, origins, {})]
    while under_way:
        rehearsal = under_way.pop()
        try:
            rehearsal.run(steps)
        except _Undecided as split:
            answers = choices.get(split.name, EITHER)
            under_way += [rehearsal.with_answer(split.name, a) for a in answers[::-1]]
        else:
            yield rehearsal


def _rests_on(plan: Plan, step: StepId, origins: Mapping[FactName, Origin]) -> tuple[StepId, ...]:
    """The step and those it waits for, near and far, the farthest first."""
    found = [step]
    for id_ in found:
        sources = [origins[name].step for name in named_in(plan.steps[id_].when)]
        near = (*plan.steps[id_].follows, *(source for source in sources if source is not None))
        found += [name for name in dict.fromkeys(near) if name not in found]
    return tuple(reversed(found))


def _answers(plan: Plan, origin: Origin) -> tuple[Answer, ...]:
    """One answer for each way to meet, or fail, the conditions set on a fact, and for each bound
    that follows from it."""
    whens = [*(ask.when for ask in plan.ask.values()), *(s.when for s in plan.steps.values())]
    conditions = [when[origin.name] for when in whens if origin.name in when]
    bounds = [bound for when in whens for bound in map(bound_of, when.values()) if bound]
    following = [bound for bound in bounds if bound.of == origin.name]
    by_outcome = {
        (
            *(_outcomes(condition, answer) for condition in conditions),
            *(bound.is_.get(str(answer), bound.else_) for bound in following),
        ): answer
        for answer in reversed(_possible(origin, conditions, following))
    }
    answers = tuple(reversed(by_outcome.values()))
    return answers if origin.sure else (*answers, UNANSWERED)


def _outcomes(condition: Condition, answer: Answer) -> tuple[bool, ...]:
    """Whether the answer meets the condition, for every bound that it can have."""
    bound = bound_of(condition)
    if bound is None:
        return (compare(condition, answer, unknown),)
    others = ({bound.of: word} for word in (*bound.is_, OTHER))
    return tuple(compare(condition, answer, other.get) for other in others)


def _possible(
    origin: Origin, conditions: list[Condition], following: list[ByFact]
) -> tuple[Answer, ...]:
    if origin.searched:
        return (SOMETHING, NONE)
    if origin.answers:
        return origin.answers
    if origin.type in ("number", "duration"):
        near = {n + step for one in conditions for n in _bounds(one) for step in (-1, 0, 1)}
        least = 0 if origin.type == "number" else 1
        return tuple(sorted(n for n in {least, *near} if n >= least))
    named = [answer for condition in conditions for answer in _named(condition)]
    return tuple(dict.fromkeys((*named, *(key for b in following for key in b.is_), SOMETHING)))


def _bounds(condition: Condition) -> tuple[int, ...]:
    match condition:
        case Over(over=int(bound)) | AtMost(at_most=int(bound)):
            return (bound,)
        case int() | Unless(unless=int()):
            return (condition if isinstance(condition, int) else int(condition.unless),)
        case _:
            bound_by = bound_of(condition)
            return (*bound_by.is_.values(), bound_by.else_) if bound_by else ()


def _named(condition: Condition) -> tuple[str, ...]:
    """The words that a condition on an attribute names."""
    match condition:
        case "any":
            return ()
        case OneOf(one_of=words):
            return words
        case str(word) | Unless(unless=str(word)):
            return (word,)
        case _:
            return ()
