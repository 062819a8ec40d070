"""Logs: lines of JSON that can be handed to a stranger."""

import ast
import io
import json
import logging
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from pydantic import BaseModel
from telegram.error import NetworkError

from bot.log import FIELDS, FRAMES_LIMIT, MESSAGE_LIMIT, TAMED, set_up_logging
from bot.redaction import HIDDEN, redact

TOKEN = "7012345678:AAE9x_Qm-3kZbD0fTqLw8YcVn2RsUhGpJ1o"
SECRET = "webhook-secret-0123"
TEXT = "变压器冒烟了快来人"


@contextmanager
def logs(level: str = "info") -> Iterator[list[dict[str, Any]]]:
    """Everything logged inside, read back after it."""
    root = logging.getLogger()
    kept = root.handlers[:], root.level, {name: logging.getLogger(name).level for name in TAMED}
    stream, lines = io.StringIO(), list[dict[str, Any]]()
    set_up_logging(level, (TOKEN, SECRET), stream)
    try:
        yield lines
    finally:
        root.handlers[:], levels = kept[0], kept[2]
        root.setLevel(kept[1])
        for name, old in levels.items():
            logging.getLogger(name).setLevel(old)
        lines += [json.loads(line) for line in stream.getvalue().splitlines()]


def test_a_record_is_one_line_with_time_level_place_words_and_known_fields() -> None:
    with logs() as lines:
        logging.getLogger("bot.x").info(
            "sent %d", 3, extra={"delivery": "d1", "chat": -1007000001, "text": TEXT}
        )
    (line,) = lines
    assert line.pop("at").endswith("+00:00")
    assert line == {
        "level": "info",
        "logger": "bot.x",
        "message": "sent 3",
        "delivery": "d1",
        "chat": -1007000001,
    }


@pytest.mark.parametrize(
    "hostile",
    [
        TOKEN,
        TOKEN.replace(":", "%3A"),
        f"POST https://api.telegram.org/bot{TOKEN}/sendMessage failed",
        f"https://api.telegram.org/file/bot{TOKEN}/photos/1.jpg",
        "https://example.com/bot1:TEST/getMe",
        "http://user:geheim@proxy.example:8080",
        f"X-Telegram-Bot-Api-Secret-Token: {SECRET}",
        "call 13800138000",
        "call 138 0013 8000 now",
        "手机：１３８００１３８０００。",
        "+86 138-0013-8000",
        "0086 13800138000",
        "8613800138000",
        "+49 (30) 1234-5678",
        "028-87654321",
        "(028)87654321",
        "400-820-8820",
        "tel:13800138000?x",
    ],
)
def test_tokens_passwords_and_phone_numbers_are_hidden(hostile: str) -> None:
    cleaned = redact(f"前 {hostile} 后", (TOKEN, SECRET))
    assert HIDDEN in cleaned
    for part in (TOKEN[11:], SECRET, "geheim", "TEST", "8000", "0138", "5678", "7654321", "8820"):
        assert part not in cleaned
    assert "前" in cleaned
    assert "后" in cleaned


@pytest.mark.parametrize(
    "harmless",
    [
        "chat -1001234567890",
        "user 7000012345",
        "2026-07-01T00:00:00.123456+00:00",
        "delivery answer:382763511287341",
        "journal-000000000123.jsonl line 45678",
        "number 000000000123",
        "step 12 of 34, 1.5 s",
        "0a1b2c3d4e5f60718293a4b5c6d7e8f90123456789",
        "http://127.0.0.1:8443/hook",
        "update 912345678",
    ],
)
def test_ids_times_and_addresses_stay_readable(harmless: str) -> None:
    assert redact(harmless) == harmless


def test_hiding_reaches_arguments_fields_and_exceptions() -> None:
    with logs() as lines:
        try:
            raise NetworkError(f"https://api.telegram.org/bot{TOKEN}/getMe 13800138000")
        except NetworkError:
            logging.getLogger("bot.x").exception(
                "cannot reach %s", TOKEN, extra={"reason": f"call 13800138000 {SECRET}"}
            )
    written = json.dumps(lines)
    for secret in (TOKEN, SECRET, "13800138000"):
        assert secret not in written
    assert lines[0]["exception"][0]["type"] == "telegram.error.NetworkError"
    assert "getMe" in lines[0]["exception"][0]["words"]


class Report(BaseModel):
    amount: int


def test_what_people_wrote_does_not_come_in_through_exceptions() -> None:
    with logs() as lines:
        for stumble in (
            lambda: int(TEXT),
            lambda: Report.model_validate({"amount": TEXT}),
            lambda: {"a": 1}[TEXT],
        ):
            try:
                stumble()
            except (ValueError, KeyError):
                logging.getLogger("bot.x").exception("stumbled")
    assert len(lines) == 3
    assert TEXT[:3] not in json.dumps(lines, ensure_ascii=False)
    assert [line["exception"][0]["type"] for line in lines] == [
        "builtins.ValueError",
        "pydantic_core._pydantic_core.ValidationError",
        "builtins.KeyError",
    ]
    assert "test_log.py" in lines[0]["exception"][0]["at"][0]


def test_causes_are_shown_and_a_deep_trace_is_cut() -> None:
    def deep(left: int) -> None:
        if left == 0:
            raise OSError(28, "No space left on device")
        deep(left - 1)

    with logs() as lines:
        try:
            try:
                deep(100)
            except OSError as error:
                raise NetworkError("not written") from error
        except NetworkError:
            logging.getLogger("storage.x").exception("failed")
    shown, cause = lines[0]["exception"]
    assert shown["words"] == "not written"
    assert cause["words"] == "[Errno 28] No space left on device"
    assert len(cause["at"]) == FRAMES_LIMIT


def test_a_long_message_is_cut_at_the_bound() -> None:
    with logs() as lines:
        logging.getLogger("bot.x").info("%s", "y" * 100_000)
    assert len(lines[0]["message"]) == MESSAGE_LIMIT + 1


@pytest.mark.parametrize(
    "name", ["httpx", "apscheduler.scheduler", "telegram.Bot", "aiohttp.client"]
)
def test_chatty_libraries_are_heard_only_when_something_is_wrong(name: str) -> None:
    with logs("debug") as lines:
        logging.getLogger(name).debug("Calling Bot API endpoint with %s", TEXT)
        logging.getLogger(name).info("HTTP Request")
        logging.getLogger(name).warning("trouble")
        logging.getLogger("bot.x").debug("ours")
    assert [line["message"] for line in lines] == ["trouble", "ours"]


def test_the_level_rules_ours_too() -> None:
    with logs("warning") as lines:
        logging.getLogger("bot.x").info("no")
        logging.getLogger("bot.x").warning("yes")
    assert [line["message"] for line in lines] == ["yes"]


def test_every_field_that_our_rooms_log_is_a_known_one() -> None:
    home = Path(__file__).parents[2]
    named = [
        key.value
        for room in ("bot", "handlers", "plans", "storage")
        for file in (home / room).rglob("*.py")
        for node in ast.walk(ast.parse(file.read_text("utf-8")))
        if isinstance(node, ast.keyword) and node.arg == "extra"
        if isinstance(node.value, ast.Dict)
        for key in node.value.keys
        if isinstance(key, ast.Constant)
    ]
    assert "delivery" in named
    assert set(named) <= FIELDS
