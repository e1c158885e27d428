"""The XML about cards to models: bytes in, values out, no I/O.

Follows uitid-documentatie: pashouders/ophalen-verzilverde-omruilvoordelen, pashouders/opzoeken-van-uitpasnummer.
"""

import re
from datetime import MAXYEAR, MINYEAR, datetime
from decimal import Decimal

from lxml import etree

from bot.cards import CardStatus, CashedPage, CashedPromotion
from bot.clients.uitpas_xml import API_ZONE, children, response
from bot.clients.xml_parser import text_at

_POINTS = re.compile(r"\d{1,9}(\.\d{1,9})?", re.ASCII)
_STATUSES = {
    "ACTIVE": CardStatus.ACTIVE,
    "BLOCKED": CardStatus.BLOCKED,
    "DELETED": CardStatus.DELETED,
    **dict.fromkeys(("LOCAL_STOCK", "STOCK", "SENT_TO_BALIE", "PROVISIONED"), CardStatus.NOT_GIVEN_OUT),
}


def parse_cashed_promotions(body: bytes) -> CashedPage:
    """Return one page of cashed promotions, in the order given.

    One without a readable moment or points is counted as broken and left out: it must not hide the others. A moment
    without an offset is taken as Brussels time.

    Raises:
        UnavailableError: the body is not the documented XML.
        UnexpectedAnswerError: there is no list of cashed promotions at all.
    """
    call = "cashed_promotions"
    root = response(call, body)
    read = [_promotion(row) for row in children(call, root, "cashedPromotions", "cashedPromotion")]
    total = text_at(root, "total")
    return CashedPage(
        promotions=tuple(promotion for promotion in read if promotion),
        broken=read.count(None),
        total=int(total) if total.isascii() and total.isdecimal() and len(total) < 10 else None,
    )


def parse_card(body: bytes) -> CardStatus:
    """Return the status of a card; one that is not documented is `OTHER`.

    Raises:
        UnavailableError: the body is not the documented XML.
    """
    return _STATUSES.get(text_at(response("card", body), "status").upper(), CardStatus.OTHER)


def _promotion(row: etree._Element) -> CashedPromotion | None:
    points = text_at(row, "promotion/points")
    try:
        moment = datetime.fromisoformat(text_at(row, "cashingDate"))
        moment = moment.astimezone(API_ZONE) if moment.tzinfo else moment.replace(tzinfo=API_ZONE)
    except (ValueError, OverflowError):
        return None
    # A moment at the edge of the calendar can't be brought to every zone.
    if not (MINYEAR < moment.year < MAXYEAR and _POINTS.fullmatch(points)):
        return None
    return CashedPromotion(
        swap=text_at(row, "id") or None,
        title=text_at(row, "promotion/title"),
        points=Decimal(points),
        moment=moment,
        balie=text_at(row, "balie/name"),
    )
