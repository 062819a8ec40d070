"""Notes: what people send about an incident goes on record and is passed on.

In: text, photos, voice, documents, places, as replies or privately. Out: notes in the incident,
files wanted as evidence. Forbidden here: losing anything because it is unclear where it belongs;
then the person is asked.
"""

import re
from collections.abc import Sequence
from typing import Literal

from telegram import Message as TelegramMessage
from telegram import Update

from handlers.buttons import Pressed, button
from handlers.catalogue import Html, say
from handlers.context import Context
from handlers.documents import CONVERSATIONS, EVIDENCE, HELD_LIMIT, INCIDENTS, Held
from handlers.incidents.involved import involved_in
from handlers.reporting.questions import conversation_with
from handlers.reporting.said import wanted
from handlers.telling.where import where
from handlers.typed import visible
from plans import commands as c
from plans.events import NOTE_LIMIT
from plans.incident import Incident
from plans.place import Place
from storage.delivery import Button, Message

_NUMBER = re.compile(r"#(\d{1,9})\b")
INCIDENTS_OFFERED = 8
# A button shows some twenty-five letters on a phone.
PLACE_SHOWN = 12
Media = Literal["", "photo", "voice", "document", "video"]


def incident_number(message: TelegramMessage) -> int | None:
    """The incident that one of our messages is about: its first line bears the number."""
    text = message.text or message.caption or ""
    found = _NUMBER.search(text.partition("\n")[0])
    return int(found.group(1)) if found else None


def held_from(message: TelegramMessage) -> Held | None:
    """What can be put on record of a message, or None for what we cannot read (stickers ...)."""
    location = message.location or (message.venue.location if message.venue else None)
    if location is not None:
        venue = message.venue
        text = visible(f"{venue.title} {venue.address}")[:300] if venue else ""
        return Held(place=Place(lat=location.latitude, lon=location.longitude, text=text))
    media, file_id = _file(message)
    text = visible(message.text or message.caption or "")
    if message.contact is not None:
        text = visible(f"☎ {message.contact.first_name} {message.contact.phone_number}")
    if not text and not file_id:
        return None
    return Held(text=text, media=media, file_id=file_id, is_picture=_is_picture(message))


def _is_picture(message: TelegramMessage) -> bool:
    """A photo; or an image sent as a file, which keeps it as sharp as it is."""
    file = message.document
    return bool(message.photo) or (file is not None and (file.mime_type or "").startswith("image/"))


def _file(message: TelegramMessage) -> tuple[Media, str]:
    if message.photo:
        return "photo", message.photo[-1].file_id
    if message.voice:
        return "voice", message.voice.file_id
    if message.video:
        return "video", message.video.file_id
    if message.document:
        return "document", message.document.file_id
    return "", ""


async def add(context: Context, number: int, *held: Held, but: Html | None = None) -> bool:
    """Put on record, pass on, and say so; False when it was refused. `but`: what is still wanted
    from whoever said it, in the same message."""
    noted = await put_on_record(context, number, *held)
    if noted is None:
        return False
    await context.reply(Message(text=noted if but is None else Html(f"{noted}\n{but}")))
    if any(len(one.text) > NOTE_LIMIT for one in held):
        await context.say("general.noted_cut", limit=NOTE_LIMIT)
    return True


async def put_on_record(context: Context, number: int, *held: Held) -> Html | None:
    """The words that confirm it; None when it was refused, which has been said. What is said of an
    incident that has been merged is said of the one it went into."""
    incident = await context.turn.get(INCIDENTS, str(number))
    while incident is not None and incident.merged_into is not None:
        incident = await context.turn.get(INCIDENTS, str(incident.merged_into))
    if incident is None:
        await context.say("general.no_such_incident", number=number)
        return None
    for one in held:
        if not await _put(context, incident.number, one):
            return None
    return say(context.speaker.lang, "general.noted", number=incident.number)


async def _put(context: Context, number: int, held: Held) -> bool:
    command = c.AddNote(
        context.turn.at,
        context.speaker.person,
        held.text,
        held.media,
        held.file_id,
        held.place,
    )
    result = await context.act(number, command)
    if isinstance(result, c.Refusal):
        await context.say(f"refusals.{result.reason}", **context.why_not(result, number))
        return False
    if held.file_id:
        context.turn.put(EVIDENCE, wanted(number, held, context.turn.at))
    return True


async def note_or_ask(context: Context, held: Held) -> bool:
    """Record something sent privately without a reply: to the one incident the person has a part
    in, or after asking to which. False: they have no part in any."""
    incidents = await involved_in(context.turn, context.speaker)
    if not incidents:
        return False
    if len(incidents) == 1:
        await add(context, incidents[0].number, held)
        return True
    await ask_which(context, held, incidents)
    return True


async def ask_which(
    context: Context,
    held: Held,
    incidents: Sequence[Incident],
    lines: Sequence[Html] = (),
    above: Sequence[tuple[Button, ...]] = (),
) -> None:
    """Keep it until somebody says to which of them it belongs. `lines` and `above`: what else can
    be made of it."""
    talk = await conversation_with(context)
    if len(talk.held) == HELD_LIMIT:
        await context.say("general.note_too_many", limit=HELD_LIMIT)
        return
    kept = (*talk.held, held)
    context.turn.put(CONVERSATIONS, talk.model_copy(update={"held": kept}))
    rows = [(await _which(context, incident),) for incident in incidents[:INCIDENTS_OFFERED]]
    key = "general.note_which" if len(kept) == 1 else "general.note_which_many"
    text = say(context.speaker.lang, key, count=len(kept))
    await context.reply(Message(text="\n".join([*lines, text]), buttons=(*above, *rows)))


async def _which(context: Context, incident: Incident) -> Button:
    """The incident in words: nobody knows their incidents by number."""
    plan = await context.desk.plan_of(context.turn, incident)
    values = {"title": plan.title.in_(context.speaker.lang), "where": _there(context, incident)}
    label = say(context.speaker.lang, "general.note_to", number=incident.number, **values)
    return button(label, "note", incident.number)


def _there(context: Context, incident: Incident) -> str:
    """Where it is in a few letters: the place that was named, else the part of the company."""
    place = incident.place()
    return place.text[:PLACE_SHOWN] if place and place.text else where(incident, context.reader)


async def on_note_pressed(update: Update, context: Context, pressed: Pressed) -> None:
    talk = await conversation_with(context)
    if not talk.held:
        context.refuse(update, "refusals.old_button")
        return
    context.toast(update)
    if await add(context, pressed.number, *talk.held):
        context.turn.put(CONVERSATIONS, talk.model_copy(update={"held": ()}))
