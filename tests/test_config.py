"""The settings: checked before anything listens; every wrong one is named, and no value shows."""

import base64
import re
from pathlib import Path

import pytest
from pydantic import SecretStr, ValidationError

from bot.config import SLACK, UITPAS_TEST, Settings, from_environment, is_loopback
from bot.errors import SettingsError
from bot.models import Language
from bot.sealing import new_key

KEY = "MDEyMzQ1Njc4OTAxMjM0NTY3ODkwMTIzNDU2Nzg5MDE="
CANARY = "zeehond"
"""Stands in wrong values, and may stand in no message."""
ALL = {
    "SLACK_BOT_TOKEN": "xoxb-1",
    "SLACK_SIGNING_SECRET": "s-0cean",
    "UITPAS_CONSUMER_KEY": "consumer",
    "UITPAS_CONSUMER_SECRET": "u-0cean",
    "BALIEBOT_SECRET_KEYS": KEY,
}


@pytest.fixture(autouse=True)
def bare(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Nothing is set, and no `.env` stands here."""
    for name in Settings.model_fields:
        monkeypatch.delenv(name.upper(), raising=False)
    monkeypatch.chdir(tmp_path)


@pytest.fixture
def complete(monkeypatch: pytest.MonkeyPatch) -> pytest.MonkeyPatch:
    """Everything that serving needs is set."""
    for name, value in ALL.items():
        monkeypatch.setenv(name, value)
    return monkeypatch


def refused(*, to_serve: bool = True) -> str:
    """Return why the settings are refused."""
    with pytest.raises(SettingsError) as caught:
        from_environment(to_serve=to_serve)
    return str(caught.value)


def test_the_defaults_are_those_of_the_documents() -> None:
    assert from_environment(to_serve=False).model_dump() == {
        "slack_bot_token": SecretStr(""),
        "slack_signing_secret": SecretStr(""),
        "slack_app_token": SecretStr(""),
        "slack_api_url": SLACK,
        "uitpas_api_url": UITPAS_TEST,
        "uitpas_consumer_key": "",
        "uitpas_consumer_secret": SecretStr(""),
        "baliebot_database": Path("data/baliebot.db"),
        "baliebot_secret_keys": SecretStr(""),
        "baliebot_public_url": "",
        "baliebot_timezone": "Europe/Brussels",
        "baliebot_locale": Language.NL,
        "baliebot_poll_first": 2,
        "baliebot_poll_max": 60,
        "baliebot_poll_deadline": 21600,
        "baliebot_metrics_token": SecretStr(""),
        "baliebot_keep_days": 400,
        "host": "127.0.0.1",
        "port": 3000,
    }


@pytest.mark.usefixtures("complete")
def test_what_is_set_is_read_and_does_not_show() -> None:
    settings = from_environment(to_serve=True)
    assert (settings.uitpas_consumer_key, settings.secret_keys) == ("consumer", [KEY])
    assert not any(secret in repr(settings) for secret in ("xoxb-1", "s-0cean", "u-0cean", KEY))


def test_a_file_is_read_and_the_environment_goes_first(complete: pytest.MonkeyPatch, tmp_path: Path) -> None:
    complete.setenv("PORT", "4000")
    (tmp_path / ".env").write_text("PORT=5000\nHOST=::1\nSOMETHING_ELSE=1\n")
    settings = from_environment(to_serve=True)
    assert (settings.port, settings.host) == (4000, "::1")


def test_every_missing_setting_is_named_at_once() -> None:
    assert refused() == (
        "missing settings: SLACK_BOT_TOKEN, UITPAS_CONSUMER_KEY, UITPAS_CONSUMER_SECRET, BALIEBOT_SECRET_KEYS,"
        " SLACK_SIGNING_SECRET (or SLACK_APP_TOKEN). Set them in the environment or in .env"
    )


@pytest.mark.parametrize("name", ALL)
def test_a_setting_that_is_empty_is_missing(complete: pytest.MonkeyPatch, name: str) -> None:
    complete.setenv(name, "")
    reason = refused()
    assert [other for other in ALL if other in reason] == [name]


def test_socket_mode_needs_no_signing_secret(complete: pytest.MonkeyPatch) -> None:
    complete.delenv("SLACK_SIGNING_SECRET")
    complete.setenv("SLACK_APP_TOKEN", "xapp-1")
    assert from_environment(to_serve=True).slack_app_token.get_secret_value() == "xapp-1"


MALFORMED = [
    ("SLACK_API_URL", f"{CANARY}.example/api"),
    ("SLACK_API_URL", f"http://{CANARY}.example/api/"),
    ("SLACK_API_URL", f"ftp://{CANARY}.example/api/"),
    ("UITPAS_API_URL", f"http://{CANARY}.example/uitid/rest"),
    ("UITPAS_API_URL", "https://"),
    ("UITPAS_API_URL", f"http://[{CANARY}"),
    ("BALIEBOT_PUBLIC_URL", f"http://{CANARY}.example"),
    ("BALIEBOT_PUBLIC_URL", f"javascript:{CANARY}"),
    ("BALIEBOT_TIMEZONE", f"Europe/{CANARY}"),
    ("BALIEBOT_TIMEZONE", "../../etc/passwd"),
    ("BALIEBOT_LOCALE", CANARY),
    ("BALIEBOT_SECRET_KEYS", CANARY),
    ("BALIEBOT_SECRET_KEYS", f"{KEY},{CANARY}"),
    ("BALIEBOT_SECRET_KEYS", base64.urlsafe_b64encode(CANARY.encode() * 3).decode()),
    ("BALIEBOT_POLL_FIRST", "0"),
    ("BALIEBOT_POLL_FIRST", CANARY),
    ("BALIEBOT_POLL_FIRST", "nan"),
    ("BALIEBOT_POLL_MAX", "-1"),
    ("BALIEBOT_POLL_MAX", "inf"),
    ("BALIEBOT_POLL_DEADLINE", "inf"),
    ("BALIEBOT_KEEP_DAYS", "0"),
    ("BALIEBOT_KEEP_DAYS", "1.5"),
    ("PORT", "65536"),
    ("PORT", "-1"),
    ("PORT", CANARY),
]


@pytest.mark.parametrize(("name", "value"), MALFORMED)
def test_a_malformed_setting_is_named_and_its_value_is_not(complete: pytest.MonkeyPatch, name: str, value: str) -> None:
    complete.setenv(name, value)
    reason = refused()
    assert reason.startswith(f"{name}: ")
    assert CANARY not in reason
    assert value not in reason or len(value) < 5


def test_every_malformed_setting_is_named_at_once(complete: pytest.MonkeyPatch) -> None:
    names = {"PORT": CANARY, "BALIEBOT_LOCALE": CANARY, "BALIEBOT_TIMEZONE": CANARY}
    for name, value in names.items():
        complete.setenv(name, value)
    reason = refused(to_serve=False)
    assert set(re.findall(r"(?:^|; )([A-Z_]+): ", reason)) == set(names)


def test_missing_and_malformed_settings_are_named_together(complete: pytest.MonkeyPatch) -> None:
    complete.delenv("SLACK_BOT_TOKEN")
    complete.delenv("UITPAS_CONSUMER_KEY")
    complete.setenv("PORT", CANARY)
    reason = refused()
    assert [name for name in ("SLACK_BOT_TOKEN", "UITPAS_CONSUMER_KEY", "PORT") if name not in reason] == []


def test_a_stand_in_for_slack_does_not_go_with_the_real_uitpas(complete: pytest.MonkeyPatch) -> None:
    complete.setenv("SLACK_API_URL", "http://127.0.0.1:8000/api/")
    reason = refused()
    assert "SLACK_API_URL" in reason
    assert "UITPAS_API_URL" in reason
    complete.setenv("UITPAS_API_URL", "http://127.0.0.1:8080/uitid/rest")
    assert from_environment(to_serve=True).slack_api_url == "http://127.0.0.1:8000/api/"


def test_keys_may_stand_with_blanks_and_the_first_comes_first(complete: pytest.MonkeyPatch) -> None:
    other = new_key()
    complete.setenv("BALIEBOT_SECRET_KEYS", f" {other} , {KEY},")
    assert from_environment(to_serve=True).secret_keys == [other, KEY]


def test_settings_do_not_change() -> None:
    with pytest.raises(ValidationError):
        Settings().port = 1


@pytest.mark.parametrize(
    ("url", "answer"),
    [
        ("http://127.0.0.1:8000", True),
        ("http://127.8.8.8", True),
        ("http://localhost/x", True),
        ("http://[::1]:80/", True),
        ("http://127.0.0.1.example.org", False),
        ("http://localhost.example.org", False),
        ("http://127.0.0.1@example.org/", False),
        ("http://0.0.0.0/", False),
        ("https://slack.com/api/", False),
        ("", False),
    ],
)
def test_loopback_is_this_machine_and_nothing_that_looks_like_it(url: str, *, answer: bool) -> None:
    assert is_loopback(url) is answer
