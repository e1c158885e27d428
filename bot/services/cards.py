"""What a card was swapped for, asked for one person at this moment and told to nobody else. Nothing is kept."""

import asyncio
from dataclasses import dataclass
from typing import TypeAlias

import structlog

from bot.cards import CardQuestion, CardStatus, Cashed, CashedPage, CashedPromotion
from bot.clients.uitpas import UitpasClient
from bot.errors import CorrectableError, LinkEndedError, StorageError, UitpasError, UnavailableError
from bot.models import Balie, UserToken
from bot.services.balies import Meant, NoBalies, meant
from bot.services.linking import Linking
from bot.services.rations import Ration, Span
from bot.services.trust import Trust, Verdict
from storage import accounts, balies, people
from storage.database import BRIEFLY, Database, Transaction

log = structlog.get_logger(__name__)

PAGE = 100
"""How many are asked for at once; UiTPAS may give fewer."""
MOST = 1000
"""Nobody reads on from here."""
PATIENCE = 25.0
"""Seconds; somebody waits at the desk."""
_NOBODYS = frozenset({"UNKNOWN_UITPASNUMBER", "UNKNOWN_CARD", "UNKNOWN_CHIPNUMBER", "UNKNOWN_IDENTIFICATION"})


@dataclass(frozen=True, slots=True)
class Swapped:
    """The card was swapped for these."""

    balie: Balie
    cashed: Cashed


@dataclass(frozen=True, slots=True)
class NothingSwapped:
    """Nothing in that period. `status` is what the card is, None when UiTPAS does not say.

    `is_known` is False when UiTPAS knows no holder of it; without a status either, nobody has such a card.
    """

    status: CardStatus | None
    is_known: bool = True


@dataclass(frozen=True, slots=True)
class NoLink:
    """The asker has no UiTiD linked; or its link has `ended`."""

    ended: bool


@dataclass(frozen=True, slots=True)
class Gone:
    """The balie is not mapped any more."""


@dataclass(frozen=True, slots=True)
class TooOften:
    """The asker has asked as often as one may in a minute, or a day."""

    span: Span


@dataclass(frozen=True, slots=True)
class Silent:
    """UiTPAS gave no usable answer in time."""


@dataclass(frozen=True, slots=True)
class Refused:
    """UiTPAS said no, with this code; empty when it gave none that has the shape of one.

    `everybody` is no code of UiTPAS: it refuses whatever the bot asks, for whomever.
    """

    code: str


NoTable: TypeAlias = NothingSwapped | NoLink | Gone | TooOften | Silent | Refused
CardAnswer: TypeAlias = Swapped | NoTable
_WHY: dict[Verdict, NoTable] = {
    Verdict.ENDED: NoLink(ended=True),
    Verdict.EVERYBODY: Refused("everybody"),
    Verdict.UNKNOWN: Silent(),
}


