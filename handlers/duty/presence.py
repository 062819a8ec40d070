"""Presence: somebody who is marked away, or could not be reached, shows up.

In: any message or press of theirs, after it was handled. Out: the offer to be back; what waits for
whoever can be reached again. Forbidden here: bringing anybody back without their saying so.
"""

from datetime import timedelta

from telegram import Update

from handlers.awaited import awaited_words
from handlers.buttons import button, mark_of
from handlers.catalogue import say
from handlers.command.coming import look_at_commands
from handlers.context import Context
from handlers.duty.coming import what_waits
from handlers.duty.documents import RETURN_OFFERS, ReturnOffer
from handlers.duty.stand_in import when
from handlers.duty.watch import begin_watch, look_soon
from handlers.telling import quiet
from handlers.telling.happening import Reader
from handlers.typed import command_of
from plans.model import PersonId
from storage.delivery import Message, Urgency

OFFERED_EVERY = timedelta(hours=1)


async def hear(_: Update, context: Context) -> None:
    """Whoever writes or presses is awake, and so is the company."""
    if context.is_known:
        await begin_watch(context.turn, context.desk)
        await quiet.hear(context.turn, context.speaker.roster, context.speaker.person)


async def notice(update: Update, context: Context) -> None:
    """Look at whoever has just written or pressed, as they stood before."""
    if not context.is_known:
        return
    speaker, turn = context.speaker, context.turn
    await look_soon(turn)
    before = speaker.roster.state(speaker.person)
    if before is None:
        return
    if speaker.private and not before.reachable:
        await what_waits(turn, context.desk, speaker.person)
        await look_at_commands(turn, context.desk)
    now = (await context.desk.roster(turn)).state(speaker.person)
    same = now is not None and now.stand_in == before.stand_in
    still_away = now is not None and now.is_away(turn.at) and before.is_away(turn.at)
    if same and still_away and not await _is_about_duty(update, context):
        await _offer(context, speaker.person)


async def _is_about_duty(update: Update, context: Context) -> bool:
    query = update.callback_query
    if query is not None and (query.data or "").startswith("duty:"):
        return True
    name, _ = command_of(update.effective_message) if query is None else ("", "")
    awaited = await awaited_words(context.turn, context.speaker.person)
    return name == "duty" or (awaited is not None and (awaited.purpose or "").startswith("duty"))


async def _offer(context: Context, person: PersonId) -> None:
    """Privately, at most once an hour: somebody away may well press something now and then."""
    turn = context.turn
    last = await turn.get(RETURN_OFFERS, person)
    if last is not None and turn.at - last.offered_at < OFFERED_EVERY:
        return
    turn.put(RETURN_OFFERS, ReturnOffer(person=person, offered_at=turn.at))

    def write(reader: Reader) -> Message:
        text = say(reader.lang, "duty.offer_return", when=when(reader, person))
        back = button(say(reader.lang, "duty.back"), "duty", "back", mark_of(person), "-")
        return Message(text=text, buttons=((back,),))

    await context.letters.person(person, write, Urgency.URGENT)
