"""The embedded store's bounds. In: numbers. Out: the same, named. Forbidden here: behaviour."""

from dataclasses import dataclass

KEY_LIMIT = 200  # characters of a key or an input id; longer: ValueError
LINE_LIMIT = 8 << 20  # bytes of one commit's line; longer: ValueError, nothing is committed
FILE_LIMIT = 20 << 20  # bytes of one kept file; more: ValueError


@dataclass(frozen=True)
class Limits:
    """What a company may want to change; bytes, unless named otherwise.

    `journal`: a journal of this size is folded into a snapshot in the background.
    `padding`: the journal grows by this much at a time.
    `waiting` (a number) and `waiting_bytes`: with more commits waiting for the disk the next turn
    waits before it begins.
    `files`: all kept files together; beyond it `keep_file` refuses.
    """

    journal: int = 8 << 20
    padding: int = 1 << 20
    waiting: int = 1024
    waiting_bytes: int = 32 << 20
    files: int = 20 << 30
