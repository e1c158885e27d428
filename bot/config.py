"""The settings: read once, checked before anything listens, secrets never in a repr."""

import base64
import binascii
import ipaddress
from datetime import timedelta
from pathlib import Path
from typing import Self
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo, available_timezones

from pydantic import (
    BaseModel,
    ConfigDict,
    Field,
    SecretStr,
    ValidationError,
    field_validator,
    model_validator,
)
from pydantic_settings import BaseSettings, SettingsConfigDict

from bot.errors import SettingsError
from bot.models import Language

SLACK = "https://slack.com/api/"
UITPAS_TEST = "https://test.uitid.be/uitid/rest"
"""The documented test environment (uitid-documentatie, omgevingen: endpoints)."""


def is_loopback(url: str) -> bool:
    """Return whether a URL's host is this machine itself."""
    return _is_this_machine(urlsplit(url).hostname or "")


def _is_this_machine(host: str) -> bool:
    try:
        return host == "localhost" or ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


class Needed(BaseModel):
    """What must be set to serve; any text will do here, so that what is missing can always be told."""

    model_config = ConfigDict(frozen=True, hide_input_in_errors=True)

    slack_bot_token: SecretStr = SecretStr("")
    slack_signing_secret: SecretStr = SecretStr("")
    slack_app_token: SecretStr = SecretStr("")
    uitpas_consumer_key: str = ""
    uitpas_consumer_secret: SecretStr = SecretStr("")
    baliebot_secret_keys: SecretStr = SecretStr("")

    def missing(self) -> list[str]:
        """Return the names of the settings without which the bot can't serve."""
        needed = {
            "SLACK_BOT_TOKEN": self.slack_bot_token.get_secret_value(),
            "UITPAS_CONSUMER_KEY": self.uitpas_consumer_key,
            "UITPAS_CONSUMER_SECRET": self.uitpas_consumer_secret.get_secret_value(),
            "BALIEBOT_SECRET_KEYS": self.baliebot_secret_keys.get_secret_value(),
        }
        if not self.slack_app_token.get_secret_value():
            needed["SLACK_SIGNING_SECRET (or SLACK_APP_TOKEN)"] = self.slack_signing_secret.get_secret_value()
        return [name for name, value in needed.items() if not value]


class Settings(Needed):
    """Everything that can be set; each field is the environment variable of the same name in capitals."""

    slack_api_url: str = SLACK
    uitpas_api_url: str = UITPAS_TEST
    baliebot_database: Path = Path("data/baliebot.db")
    baliebot_public_url: str = ""
    baliebot_timezone: str = "Europe/Brussels"
    baliebot_locale: Language = Language.NL
    baliebot_poll_first: float = Field(default=2, gt=0, allow_inf_nan=False)
    baliebot_poll_max: float = Field(default=60, gt=0, allow_inf_nan=False)
    baliebot_poll_deadline: float = Field(default=21600, gt=0, allow_inf_nan=False)
    baliebot_metrics_token: SecretStr = SecretStr("")
    baliebot_keep_days: int = Field(default=400, gt=0)
    host: str = "127.0.0.1"
    port: int = Field(default=3000, ge=0, le=65535)

    @field_validator("slack_api_url", "uitpas_api_url", "baliebot_public_url")
    @classmethod
    def _is_url(cls, value: str) -> str:
        if value and not (urlsplit(value).scheme in {"http", "https"} and urlsplit(value).hostname):
            raise ValueError("must be a whole address: https, a host, a path")
        if value and urlsplit(value).scheme == "http" and not is_loopback(value):
            raise ValueError("must be https, unless it is on this machine")
        return value

    @field_validator("baliebot_timezone")
    @classmethod
    def _is_zone(cls, value: str) -> str:
        if value not in available_timezones():
            raise ValueError("must be the name of a zone, such as Europe/Brussels")
        return value

    @field_validator("baliebot_secret_keys")
    @classmethod
    def _are_keys(cls, value: SecretStr) -> SecretStr:
        if not all(map(_is_key, _split(value))):
            raise ValueError("must be Fernet keys (32 bytes in URL-safe base64), separated by commas")
        return value

    @model_validator(mode="after")
    def _is_one_world(self) -> Self:
        if is_loopback(self.slack_api_url) and not is_loopback(self.uitpas_api_url):
            raise ValueError("a stand-in for Slack (SLACK_API_URL) does not go with the real UITPAS_API_URL")
        return self

    @property
    def has_address(self) -> bool:
        """Whether employees can be led to our pages: at the address that is set, or on this machine alone."""
        return bool(self.baliebot_public_url) or _is_this_machine(self.host)

    @property
    def secret_keys(self) -> list[str]:
        """The Fernet keys: the first encrypts, all decrypt."""
        return _split(self.baliebot_secret_keys)

    @property
    def patience(self) -> timedelta:
        """How long a report may take."""
        return timedelta(seconds=self.baliebot_poll_deadline)

    @property
    def zone(self) -> ZoneInfo:
        """The zone that says what a day is."""
        return ZoneInfo(self.baliebot_timezone)


_FROM = SettingsConfigDict(env_file=".env", extra="ignore", env_ignore_empty=True)


class _Environment(BaseSettings, Settings):
    model_config = _FROM


class _NeededFromEnvironment(BaseSettings, Needed):
    model_config = _FROM


def from_environment(*, to_serve: bool) -> Settings:
    """Read the settings from the environment and `.env`.

    Raises:
        SettingsError: some are missing or malformed; the message names every one, never a value.
    """
    missing = _NeededFromEnvironment().missing() if to_serve else []
    problems = []
    if missing:
        problems.append(f"missing settings: {', '.join(missing)}. Set them in the environment or in .env")
    try:
        settings = _Environment()
    except ValidationError as error:
        problems = [*_describe(error), *problems]
    else:
        if to_serve and not settings.has_address:
            problems.append("BALIEBOT_PUBLIC_URL: must be set when HOST is not this machine; browsers need it to link")
    if problems:
        raise SettingsError("; ".join(problems))
    return settings


def _describe(error: ValidationError) -> list[str]:
    return [
        f"{'_'.join(str(part) for part in problem['loc']).upper() or 'settings'}: {problem['msg']}"
        for problem in error.errors(include_input=False, include_context=False, include_url=False)
    ]


def _split(value: SecretStr) -> list[str]:
    return [key.strip() for key in value.get_secret_value().split(",") if key.strip()]


def _is_key(text: str) -> bool:
    try:
        return len(base64.urlsafe_b64decode(text)) == 32
    except (binascii.Error, ValueError):
        return False
