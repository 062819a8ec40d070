"""Entering an absence: from when until when, who stands in, what is handed over.

In: a speaker who gave a time or chose a stand-in, by button or in words. Out: the absence stored,
the next question, the stand-in told. Forbidden here: entering for somebody else without the right
to (see `plans.roster.absence`).
"""

from datetime import datetime
from zoneinfo import ZoneInfo

from handlers.awaited import await_nothing, await_words
from handlers.buttons import button, mark_of
from handlers.catalogue import Html, say
from handlers.command.coming import look_at_commands
from handlers.context import Context
from handlers.documents import INCIDENTS
from handlers.duty import stand_in
from handlers.duty.card import duty_card
from handlers.duty.state import let_stand_in, send_away, state_of
from handlers.telling.happening import Reader
from plans.involved import has_part
from plans.model import PersonId
from plans.roster import may_enter_duty
from storage.delivery import Message, Urgency


async def show(context: Context, person: PersonId, said: Html | str = "") -> None:
    reader = await fresh_reader(context)
    opened = await context.turn.find(INCIDENTS, status="open")
    numbers = [i.number for i in reversed(opened) if has_part(i, person)]
    await context.reply(duty_card(reader, person, numbers, said))


async def leave(
    context: Context, person: PersonId, since: datetime, until: datetime | None
) -> None:
    """Enter the absence, then ask who stands in; the absence counts whatever the answer."""
    if not may_enter_duty(context.speaker.roster, context.speaker.person, person):
        await context.say("refusals.needs_duty")
        return
    before = await state_of(context.turn, context.desk, person)
    await send_away(context.turn, context.desk, person, since, until)
    await stand_in.release(context.turn, context.desk, person, before.stand_in)
    reader, lang = await fresh_reader(context), context.speaker.lang
    own = person == context.speaker.person
    said = say(
        lang,
        "duty.entered" if own else "duty.entered_for",
        name=reader.name(person),
        when=stand_in.when(reader, person),
    )
    if not own:
        await _tell_entered(context, person)
    await ask_stand_in(context, person, said)
    await look_at_commands(context.turn, context.desk)


async def _tell_entered(context: Context, person: PersonId) -> None:
    """Somebody else has entered it: the absent one knows."""
    by = context.speaker.person
    reader = await fresh_reader(context)

    def write(own: Reader) -> Message:
        back = button(say(own.lang, "duty.back"), "duty", "back", mark_of(person), "-")
        seen = Reader(reader.roster, own.lang, own.at)
        values = {"name": seen.name(by), "when": stand_in.when(seen, person)}
        return Message(text=say(own.lang, "duty.entered_by", **values), buttons=((back,),))

    await context.letters.person(person, write, Urgency.URGENT)


async def ask_stand_in(context: Context, person: PersonId, said: Html | str = "") -> None:
    reader = await fresh_reader(context)
    asked = stand_in.question(reader, person, own=person == context.speaker.person)
    text = f"{said}\n{asked.text}" if said else asked.text
    await_words(context.turn, context.speaker.person, "duty_stand_in", person)
    await context.reply(asked.model_copy(update={"text": text}))


async def choose(context: Context, person: PersonId, chosen: PersonId | None) -> None:
    """The stand-in is told; then what is left open is offered to them, or to the next in line.
    Whoever is back by now needs none."""
    turn, desk = context.turn, context.desk
    roster = await desk.roster(turn)
    own = person == context.speaker.person
    if not may_enter_duty(roster, context.speaker.person, person):
        await context.say("refusals.needs_duty")
        return
    before = await state_of(turn, desk, person)
    if not before.has_absence:
        await_nothing(turn, context.speaker.person)
        await show(context, person)
        return
    if chosen == person or (chosen is not None and roster.can_be_told(chosen, turn.at) != "yes"):
        await_words(turn, context.speaker.person, "duty_stand_in", person)
        await context.say("refusals.out_of_reach", name=context.reader.name(chosen))
        return
    await_nothing(turn, context.speaker.person)
    state = await let_stand_in(turn, desk, person, chosen)
    if chosen != before.stand_in:
        await stand_in.release(turn, desk, person, before.stand_in)
        await stand_in.tell_stand_in(turn, desk, person)
    reader, lang = await fresh_reader(context), context.speaker.lang
    key = "duty.stands_in" if chosen else "duty.nobody_stands_in"
    lines = [say(lang, key, name=reader.name(chosen))]
    begins_at = max(turn.at, state.away_since or turn.at)
    if warned := stand_in.warning(reader, person, begins_at):
        lines.append(warned)
    await context.reply(Message(text="\n".join(lines)))
    if state.is_away(turn.at):
        offer = await stand_in.offer_hand_over(turn, desk, person, reader, own)
        if offer is not None:
            await context.reply(offer)


async def fresh_reader(context: Context) -> Reader:
    """With what this turn has changed."""
    roster = await context.desk.roster(context.turn)
    return Reader(roster, context.speaker.lang, context.turn.at)


def zone(context: Context) -> ZoneInfo:
    return ZoneInfo(context.speaker.roster.company.company.time_zone)
