"""Closed incidents: `archive/incident-000012.json`. In: an incident's JSON. Out: a file, and back.

Forbidden here: what is closed (the caller says so), the working set.
"""

import json
from collections.abc import Iterable, Mapping
from datetime import datetime
from pathlib import Path

from pydantic import JsonValue

from storage.port import Damaged
from storage.tiny.disk import Disk

FOLDER = "archive"
FORMAT = 1


class Archive:
    """`numbers`: the incidents in it."""

    def __init__(self, folder: Path, disk: Disk) -> None:
        self._folder, self._disk = folder / FOLDER, disk
        self._folder.mkdir(exist_ok=True)
        for unfinished in self._folder.glob("*.tmp"):
            disk.remove(unfinished)
        self.numbers = {int(path.stem[9:]) for path in self._folder.glob("incident-*.json")}

    def write(
        self,
        incident: int,
        document: bytes,
        timeline: Iterable[bytes],
        deliveries: Iterable[bytes],
        at: datetime,
    ) -> None:
        """Durable when this returns; it counts once `numbers` has it. OSError: nothing changed."""
        head = {"format": FORMAT, "number": incident, "archived_at": at.isoformat()}
        self._disk.write_whole(
            self._path(incident),
            json.dumps(head).encode()[:-1]
            + b',\n"incident": %s,\n' % document
            + b'"timeline": [\n  %s\n],\n' % b",\n  ".join(timeline)
            + b'"deliveries": [\n  %s\n]}\n' % b",\n  ".join(deliveries),
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
