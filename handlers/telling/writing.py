"""Writing a ping: which words belong to which event.

In: an event that asks somebody to act. Out: who is asked, and a function that writes it for a
reader. Forbidden here: choosing readers; sending.
"""

from collections.abc import Callable
from typing import assert_never

from handlers.catalogue import Html, say
from handlers.telling.around import around
from handlers.telling.call_list import next_lines
from handlers.telling.happening import Happening, Reader
from handlers.telling.step_messages import escalation, ping, reminder
from plans import events as e
from plans.model import PersonId
from storage.delivery import Message

Pinging = e.StepOpened | e.StepEscalated | e.StepHandedOver | e.OwnerReminded
# Who is mentioned, in a group; None in private.
Write = Callable[[Reader, Html | None], Message]


def asked_by(event: Pinging) -> tuple[PersonId, ...]:
    return (event.to,) if isinstance(event, e.StepHandedOver) else event.asked


def writer(happening: Happening, event: Pinging) -> Write:
    match event:
        case e.StepOpened():
            return lambda reader, who: ping(happening, event.step, reader, who)
        case e.StepHandedOver():
            return lambda reader, who: ping(happening, event.step, reader, who, event.by)
        case e.StepEscalated():
            return lambda reader, who: escalation(happening, event, reader, who)
        case e.OwnerReminded():
            return lambda reader, who: _reminder(happening, event, reader, who)
        case _:
            assert_never(event)


def _reminder(
    happening: Happening, event: e.OwnerReminded, reader: Reader, who: Html | None
) -> Message:
    """In private it takes the place of the message before it, so that all one needs is in it."""
    message, step = reminder(happening, event, reader, who), event.step
    if who is not None:
        return message
    state, lines = happening.after.steps[step], list[str]()
    if state.taken_by is None and state.due_at is not None:
        lines.append(say(reader.lang, "gathered.by", due=reader.time(state.due_at)))
    lines += next_lines(state.share, reader)
    decides = happening.step(step).decide is not None
    known = Html("") if decides else around(happening.plan, happening.after, step, reader)
    extra = "".join(f"\n{line}" for line in lines)
    return message.model_copy(update={"text": Html(message.text + known + extra)})
