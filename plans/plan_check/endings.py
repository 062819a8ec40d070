"""Whether every path through a plan comes to its end, whatever people answer.

In: a plan without any other problem. Out: for each way to wait for ever, the step that waits and
the answers that lead there. Forbidden here: how a plan is carried out (see `rehearsal`).
"""

from collections.abc import Iterator
from dataclasses import dataclass

from plans.format import AfterMissed, Plan
from plans.format.conditions import awaited_in, named_in
from plans.model import FactName, StepId
from plans.plan_check.facts import facts_of, path_of
from plans.plan_check.rehearsal import SOMETHING, UNANSWERED, Answer, Answers, Rehearsal, rehearse
from plans.text import Text
from plans.yaml_source import Path, worded

MOST_REHEARSALS = 5_000
Found = Iterator[tuple[Path, Text]]


def endings(plan: Plan) -> Found:
    """Each once; an answer nobody must give only for the first step that waits for it."""
    stuck: dict[_Cause, Answers] = {}
    rehearsals = ((step, one) for step in plan.close.when for one in rehearse(plan, step))
    for count, (step, rehearsal) in enumerate(rehearsals):
        if count == MOST_REHEARSALS:
            yield ("close", "when"), _TOO_MANY
            return
        for cause in _causes(plan, step, rehearsal):
            stuck.setdefault(cause, _leading_to(plan, cause.step, rehearsal.answers))
    unanswered: set[FactName] = set()
    in_order = list(plan.steps)
    for cause in sorted(stuck, key=lambda cause: in_order.index(cause.step)):
        answers = stuck[cause]
        if cause.fact is not None and answers.get(cause.fact) == UNANSWERED:
            if cause.fact in unanswered:
                continue
            unanswered.add(cause.fact)
        yield cause.path, _told(plan, cause, answers)


_TOO_MANY = worded(
    f"结束之前可能的情况超过 {MOST_REHEARSALS} 种, 无法逐一检查: 请把预案拆成几个, 或减少条件",
    f"more than {MOST_REHEARSALS} cases are possible before the end, too many to check: split the "
    "plan, or use fewer conditions",
)


@dataclass(frozen=True)
class _Cause:
    """A step that waits for ever: for a fact, or (without one) for a check to be missed."""

    step: StepId
    fact: FactName | None
    path: Path


def _causes(plan: Plan, step_to_end: StepId, rehearsal: Rehearsal) -> Iterator[_Cause]:
    """The steps that hold up this one and themselves wait for no other step."""
    facts = facts_of(plan)
    waiting = [] if rehearsal.settled(step_to_end) else [step_to_end]
    for id_ in waiting:
        step = plan.steps[id_]
        before = [name for name in step.follows if not rehearsal.settled(name)]
        for key, condition in step.when.items():
            for name in awaited_in({key: condition}):
                origin = facts[name].step
                if rehearsal.fact(name) is not None:
                    continue
                if origin is None or rehearsal.settled(origin):
                    yield _Cause(id_, facts[name].of or name, (*path_of(id_), "when", key))
                else:
                    before.append(origin)
        if isinstance(step.after, AfterMissed):
            yield _Cause(id_, None, (*path_of(id_), "after"))
        waiting += [name for name in before if name not in waiting]


def _leading_to(plan: Plan, step: StepId, answers: Answers) -> Answers:
    """Only those answers that have to do with the step."""
    facts = facts_of(plan)
    steps, names = [step], dict.fromkeys(named_in(plan.steps[step].when))
    for id_ in steps:
        names.update(dict.fromkeys(named_in(plan.steps[id_].when)))
        origins = [facts[name].step for name in named_in(plan.steps[id_].when)]
        near = (*plan.steps[id_].follows, *filter(None, origins))
        steps += [other for other in near if other not in steps]
    bases = (facts[name].of for name in list(names))
    names.update(dict.fromkeys(base for base in bases if base is not None))
    for name in list(names):
        asked = plan.ask.get(name)
        names.update(dict.fromkeys(asked.when if asked else ()))
    return {name: answers[name] for name in facts if name in names and name in answers}


def _told(plan: Plan, cause: _Cause, answers: Answers) -> Text:
    if cause.fact is None:
        return worded(
            f"结束前要先完成 {cause.step}, 但只有没人应答时它才会开始; 一直有人应答, 事件就"
            f"结束不了: 请把 {cause.step} 从 close.when (或它后面步骤的 after) 里去掉",
            f"closing waits for {cause.step}, which only begins when somebody does not answer; as "
            f"long as they answer the incident cannot end: take {cause.step} out of close.when "
            "(or of the after of what follows)",
        )
    origin = facts_of(plan)[cause.fact]
    others = {name: answer for name, answer in answers.items() if name != cause.fact}
    case_zh, case_en = _case(others)
    if origin.step is None or answers.get(cause.fact) == UNANSWERED:
        remedy_zh, remedy_en = _remedy(plan, cause.fact)
        return worded(
            f"{case_zh}如果没人回答 {cause.fact}, {cause.step} 会一直等下去, 事件结束不了: "
            f"{remedy_zh}",
            f"{case_en}if nobody answers {cause.fact}, {cause.step} waits for ever and the "
            f"incident cannot end: {remedy_en}",
        )
    return worded(
        f"{case_zh}不需要 {origin.step}, 也就没人提供 {cause.fact}, {cause.step} 会一直等下去, "
        f"事件结束不了: 请把 {origin.step} 的条件也写进 {cause.step} 的 when",
        f"{case_en}{origin.step} is not needed, so nobody learns {cause.fact}, {cause.step} waits "
        f"for ever and the incident cannot end: write the conditions of {origin.step} into the "
        f"when of {cause.step}, too",
    )


def _remedy(plan: Plan, fact: FactName) -> tuple[str, str]:
    ask = plan.ask.get(fact)
    if ask is not None and ask.required:
        return (
            "请把它自己的提问条件也写进这一步的 when",
            "write the conditions under which it is asked into the when of the step, too",
        )
    return (
        "请给它写上 required: true, 或不要让结束等这一步",
        "give it required: true, or do not let closing wait for this step",
    )


def _case(answers: Answers) -> tuple[str, str]:
    if not answers:
        return "", ""
    shown = [_shown(name, answer) for name, answer in answers.items()]
    zh, en = ", ".join(zh for zh, _ in shown), ", ".join(en for _, en in shown)
    return f"在 {zh} 的情况下, ", f"with {en}, "


def _shown(name: FactName, answer: Answer) -> tuple[str, str]:
    if answer == UNANSWERED:
        return f"{name} 没人回答", f"{name} unknown"
    if answer == SOMETHING:
        return f"{name} 有了", f"{name} known"
    return f"{name}: {answer}", f"{name}: {answer}"
