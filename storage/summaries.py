"""What the sheets of a report said, as one column."""

import json
from decimal import Decimal
from typing import Any

from bot.summary import EventShare, GovernmentShare, Summary


def write(summary: Summary) -> str:
    """Return a summary as text; amounts are written as they stand, cents and all."""
    whole = {"shares": [_of_share(share) for share in summary.shares], "events": [_of(one) for one in summary.events]}
    return json.dumps(whole, ensure_ascii=False)


def read(text: str | None) -> Summary | None:
    """Return what was written, None where nothing was; rows from before events were counted are a list of shares."""
    if text is None:
        return None
    found: Any = json.loads(text)
    whole: dict[str, Any] = {"shares": found, "events": []} if isinstance(found, list) else found
    return Summary(
        tuple(
            GovernmentShare(government, sales, Decimal(full), Decimal(owed), None if total is None else Decimal(total))
            for government, sales, full, owed, total in whole["shares"]
        ),
        tuple(EventShare(name, sales, Decimal(owed)) for name, sales, owed in whole["events"]),
    )


def _of_share(share: GovernmentShare) -> list[str | int | None]:
    printed = None if share.printed_total is None else str(share.printed_total)
    return [share.government, share.sales, str(share.full_price), str(share.contribution), printed]


def _of(event: EventShare) -> list[str | int]:
    return [event.name, event.sales, str(event.contribution)]
