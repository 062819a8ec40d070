"""The command lists a bot has set, by scope and language. In: setMyCommands. Out: what a person's
menu shows in a chat.
"""

import re
from typing import Any

from simulator.people import Chat

Json = dict[str, Any]
MAX_COMMANDS = 100
MAX_LISTS = 10_000
COMMAND = re.compile(r"[a-z0-9_]{1,32}")
MAX_DESCRIPTION = 256

ScopeKey = tuple[str, int, int]
DEFAULT: ScopeKey = ("default", 0, 0)


class CommandLists:
    """Lists by scope (type, chat, person) and language."""

    def __init__(self, most: int = MAX_LISTS) -> None:
        self._most = most
        self._lists: dict[tuple[ScopeKey, str], list[Json]] = {}

    def set(self, scope: ScopeKey, language: str, commands: list[Json]) -> bool:
        """Replace a list; False when there are too many of them to keep another."""
        self._lists.pop((scope, language), None)
        if not commands:
            return True
        if len(self._lists) >= self._most:
            return False
        self._lists[scope, language] = commands
        return True

    def get(self, scope: ScopeKey, language: str) -> list[Json]:
        """Exactly this scope's and language's list."""
        return self._lists.get((scope, language), [])

    def menu(self, chat: Chat, user_id: int, language: str) -> list[Json]:
        """What somebody's app offers in a chat: the narrowest scope that has a list for the
        language, or else for any. `language` may be "" or longer than two letters.
        """
        short = language.partition("-")[0].lower()
        for scope in _scopes(chat, user_id):
            found = self.get(scope, short) or self.get(scope, "")
            if found:
                return found
        return []


def _scopes(chat: Chat, user_id: int) -> list[ScopeKey]:
    """Narrowest first, in the order that the Bot API documents."""
    if chat.is_private:
        return [("chat", chat.id, 0), ("all_private_chats", 0, 0), DEFAULT]
    own: ScopeKey = ("chat_member", chat.id, user_id)
    here: ScopeKey = ("chat", chat.id, 0)
    everywhere: ScopeKey = ("all_group_chats", 0, 0)
    if user_id not in chat.administrators:
        return [own, here, everywhere, DEFAULT]
    here_leading: ScopeKey = ("chat_administrators", chat.id, 0)
    leading: ScopeKey = ("all_chat_administrators", 0, 0)
    return [own, here_leading, here, leading, everywhere, DEFAULT]
