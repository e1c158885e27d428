"""What a person has put into the form of a digest, read from what Slack sends along with it.

Follows Slack's payload `view_submission`: `view.state.values` by block and action.
"""

from dataclasses import dataclass, replace
from datetime import time
from typing import Any, Self

from bot.digests import Rhythm, Schedule
from bot.models import Language
from handlers.render.digest_form import BALIES, DAY, LANGUAGE, RHYTHM, TIME, WEEKDAY, ZONE


@dataclass(frozen=True, slots=True)
class DigestEntry:
    """The values as they stand; None for what is empty."""

    balies: tuple[int, ...]
    rhythm: Rhythm | None
    day: str | None
    at: time | None
    zone: str | None
    spoken: Language | None

    @classmethod
    def read(cls, view: dict[str, Any]) -> Self:
        """Return what is filled in."""
        values = view["state"]["values"].values()
        by_action = {action: value for block in values for action, value in block.items()}
        rhythm, spoken = _chosen(by_action.get(RHYTHM)), _chosen(by_action.get(LANGUAGE))
        at = (by_action.get(TIME) or {}).get("selected_time")
        return cls(
            balies=tuple(int(one["value"]) for one in (by_action.get(BALIES) or {}).get("selected_options") or ()),
            rhythm=None if rhythm is None else Rhythm(rhythm),
            day=_chosen(by_action.get(DAY)),
            at=None if at is None else time.fromisoformat(at),
            zone=_chosen(by_action.get(ZONE)),
            spoken=None if spoken is None else Language(spoken),
        )

    def schedule(self, otherwise: Schedule) -> Schedule:
        """Return the schedule that was put together; `otherwise` stands in for what is empty."""
        filled = replace(
            otherwise,
            rhythm=self.rhythm or otherwise.rhythm,
            at=otherwise.at if self.at is None else self.at,
            zone=self.zone or otherwise.zone,
        )
        if self.day is None:
            return filled
        number = int(self.day[1:])
        is_weekday = self.day.startswith(WEEKDAY)
        return replace(filled, weekday=number if is_weekday else None, month_day=None if is_weekday else number)


def _chosen(value: dict[str, Any] | None) -> str | None:
    chosen = (value or {}).get("selected_option")
    return None if chosen is None else str(chosen["value"])
