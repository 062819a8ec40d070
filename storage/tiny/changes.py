"""What one commit changes. In: a turn's rows. Out: a journal body, and back. Forbidden here: disk.

The body reads, and is read back, as
`"at":"…","input":"…","put":{kind:{key:document}},"removed":{kind:[key]},"counters":{name:number}`;
what is empty is left out.
"""

from dataclasses import dataclass, field
from datetime import datetime

from storage.tiny.limits import LINE_LIMIT
from storage.tiny.lines import compact, quoted
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
        body = b'"at":"%s"' % self.at.isoformat().encode()
        if self.input_id:
            body += b',"input":' + quoted(self.input_id)
        if self.rows:
            body += self._rows()
        if self.counters:
            body += b',"counters":' + compact(self.counters)
        if len(body) > LINE_LIMIT:
            raise ValueError(f"one commit of {len(body)} bytes; at most {LINE_LIMIT}")
        return body

    def _rows(self) -> bytes:
        put, removed = [], {}
        for kind, rows in self.rows.items():
            kept = [quoted(row.key) + b":" + row.json for row in rows.values() if row]
            if kept:
                put.append(b"%s:{%s}" % (quoted(kind), b",".join(kept)))
            if len(kept) < len(rows):
                removed[kind] = [key for key, row in rows.items() if row is None]
        text = b',"put":{%s}' % b",".join(put) if put else b""
        return text + b',"removed":' + compact(removed) if removed else text
