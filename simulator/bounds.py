"""How much the stand-in keeps, as data; what happens at each bound stands where it is kept."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Bounds:
    """The defaults hold a busy day of a large company."""

    people: int = 20_000
    chats: int = 20_000
    messages_a_chat: int = 10_000
    messages_in_order: int = 100_000
    messages_a_chat_in_state: int = 300
    queries: int = 10_000
    waiting_updates: int = 100_000
    events: int = 10_000
    watchers: int = 64
    events_behind: int = 1_000
    files: int = 10_000
    file_bytes: int = 512 * 1024 * 1024
