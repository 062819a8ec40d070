"""The ground the stage stands on: who and where, and posting as a person. In: ids or objects. Out:
the thing, or StageError. Forbidden here: HTTP, and single gestures (`stage`, `stage_groups`).
"""

from simulator.messages import Json, Shown
from simulator.people import ANONYMOUS_ADMIN, Chat, Person
from simulator.privacy import is_seen
from simulator.world import World

Who = int | Person
Where = int | Chat
Which = int | Shown


class StageError(ValueError):
    """A person could not do that: the words say why."""


class Floor:
    """Lookups, checks and posting."""

    def __init__(self, world: World) -> None:
        self.world = world

    def _post(
        self,
        who: Who,
        where: Where,
        content: Json,
        reply_to: Which | None,
        *,
        anonymous: bool = False,
    ) -> Shown:
        person, chat = self._person(who), self._chat(where)
        self._check_inside(person, chat)
        sender: Json = person.shape()
        if anonymous or person.id in chat.anonymous:
            self._check_anonymous(person, chat)
            sender = ANONYMOUS_ADMIN
            content = {"sender_chat": self.world.chat_shape(chat), **content}
        if reply_to is not None:
            content = {**content, "reply_to_message": self._replied(chat, reply_to).quoted()}
        if chat.is_private and not person.started:
            person.started = True
            self.world.tell_person(person)
        seen = is_seen(self.world, chat, content)
        shown = self.world.show(chat, sender, content, seen_by_bot=seen)
        keyboard = self.world.keyboard(chat.id, person.id) or {}
        if keyboard.get("force_reply"):
            self.world.set_keyboard(chat, person.id, None)
        if seen:
            self.world.queue.add("message", shown.body, lane=chat.id)
        return shown

    def _change(self, message: Shown, changes: Json) -> Shown:
        self.world.change(message, changes)
        if message.seen_by_bot:
            self.world.queue.add("edited_message", message.body, lane=message.chat_id)
        return message

    def _service(self, chat: Chat, sender: Json, content: Json) -> None:
        shown = self.world.show(chat, sender, content)
        if chat.has(self.world.bot.id):
            self.world.queue.add("message", shown.body, lane=chat.id)

    def _replied(self, chat: Chat, reply_to: Which) -> Shown:
        message_id = reply_to if isinstance(reply_to, int) else reply_to.message_id
        found = self.world.message(chat.id, message_id)
        if found is None:
            raise StageError("the message replied to is not there")
        return found

    def _check_inside(self, person: Person, chat: Chat) -> None:
        if person.deactivated:
            raise StageError(f"{person.first_name} has deleted the account")
        if chat.migrated_to is not None:
            raise StageError(f"the group has become {chat.migrated_to}")
        if not chat.has(person.id):
            raise StageError(f"{person.first_name} is not in that chat")
        if chat.is_private and person.blocked:
            raise StageError(f"{person.first_name} has blocked the bot")

    def _check_anonymous(self, person: Person, chat: Chat) -> None:
        if person.id not in chat.administrators:
            raise StageError("only a group's administrators write as the group")

    def _owner(self, chat: Chat) -> Json:
        creator = self.world.people.get(chat.creator or 0)
        return ANONYMOUS_ADMIN if creator is None else creator.shape()

    def _id(self, who: Who) -> int:
        return who if isinstance(who, int) else who.id

    def _person(self, who: Who) -> Person:
        try:
            return self.world.people[self._id(who)]
        except KeyError:
            raise StageError(f"there is no person {who}") from None

    def _chat(self, where: Where) -> Chat:
        chat_id = where if isinstance(where, int) else where.id
        try:
            return self.world.chats[chat_id]
        except KeyError:
            raise StageError(f"there is no chat {chat_id}") from None
