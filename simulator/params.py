"""A call's parameters, however they came. In: an HTTP request (query, form, multipart, JSON). Out:
typed values.

Forbidden here: knowing what a method does with them.
"""

import json
from dataclasses import dataclass
from typing import Any

from aiohttp import web

from simulator import errors

MAX_BODY_BYTES = 52 * 1024 * 1024
ATTACH = "attach://"


@dataclass(frozen=True)
class Upload:
    """A file that came in the request."""

    name: str
    mime: str
    data: bytes


def lenient_int(value: Any, default: int = 0) -> int:
    """An integer of Telegram's 64 bits out of anything; the default when it is none."""
    try:
        number = int(value)
    except (TypeError, ValueError, OverflowError):
        return default
    return number if -(1 << 63) <= number < 1 << 63 else default


class Params:
    """Values by name. An empty string counts as absent, as it does at Telegram."""

    def __init__(self, values: dict[str, Any], files: dict[str, Upload] | None = None) -> None:
        self._values = {name: value for name, value in values.items() if value not in ("", None)}
        self._files = files or {}

    def has(self, name: str) -> bool:
        return name in self._values

    def text(self, name: str) -> str:
        """A string, "" when absent."""
        value = self._values.get(name, "")
        if isinstance(value, str):
            return value
        return json.dumps(value, ensure_ascii=False)

    def integer(self, name: str, default: int = 0) -> int:
        """An integer; the default when absent or unreadable, as at Telegram."""
        return lenient_int(self._values.get(name), default)

    def number(self, name: str) -> float | None:
        """A float, None when absent; what cannot be read is 0, as at Telegram."""
        if name not in self._values:
            return None
        try:
            return float(self._values[name])
        except (TypeError, ValueError, OverflowError):
            return 0.0

    def flag(self, name: str) -> bool:
        value = self._values.get(name, False)
        if isinstance(value, str):
            return value.strip().lower() in {"true", "yes", "1"}
        return bool(value)

    def parsed(self, name: str, what: str) -> Any:
        """A JSON-serialized value (or plain JSON from a JSON body), None when absent; 400 naming
        `what`.
        """
        value = self._values.get(name)
        if not isinstance(value, str):
            return value
        try:
            return json.loads(value)
        except ValueError:
            raise errors.BAD_JSON.error(what=what) from None

    def upload(self, name: str) -> Upload | None:
        """The file sent under `name`, or the one that `attach://other` points at."""
        value = self._values.get(name)
        if isinstance(value, str) and value.startswith(ATTACH):
            return self._files.get(value.removeprefix(ATTACH))
        return self._files.get(name)


async def read_params(request: web.Request) -> Params:
    """Everything the request carries. ApiError 413 over MAX_BODY_BYTES, 400 for JSON that is
    none.
    """
    values: dict[str, Any] = dict(request.query)
    files: dict[str, Upload] = {}
    try:
        if request.content_type == "application/json":
            values |= await _json_body(request)
        elif request.can_read_body:
            _take_form(await request.post(), values, files)
    except web.HTTPRequestEntityTooLarge:
        raise errors.TOO_LARGE.error() from None
    except ValueError:
        raise errors.BAD_JSON.error(what="request") from None
    return Params(values, files)


async def _json_body(request: web.Request) -> dict[str, Any]:
    raw = await request.read()
    body = json.loads(raw) if raw else {}
    if not isinstance(body, dict):
        raise errors.BAD_JSON.error(what="request")
    return body


def _take_form(form: Any, values: dict[str, Any], files: dict[str, Upload]) -> None:
    for name, value in form.items():
        if isinstance(value, web.FileField):
            files[name] = Upload(value.filename, value.content_type, value.file.read())
            value.file.close()
        elif isinstance(value, (bytes, bytearray)):
            files[name] = Upload(name, "application/octet-stream", bytes(value))
        else:
            values[name] = value
