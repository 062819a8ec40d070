"""Rescheduled: what is put off until a moment, and deadlines that have moved.

In: an event about a step's times. Out: words. Forbidden here: calculating times.
"""

from handlers.catalogue import Html, say
from handlers.telling.happening import Happening, Reader
from handlers.telling.letters import Letters
from handlers.telling.spread import do_of
from plans import events as e
from plans.format import Plan
from plans.incident import StepStatus
from storage.delivery import Message, Urgency


async def tell(letters: Letters, happening: Happening, event: e.DeadlineMoved) -> None:
    """A deadline that comes sooner is told with a sound; a later one shows on the cards."""
    state = happening.after.steps[event.step]
    sooner = event.previous is not None and event.due_at < event.previous
    if not sooner or state.status is not StepStatus.OPEN:
        return
    for person in (state.taken_by,) if state.taken_by else state.asked:
        await letters.person(person, lambda r: _sooner(happening, event, r), Urgency.URGENT)


def _sooner(happening: Happening, event: e.DeadlineMoved, reader: Reader) -> Message:
    text = say(
        reader.lang,
        "moments.sooner",
        number=happening.after.number,
        do=do_of(happening.plan, happening.after, event.step, reader),
        due=reader.time(event.due_at),
        was=reader.time(event.previous) if event.previous else "",
    )
    return Message(text=text)


def moments_history(
    plan: Plan, event: e.StepPostponed | e.DeadlineMoved, reader: Reader
) -> Html | None:
    """Until when it is put off, or by when it is due now."""
    do = plan.step(event.step).do.in_(reader.lang)
    if isinstance(event, e.DeadlineMoved):
        return say(reader.lang, "moments.moved", do=do, due=reader.time(event.due_at))
    if event.until is None:
        return None
    return say(reader.lang, "moments.postponed", do=do, time=reader.time(event.until))
