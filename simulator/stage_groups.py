"""Groups: who is in them, how the bot and people stand there, migration. In: gestures. Out: service
messages and updates.

Forbidden here: what people write.
"""

from collections.abc import Iterable

from simulator.messages import Json
from simulator.people import ANONYMOUS_ADMIN, Chat
from simulator.stage_floor import StageError, Where, Who
from simulator.stage_people import People
from simulator.standing import set_standing
from simulator.world import World

SUPERGROUP_BASE = -1_000_000_000_000
FIRST_CREATED_ID = -4_000_000_001
MAX_TITLE = 128


class Groups(People):
    """Setting up, coming, going. `by` is who does it; they must be in the group, and where nobody
    is named it is the group's creator.
    """

    def __init__(self, world: World) -> None:
        super().__init__(world)
        self._migrations = 0
        self._created = 0

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
        ChatMember status, "left" for a group it is not in.
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

    def create_group(
        self, by: Who, title: str, members: Iterable[int] = (), *, bot: bool = True
    ) -> Chat:
        """Make a plain group now. A bot chosen at the creation gets `my_chat_member` and
        `group_chat_created`, and no `new_chat_members`.
        """
        creator = self._person(by)
        if not 1 <= len(title.strip()) <= MAX_TITLE:
            raise StageError(f"a title has 1-{MAX_TITLE} characters")
        inside = [self._person(member).id for member in members]
        chat_id = FIRST_CREATED_ID - self._created
        self._created += 1
        everybody = dict.fromkeys([creator.id, *inside])
        chat = self.add_group(chat_id, title.strip(), everybody, "group", bot="left")
        if bot:
            bot_id, by_shape = self.world.bot.id, creator.shape()
            set_standing(self.world, chat, bot_id, "member", by=by_shape, told=False)
        self._service(chat, creator.shape(), {"group_chat_created": True})
        return chat

    # --- the bot

    def add_bot(self, by: Who, group: Where) -> None:
        """Bring the bot in: the bot is told by `my_chat_member` and by `new_chat_members`."""
        chat = self._group(group)
        if chat.has(self.world.bot.id):
            raise StageError("the bot is in that group")
        self._set(chat, self.world.bot.id, "member", by)

    def remove_bot(self, by: Who, group: Where) -> None:
        """Put the bot out."""
        self._set(self._with_bot(group), self.world.bot.id, "kicked", by)

    def restrict_bot(self, by: Who, group: Where, *, can_send: bool = False) -> Chat:
        """Take the bot's right to write, or give it back. Telegram's apps make a plain group a
        supergroup for this; the chat as it is then.
        """
        chat = self._as_supergroup(self._with_bot(group))
        self._set(chat, self.world.bot.id, "member" if can_send else "restricted", by)
        return chat

    # --- people

    def join(self, who: Who, group: Where, by: Who | None = None) -> None:
        """Come into a group, or be brought in by a member of it. The bot, which does not come by
        itself, is brought in by the creator.
        """
        if self._id(who) == self.world.bot.id:
            return self._set(self._group(group), self.world.bot.id, "member", by)
        person, chat = self._person(who), self._group(group)
        actor = person.shape() if by is None else self._actor(chat, by)
        return set_standing(self.world, chat, person.id, "member", by=actor)

    def leave(self, who: Who, group: Where) -> None:
        """Go; the bot is put out by the creator."""
        if self._id(who) == self.world.bot.id:
            return self._set(self._group(group), self.world.bot.id, "kicked", None)
        person = self._person(who)
        actor = person.shape()
        return set_standing(self.world, self._group(group), person.id, "left", by=actor)

    def promote(
        self, who: Who, group: Where, by: Who | None = None, *, anonymous: bool = False
    ) -> Chat:
        """Make somebody, or the bot, an administrator. `anonymous`: one who acts as the group, for
        which Telegram's apps make a plain group a supergroup; the chat as it is then.
        """
        chat, user_id = self._group(group), self._id(who)
        if not chat.has(user_id):
            raise StageError("only who is in a group becomes its administrator")
        if anonymous:
            chat = self._as_supergroup(chat)
        if user_id not in chat.administrators:
            self._set(chat, user_id, "administrator", by)
        (chat.anonymous.add if anonymous else chat.anonymous.discard)(user_id)
        self.world.tell_chat(chat)
        return chat

    def demote(self, who: Who, group: Where, by: Who | None = None) -> None:
        """Make an administrator, or the bot, a plain member again."""
        chat, user_id = self._group(group), self._id(who)
        if chat.standing.get(user_id) != "administrator":
            raise StageError("only an administrator can lose that")
        self._set(chat, user_id, "member", by)

    # --- the group itself

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

    # --- inside

    def _set(self, chat: Chat, user_id: int, status: str, by: Who | None) -> None:
        set_standing(self.world, chat, user_id, status, by=self._actor(chat, by))

    def _actor(self, chat: Chat, by: Who | None) -> Json:
        """The User the bot is told did it: nobody's name for an anonymous administrator."""
        if by is None:
            return self._owner(chat)
        person = self._person(by)
        self._check_inside(person, chat)
        return ANONYMOUS_ADMIN if person.id in chat.anonymous else person.shape()

    def _group(self, group: Where) -> Chat:
        chat = self._chat(group)
        if chat.is_private:
            raise StageError("that is not a group")
        if chat.migrated_to is not None:
            raise StageError(f"the group has become {chat.migrated_to}")
        return chat

    def _with_bot(self, group: Where) -> Chat:
        chat = self._group(group)
        if not chat.has(self.world.bot.id):
            raise StageError("the bot is not in that group")
        return chat

    def _as_supergroup(self, chat: Chat) -> Chat:
        return chat if chat.kind == "supergroup" else self._chat(self.migrate(chat))
