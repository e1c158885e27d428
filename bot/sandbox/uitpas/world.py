"""The whole invented world behind the stand-in: the same for the same seed and day, and cheap to start."""

from datetime import date
from functools import cached_property

from bot.sandbox.uitpas.cards import Card, make_cards
from bot.sandbox.uitpas.known import make_known_cards, make_known_swaps
from bot.sandbox.uitpas.moments import Quarter, past_quarters
from bot.sandbox.uitpas.names import EMPTY_BALIE
from bot.sandbox.uitpas.people import Balie, Employee, make_balies, make_card_systems, make_employees
from bot.sandbox.uitpas.sales import Sale, make_sales
from bot.sandbox.uitpas.swaps import Swap, make_swaps


class World:
    """Card systems, balies, employees, cards, and two years of sales and swaps up to `today`.

    Sales and cards are made when they are first asked for.

    Attributes:
        seed: of everything that looks like chance.
        today: the day in Brussels on which the world was made.
        first_day: the first day on which anything was sold: that of the eighth quarter back.
    """

    def __init__(self, seed: int, today: date) -> None:
        self.seed = seed
        self.today = today
        self.first_day = past_quarters(today)[-1].first
        self.card_systems = make_card_systems()
        self.balies = make_balies(seed, self.card_systems)
        self.employees = make_employees(seed)
        self._sold: dict[tuple[int, date], tuple[Sale, ...]] = {}

    @property
    def empty_balie(self) -> Balie:
        """The balie that never sells a ticket."""
        return next(balie for balie in self.balies if balie.number == EMPTY_BALIE)

    def balie(self, consumer_key: str) -> Balie | None:
        """Return the balie with that key, in whatever case the key is written."""
        wanted = consumer_key.lower()
        return next((balie for balie in self.balies if balie.consumer_key.lower() == wanted), None)

    def employee(self, uid: str) -> Employee | None:
        """Return the employee with that UiTiD id."""
        return next((employee for employee in self.employees if employee.uid == uid), None)

    def balies_of(self, employee: Employee) -> tuple[Balie, ...]:
        """Return the balies an employee works at, in the order of their numbers."""
        return tuple(balie for balie in self.balies if employee.role_at(balie) is not None)

    def balie_numbered(self, number: int) -> Balie:
        """Return the balie with that number.

        Raises:
            KeyError: there is none.
        """
        return {balie.number: balie for balie in self.balies}[number]

    @cached_property
    def cards(self) -> tuple[Card, ...]:
        """All cards, stock and the known ones included."""
        return (*self._seeded, *self._known)

    def card(self, number: str) -> Card | None:
        """Return the card with that number."""
        return next((card for card in self.cards if card.number == number), None)

    def is_holder(self, uid: str) -> bool:
        """Say whether anybody with that UiTiD id holds a card."""
        return any(card.holder_uid == uid for card in self.cards)

    @cached_property
    def swaps(self) -> tuple[Swap, ...]:
        """All swaps up to today, those of the known cards included, oldest first."""
        held = tuple(card for card in self._seeded if card.holder_uid is not None)
        quarters = (*past_quarters(self.today), Quarter.of(self.today))
        every = (swap for quarter in quarters for swap in make_swaps(self.seed, quarter, held, self.balies))
        past = (swap for swap in every if swap.moment.date() <= self.today)
        known = make_known_swaps(self.today, self._known, self.balies)
        return tuple(sorted((*past, *known), key=lambda swap: (swap.moment, swap.number)))

    def sales(self, balie: Balie, first: date, last: date, *, until: date | None = None) -> tuple[Sale, ...]:
        """Return the sales of a balie between two inclusive days, in no order.

        Args:
            balie: the organiser.
            first: first day, in Brussels.
            last: last day, in Brussels.
            until: the day on which is asked, later than which nothing was sold; the world's own by default.
        """
        if balie.number == EMPTY_BALIE:
            return ()
        begin, end = max(first, self.first_day), min(last, until or self.today)
        sales: list[Sale] = []
        quarter = Quarter.of(end)
        while quarter.last >= begin and begin <= end:
            sales.extend(sale for sale in self._quarter(balie, quarter) if begin <= sale.moment.date() <= end)
            quarter = quarter.previous
        return tuple(sales)

    def _quarter(self, balie: Balie, quarter: Quarter) -> tuple[Sale, ...]:
        key = (balie.number, quarter.first)
        if key not in self._sold:
            self._sold[key] = make_sales(self.seed, balie, quarter, self._holders)
        return self._sold[key]

    @cached_property
    def _holders(self) -> dict[str, tuple[Card, ...]]:
        towns = [town for system in self.card_systems for town in system.municipalities]
        entitled = [card for card in self._seeded if card.kansenpas and card.status == "ACTIVE"]
        return {town: tuple(card for card in entitled if card.municipality == town) for town in towns}

    @cached_property
    def _seeded(self) -> tuple[Card, ...]:
        return make_cards(self.seed, self.card_systems)

    @cached_property
    def _known(self) -> tuple[Card, ...]:
        return make_known_cards(self.card_systems)
