"""The change log: who has changed what about one entry, when, from what, to what.

In: a change just made. Out: it on record with the entry's last changes. Forbidden here: making the
change; incidents (they have a timeline).
"""

from datetime import datetime
from typing import Annotated

from pydantic import Field

from plans.model import PersonId
from storage.document import Document
from storage.port import Kind, Turn

CHANGES_LIMIT = 50


class LoggedChange(Document):
    """`before` and `after` as they are stored, empty for nothing. `incident`: the one for which it
    was done."""

    at: datetime
    by: PersonId | None
    what: str
    before: str
    after: str
    incident: int | None = None


class ChangeLog(Document):
    """The last CHANGES_LIMIT changes of one entry, the oldest first; older ones are forgotten."""

    subject: str
    changes: Annotated[tuple[LoggedChange, ...], Field(max_length=CHANGES_LIMIT)] = ()


CHANGE_LOGS = Kind("change_logs", ChangeLog, key=lambda log: log.subject)


async def log_change(turn: Turn, subject: str, change: LoggedChange) -> None:
    """Put the change behind those that the entry has had."""
    log = await turn.get(CHANGE_LOGS, subject) or ChangeLog(subject=subject)
    changes = (*log.changes, change)[-CHANGES_LIMIT:]
    turn.put(CHANGE_LOGS, log.model_copy(update={"changes": changes}))


async def latest_changes(turn: Turn, subject: str, most: int) -> list[LoggedChange]:
    """The last ones, the latest first."""
    log = await turn.get(CHANGE_LOGS, subject)
    return list(reversed(log.changes))[:most] if log is not None else []
