"""Given back: a step is its owner's again, since the incident that was to do it has gone away.

In: a child that was merged or cancelled. Out: a message to whoever has the step, or is asked for
it. Forbidden here: deciding what becomes of the step.
"""

from handlers.catalogue import say
from handlers.telling.happening import Happening, Reader
from handlers.telling.letters import Letters
from handlers.telling.step_lines import step_buttons
from plans import events as e
from plans.incident import StepStatus
from storage.delivery import Message, Urgency


async def child_ended(letters: Letters, happening: Happening, event: e.ChildEnded) -> None:
    """One that closed has done the step; then there is nothing to decide."""
    state = happening.after.steps[event.step]
    if event.status == "closed" or state.status is not StepStatus.OPEN:
        return

    def write(reader: Reader) -> Message:
        text = say(
            reader.lang,
            f"calls.{event.status}_told",
            number=happening.after.number,
            do=happening.step(event.step).do.in_(reader.lang),
            child=event.number,
            title=state.child.title.in_(reader.lang) if state.child else "",
        )
        rows = step_buttons(happening.plan, happening.after, event.step, state, reader)
        return Message(text=text, buttons=tuple(rows))

    for person in (state.taken_by,) if state.taken_by else state.asked:
        await letters.person(person, write, Urgency.URGENT, step=event.step)
