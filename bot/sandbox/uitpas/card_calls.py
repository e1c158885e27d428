"""The calls about one card (UiTPAS API, swapped advantages of a holder; card lookup)."""

from collections.abc import Callable
from datetime import datetime
from decimal import Decimal

from aiohttp import web
from lxml import etree

from bot.sandbox.uitpas.answers import Refusal, child, response, xml
from bot.sandbox.uitpas.cards import Card, is_card_number
from bot.sandbox.uitpas.gate import Consumer
from bot.sandbox.uitpas.questions import HOLDER_PERMISSION, Question
from bot.sandbox.uitpas.swap_search import Row, read_search
from bot.sandbox.uitpas.world import World


class CardCalls:
    """The verbs about cards. `now` tells which swaps have been made by the time of a call."""

    def __init__(self, world: World, consumer: Consumer, now: Callable[[], datetime]) -> None:
        self._world = world
        self._consumer = consumer
        self._now = now

    def card(self, question: Question) -> web.Response:
        """Tell what a card is, stock or not, without a word about its holder."""
        question.acting_balie(self._world, HOLDER_PERMISSION)
        question.allow("balieConsumerKey", "chipNumber", "uitpasNumber")
        number, chip = question.get("uitpasNumber"), question.get("chipNumber")
        if number is not None and chip is not None:
            raise Refusal("INVALID_PARAMETERS", "Either chipNumber or uitpasNumber, not both.")
        if chip is not None:
            return xml(_described(self._with_chip(chip)))
        if number is None:
            raise Refusal("MISSING_REQUIRED_FIELDS", "Missing required fields: chipNumber or uitpasNumber")
        return xml(_described(self._with_number(number)))

    def cashed_promotions(self, question: Question) -> web.Response:
        """List what the holder of a card swapped points for, with any card of theirs and at any balie."""
        self._admit(question)
        search = read_search(question)
        found = search.found(self._rows(self._holder(question)))
        kind = question.fault.kind if question.fault else ""
        page = search.page(found)
        root = response()
        rows = child(root, "cashedPromotions")
        for row in (*page[:1], *page) if kind == "doubled" else page:
            _append_row(rows, row)
        if kind == "broken_row":
            _break_date(rows)
        child(root, "total", str(len(found) + 2 if kind == "wrong_count" else len(found)))
        return xml(root)

    def _admit(self, question: Question) -> None:
        # A holder who names a balie acts for it, and works at none.
        if question.holder is None or question.get("balieConsumerKey") is not None:
            question.acting_balie(self._world, HOLDER_PERMISSION)
        elif HOLDER_PERMISSION not in self._consumer.permissions:
            message = "The consumer may not read passholders."
            raise Refusal("ACCESS_DENIED", message, required_permission=HOLDER_PERMISSION)

    def _holder(self, question: Question) -> str:
        uid = self._with_number(question.path["uitpasNumber"]).holder_uid
        if uid is None:
            raise _unknown_number()
        if question.holder not in {None, uid}:
            raise Refusal("ACCESS_DENIED", "Not a card of the user of this token.")
        return uid

    def _rows(self, holder: str) -> list[Row]:
        now = self._now()
        made = (swap for swap in self._world.swaps if swap.card.holder_uid == holder and swap.moment <= now)
        return [(swap, self._world.balie_numbered(swap.balie)) for swap in made]

    def _with_number(self, number: str) -> Card:
        if not is_card_number(number):
            raise Refusal("PARSE_INVALID_UITPASNUMBER", "No valid UiTPAS number.")
        card = self._world.card(number)
        if card is None:
            raise _unknown_number()
        return card

    def _with_chip(self, chip: str) -> Card:
        card = next((card for card in self._world.cards if card.chip == chip), None)
        if card is None:
            raise Refusal("UNKNOWN_CHIPNUMBER", "No card with this chip number.")
        return card


def _unknown_number() -> Refusal:
    return Refusal("UNKNOWN_UITPASNUMBER", "No passholder or card with this UiTPAS number.")


def _described(card: Card) -> etree._Element:
    root = response()
    system = child(root, "cardSystem")
    child(system, "id", str(card.card_system.number))
    child(system, "name", card.card_system.name)
    child(root, "cardType", "CARD")
    if card.holder_uid is not None:
        child(root, "kansenpas", "true" if card.kansenpas else "false")
    child(root, "status", card.status)
    child(root, "uitpasNumber", card.number)
    return root


def _append_row(rows: etree._Element, row: Row) -> None:
    swap, balie = row
    element = child(rows, "cashedPromotion")
    child(element, "id", str(swap.number))
    promotion = child(element, "promotion")
    child(promotion, "balies")
    child(promotion, "cashedIn", "true")
    child(promotion, "id", str(swap.promotion))
    child(promotion, "points", _points(swap.points))
    child(promotion, "title", swap.title)
    child(element, "cashingDate", swap.moment.isoformat())
    desk = child(element, "balie")
    child(desk, "name", balie.name)
    child(desk, "id", balie.consumer_key)


def _points(points: Decimal) -> str:
    return f"{points:.0f}" if points == points.to_integral_value() else f"{points:.3f}"


def _break_date(rows: etree._Element) -> None:
    first = rows.find("cashedPromotion/cashingDate")
    if first is not None and first.text is not None:
        first.text = f"{first.text[:5]}31{first.text[7:]}"  # the month of a documented sample
