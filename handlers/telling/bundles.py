"""Bundles: several steps given to one person at once are one message, not one each.

In: a bundle written before its steps are handed over. Out: one live message that lists them, with
one button to take them all; the steps' own messages are left out for its reader. Forbidden here:
handing anything over.
"""

from typing import Annotated

from pydantic import Field

from handlers.buttons import button
from handlers.catalogue import Html, say
from handlers.documents import INCIDENTS, PLANS
from handlers.telling.happening import Reader
from handlers.telling.letters import Letters
from handlers.telling.step_lines import step_line
from plans.incident import Incident, StepStatus
from plans.model import PersonId, StepId
from storage.delivery import BUTTON_ROWS_LIMIT, Message, Urgency
from storage.document import Document
from storage.port import Kind, Turn

BUNDLED_LIMIT = 50
LINES_SHOWN = 15
MANY = 3


class BundledStep(Document):
    """One step of a bundle. `slot` would be its own message; empty: the person has that already."""

    incident: int
    step: StepId
    slot: str


class Bundle(Document):
    """Steps that `by` gave to `person`; `sent` once all of them are handed over."""

    id: str
    person: PersonId
    by: PersonId
    steps: Annotated[tuple[BundledStep, ...], Field(max_length=BUNDLED_LIMIT)]
    sent: bool = False


BUNDLES = Kind("bundles", Bundle, key=lambda b: b.id, indexed={"person": lambda b: b.person})


async def is_being_bundled(turn: Turn, person: PersonId, number: int, step: StepId) -> bool:
    """Whether the step is just now given to the person with others, so that no ping of its own
    is due."""
    return any(
        (one.incident, one.step) == (number, step)
        for bundle in await turn.find(BUNDLES, person=person)
        if not bundle.sent
        for one in bundle.steps
    )


async def bundle_instead(turn: Turn, person: PersonId, slot: str) -> Bundle | None:
    """The bundle that stands in the place of the step's own message; None: it has its own."""
    for bundle in await turn.find(BUNDLES, person=person):
        if any(one.slot == slot for one in bundle.steps):
            return bundle
    return None


async def show(letters: Letters, bundle: Bundle, urgency: Urgency = Urgency.NORMAL) -> None:
    """Post the bundle's message, or write it anew; forget the bundle when all of it is over."""
    reader = letters.reader_of(bundle.person)
    lines, waiting, over = [], 0, True
    for one in bundle.steps:
        incident = await letters.turn.get(INCIDENTS, str(one.incident))
        if incident is None:
            continue
        over = over and not incident.is_open
        waiting += _waits_for(incident, one.step, bundle.person)
        lines.append(await _line(letters.turn, incident, one.step, bundle.person, reader))
    more = len(lines) - LINES_SHOWN
    if more > 0:
        lines = [*lines[:LINES_SHOWN], say(reader.lang, "directing.bundle_more", count=more)]
    head = say(
        reader.lang,
        "directing.bundle" if waiting else "directing.bundle_taken",
        count=len(bundle.steps),
        name=reader.name(bundle.by),
    )
    rows = [(button(say(reader.lang, "directing.bundle_list"), "mine"),)]
    if waiting:
        rows.insert(0, (button(say(reader.lang, "directing.take_all"), "take_all"),))
    message = Message(text="\n".join([head, *lines]), buttons=() if over else tuple(rows))
    slot = f"bundle/{bundle.id}"
    await letters.person(bundle.person, lambda _: message, urgency, slot=slot)
    if over:
        letters.turn.remove(BUNDLES, bundle.id)


async def with_all(letters: Letters, person: PersonId, ping: Message) -> Message:
    """A ping to somebody for whom several steps wait already: one press takes them all."""
    opened = await letters.turn.find(INCIDENTS, status="open")
    count = sum(_waits_for(i, step, person) for i in opened for step in i.steps)
    if count < MANY or len(ping.buttons) == BUTTON_ROWS_LIMIT:
        return ping
    lang = letters.reader_of(person).lang
    row = (button(say(lang, "directing.take_all_of", count=count), "take_all"),)
    return ping.model_copy(update={"buttons": (*ping.buttons, row)})


def _waits_for(incident: Incident, step: StepId, person: PersonId) -> bool:
    state = incident.steps[step]
    return state.status is StepStatus.OPEN and person in state.asked


async def _line(
    turn: Turn, incident: Incident, step: StepId, person: PersonId, reader: Reader
) -> Html:
    frozen = await turn.get(PLANS, incident.plan_version)
    if frozen is None:
        return Html(f"#{incident.number}")
    state, plan_step = incident.steps[step], frozen.plan.step(step)
    line = step_line(plan_step, state, reader)
    if state.status is StepStatus.OPEN and state.due_at is not None:
        theirs = {"do": plan_step.do.in_(reader.lang), "due": reader.time(state.due_at)}
        if state.taken_by == person:
            line = say(reader.lang, "directing.bundle_yours", **theirs)
        elif state.taken_by is None and person in state.asked:
            line = say(reader.lang, "directing.bundle_waits", **theirs)
    elif not line:
        line = say(reader.lang, "directing.bundle_off", do=plan_step.do.in_(reader.lang))
    return Html(f"#{incident.number} {line}")
