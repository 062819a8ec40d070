"""Settings: what a company says about its own installation.

In: environment variables, and a `.env` file in the working folder. Out: checked values, or one
error that names every wrong variable in words. Forbidden here: showing a secret's value.
"""

import re
from importlib.resources import files
from pathlib import Path
from typing import Annotated, Literal, Self
from urllib.parse import urlsplit

from pydantic import AfterValidator, SecretStr, ValidationError, model_validator
from pydantic_core import PydanticCustomError
from pydantic_settings import BaseSettings, SettingsConfigDict

SAMPLE_COMPANY = Path(str(files("plans") / "samples" / "company.yaml"))
NEW_COMPANY = Path(str(files("plans") / "samples" / "new-company.yaml"))
OWN_PLANS = Path(str(files("plans") / "library"))
TOKEN_SHAPE = r"^\d{1,20}:[A-Za-z0-9_-]{1,100}$"  # noqa: S105 - a pattern, not a token
SECRET_SHAPE = r"^[A-Za-z0-9_-]{16,256}$"  # noqa: S105 - a pattern, not a secret


class SettingsError(Exception):
    """Something is set wrongly. The text has one line a variable and no secret in it."""


def _url(*schemes: str) -> AfterValidator:
    def check(value: str) -> str:
        parts = urlsplit(value)
        if value and (parts.scheme not in schemes or not parts.hostname):
            raise ValueError(
                "must be an address that begins with "
                + " or ".join(f"{scheme}://" for scheme in schemes)
            )
        return value

    return AfterValidator(check)


def _secret(shape: str) -> AfterValidator:
    def check(value: SecretStr) -> SecretStr:
        if re.fullmatch(shape, value.get_secret_value()) is None:
            raise PydanticCustomError("string_pattern_mismatch", "has the wrong shape")
        return value

    return AfterValidator(check)


def _listen(value: str) -> str:
    host, _, port = value.rpartition(":")
    if not host or not port.isdigit() or not 0 < int(port) < 65536:
        raise ValueError("must be HOST:PORT, for example 127.0.0.1:8080")
    return value


class Places(BaseSettings):
    """Where the company keeps things. Nothing secret, so that it is known without a token."""

    model_config = SettingsConfigDict(
        env_file=".env",
        env_file_encoding="utf-8",
        env_ignore_empty=True,
        extra="ignore",
        frozen=True,
        hide_input_in_errors=True,
    )

    muster_data: Path = Path("data")
    muster_company: Path = NEW_COMPANY
    muster_plans: Path = OWN_PLANS


class Settings(Places):
    """Every setting. Only `bot_token` has no default."""

    bot_token: Annotated[SecretStr, _secret(TOKEN_SHAPE)]
    bot_api_url: Annotated[str, _url("https", "http")] = "https://api.telegram.org/bot"
    bot_file_url: Annotated[str, _url("https", "http")] = "https://api.telegram.org/file/bot"
    bot_proxy: Annotated[str, _url("http")] = ""
    bot_webhook_url: Annotated[str, _url("https", "http")] = ""
    bot_webhook_listen: Annotated[str, AfterValidator(_listen)] = "127.0.0.1:8443"
    bot_webhook_secret: Annotated[SecretStr, _secret(SECRET_SHAPE)] | None = None
    muster_clock_url: Annotated[str, _url("http")] = ""
    muster_log: Literal["debug", "info", "warning", "error"] = "info"

    @model_validator(mode="after")
    def _webhook_is_complete(self) -> Self:
        if self.bot_webhook_url and self.bot_webhook_secret is None:
            raise ValueError(
                "BOT_WEBHOOK_URL is set, so BOT_WEBHOOK_SECRET must be set too: "
                "without it anybody could send updates in Telegram's name"
            )
        return self

    @property
    def secrets(self) -> tuple[str, ...]:
        """Values that must never be shown or logged."""
        held = [self.bot_token, self.bot_webhook_secret]
        return tuple(secret.get_secret_value() for secret in held if secret is not None)


def load_settings(env_file: Path | None = Path(".env")) -> Settings:
    """Read the environment and `env_file`. SettingsError: something is missing or wrong."""
    try:
        return Settings(_env_file=env_file)
    except ValidationError as error:
        lines = [_in_words(part["loc"], part["type"], part["msg"]) for part in error.errors()]
        raise SettingsError("\n".join(lines)) from None


def _in_words(place: tuple[int | str, ...], kind: str, message: str) -> str:
    name = str(place[0]).upper() if place else ""
    match name, kind:
        case "BOT_TOKEN", "missing":
            words = "is not set. Ask @BotFather in Telegram for a bot and put its token here"
        case "BOT_TOKEN", "string_pattern_mismatch":
            words = "does not look like a token. It is digits, a colon and letters"
        case "BOT_WEBHOOK_SECRET", "string_pattern_mismatch":
            words = "must be 16 to 256 letters, digits, _ or -"
        case _:
            words = message.removeprefix("Value error, ")
    return f"{name}: {words}" if name else words
