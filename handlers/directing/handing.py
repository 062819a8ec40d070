"""Handing over: /handover at a change of shift. The successor gets a briefing and takes over all.

In: the command, presses, a typed name, time. Out: a briefing to both; once the successor has
pressed, every open and awaited step of the giver is theirs. Forbidden here: anything passing to
somebody who has not said that they take it.
"""

from datetime import timedelta

from telegram import Update

from handlers.awaited import AWAITED, await_words
from handlers.buttons import Pressed, button, mark_of
from handlers.catalogue import Html, say
from handlers.context import Context
from handlers.desk import Desk
from handlers.directing.briefing import briefing
from handlers.directing.found import people_meant, person_of, told_apart, which
from handlers.directing.giving import Transfer, give
from handlers.directing.handovers import HANDOVERS, Handover
from handlers.documents import INCIDENTS
from handlers.telling.around import phone_line
from handlers.telling.happening import Reader, brief
from handlers.telling.letters import Letters
from plans.model import PersonId
from plans.reassigning import held_steps
from plans.roster import Roster
from storage.delivery import Message, Urgency
from storage.port import Turn

REMIND_AFTER = timedelta(minutes=10)
# Pressed later than that, it is no change of shift any more.
HOLDS_FOR = timedelta(hours=12)
PEOPLE_SHOWN = 8


async def on_handover(_: Update, context: Context) -> None:
    """To whom? Those of the same role and region, or a typed name."""
    await _ask(context, say(context.speaker.lang, "directing.hand_whom"), successors(context))


async def _ask(context: Context, text: Html, people: list[PersonId]) -> None:
    await_words(context.turn, context.speaker.person, "handover")
    reader = context.reader
    rows = tuple(
        (button(told_apart(reader, p), "hand_to", mark_of(p)),) for p in people[:PEOPLE_SHOWN]
    )
    await context.reply(Message(text=text, buttons=rows))


def successors(context: Context) -> list[PersonId]:
    """Holders and deputies of one's own roles and regions who can be told."""
    roster, at, me = context.speaker.roster, context.turn.at, context.speaker.person
    found = (p for post in roster.roles_of(me) for p in roster.posted(post.role, post.region, at))
    people = [p for p in dict.fromkeys(found) if p != me]
    return [p for p in people if roster.can_be_told(p, at) == "yes"]


async def on_typed(context: Context, _: tuple[str, ...], text: str) -> None:
    roster, at = context.speaker.roster, context.turn.at
    found = [p for p in people_meant(roster, text) if p != context.speaker.person]
    found = [p for p in found if roster.can_be_told(p, at) == "yes"]
    if not found:
        await_words(context.turn, context.speaker.person, "handover")
        await context.say("directing.found_none", typed=brief(text))
        return
    await _ask(context, which(context.reader, found, PEOPLE_SHOWN), found)


async def on_chosen(update: Update, context: Context, pressed: Pressed) -> None:
    """Brief both; nothing changes hands until the successor says so."""
    turn, giver = context.turn, context.speaker.person
    receiver = person_of(context.speaker.roster, pressed.args[0])
    if receiver is None or receiver == giver:
        context.refuse(update, "refusals.old_button")
        return
    before = await turn.find(HANDOVERS, giver=giver)
    if any(one.receiver == receiver and one.remind_at is not None for one in before):
        context.refuse(update, "directing.hand_waits", name=context.reader.name(receiver))
        return
    context.toast(update)
    turn.remove(AWAITED, giver)
    for earlier in before:
        if earlier.state == "waiting":
            await _end(turn, context.desk, earlier, "withdrawn")
        turn.remove(HANDOVERS, earlier.id)  # one for each giver is kept
    number = await turn.next_number("handover")
    handover = Handover(
        id=str(number),
        giver=giver,
        receiver=receiver,
        at=turn.at,
        remind_at=turn.at + REMIND_AFTER,
    )
    turn.put(HANDOVERS, handover)
    await _show(turn, context.desk, handover, Urgency.URGENT)


