"""What travels through Slack and back in a block id, a button or a modal: opaque, typed, and never trusted.

Whatever comes back is looked up and its rights are checked again; nothing secret and nothing about a holder goes in.
"""

from dataclasses import dataclass
from datetime import date
from typing import Self

from bot.models import Period


@dataclass(frozen=True, slots=True)
class PendingReport:
    """A report that still needs its balie. Fits in the 255 characters of a block id."""

    period: Period
    clipped: bool
    key: str

    def encode(self) -> str:
        """Return it as text."""
        flag = "c" if self.clipped else "-"
        return f"report/{self.period.first.isoformat()}/{self.period.last.isoformat()}/{flag}/{self.key}"

    @classmethod
    def decode(cls, text: str) -> Self:
        """Return what `encode` made a text of.

        Raises:
            ValueError: it is something else.
        """
        kind, first, last, flag, key = text.split("/", 4)
        if kind != "report":
            raise ValueError(kind)
        return cls(Period(date.fromisoformat(first), date.fromisoformat(last)), flag == "c", key)
