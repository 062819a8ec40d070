"""Bundles: several steps given to one person at once are one message, not one each.

In: a bundle written before its steps are handed over. Out: one live message that lists them, with
one button to take them all; the steps' own messages are left out for its reader. Forbidden here:
handing anything over.
"""

from collections import Counter
from datetime import datetime, timedelta
from typing import Annotated

from pydantic import Field

from handlers.buttons import Verb, button
from handlers.catalogue import Html, say
from handlers.documents import INCIDENTS, PLANS
from handlers.telling.happening import Reader
from handlers.telling.letters import Letters
from handlers.telling.spread import do_of
from handlers.telling.step_lines import step_line
from plans.incident import Incident, StepStatus
from plans.model import PersonId, StepId
from storage.delivery import BUTTON_ROWS_LIMIT, Message, Urgency
from storage.document import Document
from storage.port import Kind, Turn

BUNDLED_LIMIT = 50
LINES_SHOWN = 15
MANY = 3
MANY_REMINDED = 2
# Within that time one reminder is for everything that still waits in a bundle.
REMINDED_FOR = timedelta(minutes=2)


class BundledStep(Document):
    """One step of a bundle. `slot` would be its own message; empty: the person has that already."""

    incident: int
    step: StepId
    slot: str


class Bundle(Document):
    """Steps that `by` gave to `person`; `sent` once all of them are handed over; `reminded_at`:
    when the person was last reminded of those they have not taken."""

    id: str
    person: PersonId
    by: PersonId
    steps: Annotated[tuple[BundledStep, ...], Field(max_length=BUNDLED_LIMIT)]
    sent: bool = False
    reminded_at: datetime | None = None


_ALL_OF_THEM: tuple[tuple[str, Verb], ...] = (("take_all", "take_all"), ("bundle_list", "mine"))
BUNDLES = Kind("bundles", Bundle, key=lambda b: b.id, indexed={"person": lambda b: b.person})


async def is_being_bundled(turn: Turn, person: PersonId, number: int, step: StepId) -> bool:
    """Whether the step is just now given to the person with others, so that no ping of its own
    is due."""
    given = await turn.find(BUNDLES, person=person)
    return any(_has(bundle, number, step) for bundle in given if not bundle.sent)


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


async def remind_instead(
    letters: Letters, person: PersonId, number: int, step: StepId, climb_at: datetime | None
) -> bool:
    """Remind somebody of everything that still waits in the bundle the step came with, at once;
    False when nothing else does: then the step has a reminder of its own."""
    turn = letters.turn
    given = [b for b in await turn.find(BUNDLES, person=person) if b.sent and _has(b, number, step)]
    if not given:
        return False
    bundle = given[-1]
    waiting = [one for one in bundle.steps if await _still_waits(turn, one, person)]
    if len(waiting) < MANY_REMINDED:
        return False
    if bundle.reminded_at is None or turn.at - bundle.reminded_at > REMINDED_FOR:
        turn.put(BUNDLES, bundle.model_copy(update={"reminded_at": turn.at}))
        message = await _reminder(letters, waiting, person, climb_at)
        await letters.person(person, lambda _: message, Urgency.URGENT)
    return True


def _has(bundle: Bundle, number: int, step: StepId) -> bool:
    return any((one.incident, one.step) == (number, step) for one in bundle.steps)


async def _still_waits(turn: Turn, one: BundledStep, person: PersonId) -> bool:
    incident = await turn.get(INCIDENTS, str(one.incident))
    return incident is not None and _waits_for(incident, one.step, person)


async def _reminder(
    letters: Letters, waiting: list[BundledStep], person: PersonId, climb_at: datetime | None
) -> Message:
    reader = letters.reader_of(person)
    lines = []
    for one in waiting[:LINES_SHOWN]:
        incident = await letters.turn.get(INCIDENTS, str(one.incident))
        if incident is not None:
            lines.append(await _line(letters.turn, incident, one.step, person, reader))
    more = len(waiting) - LINES_SHOWN
    if more > 0:
        lines.append(say(reader.lang, "directing.bundle_more", count=more))
    climb = reader.time(climb_at) if climb_at else ""
    head = say(reader.lang, "directing.bundle_remind", count=len(waiting), climb=climb)
    rows = tuple(
        (button(say(reader.lang, f"directing.{label}"), verb),) for label, verb in _ALL_OF_THEM
    )
    return Message(text="\n".join([head, *lines]), buttons=rows)


async def waiting(turn: Turn) -> Counter[PersonId]:
    """How many steps that nobody has wait for each person, in whatever is open."""
    opened = await turn.find(INCIDENTS, status="open")
    steps = (state for incident in opened for state in incident.steps.values())
    free = (s for s in steps if s.status is StepStatus.OPEN and s.taken_by is None)
    return Counter(person for state in free for person in set(state.asked))


def with_all(reader: Reader, ping: Message, count: int) -> Message:
    """A ping to somebody for whom so many steps wait: one press takes them all."""
    if count < MANY or len(ping.buttons) == BUTTON_ROWS_LIMIT:
        return ping
    row = (button(say(reader.lang, "directing.take_all_of", count=count), "take_all"),)
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
    state, do = incident.steps[step], do_of(frozen.plan, incident, step, reader)
    line = step_line(frozen.plan, incident, step, reader)
    if state.status is StepStatus.OPEN and state.due_at is not None:
        theirs = {"do": do, "due": reader.time(state.due_at)}
        if state.taken_by == person:
            line = say(reader.lang, "directing.bundle_yours", **theirs)
        elif state.taken_by is None and person in state.asked:
            line = say(reader.lang, "directing.bundle_waits", **theirs)
    elif not line:
        line = say(reader.lang, "directing.bundle_off", do=do)
    return Html(f"#{incident.number} {line}")