class Cards:
    """Asks UiTPAS about cards, each time with the token of who wants to know."""

    def __init__(
        self, *, database: Database, uitpas: UitpasClient, linking: Linking, trust: Trust, ration: Ration
    ) -> None:
        self._database = database
        self._uitpas = uitpas
        self._linking = linking
        self._trust = trust
        self._ration = ration

    async def ask(self, team: str, user: str, question: CardQuestion) -> CardAnswer:
        """Return what a card was swapped for, or why that can't be told."""
        found = await self._database.read(lambda tx: _no_link(tx, team, user) or _mapped(tx, team, question.balie))
        if not isinstance(found, Balie):
            return found
        if (span := self._ration.take(team, user)) is not None:
            return TooOften(span)
        token = await self._linking.token(team, user)
        return NoLink(ended=True) if token is None else await self._ask(token, user, found, question)

    async def refusal(self, team: str, user: str) -> NoLink | NoBalies | None:
        """Return what stands in the way of whatever this person may ask, before they fill anything in."""
        return await self._database.read(
            lambda tx: _no_link(tx, team, user) or (None if balies.count(tx, team) else NoBalies())
        )

    async def meant(self, team: str, user: str, *, channel: str, alias: str | None) -> Meant:
        """Return the balie a person means, by its alias or without."""
        return await self._database.read(lambda tx: meant(tx, team=team, channel=channel, user=user, alias=alias))

    async def _ask(self, token: UserToken, user: str, balie: Balie, question: CardQuestion) -> CardAnswer:
        try:
            async with asyncio.timeout(PATIENCE):
                return await self._answer_or_refusal(token, user, balie, question)
        except TimeoutError:
            log.info("card_takes_too_long")
            return Silent()
        except UitpasError as error:
            log.info("card_not_told", kind=type(error).__name__, error=str(error))
            return Silent() if isinstance(error, UnavailableError) else Refused(error.code or "")

    async def _answer_or_refusal(self, token: UserToken, user: str, balie: Balie, question: CardQuestion) -> CardAnswer:
        try:
            answer = await self._answer(token, user, balie, question)
        except LinkEndedError as error:
            log.info("card_not_told", kind=type(error).__name__, error=str(error))
            return _WHY[await self._trust.refused(balie.team, user, token, asked=True)]
        self._trust.accepted()
        return answer

    async def _answer(self, token: UserToken, user: str, balie: Balie, question: CardQuestion) -> CardAnswer:
        try:
            cashed = await self._everything(token, balie, question)
        except CorrectableError as error:
            if error.code not in _NOBODYS:
                raise
            return NothingSwapped(await self._status(token, balie, question), is_known=False)
        await self._remember(balie, user)
        if cashed.promotions or cashed.broken or cashed.missing:
            return Swapped(balie, cashed)
        return NothingSwapped(await self._status(token, balie, question))

    async def _remember(self, balie: Balie, user: str) -> None:
        """Note which balie is meant the next time none is named; an answer is not held up by that."""
        try:
            await self._database.transact(lambda tx: people.used(tx, balie.team, user, balie.id), patience=BRIEFLY)
        except StorageError as error:
            log.info("balie_not_remembered", error=str(error))

    async def _everything(self, token: UserToken, balie: Balie, question: CardQuestion) -> Cashed:
        found: dict[object, CashedPromotion] = {}
        broken = given = start = 0
        while True:
            page = await self._page(token, balie, question, start)
            rows: dict[object, CashedPromotion] = {
                one.swap or (start, place): one for place, one in enumerate(page.promotions)
            }
            # One that gives the same page again and again, or nothing, has no more to give.
            is_new = bool(rows.keys() - found.keys() if rows else page.broken)
            if is_new:
                found |= rows
                broken += page.broken
                given += len(page.promotions) + page.broken
                start = len(found) + broken  # what comes twice has no place of its own
            is_over = not is_new or (page.total is not None and start >= page.total)
            if is_over or start >= MOST:
                missing = max(0, (page.total or 0) - given) if is_over else 0
                is_cut = not is_over or len(found) > MOST
                return Cashed(tuple(found.values())[:MOST], broken, missing, is_cut=is_cut)

    async def _page(self, token: UserToken, balie: Balie, question: CardQuestion, start: int) -> CashedPage:
        return await self._uitpas.cashed_promotions(
            token,
            balie.consumer_key,
            question.number,
            period=question.period,
            sort=question.sort,
            order=question.order,
            most=PAGE,
            start=start,
        )

    async def _status(self, token: UserToken, balie: Balie, question: CardQuestion) -> CardStatus | None:
        try:
            return await self._uitpas.card(token, balie.consumer_key, question.number)
        except LinkEndedError:
            raise
        except UitpasError as error:
            log.info("card_status_unknown", kind=type(error).__name__, error=str(error))
            return None


def _no_link(tx: Transaction, team: str, user: str) -> NoLink | None:
    account = accounts.get(tx, team, user)
    return None if account is not None and account.state == "linked" else NoLink(ended=account is not None)


def _mapped(tx: Transaction, team: str, balie: int) -> Balie | Gone:
    return balies.by_id(tx, team, balie) or Gone()
