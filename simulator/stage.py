"""What people do. In: one call for each thing a person does with a phone. Out: it is shown, and the
bot gets an update if Telegram would give it one. All calls are immediate; none waits for the
bot.

Forbidden here: HTTP, and anything a person cannot do. What Telegram's apps would not let one do
raises StageError.
"""

import re

from simulator.detect import with_found
from simulator.entities import trim, utf16_length
from simulator.faults import Fault, Faults
from simulator.messages import Json, Shown
from simulator.people import Person
from simulator.stage_floor import StageError, Where, Which, Who
from simulator.stage_things import Things
from simulator.world import World

MAX_TEXT = 4096
START_PAYLOAD = re.compile(r"[A-Za-z0-9_-]{1,64}")


class Stage(Things):
    """People's hands. Persons, chats and messages are given by id or as the object."""

    def __init__(self, world: World, faults: Faults) -> None:
        super().__init__(world)
        self._faults = faults

    # --- writing

    def start(self, who: Who, payload: str | None = None) -> Shown:
        """Press Start, maybe through a deep link `?start=payload`."""
        if payload is not None and not START_PAYLOAD.fullmatch(payload):
            raise StageError("a start payload is 1-64 of A-Z a-z 0-9 _ -")
        person = self._person(who)
        return self.say(person, person.id, f"/start {payload}" if payload else "/start")

    def say(
        self,
        who: Who,
        chat: Where,
        text: str,
        reply_to: Which | None = None,
        *,
        anonymous: bool = False,
    ) -> Shown:
        """Write a text. `anonymous`: as the group itself, which only its administrators can."""
        kept, entities = trim(text, [])
        if not kept or utf16_length(kept) > MAX_TEXT:
            raise StageError("a message has 1-4096 characters")
        content: Json = {"text": kept}
        if found := with_found(kept, entities):
            content["entities"] = found
        return self._post(who, chat, content, reply_to, anonymous=anonymous)

    def edit(self, who: Who, message: Shown, text: str) -> Shown:
        """Change one's own text; the bot gets an `edited_message`."""
        self._own(who, message, "text")
        kept, _ = trim(text, [])
        return self._change(message, {"text": kept, "entities": with_found(kept, []) or None})

    def share_location(
        self, who: Who, chat: Where, lat: float, lon: float, reply_to: Which | None = None
    ) -> Shown:
        return self._post(who, chat, {"location": _place(lat, lon)}, reply_to)

    def start_live(
        self,
        who: Who,
        chat: Where,
        lat: float,
        lon: float,
        period_s: int = 3600,
        reply_to: Which | None = None,
    ) -> Shown:
        """Share a live place for 60-86400 s."""
        if not 60 <= period_s <= 86_400:
            raise StageError("a live place lasts 60-86400 s")
        place = {**_place(lat, lon), "live_period": period_s}
        return self._post(who, chat, {"location": place}, reply_to)

    def move_live(
        self, who: Who, message: Shown, lat: float, lon: float, heading: int | None = None
    ) -> Shown:
        """Move on; the bot gets an `edited_message` with the new place."""
        period_s = self._live(who, message)
        place = {**_place(lat, lon), "live_period": period_s}
        if heading:
            place["heading"] = heading
        return self._change(message, {"location": place})

    def stop_live(self, who: Who, message: Shown) -> Shown:
        self._live(who, message)
        place = message.body["location"]
        stopped = {key: place[key] for key in ("latitude", "longitude")}
        return self._change(message, {"location": stopped})

    # --- pressing

    def press(self, who: Who, message: Shown, data_or_label: str, *, stale: bool = False) -> str:
        """Press an inline button, named by its callback data or its label; the query's id.

        A link button makes no query and returns "": a deep link to this bot presses Start, another
        one is opened outside. `stale`: press what the phone still shows though the message has
        changed or gone; name the data.
        """
        person = self._person(who)
        chat = self._chat(message.chat_id)
        self._check_inside(person, chat)
        button = message.button(data_or_label)
        if stale and button is None:
            button = {"callback_data": data_or_label}
        if button is None or (message.deleted and not stale):
            raise StageError(f"there is no button {data_or_label!r}, only {message.labels}")
        if "callback_data" not in button:
            self._follow(person, str(button.get("url", "")))
            return ""
        query = self.world.add_query(person.id, message)
        gone = {"chat": message.body["chat"], "message_id": message.message_id, "date": 0}
        body = {
            "id": query.query_id,
            "from": person.shape(),
            "message": gone if message.deleted else message.body,
            "chat_instance": str(abs(chat.id) * 7919),
            "data": button["callback_data"],
        }
        self.world.queue.add("callback_query", body, lane=person.id)
        return query.query_id

    def press_reply_button(
        self,
        who: Who,
        chat: Where,
        label: str,
        lat: float | None = None,
        lon: float | None = None,
    ) -> Shown:
        """Press a button of the reply keyboard: says its label, or shares the place or one's own
        phone number, when it asks for that. A `one_time_keyboard` folds up in the app and stays
        within reach.
        """
        person, place = self._person(who), self._chat(chat)
        keyboard = self.world.keyboard(place.id, person.id) or {}
        buttons = [button for row in keyboard.get("keyboard", []) for button in row]
        button = next((button for button in buttons if button["text"] == label), None)
        if button is None:
            raise StageError(f"there is no button {label!r} on the keyboard")
        reply_to = None if place.is_private else int(keyboard["message_id"])
        if button.get("request_contact"):
            return self.share_contact(person, place, reply_to=reply_to)
        if button.get("request_location"):
            if lat is None or lon is None:
                raise StageError("that button shares a place: say which")
            return self.share_location(person, place, lat, lon, reply_to)
        return self.say(person, place, label, reply_to)

    def menu(self, who: Who, chat: Where) -> list[tuple[str, str]]:
        """The commands somebody's app offers in a chat, with their descriptions."""
        person, place = self._person(who), self._chat(chat)
        self._check_inside(person, place)
        language = person.language_code or ""
        found = self.world.commands.menu(place, person.id, language)
        return [(one["command"], one["description"]) for one in found]

    # --- what no person does

    def raw_update(self, update: Json) -> int | None:
        """Any update at all, as `{kind: body}`; its id, None when the bot does not want that
        kind.
        """
        kinds = [key for key in update if key != "update_id"]
        if len(kinds) != 1:
            raise StageError("an update holds one thing")
        return self.world.queue.add(kinds[0], update[kinds[0]])

    def set_fault(self, fault: Fault) -> None:
        self._faults.set(fault)

    # --- inside

    def _follow(self, person: Person, url: str) -> None:
        _, _, payload = url.partition(f"t.me/{self.world.bot.username}?start=")
        if payload:
            self.start(person, payload)

    def _live(self, who: Who, message: Shown) -> int:
        self._own(who, message, "location")
        period_s = message.body["location"].get("live_period")
        if period_s is None or self.world.clock.timestamp() > message.body["date"] + period_s:
            raise StageError("that place is not live any more")
        return int(period_s)

    def _own(self, who: Who, message: Shown, what: str) -> None:
        if message.sender_id != self._person(who).id or message.deleted or what not in message.body:
            raise StageError(f"that is not a {what} of theirs")


def _place(lat: float, lon: float) -> Json:
    if not (-90 <= lat <= 90 and -180 <= lon <= 180):
        raise StageError("that place is not on Earth")
    return {"latitude": float(lat), "longitude": float(lon)}
