"""What a person has put into the form of a report, read from what Slack sends along with every click in it.

Follows Slack's payloads `block_actions` and `view_submission`: `view.state.values` by block and action.
"""

from dataclasses import dataclass, replace
from datetime import date
from typing import Any, Self

from bot.models import Balie, Offer, Period
from handlers.render.report_form import AGAIN, BALIE, CHANNEL, FILE, FIRST, LAST, OFFERS, PLACE, Form, Place
from handlers.state import FormState


@dataclass(frozen=True, slots=True)
class Entry:
    """The values as they stand; None for what is empty, and for a tick that is not in sight."""

    balie: int | None
    first: date | None
    last: date | None
    place: Place
    channel: str | None
    private_file: bool | None
    anew: bool

    @classmethod
    def read(cls, view: dict[str, Any]) -> Self:
        """Return what is filled in."""
        values = view["state"]["values"].values()
        by_action = {action: value for block in values for action, value in block.items()}
        place = _chosen(by_action.get(PLACE))
        balie = _chosen(by_action.get(BALIE))
        return cls(
            balie=None if balie is None else int(balie),
            first=_day(by_action.get(FIRST)),
            last=_day(by_action.get(LAST)),
            place=Place.ME if place is None else Place(place),
            channel=(by_action.get(CHANNEL) or {}).get("selected_conversation"),
            private_file=bool(by_action[FILE].get("selected_options")) if FILE in by_action else None,
            anew=bool((by_action.get(AGAIN) or {}).get("selected_options")),
        )


def restored(view: dict[str, Any], state: FormState, entry: Entry, balie: Balie | None, *, otherwise: Period) -> Form:
    """Return the form as it stands before the person; `otherwise` begins the days that are empty.

    What was told of another balie or channel than the one now chosen is left out: it has to be asked again.
    """
    form = Form(
        origin=state.origin,
        period=Period(entry.first or otherwise.first, entry.last or otherwise.last),
        picked=state.picked,
        balie=balie,
        offer=_offered(view) if balie is not None and balie.id == state.offered_for else None,
        place=entry.place,
        channel=entry.channel,
        was_before=any(block["block_id"] == AGAIN for block in view["blocks"]),
        private_file=state.private_file if entry.private_file is None else entry.private_file,
    )
    return replace(form, readers=state.readers if form.target == state.read_for else None)


def period_of(value: str) -> Period:
    """Return the period that an option stands for.

    Raises:
        ValueError: it is no such value.
    """
    first, last = value.split("/")
    return Period(date.fromisoformat(first), date.fromisoformat(last))


def _offered(view: dict[str, Any]) -> Offer | None:
    for block in view["blocks"]:
        menu = block.get("accessory") or {}
        if menu.get("action_id") == OFFERS:
            return Offer(tuple(period_of(option["value"]) for option in menu["options"]))
    return None


def _chosen(value: dict[str, Any] | None) -> str | None:
    chosen = (value or {}).get("selected_option")
    return None if chosen is None else str(chosen["value"])


def _day(value: dict[str, Any] | None) -> date | None:
    chosen = (value or {}).get("selected_date")
    return None if chosen is None else date.fromisoformat(chosen)
