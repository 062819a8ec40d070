"""Decided: word of a decision to whoever asked, and of one that is void to whoever acted on it.

In: a happening and its event. Out: messages. Forbidden here: asking anybody to decide (see
`pings`).
"""

from handlers.catalogue import Html, plain, say
from handlers.telling.decisions import WHOLE, about, askers, decision_words, is_yes
from handlers.telling.happening import Happening, Reader
from handlers.telling.letters import Letters, Write
from handlers.telling.step_messages import step_slot
from handlers.telling.voided import corrected
from plans import events as e
from plans.format import Plan
from plans.incident import StepState, StepStatus
from plans.model import FactName, PersonId, StepId
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
    who = _concerned(happening, event, before)
    if before.decision is not None:
        write = _void(happening, event, before)
    elif is_decision:
        write = _moved(happening, event)
    else:
        write = _held_back(happening, event)
    if who is not None:
        await _tell(letters, happening, event.step, before, who, write)


def _concerned(
    happening: Happening, event: e.StepWithheld, before: StepState
) -> list[PersonId] | None:
    """Who is told that it is not theirs any more, or void; None where nobody need know. Whoever is
    asked for it again is told by that."""
    still = _asked(happening.after.steps[event.step])
    if before.decision is not None:
        return [p for p in (before.settled_by,) if p is not None and p not in still]
    if before.status is not StepStatus.OPEN:
        return None
    if happening.step(event.step).decide is not None:
        return [p for p in _asked(before) if p not in still]
    return list(_asked(before)) if _follows_a_void_one(happening) else None


def told_anyway(happening: Happening, name: FactName) -> set[PersonId]:
    """Who hears of a corrected fact by what comes of it: asked anew for a step that shows it, or
    told that a step is not theirs any more."""
    told: set[PersonId] = set()
    for event in happening.events:
        if isinstance(event, e.StepOpened):
            step = happening.step(event.step)
            shows = name in step.show or step.decide is not None
            told |= set(event.asked) if shows else set()
        if isinstance(event, e.StepWithheld) and happening.before is not None:
            before = happening.before.steps.get(event.step)
            told |= set(_concerned(happening, event, before) or ()) if before is not None else set()
    return told


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
        said = corrected(happening, reader)
        if not said:
            return Message(text=say(reader.lang, "approving.void_plain", **values))
        return Message(text=say(reader.lang, "approving.void", **said, **values))

    return write


def _moved(happening: Happening, event: e.StepWithheld) -> Write:
    """It was theirs to decide, and is somebody else's."""

    def write(reader: Reader) -> Message | None:
        state = happening.after.steps[event.step]
        values = {
            "number": happening.after.number,
            "do": happening.step(event.step).do.in_(reader.lang),
        }
        said = corrected(happening, reader)
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
