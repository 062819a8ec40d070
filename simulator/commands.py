"""The command lists a bot has set, by scope and language. In: setMyCommands. Out: what a chat's
menu shows.
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

    def __init__(self) -> None:
        self._lists: dict[tuple[ScopeKey, str], list[Json]] = {}

    def set(self, scope: ScopeKey, language: str, commands: list[Json]) -> None:
        """ValueError at MAX_LISTS scopes."""
        if commands and len(self._lists) >= MAX_LISTS:
            raise ValueError("too many command lists")
        self._lists.pop((scope, language), None)
        if commands:
            self._lists[scope, language] = commands

    def get(self, scope: ScopeKey, language: str) -> list[Json]:
        """Exactly this scope's and language's list."""
        return self._lists.get((scope, language), [])

    def shown_in(self, chat: Chat, language: str) -> list[Json]:
        """What the menu of a chat offers: the narrowest scope that has a list, its language before
        any.
        """
        if chat.is_private:
            scopes = [("chat", chat.id, 0), ("all_private_chats", 0, 0), DEFAULT]
        else:
            scopes = [("chat", chat.id, 0), ("all_group_chats", 0, 0), DEFAULT]
        short = language.partition("-")[0]
        for scope in scopes:
            found = self.get(scope, short) or self.get(scope, "")
            if found:
                return found
        return []
