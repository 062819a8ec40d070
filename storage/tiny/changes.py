"""What one commit changes. In: a turn's rows. Out: a journal body, and back. Forbidden here: disk.

The body reads, and is read back, as
`"at":"…","input":"…","put":{kind:{key:document}},"removed":{kind:[key]},"counters":{name:number}`;
what is empty is left out.
"""

import json
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from storage.tiny.limits import LINE_LIMIT
from storage.tiny.rows import Row


@dataclass
class Changes:
    """`rows`: by kind and key the new row, or None when it was removed."""

    at: datetime
    input_id: str | None = None
    rows: dict[str, dict[str, Row | None]] = field(default_factory=dict)
    counters: dict[str, int] = field(default_factory=dict)

    def body(self) -> bytes:
        """ValueError: longer than LINE_LIMIT, or text that is not Unicode. Empty: no change."""
        if not (self.input_id or self.rows or self.counters):
            return b""
        parts = [b'"at":%s' % _json(self.at.isoformat())]
        if self.input_id:
            parts.append(b'"input":%s' % _json(self.input_id))
        parts += self._rows()
        if self.counters:
            parts.append(b'"counters":%s' % _json(self.counters))
        body = b",".join(parts)
        if len(body) > LINE_LIMIT:
            raise ValueError(f"one commit of {len(body)} bytes; at most {LINE_LIMIT}")
        return body

    def _rows(self) -> list[bytes]:
        put, removed = [], {}
        for kind, rows in self.rows.items():
            kept = b",".join(b"%s:%s" % (_json(r.key), r.json) for r in rows.values() if r)
            gone = [key for key, row in rows.items() if row is None]
            if kept:
                put.append(b"%s:{%s}" % (_json(kind), kept))
            if gone:
                removed[kind] = gone
        parts = [b'"put":{%s}' % b",".join(put)] if put else []
        return [*parts, b'"removed":%s' % _json(removed)] if removed else parts


def _json(value: Any) -> bytes:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode()
