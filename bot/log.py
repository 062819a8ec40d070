"""Logs: one JSON object a line, safe to hand to a stranger.

In: log records. Out: lines on a stream (stderr). Forbidden here: message texts, phone numbers,
tokens. Three rules keep them out: a record carries only the fields named in FIELDS; every string is
redacted; an exception shows its type and place, and its words only when the class is known not to
quote what people wrote.
"""

import json
import logging
import sys
import traceback
from datetime import UTC, datetime
from typing import TextIO

import aiohttp
from telegram.error import TelegramError

from bot.redaction import redact

# Ids, counts and names that say nothing about a person beyond an id.
FIELDS = frozenset(
    {
        "attempts", "chat", "count", "delay_s", "delivery", "failure", "gate", "incident", "kind",
        "method", "plan", "slot", "state", "step", "update", "update_kind",
    }
)  # fmt: skip
VALUE_LIMIT = 300
MESSAGE_LIMIT = 2_000
FRAMES_LIMIT = 30
CAUSES_LIMIT = 5
OUR_ROOMS = ("bot.", "handlers.", "plans.", "storage.")
QUOTES_NOBODY = (OSError, TelegramError, aiohttp.ClientError)
# Chatty libraries, and the level below which they are not heard at any setting.
TAMED = {
    "aiohttp": logging.WARNING,
    "aiohttp.access": logging.ERROR,
    "apscheduler": logging.WARNING,
    "asyncio": logging.WARNING,
    "httpcore": logging.WARNING,
    "httpx": logging.WARNING,
    "psycopg": logging.WARNING,
    "telegram": logging.WARNING,
}


class JsonLines(logging.Formatter):
    """A record as one line of JSON: at, level, logger, message, the known fields, the exception."""

    def __init__(self, secrets: tuple[str, ...] = ()) -> None:
        super().__init__()
        self._secrets = secrets

    def format(self, record: logging.LogRecord) -> str:
        line: dict[str, object] = {
            "at": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "logger": record.name,
            "message": self._clean(record.getMessage(), MESSAGE_LIMIT),
        }
        for name in sorted(FIELDS & record.__dict__.keys()):
            line[name] = self._value(record.__dict__[name])
        if record.exc_info and record.exc_info[1] is not None:
            line["exception"] = self._exception(record.exc_info[1])
        return json.dumps(line, ensure_ascii=False)

    def _value(self, value: object) -> object:
        if value is None or isinstance(value, bool | int | float):
            return value
        return self._clean(str(value), VALUE_LIMIT)

    def _exception(self, error: BaseException) -> list[dict[str, object]]:
        chain: list[dict[str, object]] = []
        seen: BaseException | None = error
        while seen is not None and len(chain) < CAUSES_LIMIT:
            frames = traceback.extract_tb(seen.__traceback__, limit=-FRAMES_LIMIT)
            shown: dict[str, object] = {
                "type": f"{type(seen).__module__}.{type(seen).__qualname__}",
                "at": [f"{frame.filename}:{frame.lineno} {frame.name}" for frame in frames],
            }
            if _quotes_nobody(seen):
                shown["words"] = self._clean(str(seen), VALUE_LIMIT)
            chain.append(shown)
            seen = seen.__cause__ or (None if seen.__suppress_context__ else seen.__context__)
        return chain

    def _clean(self, text: str, limit: int) -> str:
        cleaned = redact(text, self._secrets)
        return cleaned if len(cleaned) <= limit else cleaned[:limit] + "…"


def set_up_logging(
    level: str = "info", secrets: tuple[str, ...] = (), stream: TextIO | None = None
) -> None:
    """Send all logs of the process to the stream (stderr), replacing what was set up before."""
    handler = logging.StreamHandler(stream or sys.stderr)
    handler.setFormatter(JsonLines(secrets))
    root = logging.getLogger()
    root.handlers[:] = [handler]
    root.setLevel(level.upper())
    for name, least in TAMED.items():
        logging.getLogger(name).setLevel(max(least, root.level))


def _quotes_nobody(error: BaseException) -> bool:
    return isinstance(error, QUOTES_NOBODY) or type(error).__module__.startswith(OUR_ROOMS)
