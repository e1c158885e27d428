"""Moments as SQLite keeps them: ISO 8601 in UTC with microseconds, so that text order is time order."""

from datetime import UTC, datetime
from typing import overload


@overload
def write(moment: datetime) -> str: ...
@overload
def write(moment: None) -> None: ...
def write(moment: datetime | None) -> str | None:
    """Return an aware moment as text."""
    return None if moment is None else moment.astimezone(UTC).isoformat(timespec="microseconds")


@overload
def read(text: str) -> datetime: ...
@overload
def read(text: None) -> None: ...
def read(text: str | None) -> datetime | None:
    """Return the moment a text stands for, aware and in UTC."""
    return None if text is None else datetime.fromisoformat(text)
