"""Step lines: one step on a card or a list, and the buttons under it.

In: a step as it stands and who reads. Out: lines and rows of buttons. Forbidden here: choosing
which steps a card shows; asking who may press (that is asked when a button is pressed).
"""

from collections.abc import Iterator

from handlers.buttons import button
from handlers.catalogue import Html, say
from handlers.telling.happening import Reader
from handlers.telling.kin import child_line
from plans.format import CLOSING, REPORTER, Plan, Step
from plans.incident import Incident, SkipReason, StepState, StepStatus
from plans.model import StepId
from plans.text import Lang
from storage.delivery import Button


def step_line(step: Step, state: StepState, reader: Reader, mark: str = "") -> Html:
    """One step: what, who has it, by when, how late."""
    lang = reader.lang
    do = step.do.in_(lang)
    if state.status is StepStatus.DONE and state.settled_at:
        who, time = reader.name(state.settled_by), reader.time(state.settled_at)
        tally = ticked(state, lang)
        comma = ("，" if lang == "zh" else ", ") if tally else ""
        return say(lang, "cards.step_done", do=do, who=who, time=f"{time}{comma}{tally}")
    if state.skipped_for is SkipReason.SHORT:
        return say(lang, "guides.short" if finds_a_guide(step) else "cards.step_short", do=do)
    if state.status is not StepStatus.OPEN or state.due_at is None:
        return Html("")
    times = {"due": reader.time(state.due_at), "left": reader.left(state.due_at)}
    if state.is_called_for:
        return say(lang, "calls.step", n=mark, do=do, child=child_line(state, reader, brief=True))
    if state.taken_by:
        who = _with_left(state, reader.name(state.taken_by), lang)
        return say(lang, "cards.step_taken", n=mark, do=do, who=who, **times)
    if state.asked:
        names = _with_left(state, reader.names(state.asked[:3]), lang)
        who = names + ("，" if lang == "zh" else ", ")
        return say(lang, "cards.step_unasked", n=mark, do=do, who=who, **times)
    return say(lang, "cards.step_nobody", n=mark, do=do, **times)


def ticked(state: StepState, lang: Lang) -> str:
    """How much of a call list has been ticked, in words; empty without one."""
    if state.share is None or not state.share.calls:
        return ""
    left = len(state.share.left)
    reached = len(state.share.calls) - left
    return say(lang, "calling.ticked", reached=reached, left=left).unescape()


def _with_left(state: StepState, who: str, lang: Lang) -> str:
    """Who has a call list, and how many on it have not been reached."""
    if state.share is None or not state.share.calls:
        return who
    return say(lang, "calling.left_of", who=who, left=len(state.share.left)).unescape()


def now_lines(plan: Plan, incident: Incident, reader: Reader) -> Iterator[Html]:
    """What is under way and who has it, at most four lines."""
    opened = [(n, s) for n, s in incident.steps.items() if s.status is StepStatus.OPEN]
    for name, state in opened[:4]:
        if state.is_called_for:
            who: str = child_line(state, reader, brief=True)
        elif state.taken_by:
            who = _with_left(state, reader.name(state.taken_by), reader.lang)
        elif state.asked:
            names = _with_left(state, reader.names(state.asked[:2]), reader.lang)
            who = say(reader.lang, "cards.now_unasked", who=names)
        else:
            who = say(reader.lang, "cards.now_nobody")
        yield say(reader.lang, "cards.now", do=plan.step(name).do.in_(reader.lang), who=who)


def finds_a_guide(step: Step) -> bool:
    """Whether the step searches for a person, not for a vehicle."""
    return step.allocate is not None and step.allocate.pool == "route_guide"


def searched_at(plan: Plan, incident: Incident, step: StepId) -> StepId | None:
    """The step at which the vehicle was found that this one sends or brings; None: no vehicle."""
    plan_step = plan.step(step)
    if plan_step.allocate is not None:
        return step
    fact = plan_step.owner.driver_of or plan_step.owner.person_of
    found = (n for n, other in plan.steps.items() if other.allocate and other.allocate.as_ == fact)
    return next(found, None) if fact in incident.promises else None


def step_buttons(
    plan: Plan, incident: Incident, step: StepId, state: StepState, reader: Reader, mark: str = ""
) -> list[tuple[Button, ...]]:
    """The buttons of one open step: one row, and one more where a vehicle may be swapped."""
    lang, number = reader.lang, incident.number
    row = []
    if state.taken_by is None or state.held_up:
        row.append(button(mark + say(lang, "steps.acknowledge"), "ack", number, step))
    listed = state.share is not None and bool(state.share.calls)
    done = say(lang, "calling.all_done" if listed else "steps.complete")
    row.append(button(mark + done, "done", number, step))
    rows = [row]
    second = []
    if step != CLOSING:
        second.append(button(mark + say(lang, "steps.decline"), "no", number, step))
    if plan.step(step).owner.role != REPORTER:  # out there is nobody to hand it to
        second.append(button(mark + say(lang, "steps.hand_over"), "give", number, step))
    searched = searched_at(plan, incident, step)
    if searched is not None:
        label = say(lang, "guides.swap" if finds_a_guide(plan.step(searched)) else "steps.swap")
        second.append(button(mark + label, "swap", number, searched))
    rows.append(second)
    return [tuple(r) for r in rows if r]
