"""Who there is: people, the bot, chats. Data with the shapes the Bot API gives them, and nothing
that decides.
"""

from collections import deque
from dataclasses import dataclass, field
from typing import Any

Json = dict[str, Any]
ANONYMOUS_ADMIN: Json = {
    "id": 1087968824,
    "is_bot": True,
    "first_name": "Group",
    "username": "GroupAnonymousBot",
}
OUTSIDE = frozenset({"left", "kicked"})
COMMANDING = frozenset({"creator", "administrator"})


@dataclass
class Person:
    """A human with Telegram. `started`: has written to the bot first. `note` is for the page
    only.
    """

    id: int
    first_name: str
    username: str | None = None
    phone: str | None = None
    language_code: str | None = None
    note: Any = None
    started: bool = False
    blocked: bool = False
    deactivated: bool = False

    def shape(self) -> Json:
        """The Bot API's User."""
        user: Json = {"id": self.id, "is_bot": False, "first_name": self.first_name}
        if self.username:
            user["username"] = self.username
        if self.language_code:
            user["language_code"] = self.language_code
        return user

    def told(self) -> Json:
        """For the page."""
        return {
            "id": self.id,
            "first_name": self.first_name,
            "username": self.username,
            "phone": self.phone,
            "language_code": self.language_code,
            "note": self.note,
            "started": self.started,
            "blocked": self.blocked,
            "deactivated": self.deactivated,
        }


def dialled(number: str, *, plus: bool) -> str:
    """A phone number as Telegram writes it in a contact: digits alone, after a "+" or not."""
    digits = "".join(one for one in number if one in "0123456789")
    return f"+{digits}" if plus else digits


@dataclass
class BotProfile:
    """The bot under the token. `reads_all`: privacy mode is off."""

    id: int
    first_name: str = "Muster"
    username: str = "muster_demo_bot"
    reads_all: bool = False

    def shape(self) -> Json:
        """The Bot API's User."""
        return {
            "id": self.id,
            "is_bot": True,
            "first_name": self.first_name,
            "username": self.username,
        }


@dataclass
class Chat:
    """A chat. `standing` maps a user's id to a ChatMember status; who never was in it is not
    there. `anonymous` are the administrators who act as the group.
    """

    id: int
    kind: str
    title: str = ""
    standing: dict[int, str] = field(default_factory=dict)
    anonymous: set[int] = field(default_factory=set)
    migrated_to: int | None = None
    pinned: deque[int] = field(default_factory=lambda: deque(maxlen=100))
    next_message_id: int = 1

    @property
    def is_private(self) -> bool:
        return self.kind == "private"

    @property
    def members(self) -> list[int]:
        return [user_id for user_id, status in self.standing.items() if status not in OUTSIDE]

    @property
    def creator(self) -> int | None:
        return next((who for who, status in self.standing.items() if status == "creator"), None)

    @property
    def administrators(self) -> list[int]:
        return [user_id for user_id, status in self.standing.items() if status in COMMANDING]

    def has(self, user_id: int) -> bool:
        return self.standing.get(user_id, "left") not in OUTSIDE
