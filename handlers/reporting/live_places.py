"""Live places: a phone that goes on telling where it is.

In: edited locations. Out: the incident's place moved, at most once a minute or every 200 m; the
rest is dropped on purpose, without a commit. Forbidden here: taking movement for a sign of life.
"""

from datetime import timedelta

from telegram import Message as TelegramMessage
from telegram import Update

from handlers.context import Context
from handlers.documents import LIVE_PLACES, LivePlace
from plans import commands as c
from plans.model import PersonId
from plans.place import Place, distance_km
from storage.port import Turn

EVERY = timedelta(minutes=1)
FAR_KM = 0.2


def is_live(message: TelegramMessage) -> bool:
    """Whether a shared place goes on being told. (Not `location.live_period`: its type is about to
    change in PTB.)"""
    return message.location is not None and "live_period" in message.location.to_dict()


def follow(
    turn: Turn, person: PersonId, told_in: tuple[int, int], incident: int, place: Place
) -> None:
    """Let this live location feed the incident from now on; `told_in`: the chat and the message
    that tell it."""
    chat, message = told_in
    live = LivePlace(
        chat=chat, message=message, person=person, incident=incident, place=place, at=turn.at
    )
    turn.put(LIVE_PLACES, live)


async def on_moved(update: Update, context: Context) -> None:
    """A live location went on, or ended."""
    message = update.edited_message
    if message is None or message.location is None:
        return
    key = f"{message.chat_id}/{message.message_id}"
    live = await context.turn.get(LIVE_PLACES, key)
    if live is None:
        return
    place = Place(lat=message.location.latitude, lon=message.location.longitude)
    moved_km = distance_km(live.place, place) or 0.0
    ended = not is_live(message)
    if not ended and context.turn.at - live.at < EVERY and moved_km < FAR_KM:
        return
    if moved_km > 0:
        command = c.MovePlace(context.turn.at, context.speaker.person, place)
        result = await context.act(live.incident, command)
        ended = ended or isinstance(result, c.Refusal)
    if ended:
        context.turn.remove(LIVE_PLACES, key)
    else:
        changed = live.model_copy(update={"place": place, "at": context.turn.at})
        context.turn.put(LIVE_PLACES, changed)
