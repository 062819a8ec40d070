"""Step lines: one step on a card or a list, and the buttons under it.

In: a step as it stands and who reads. Out: lines and rows of buttons. Forbidden here: choosing
which steps a card shows; asking who may press (that is asked when a button is pressed).
"""

from collections.abc import Iterator, Mapping
from typing import Final

from handlers.buttons import button
from handlers.catalogue import Html, say
from handlers.telling.broadcasts import broadcast_words
from handlers.telling.decisions import decision_buttons, decision_words
from handlers.telling.happening import Reader
from handlers.telling.kin import child_line
from handlers.telling.spread import do_of, spread_line, spread_steps
from plans.format import CLOSING, REPORTER, Plan, Pool, Step, whole_of
from plans.incident import NONE, Incident, SkipReason, StepState, StepStatus, StockPromise
from plans.model import FactName, StepId
from plans.text import Lang
from storage.delivery import Button

NOW_SHOWN = 4
SPREAD_SHOWN = 3


def step_line(plan: Plan, incident: Incident, name: StepId, reader: Reader, mark: str = "") -> Html:
    """One step: what, who has it, by when, how late."""
    lang, step, state = reader.lang, plan.step(name), incident.steps[name]
    do = do_of(plan, incident, name, reader)
    if state.status is StepStatus.DONE and state.settled_at:
        who, time = reader.name(state.settled_by), reader.time(state.settled_at)
        tally = ticked(state, lang)
        if state.decision is not None:
            tally = decision_words(state.decision, reader).unescape()
        if state.broadcast is not None and step.broadcast is not None:
            tally = broadcast_words(state, step.broadcast.confirm, lang)
        comma = ("，" if lang == "zh" else ", ") if tally else ""
        return say(lang, "cards.step_done", do=do, who=who, time=f"{time}{comma}{tally}")
    if state.skipped_for is SkipReason.SHORT:
        return say(lang, _SHORT[pool_of(step)], do=do)
    if state.status is StepStatus.WAITING and state.opens_at is not None:
        return say(lang, "moments.waits", do=do, time=reader.time(state.opens_at))
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
    key = "calling.ticked" if left else "calling.ticked_all"
    return say(lang, key, reached=reached, left=left).unescape()


def _with_left(state: StepState, who: str, lang: Lang) -> str:
    """Who has a call list, and how many on it have not been reached."""
    if state.share is None or not state.share.calls:
        return who
    return say(lang, "calling.left_of", who=who, left=len(state.share.left)).unescape()


def now_lines(
    plan: Plan, incident: Incident, reader: Reader, *, decisions: bool = True
) -> Iterator[Html]:
    """What is under way and who has it, of a request also until when, at most four lines; with or
    without what somebody is to decide."""
    opened = [
        (name, state)
        for name, state in incident.steps.items()
        if state.status is StepStatus.OPEN and (decisions or plan.step(name).decide is None)
    ]
    spread = spread_steps(plan, incident)
    opened = [(name, state) for name, state in opened if whole_of(name) not in spread]
    under_way = [name for name in spread if incident.steps[name].status is StepStatus.SHARED]
    shown = under_way[:SPREAD_SHOWN]
    yield from (spread_line(plan, incident, name, reader) for name in shown)
    for name, state in opened[: NOW_SHOWN - len(shown)]:
        if state.is_called_for:
            who: str = child_line(state, reader, brief=True)
        elif state.taken_by:
            who = _with_left(state, reader.name(state.taken_by), reader.lang)
        elif state.asked:
            names = _with_left(state, reader.names(state.asked[:2]), reader.lang)
            who = say(reader.lang, "cards.now_unasked", who=names)
        else:
            who = say(reader.lang, "cards.now_nobody")
        values = {"do": plan.step(name).do.in_(reader.lang), "who": who}
        if plan.is_request and state.due_at is not None:
            due = reader.time(state.due_at)
            yield say(reader.lang, "cards.now_until", due=due, **values)
        else:
            yield say(reader.lang, "cards.now", **values)
    room = NOW_SHOWN - len(shown) - len(opened)
    yield from _put_off(plan, incident, reader, room, decisions=decisions)


