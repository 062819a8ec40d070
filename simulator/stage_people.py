"""People and their accounts: who has a phone, which language it speaks, blocking the bot. In:
gestures. Out: the person, and updates.

Forbidden here: groups, and what people write.
"""

from typing import Any

from simulator.people import Person
from simulator.stage_floor import Floor, StageError, Who
from simulator.standing import member_shape

MAX_NAME = 64


class People(Floor):
    """Coming to Telegram, and turning the bot away."""

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
        """Somebody with a phone, also while everything runs. `started`: has written to the bot long
        ago, and no update of it waits.
        """
        person = Person(id, first_name, username, phone, language_code, note, started=started)
        return self.world.add_person(person)

    def add_newcomer(
        self, first_name: str, phone: str | None = None, language_code: str | None = "zh-hans"
    ) -> Person:
        """Somebody nobody has heard of, with the next free id."""
        if not 1 <= len(first_name.strip()) <= MAX_NAME:
            raise StageError(f"a name has 1-{MAX_NAME} characters")
        next_id = max(self.world.people, default=self.world.bot.id) + 1
        if next_id == self.world.bot.id:
            next_id += 1
        name = first_name.strip()
        return self.add_person(next_id, name, phone=phone or None, language_code=language_code)

    def set_language(self, who: Who, language_code: str | None) -> None:
        """The language of somebody's app, as the bot is told it: "zh-hans", "en"; None for an app
        that does not say.
        """
        person = self._person(who)
        person.language_code = language_code
        self.world.tell_person(person)

    def block(self, who: Who) -> None:
        self._set_blocked(self._person(who), blocked=True)

    def unblock(self, who: Who) -> None:
        self._set_blocked(self._person(who), blocked=False)

    def set_phone(self, who: Who, phone: str) -> None:
        """Move an account to another number; the bot is not told."""
        person = self._person(who)
        person.phone = phone
        self.world.tell_person(person)

    def deactivate(self, who: Who) -> None:
        """Delete the account. Somebody who comes back comes as a newcomer, with another id."""
        person = self._person(who)
        person.deactivated = True
        self.world.tell_person(person)

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
