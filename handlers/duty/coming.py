"""What time brings to duty: an absence begins or ends by itself.

In: a person whose time has come. Out: the hand-over offered, the state cleared, a welcome with what
happened meanwhile. Forbidden here: doing anything when the absence has changed and is not due.
"""

from datetime import datetime

from handlers.catalogue import Html, say
from handlers.command.coming import look_at_commands, welcome_chief
from handlers.desk import Desk
from handlers.documents import INCIDENTS, PEOPLE
from handlers.duty import stand_in
from handlers.duty.held import send_held
from handlers.duty.open_steps import open_steps, step_lines
from handlers.duty.state import bring_back
from handlers.telling.happening import Reader
from handlers.telling.letters import Letters
from handlers.telling.spread import do_of
from plans.incident import Incident, StepStatus
from plans.involved import has_part, steps_with
from plans.model import PersonId
from plans.roster import PersonState
from storage.delivery import Message, Urgency
from storage.port import Turn


async def absence_due(turn: Turn, desk: Desk, person: PersonId) -> None:
    """The absence of this person begins or ends now."""
    state = await turn.get(PEOPLE, person)
    due_at = state.due_next() if state is not None else None
    if state is None or due_at is None or due_at > turn.at:
        return
    if not (await desk.roster(turn)).is_active(person):
        turn.put(PEOPLE, state.model_copy(update={"away_since": None, "away_until": None}))
    elif state.away_until is not None and state.away_until <= turn.at:
        await bring_back(turn, desk, person)
        await welcome_back(turn, desk, state)
    else:
        await _begin(turn, desk, state)


async def _begin(turn: Turn, desk: Desk, state: PersonState) -> None:
    turn.put(PEOPLE, state.model_copy(update={"away_begun": True}))
    await look_at_commands(turn, desk)
    letters = Letters(turn, await desk.roster(turn))
    reader = letters.reader_of(state.person)
    offer = await stand_in.offer_hand_over(turn, desk, state.person, reader, own=True)
    said = say(reader.lang, "duty.begins", when=stand_in.when(reader, state.person))
    warned = stand_in.warning(reader, state.person, turn.at)
    if offer is None and not warned:
        return  # whoever is about to board learns nothing new
    lines = [said, *([warned] if warned else []), *([offer.text] if offer else [])]
    message = Message(text="\n".join(lines), buttons=offer.buttons if offer else ())
    await letters.person(state.person, lambda _: message, Urgency.URGENT)


async def welcome_back(turn: Turn, desk: Desk, before: PersonState) -> None:
    """What happened while somebody was away, and what waits for them; `before` is their state
    until now. Whoever stood in learns that it is over."""
    letters = Letters(turn, await desk.roster(turn))
    reader = letters.reader_of(before.person)
    text = await _meanwhile(turn, desk, before, reader)
    await letters.person(before.person, lambda _: Message(text=text), Urgency.URGENT)
    await send_held(turn, desk, before.person)
    if before.stand_in is not None:
        await letters.person(
            before.stand_in,
            lambda r: Message(
                text=say(r.lang, "duty.stood_in", name=r.name(before.person)),
            ),
        )
    await look_at_commands(turn, desk)
    await welcome_chief(turn, desk, before.person)


async def _meanwhile(turn: Turn, desk: Desk, before: PersonState, reader: Reader) -> str:
    lang, since = reader.lang, before.away_since
    lines = [say(lang, "duty.welcome_back")]
    if since is not None:
        opened, closed = await _counts(turn, before.person, since, reader)
        lines.append(say(lang, "duty.meanwhile", opened=opened, closed=closed))
    lines += await _waiting(turn, desk, before.person, reader)
    if before.stand_in is not None:
        held = await _held_by(turn, desk, before.stand_in, before.person, reader)
        if held:
            lines.append(say(lang, "duty.held_by", name=reader.name(before.stand_in), lines=held))
    return "\n".join(lines)


async def what_waits(turn: Turn, desk: Desk, person: PersonId) -> None:
    """Whoever could not be reached and writes again learns what waits for them; silence when
    nothing does."""
    letters = Letters(turn, await desk.roster(turn))
    reader = letters.reader_of(person)
    lines = await _waiting(turn, desk, person, reader)
    if lines:
        text = "\n".join([say(reader.lang, "duty.reached_again"), *lines])
        await letters.person(person, lambda _: Message(text=text), Urgency.URGENT)


async def _waiting(turn: Turn, desk: Desk, person: PersonId, reader: Reader) -> list[Html]:
    """Their own open steps, and those that passed them over and are still open."""
    own = await open_steps(turn, person)
    lines = []
    if own:
        shown = await step_lines(turn, desk, own, reader)
        lines.append(say(reader.lang, "duty.waits", count=len(own), lines=shown))
    passed = [
        f"#{incident.number}"
        for incident in await turn.find(INCIDENTS, status="open")
        if any(
            s.status is StepStatus.OPEN and person in s.passed and s.taken_by is None
            for s in incident.steps.values()
        )
    ]
    if passed:
        lines.append(say(reader.lang, "duty.passed_over", numbers=" ".join(passed[:10])))
    return lines


async def _counts(turn: Turn, person: PersonId, since: datetime, reader: Reader) -> tuple[int, int]:
    """Incidents reported, and ended, since then, of those that concern the person."""
    found: list[Incident] = []
    for status in ("open", "closed", "merged", "cancelled"):
        found += await turn.find(INCIDENTS, status=status)
    mine = [
        i for i in found if has_part(i, person) or reader.roster.serves(person, i.region, turn.at)
    ]
    opened = sum(i.reported_at >= since for i in mine)
    closed = sum(i.ended_at is not None and i.ended_at >= since for i in mine)
    return opened, closed


async def _held_by(
    turn: Turn, desk: Desk, stand_in_: PersonId, person: PersonId, reader: Reader
) -> Html:
    """The open steps of the incidents that concern the person which their stand-in has."""
    lines = []
    for incident in await turn.find(INCIDENTS, status="open"):
        if not reader.roster.serves(person, incident.region, turn.at):
            continue
        plan = await desk.plan_of(turn, incident)
        for step, _ in steps_with(incident, stand_in_):
            do = do_of(plan, incident, step, reader)
            lines.append(say(reader.lang, "duty.step_line", number=incident.number, do=do))
    return Html("\n".join(lines[:5]))
