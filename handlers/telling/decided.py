"""Decided: word of a decision to whoever asked, and of one that is void to whoever acted on it.

In: a happening and its event. Out: messages. Forbidden here: asking anybody to decide (see
`pings`).
"""

from handlers.catalogue import Html, plain, say
from handlers.telling.decisions import WHOLE, about, askers, decision_words, is_yes
from handlers.telling.happening import Happening, Reader
from handlers.telling.letters import Letters, Write
from handlers.telling.step_messages import step_slot
from plans import events as e
from plans.format import Plan
from plans.incident import StepState, StepStatus
from plans.model import PersonId, StepId
from storage.delivery import Message, Urgency
from storage.port import SLOTS

PEOPLE_TOLD = 20


async def tell(
    letters: Letters, happening: Happening, event: e.StepDecided | e.StepWithheld
) -> None:
    match event:
        case e.StepDecided():
            await _decided(letters, happening, event)
        case e.StepWithheld():
            await _withheld(letters, happening, event)


async def _decided(letters: Letters, happening: Happening, event: e.StepDecided) -> None:
    """Whoever asked, reported or filed it hears what was decided, and why not; advice is for those
    who decide."""
    step, after = happening.step(event.step), happening.after
    if step.decide is None or step.decide.advise:
        return
    yes = is_yes(event.decision)

    def write(reader: Reader) -> Message:
        text = say(
            reader.lang,
            "approving.told" if yes else "approving.told_refused",
            number=after.number,
            title=happening.plan.title.in_(reader.lang),
            name=reader.name(event.by),
            what=decision_words(event.decision, reader, WHOLE),
            about=about(happening.plan, after, reader),
        )
        more = step.tell_reporter.in_(reader.lang) if yes and step.tell_reporter else ""
        return Message(text=Html(f"{text}\n{plain(more)}") if more else text)

    who = dict.fromkeys((*askers(happening.plan, after, event.step), *after.reporters))
    for person in [p for p in who if p != event.by][:PEOPLE_TOLD]:
        await letters.person(person, write, Urgency.URGENT)


async def _withheld(letters: Letters, happening: Happening, event: e.StepWithheld) -> None:
    """A decision that is void, one that is somebody else's now, or what followed from one."""
    before = happening.before.steps.get(event.step) if happening.before else None
    if before is None:
        return
    is_decision = happening.step(event.step).decide is not None
    if before.decision is not None:
        who = [p for p in (before.settled_by,) if p is not None]
        await _tell(letters, happening, event.step, before, who, _void(happening, event, before))
    elif before.status is StepStatus.OPEN and is_decision:
        still = _asked(happening.after.steps[event.step])
        who = [p for p in _asked(before) if p not in still]
        await _tell(letters, happening, event.step, before, who, _moved(happening, event))
    elif before.status is StepStatus.OPEN and _follows_a_void_one(happening):
        write = _held_back(happening, event)
        await _tell(letters, happening, event.step, before, list(_asked(before)), write)


def _asked(state: StepState) -> tuple[PersonId, ...]:
    if state.status is not StepStatus.OPEN:
        return ()
    return (state.taken_by,) if state.taken_by else state.asked


def _follows_a_void_one(happening: Happening) -> bool:
    return any(isinstance(event, e.FactForgotten) for event in happening.events)


async def _tell(
    letters: Letters,
    happening: Happening,
    step: StepId,
    before: StepState,
    who: list[PersonId],
    write: Write,
) -> None:
    """A new message, since an edit makes no sound; the old ones lose their buttons."""
    for person in who[:PEOPLE_TOLD]:
        await letters.person(person, write, Urgency.URGENT)
    for person in before.told[:PEOPLE_TOLD]:
        if happening.before is None:
            continue
        slot = step_slot(happening.before, step, person)
        if await letters.turn.get(SLOTS, slot) is not None:
            await letters.person(person, _over(happening, step), slot=slot)


def _over(happening: Happening, step: StepId) -> Write:
    do, number = happening.step(step).do, happening.after.number
    return lambda r: Message(text=say(r.lang, "approving.over", number=number, do=do.in_(r.lang)))


def _void(happening: Happening, event: e.StepWithheld, before: StepState) -> Write:
    step, after = happening.step(event.step), happening.after
    decision = before.decision

    def write(reader: Reader) -> Message:
        values: dict[str, object] = {
            "number": after.number,
            "title": happening.plan.title.in_(reader.lang),
            "do": step.do.in_(reader.lang),
            "decision": decision_words(decision, reader) if decision else "",
        }
        said = _number(happening, event.step, reader)
        if not said:
            return Message(text=say(reader.lang, "approving.void_plain", **values))
        return Message(text=say(reader.lang, "approving.void", **said, **values))

    return write


def _number(happening: Happening, step: StepId, reader: Reader) -> dict[str, object]:
    """What the number is called, and what it is now; {} where there is none."""
    decide, plan = happening.step(step).decide, happening.plan
    of = decide.of if decide is not None else None
    value = happening.after.fact(of or "")
    if of is None or value is None:
        return {}
    return {
        "what": plan.asked()[of].called(reader.lang),
        "value": reader.brief_fact(plan, of, value),
    }


def _moved(happening: Happening, event: e.StepWithheld) -> Write:
    """It was theirs to decide, and is somebody else's."""

    def write(reader: Reader) -> Message | None:
        state = happening.after.steps[event.step]
        values = {
            "number": happening.after.number,
            "do": happening.step(event.step).do.in_(reader.lang),
        }
        said = _number(happening, event.step, reader)
        whose = reader.names(state.asked[:3]) or reader.role(state.role)
        if state.status is not StepStatus.OPEN or not said:
            return Message(text=say(reader.lang, "steps.skipped_card", **values))
        text = say(reader.lang, "approving.not_yours_now", whose=whose, **said, **values)
        return Message(text=text)

    return write


def _held_back(happening: Happening, event: e.StepWithheld) -> Write:
    do, number = happening.step(event.step).do, happening.after.number
    return lambda r: Message(
        text=say(r.lang, "approving.held_back", number=number, do=do.in_(r.lang))
    )


def decided_history(
    plan: Plan, event: e.StepDecided | e.FactForgotten, reader: Reader
) -> Html | None:
    """Who decided what; which decision is void. Of what that had granted, this says enough."""
    if isinstance(event, e.FactForgotten):
        return _forgotten(plan, event, reader)
    do, what = plan.step(event.step).do.in_(reader.lang), decision_words(event.decision, reader)
    by = reader.name(event.by)
    return say(reader.lang, "approving.history", by=by, what=what, do=do)


def _forgotten(plan: Plan, event: e.FactForgotten, reader: Reader) -> Html | None:
    steps = plan.steps.values()
    found = [s for s in steps if s.decide is not None and s.decide.as_ == event.name]
    if not found:
        return None
    return say(reader.lang, "approving.history_void", do=found[0].do.in_(reader.lang))
