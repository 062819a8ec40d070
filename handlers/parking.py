"""Parking: an update that could not be handled is kept with its error, and people are told.

In: the raw update and what went wrong. Out: a parked document, word to whoever sent it and to an
administrator. Forbidden here: failing on the same data again; nothing of it is interpreted but the
sender's id.
"""

import json
from collections.abc import Mapping
from typing import Any

from handlers.catalogue import say
from handlers.desk import Desk
from handlers.documents import PARKED, Parked
from handlers.telling.letters import Letters
from storage.delivery import Message, Urgency
from storage.port import Turn

KEPT_CHARACTERS = 20_000
ERROR_CHARACTERS = 500


async def park(turn: Turn, desk: Desk, input_id: str, raw: Mapping[str, Any], error: str) -> None:
    """Keep the update; tell its sender, if known, and the administrators."""
    # Half a character, which JSON allows, is no text that a store takes.
    whole = json.dumps(raw, ensure_ascii=False).encode("utf-8", "replace").decode()
    kept = whole[:KEPT_CHARACTERS]
    turn.put(
        PARKED, Parked(input_id=input_id, at=turn.at, error=error[:ERROR_CHARACTERS], update=kept)
    )
    roster = await desk.roster(turn)
    letters = Letters(turn, roster)
    person = roster.person_by_telegram(_sender(raw))
    if person is not None:
        await letters.person(
            person, lambda r: Message(text=say(r.lang, "general.failed")), Urgency.URGENT
        )
    for administrator in roster.administrators():
        await letters.person(
            administrator,
            lambda r: Message(text=say(r.lang, "general.parked", id=input_id)),
            Urgency.NORMAL,
        )


def _sender(raw: Mapping[str, Any]) -> int:
    """The Telegram id of whoever sent it; 0 when it does not say."""
    for part in raw.values():
        sender = part.get("from") if isinstance(part, Mapping) else None
        if isinstance(sender, Mapping) and isinstance(sender.get("id"), int):
            return int(sender["id"])
    return 0
