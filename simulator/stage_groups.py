"""People coming and going: accounts, groups, blocking, migration. In: gestures. Out: service
messages and updates.

Forbidden here: what people write.
"""

from collections.abc import Iterable
from typing import Any

from simulator.people import Chat, Person
from simulator.stage_floor import Floor, StageError, Where, Who
from simulator.standing import member_shape, set_standing
from simulator.world import World

SUPERGROUP_BASE = -1_000_000_000_000


class Groups(Floor):
    """Setting up, coming, going."""

    def __init__(self, world: World) -> None:
        super().__init__(world)
        self._migrations = 0

    def add_person(
        self,
        id: int,  # noqa: A002 (the contract's name)
        first_name: str,
        username: str | None = None,
        phone: str | None = None,
        language_code: str | None = "zh-hans",
        note: Any = None,
        *,
        started: bool = False,
    ) -> Person:
        """Somebody with a phone. `started`: has written to the bot long ago, and no update of it
        waits.
        """
        person = Person(id, first_name, username, phone, language_code, note, started=started)
        return self.world.add_person(person)

    def add_group(
        self,
        id: int,  # noqa: A002 (the contract's name)
        title: str,
        members: Iterable[int] = (),
        kind: str = "supergroup",
        *,
        bot: str = "member",
    ) -> Chat:
        """A group that was there before. The first member is its creator; `bot` is the bot's
        ChatMember status.
        """
        if kind not in {"group", "supergroup"} or id >= 0:
            raise StageError("a group is a group or supergroup with a negative id")
        standing: dict[int, str] = {}
        for member in members:
            self._person(member)
            standing[member] = "member" if standing else "creator"
        standing[self.world.bot.id] = bot
        chat = self.world.add_chat(Chat(id, kind, title, standing))
        self.world.tell_chat(chat)
        return chat

    def block(self, who: Who) -> None:
        self._set_blocked(self._person(who), blocked=True)

    def unblock(self, who: Who) -> None:
        self._set_blocked(self._person(who), blocked=False)

    def deactivate(self, who: Who) -> None:
        """Delete the account."""
        self._person(who).deactivated = True

    def join(self, who: Who, group: Where) -> None:
        """Come into a group; the bot is brought in by the group's creator."""
        self._stand(who, group, "member")

    def leave(self, who: Who, group: Where) -> None:
        """Go; the bot, which does not go by itself, is put out."""
        self._stand(who, group, "kicked" if self._id(who) == self.world.bot.id else "left")

    def promote(self, who: Who, group: Where) -> None:
        """Become an administrator."""
        self._stand(who, group, "administrator")

    def migrate(self, group: Where) -> int:
        """A group becomes a supergroup, with another id."""
        old = self._chat(group)
        if old.kind != "group" or old.migrated_to is not None:
            raise StageError("only a plain group becomes a supergroup, once")
        self._migrations += 1
        new_id = SUPERGROUP_BASE + old.id - self._migrations
        new = Chat(new_id, "supergroup", old.title, dict(old.standing))
        self.world.add_chat(new)
        owner = self._owner(old)
        self._service(old, owner, {"migrate_to_chat_id": new_id})
        old.migrated_to = new_id
        self._service(new, owner, {"migrate_from_chat_id": old.id})
        self.world.front = [new_id if front == old.id else front for front in self.world.front]
        if old.id in self.world.front_as:
            self.world.front_as[new_id] = self.world.front_as.pop(old.id)
        for chat in (old, new):
            self.world.tell_chat(chat)
        return new_id

    def _stand(self, who: Who, group: Where, status: str) -> None:
        chat = self._chat(group)
        if chat.is_private:
            raise StageError("that is not a group")
        user_id = self._id(who)
        by = self._owner(chat) if user_id == self.world.bot.id else self._person(who).shape()
        set_standing(self.world, chat, user_id, status, by=by)

    def _set_blocked(self, person: Person, *, blocked: bool) -> None:
        if person.blocked == blocked:
            return
        chat = self.world.chats[person.id]
        statuses = ("member", "kicked") if blocked else ("kicked", "member")
        person.blocked = blocked
        old, new = (
            member_shape(self.world, chat, self.world.bot.id, status) for status in statuses
        )
        change = {
            "chat": self.world.chat_shape(chat),
            "from": person.shape(),
            "date": self.world.clock.timestamp(),
            "old_chat_member": old,
            "new_chat_member": new,
        }
        self.world.queue.add("my_chat_member", change, lane=person.id)
        self.world.tell_person(person)