def _put_off(
    plan: Plan, incident: Incident, reader: Reader, room: int, *, decisions: bool
) -> Iterator[Html]:
    """What begins by itself later, where there is room for it."""
    put_off = [
        (name, s.opens_at)
        for name, s in incident.steps.items()
        if s.opens_at is not None and (decisions or plan.step(name).decide is None)
    ]
    for name, opens_at in put_off[: max(room, 0)]:
        do = plan.step(name).do.in_(reader.lang)
        yield say(reader.lang, "moments.later", do=do, time=reader.time(opens_at))


def pool_of(step: Step) -> Pool:
    """What the step searches for; of old it was a spare."""
    return step.allocate.pool if step.allocate is not None else "spare_vehicle"


_SHORT: Final[Mapping[Pool, str]] = {
    "spare_vehicle": "cards.step_short",
    "route_guide": "guides.short",
    "stock": "stock.short",
}
_SWAP: Final[Mapping[Pool, str]] = {
    "spare_vehicle": "steps.swap",
    "route_guide": "guides.swap",
    "stock": "stock.swap",
}
SEARCH_AGAIN: Final[Mapping[Pool, str]] = {
    "spare_vehicle": "steps.search_again",
    "route_guide": "guides.search_again",
    "stock": "stock.search_again",
}


def searched_at(plan: Plan, incident: Incident, step: StepId) -> StepId | None:
    """The step at which was found what this one sends, brings or uses; None: nothing, or it has
    left its store."""
    plan_step = plan.step(step)
    if plan_step.allocate is not None:
        fact: FactName | None = plan_step.allocate.as_
    else:
        fact = plan_step.owner.driver_of or plan_step.owner.person_of or plan_step.uses
    promise = incident.promises.get(fact or "")
    if isinstance(promise, StockPromise) and promise.used:
        return None
    if plan_step.allocate is not None:
        return step
    found = (n for n, other in plan.steps.items() if other.allocate and other.allocate.as_ == fact)
    return next(found, None) if promise is not None else None


def search_again_rows(
    plan: Plan, incident: Incident, step: StepId, reader: Reader
) -> list[tuple[Button, ...]]:
    """Whoever does what the plan does instead may look whether something is free by now."""
    rows: list[tuple[Button, ...]] = []
    for name, other in plan.steps.items():
        fact = other.allocate.as_ if other.allocate is not None else None
        short = incident.steps[name].skipped_for is SkipReason.SHORT
        if short and fact is not None and plan.step(step).when.get(fact) == NONE:
            label = say(reader.lang, SEARCH_AGAIN[pool_of(other)])
            rows.append((button(label, "again", incident.number, name),))
    return rows


def step_buttons(
    plan: Plan, incident: Incident, step: StepId, state: StepState, reader: Reader, mark: str = ""
) -> list[tuple[Button, ...]]:
    """The buttons of one open step: one row, and one more where a vehicle may be swapped."""
    if plan.step(step).decide is not None:
        return decision_buttons(plan, incident, step, state, reader, mark)
    lang, number = reader.lang, incident.number
    row = []
    if state.taken_by is None or state.held_up:
        row.append(button(mark + say(lang, "steps.acknowledge"), "ack", number, step))
    listed = state.share is not None and bool(state.share.calls)
    done = say(lang, "calling.all_done" if listed else "steps.complete")
    rows = [row]
    if plan.step(step).broadcast is not None:
        label = say(lang, "broadcast.step_button")
        rows.insert(0, [button(mark + label, "spread", number, step)])
        done = say(lang, "broadcast.done_otherwise")
    row.append(button(mark + done, "done", number, step))
    second = []
    if step != CLOSING:
        second.append(button(mark + say(lang, "steps.decline"), "no", number, step))
    if plan.step(step).owner.role != REPORTER:  # out there is nobody to hand it to
        second.append(button(mark + say(lang, "steps.hand_over"), "give", number, step))
    searched = searched_at(plan, incident, step)
    if searched is not None:
        label = say(lang, _SWAP[pool_of(plan.step(searched))])
        second.append(button(mark + label, "swap", number, searched))
    rows.append(second)
    return [tuple(r) for r in rows if r]
