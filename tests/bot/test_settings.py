"""Settings: from the environment or a file, and wrong ones are explained without being shown."""

from pathlib import Path

import pytest

from bot.settings import Settings, SettingsError, load_settings

TOKEN = "7012345678:AAE9x_Qm-3kZbD0fTqLw8YcVn2RsUhGpJ1o"
SECRET = "webhook-secret-0123"


@pytest.fixture(autouse=True)
def _no_settings_from_outside(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in Settings.model_fields:
        monkeypatch.delenv(name.upper(), raising=False)


def _error(monkeypatch: pytest.MonkeyPatch, **values: str) -> str:
    for name, value in values.items():
        monkeypatch.setenv(name, value)
    with pytest.raises(SettingsError) as refused:
        load_settings(None)
    return str(refused.value)


def test_a_token_is_all_it_takes(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("BOT_TOKEN", TOKEN)
    settings = load_settings(None)
    assert settings.bot_token.get_secret_value() == TOKEN
    assert settings.bot_api_url == "https://api.telegram.org/bot"
    assert settings.muster_data == Path("data")
    assert settings.muster_log == "info"


def test_a_file_is_read_and_the_environment_goes_before_it(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    file = tmp_path / ".env"
    file.write_text(
        f"BOT_TOKEN={TOKEN}\nMUSTER_DATA=/srv/应急\nMUSTER_LOG=debug\nOTHER=1\n", "utf-8"
    )
    monkeypatch.setenv("MUSTER_LOG", "error")
    settings = load_settings(file)
    assert settings.muster_data == Path("/srv/应急")
    assert settings.muster_log == "error"


def test_what_is_set_to_nothing_counts_as_not_set(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("BOT_TOKEN", TOKEN)
    monkeypatch.setenv("BOT_PROXY", "")
    monkeypatch.setenv("BOT_WEBHOOK_SECRET", "")
    settings = load_settings(None)
    assert settings.bot_proxy == ""
    assert settings.bot_webhook_secret is None


def test_secrets_are_not_shown_by_the_settings(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("BOT_TOKEN", TOKEN)
    monkeypatch.setenv("BOT_WEBHOOK_SECRET", SECRET)
    settings = load_settings(None)
    assert TOKEN not in repr(settings)
    assert SECRET not in repr(settings)
    assert settings.secrets == (TOKEN, SECRET)


def test_a_missing_token_says_where_to_get_one(monkeypatch: pytest.MonkeyPatch) -> None:
    assert "@BotFather" in _error(monkeypatch)


@pytest.mark.parametrize(
    ("name", "value", "words"),
    [
        ("BOT_TOKEN", f"{TOKEN} oops", "does not look like a token"),
        ("BOT_API_URL", "api.telegram.org", "https:// or http://"),
        ("BOT_API_URL", "https:///bot", "https:// or http://"),
        ("BOT_PROXY", "socks5://user:geheim@127.0.0.1:1080", "http://"),
        ("BOT_WEBHOOK_LISTEN", "8443", "HOST:PORT"),
        ("BOT_WEBHOOK_LISTEN", "127.0.0.1:99999", "HOST:PORT"),
        ("BOT_WEBHOOK_SECRET", "short", "16 to 256"),
        ("MUSTER_CLOCK_URL", "ftp://127.0.0.1/", "http://"),
        ("MUSTER_LOG", "loud", "'debug'"),
    ],
)
def test_a_wrong_value_is_named_in_words_and_not_shown(
    monkeypatch: pytest.MonkeyPatch, name: str, value: str, words: str
) -> None:
    said = _error(monkeypatch, **{"BOT_TOKEN": TOKEN, name: value})
    assert said.startswith(f"{name}: ")
    assert words in said
    assert value not in said
    assert "geheim" not in said


def test_all_that_is_wrong_is_said_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    said = _error(monkeypatch, BOT_PROXY="x", MUSTER_LOG="loud")
    assert sorted(line.partition(":")[0] for line in said.splitlines()) == [
        "BOT_PROXY",
        "BOT_TOKEN",
        "MUSTER_LOG",
    ]


def test_a_webhook_without_a_secret_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    said = _error(monkeypatch, BOT_TOKEN=TOKEN, BOT_WEBHOOK_URL="https://bot.example.com/hook")
    assert "BOT_WEBHOOK_SECRET must be set" in said
