"""Closed incidents: `archive/incident-000012.json`. In: an incident's rows. Out: a file, and back.

Forbidden here: changing the working set. What is closed, the caller knows.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from pydantic import JsonValue

from storage.delivery import UNDER_WAY
from storage.port import DELIVERIES, INCIDENTS_NAME, SLOTS, Damaged
from storage.tiny.codec import TIMELINE
from storage.tiny.disk import Disk
from storage.tiny.memory import Memory
from storage.tiny.rows import Row

FOLDER = "archive"
FORMAT = 1


@dataclass(frozen=True)
class Closed:
    """Everything that leaves the working set with an incident, by kind."""

    number: int
    rows: Mapping[str, list[Row]]

    def lines(self, kind: str) -> bytes:
        return b",\n  ".join(row.json for row in self.rows[kind])


def closed_incident(memory: Memory, number: int) -> Closed:
    """ValueError: there is no such incident, or it has deliveries still to make."""
    document = memory.table(INCIDENTS_NAME).row(str(number))
    if document is None:
        raise ValueError(f"there is no incident {number} to archive")
    deliveries = memory.codec(DELIVERIES).table
    for state in UNDER_WAY:
        if any(deliveries.matching({"incident": number, "state": state.value})):
            raise ValueError(f"incident {number} has deliveries still to make")
    own = {
        kind.name: list(memory.table(kind.name).matching({"incident": number}))
        for kind in (TIMELINE, DELIVERIES, SLOTS)
    }
    return Closed(number, {INCIDENTS_NAME: [document], **own})


class Archive:
    """`numbers`: the incidents in it."""

    def __init__(self, folder: Path, disk: Disk) -> None:
        self._folder, self._disk = folder / FOLDER, disk
        self._folder.mkdir(exist_ok=True)
        for unfinished in self._folder.glob("*.tmp"):
            disk.remove(unfinished)
        self.numbers = {int(path.stem[9:]) for path in self._folder.glob("incident-*.json")}

    def write(self, closed: Closed, at: datetime) -> None:
        """Durable when this returns; it counts once `numbers` has it. OSError: nothing changed."""
        head = {"format": FORMAT, "number": closed.number, "archived_at": at.isoformat()}
        self._disk.write_whole(
            self._path(closed.number),
            json.dumps(head).encode()[:-1]
            + b',\n"incident": %s,\n' % closed.lines(INCIDENTS_NAME)
            + b'"timeline": [\n  %s\n],\n' % closed.lines(TIMELINE.name)
            + b'"deliveries": [\n  %s\n]}\n' % closed.lines(DELIVERIES.name),
        )

    def read(self, incident: int) -> Mapping[str, JsonValue]:
        path = self._path(incident)
        try:
            content = json.loads(path.read_bytes())
            return {part: content[part] for part in ("incident", "timeline", "deliveries")}
        except (ValueError, KeyError, TypeError) as error:
            byte = getattr(error, "pos", 0)
            raise Damaged(f"{path}: byte {byte}: not an archived incident") from None

    def discard(self, incident: int) -> None:
        """Remove a file whose incident never left the working set."""
        self._disk.remove(self._path(incident))
        self.numbers.discard(incident)

    def _path(self, incident: int) -> Path:
        return self._folder / f"incident-{incident:06}.json"
