"""One journal line: JSON with its own checksum in front.

In: a record's fields as JSON text. Out: a line, and back. Forbidden here: files.

A line is `{"crc":"<8 hex digits>",<body>}`; the checksum (CRC-32) covers the body's bytes, so a
line is checked before it is parsed and any JSON reader can read it.
"""

import json
import zlib
from json.encoder import encode_basestring
from typing import Any

_START = b'{"crc":"'
_ENCODE = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode
_BODY_AT = len(_START) + 10  # eight digits, a quote, a comma


def compact(value: Any) -> bytes:
    """JSON without blanks, in UTF-8 as it is read."""
    return _ENCODE(value).encode()


def quoted(text: str) -> bytes:
    """A JSON string; several times faster than `compact`, and every commit needs a few."""
    return encode_basestring(text).encode()


def line(body: bytes) -> bytes:
    """The line, newline and all, for a body such as `"seq":1,"put":{}`."""
    return b'{"crc":"%08x",%s}\n' % (zlib.crc32(body), body)


def record(text: bytes) -> dict[str, Any] | None:
    """The line's fields, or None when it is not a whole line with the right checksum."""
    if not (text.startswith(_START) and text.endswith(b"}")):
        return None
    body = text[_BODY_AT:-1]
    if text[len(_START) : _BODY_AT] != b'%08x",' % zlib.crc32(body):
        return None
    fields: dict[str, Any] = json.loads(b"{" + body + b"}")
    return fields
