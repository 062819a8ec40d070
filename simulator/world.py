"""Everything that is and was: people, chats, messages, waiting updates, files, answers. In: changes
made by the stage (people) and by methods (the bot). Out: the same, readable, and an event for
each change.

Bounds: MAX_PEOPLE, MAX_CHATS (ValueError at them); MAX_MESSAGES_A_CHAT and MAX_QUERIES (the oldest
are forgotten). Forbidden here: HTTP, and deciding who may do what.
"""

import itertools
from collections import OrderedDict, deque
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from simulator.bounds import Bounds
from simulator.clock import SimClock
from simulator.commands import CommandLists
from simulator.events import EventLog
from simulator.files import FileStore
from simulator.messages import Json, Shown
from simulator.people import BotProfile, Chat, Person
from simulator.stats import Stats
from simulator.updates import UpdateQueue


@dataclass
class Query:
    """A pressed button that waits for an answer."""

    query_id: str
    person_id: int
    chat_id: int
    message_id: int
    at: datetime
    answered: bool = False


@dataclass(frozen=True)
class Answer:
    """What the bot answered to a pressed button: shown to `person_id` as a toast, or an alert to
    close.
    """

    query_id: str
    person_id: int
    text: str
    show_alert: bool
    url: str


class World:
    """One bot's Telegram."""

    def __init__(self, bot: BotProfile, clock: SimClock, bounds: Bounds) -> None:
        self.bounds = bounds
        self.bot = bot
        self.clock = clock
        self.stats = Stats()
        self.events = EventLog(bounds)
        self.queue = UpdateQueue(clock, self.stats, bounds.waiting_updates)
        self.files = FileStore(bounds)
        self.commands = CommandLists()
        self.people: dict[int, Person] = {}
        self.chats: dict[int, Chat] = {}
        self.page: dict[str, Any] = {}
        self.front: list[int] = []
        self.front_as: dict[int, int] = {}
        self.queries: OrderedDict[str, Query] = OrderedDict()
        self.answers: OrderedDict[str, Answer] = OrderedDict()
        self.keyboards: dict[int, dict[int, Json]] = {}
        self.logged_out = False
        self._messages: dict[int, OrderedDict[int, Shown]] = {}
        self._shown: deque[Shown] = deque(maxlen=bounds.messages_in_order)
        self._query_ids = itertools.count(4_000_000_000_000_000_001)

    # --- who is there

    def add_person(self, person: Person) -> Person:
        if len(self.people) >= self.bounds.people:
            raise ValueError("too many people")
        if person.id in self.people or person.id <= 0:
            raise ValueError(f"person {person.id} is there already or not a person's id")
        self.people[person.id] = person
        self.add_chat(Chat(person.id, "private", person.first_name, {person.id: "member"}))
        self.tell_person(person)
        return person

    def add_chat(self, chat: Chat) -> Chat:
        if len(self.chats) >= self.bounds.chats:
            raise ValueError("too many chats")
        if chat.id in self.chats:
            raise ValueError(f"chat {chat.id} is there already")
        self.chats[chat.id] = chat
        self._messages[chat.id] = OrderedDict()
        return chat

    def user_shape(self, user_id: int) -> Json:
        """The Bot API's User, for a person or the bot. KeyError when there is none."""
        return self.bot.shape() if user_id == self.bot.id else self.people[user_id].shape()

    def chat_shape(self, chat: Chat) -> Json:
        """The Bot API's Chat."""
        if not chat.is_private:
            return {"id": chat.id, "type": chat.kind, "title": chat.title}
        person = self.people[chat.id]
        shape: Json = {"id": chat.id, "type": "private", "first_name": person.first_name}
        if person.username:
            shape["username"] = person.username
        return shape

    def bot_standing(self, chat: Chat) -> str:
        """The bot's ChatMember status."""
        return "member" if chat.is_private else chat.standing.get(self.bot.id, "left")

    def tell_person(self, person: Person) -> None:
        self.events.publish("person", person=person.told())

    def tell_chat(self, chat: Chat) -> None:
        self.events.publish("chat", chat=self.told_chat(chat))

    def told_chat(self, chat: Chat) -> Json:
        """For the page."""
        return {
            "id": chat.id,
            "kind": chat.kind,
            "title": chat.title,
            "members": [user_id for user_id in chat.members if user_id != self.bot.id],
            "bot": self.bot_standing(chat),
            "migrated_to": chat.migrated_to,
            "pinned": list(chat.pinned),
            "creator": chat.creator,
            "administrators": chat.administrators,
            "anonymous": sorted(chat.anonymous),
        }

    # --- messages

    def messages(self, chat_id: int | None = None, *, by_bot: bool | None = None) -> list[Shown]:
        """Everything shown, oldest first, deleted ones too; of one chat, or of all; by the bot, by
        people, or both.
        """
        found = list(self._shown) if chat_id is None else list(self._of(chat_id).values())
        return [message for message in found if by_bot is None or message.by_bot == by_bot]

    def message(self, chat_id: int, message_id: int) -> Shown | None:
        """A message that is still there, None when it was deleted, forgotten or never was."""
        found = self._of(chat_id).get(message_id)
        return None if found is None or found.deleted else found

    def last(self, chat_id: int, *, by_bot: bool | None = None) -> Shown | None:
        """The newest message of a chat that was not deleted."""
        for shown in reversed(self._of(chat_id).values()):
            if not shown.deleted and (by_bot is None or shown.by_bot == by_bot):
                return shown
        return None

    def _of(self, chat_id: int) -> OrderedDict[int, Shown]:
        return self._messages.get(chat_id, OrderedDict())

    def show(
        self,
        chat: Chat,
        sender: Json,
        content: Json,
        *,
        seen_by_bot: bool = True,
        silent: bool = False,
    ) -> Shown:
        """Post a message of `sender` (a User) in `chat`; `content` is what a Message holds beside
        who, where, when. `silent`: phones show it without a sound.
        """
        body: Json = {
            "message_id": chat.next_message_id,
            "from": sender,
            "chat": self.chat_shape(chat),
            "date": self.clock.timestamp(),
            **content,
        }
        chat.next_message_id += 1
        by_bot = sender["id"] == self.bot.id
        shown = Shown(body, by_bot=by_bot, seen_by_bot=seen_by_bot, silent=silent)
        kept = self._messages[chat.id]
        kept[shown.message_id] = shown
        self._shown.append(shown)
        if len(kept) > self.bounds.messages_a_chat:
            kept.popitem(last=False)
            self.stats.messages_forgotten += 1
        self.events.publish("message", chat=chat.id, message=shown.shape())
        return shown

    def change(self, shown: Shown, changes: Json) -> None:
        """Edit a message: keys with None go, others are set, `edit_date` becomes now."""
        shown.remember_text()
        body = {**shown.body, **changes, "edit_date": self.clock.timestamp()}
        shown.body = {key: value for key, value in body.items() if value is not None}
        self.events.publish("edit", chat=shown.chat_id, message=shown.shape())

    def remove(self, shown: Shown) -> None:
        shown.deleted = True
        self.events.publish("delete", chat=shown.chat_id, message_id=shown.message_id)

    # --- keyboards, presses, answers

    def set_keyboard(self, chat: Chat, person_id: int, markup: Json | None) -> None:
        """Show a reply keyboard (or a forced reply) to one person in a chat; None takes it away."""
        keyboards = self.keyboards.setdefault(chat.id, {})
        if markup is None:
            if keyboards.pop(person_id, None) is None:
                return
        else:
            keyboards[person_id] = markup
        self.events.publish("keyboard", chat=chat.id, person=person_id, markup=markup)

    def keyboard(self, chat_id: int, person_id: int) -> Json | None:
        return self.keyboards.get(chat_id, {}).get(person_id)

    def add_query(self, person_id: int, shown: Shown) -> Query:
        query = Query(
            str(next(self._query_ids)),
            person_id,
            shown.chat_id,
            shown.message_id,
            self.clock.now(),
        )
        self.queries[query.query_id] = query
        if len(self.queries) > self.bounds.queries:
            self.queries.popitem(last=False)
        return query

    def add_answer(self, answer: Answer) -> None:
        self.answers[answer.query_id] = answer
        if len(self.answers) > self.bounds.queries:
            self.answers.popitem(last=False)
        self.events.publish(
            "answer",
            query_id=answer.query_id,
            person=answer.person_id,
            text=answer.text,
            show_alert=answer.show_alert,
            url=answer.url,
        )

    # --- the bot's standing

    def restart_update_ids(self, next_id: int = 500_000_001) -> None:
        """Ids go on from elsewhere, as after a week without updates."""
        self.queue.restart_ids(next_id)