async def on_relieve(update: Update, context: Context, pressed: Pressed) -> None:
    """The successor takes over: everything the giver has or is asked for is theirs."""
    turn, person = context.turn, context.speaker.person
    handover = await turn.get(HANDOVERS, pressed.args[0])
    if handover is None or handover.receiver != person or handover.state == "withdrawn":
        context.refuse(update, "refusals.old_button")
        return
    if handover.state == "taken":
        context.refuse(update, "directing.hand_already")
        return
    if turn.at - handover.at > HOLDS_FOR:
        await _end(turn, context.desk, handover, "withdrawn")
        context.refuse(update, "refusals.old_button")
        return
    if context.speaker.roster.is_away(person, turn.at):
        context.refuse(update, "directing.hand_away")
        return
    transfers = await _transfers(turn, context.speaker.roster, handover)
    given = await give(turn, context.desk, handover.giver, transfers, takes=True)
    went = sum(one.refused is None for one in given)
    await _end(turn, context.desk, handover, "taken")
    context.toast(update, "directing.hand_taken", count=went)
    letters = Letters(turn, context.speaker.roster)
    await letters.person(
        handover.giver,
        lambda r: Message(
            text=say(r.lang, "directing.hand_done", name=r.name(person), count=went, all=len(given))
        ),
        Urgency.URGENT,
    )


async def _transfers(turn: Turn, roster: Roster, handover: Handover) -> list[Transfer]:
    return [
        Transfer(incident.number, held.step, handover.giver, handover.receiver)
        for incident in await turn.find(INCIDENTS, status="open")
        for held in held_steps(incident, roster, turn.at)
        if held.person == handover.giver
    ]


async def _end(turn: Turn, desk: Desk, handover: Handover, state: str) -> None:
    ended = handover.model_copy(update={"state": state, "remind_at": None})
    turn.put(HANDOVERS, ended)
    await _show(turn, desk, ended, Urgency.NORMAL)


async def _show(turn: Turn, desk: Desk, handover: Handover, urgency: Urgency) -> None:
    """The briefing for both, as it stands; the button only as long as it waits."""
    letters = Letters(turn, await desk.roster(turn))
    for person, side in ((handover.giver, "giver"), (handover.receiver, "receiver")):
        reader = letters.reader_of(person)
        message = await _message(turn, desk, handover, side, reader)
        await _post(letters, person, message, urgency, f"handover/{handover.id}/{side}")


async def _post(
    letters: Letters, person: PersonId, message: Message, urgency: Urgency, slot: str
) -> None:
    await letters.person(person, lambda _: message, urgency, slot=slot)


async def _message(
    turn: Turn, desk: Desk, handover: Handover, side: str, reader: Reader
) -> Message:
    key = f"directing.hand_{side}_{handover.state}"
    names = {"giver": reader.name(handover.giver), "receiver": reader.name(handover.receiver)}
    head = say(reader.lang, key, **names)
    body = await briefing(turn, desk, handover.giver, reader)
    waits = side == "receiver" and handover.state == "waiting"
    relieve = button(say(reader.lang, "directing.relieve"), "relieve", handover.id)
    return Message(text=Html(f"{head}\n{body}"), buttons=((relieve,),) if waits else ())


async def remind(turn: Turn, desk: Desk, key: str) -> None:
    """Nobody has taken over: the successor is reminded once, the giver told."""
    handover = await turn.get(HANDOVERS, key)
    if handover is None or handover.remind_at is None or handover.remind_at > turn.at:
        return
    turn.put(HANDOVERS, handover.model_copy(update={"remind_at": None}))
    letters = Letters(turn, await desk.roster(turn))

    def to_receiver(reader: Reader) -> Message:
        relieve = button(say(reader.lang, "directing.relieve"), "relieve", handover.id)
        text = say(reader.lang, "directing.hand_remind", name=reader.name(handover.giver))
        return Message(text=text, buttons=((relieve,),))

    def to_giver(reader: Reader) -> Message:
        name, phone = reader.name(handover.receiver), phone_line(reader, handover.receiver)
        return Message(text=say(reader.lang, "directing.hand_silent", name=name, phone=phone))

    await letters.person(handover.receiver, to_receiver, Urgency.URGENT)
    await letters.person(handover.giver, to_giver, Urgency.URGENT)
