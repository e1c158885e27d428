"""The UiTPAS API as verbs: what a desk employee may ask, one method for each call.

Follows uitid-documentatie: uitpas_api/latest, rapportering/…, balies/… and pashouders/…. Every call is signed for the
employee who caused it and names the balie it is for.
"""

import asyncio
import tempfile
from collections.abc import Callable
from datetime import datetime, time
from typing import BinaryIO, TypeVar

import httpx

from bot.cards import CardNumber, CardStatus, CashedPage, Order, Sort
from bot.clients.downloads import is_crowded, is_zip
from bot.clients.exchange import Call, Exchange, Timeouts
from bot.clients.uitpas_cards_xml import parse_card, parse_cashed_promotions
from bot.clients.uitpas_xml import API_ZONE, failure, parse_balies, parse_periods, parse_progress, parse_submission
from bot.clients.xml_parser import MAX_BYTES
from bot.clock import Clock
from bot.errors import LinkEndedError, SheetsError, UitpasError, UnavailableError
from bot.models import BalieListing, Period, Progress, UserToken

T = TypeVar("T")

_SEARCH = Call("accepts", "GET", ("uitpas", "balie", "search"), (("max", "1"),))
REPORT = ("uitpas", "report", "financialoverview", "organiser")
PAUSE = 0.5
"""Seconds before the one retry of a question that a person waits for."""
LAST_SECOND = time(23, 59, 59)
"""Of an inclusive last day. No page says that UiTPAS widens this end to its day; and if it does, it stays that day."""
LONGEST_WAIT = 2.0
"""Seconds; a server that asks to wait longer is not asked twice while a person waits."""


class UitpasClient:
    """Speaks to one UiTPAS environment; safe to share between tasks.

    Every method raises a `UitpasError` by what can be done about it, with no URL, body or secret in it. Nothing
    is repeated here, except `periods`, `balies` and `cashed_promotions` once, which a person waits for and which change
    nothing.

    Args:
        base_url: `{server}/uitid/rest`; https, or http on this machine.
        consumer_key: the bot's own key at UiTiD.
        consumer_secret: its secret.
        clock: the time.
        transport: for tests.
        max_download: the most bytes a report may have.
        timeouts: how long each step of a call may take.

    Raises:
        ValueError: base_url is neither https nor on this machine.
    """

    def __init__(
        self,
        *,
        base_url: str,
        consumer_key: str,
        consumer_secret: str,
        clock: Clock,
        transport: httpx.AsyncBaseTransport | None = None,
        max_download: int = 50 * 1024 * 1024,
        timeouts: Timeouts | None = None,
    ) -> None:
        self._clock = clock
        self._max_download = max_download
        self._exchange = Exchange(
            base_url=base_url,
            consumer_key=consumer_key,
            consumer_secret=consumer_secret,
            clock=clock,
            transport=transport,
            timeouts=timeouts or Timeouts(),
        )

    async def aclose(self) -> None:
        """Close every connection."""
        await self._exchange.aclose()

    async def start_report(self, token: UserToken, balie_key: str, period: Period) -> str:
        """Start a financial report over the sales of a period and return its id.

        Follows rapportering/financieel-rapport-aanmaken. Not idempotent: when an UnavailableError says `reached`,
        a report may be running whose id nobody can find again. The period must be in order; the API does not check it.

        Raises:
            UitpasError: NothingRegisteredError when there is nothing to report.
        """
        fields = (
            ("balieConsumerKey", balie_key),
            ("startDate", period.first.isoformat()),
            ("endDate", period.last.isoformat()),
        )
        return parse_submission(
            await self._exchange.ask(Call("start_report", "POST", REPORT, fields, wants_xml=False), token)
        )

    async def progress(self, token: UserToken, balie_key: str, report_id: str) -> Progress:
        """Tell how far a report is.

        Follows rapportering/status-opvragen-financieel-rapport.

        Raises:
            UitpasError: NothingRegisteredError when there is nothing to report; CorrectableError for an unknown id.
        """
        path = (*REPORT, report_id, "status")
        return parse_progress(await self._exchange.ask(_get("progress", path, balie_key), token))

    async def download(self, token: UserToken, balie_key: str, report_id: str) -> BinaryIO:
        """Fetch a finished report into an anonymous temporary file: a zip, its bytes untouched, rewound.

        Follows rapportering/download-financieel-rapport. The caller closes the file, which deletes it. What the server
        calls the file is not looked at.

        Raises:
            SheetsError: `too_large`; `unsafe` for a zip of more entries than can be listed.
            UitpasError: UnavailableError when it is not ready, or when what came is no zip.
        """
        call = Call("download", "GET", (*REPORT, report_id, "download"), _for_balie(balie_key), wants_xml=False)
        file = tempfile.TemporaryFile()  # noqa: SIM115  (handed to the caller, who closes it)
        try:
            await self._exchange.save(call, token, file, self._max_download)
            await asyncio.to_thread(_check_zip, call.name, file)
        except BaseException:
            file.close()
            raise
        return file

    async def periods(self, token: UserToken, balie_key: str) -> tuple[Period, ...]:
        """Return the settlement periods of the past two years, newest first, as Brussels days.

        Follows rapportering/rapporterings-periodes-opvragen.

        Raises:
            UitpasError: UnavailableError after the second silence.
        """
        call = _get("periods", (*REPORT, "periods"), balie_key)
        return await self._ask_twice(call, token, parse_periods)

    async def balies(self, token: UserToken) -> tuple[BalieListing, ...]:
        """Return the balies that this employee may act for.

        Follows balies/balies-voor-een-medewerker-opzoeken; the only call that is not for one balie.

        Raises:
            UitpasError: UnavailableError after the second silence.
        """
        return await self._ask_twice(_own_balies("balies", token), token, parse_balies)

    async def accepts(self, token: UserToken | None = None) -> bool:
        """Tell whether UiTPAS takes what we sign: for this employee, or without one for the bot itself. Asked once.

        Follows balies/balies-opzoeken, a call for the consumer alone, and balies/balies-voor-een-medewerker-opzoeken.
        What it lists is not looked at, and a code says as much as a list: whoever is told one was let in.

        Raises:
            UnavailableError: no answer that tells.
        """
        try:
            await self._exchange.ask(_SEARCH if token is None else _own_balies("accepts", token), token)
        except LinkEndedError:
            return False
        except UnavailableError:
            raise
        except UitpasError:
            return True
        return True

    async def cashed_promotions(
        self,
        token: UserToken,
        balie_key: str | None,
        number: CardNumber,
        *,
        period: Period | None = None,
        sort: Sort | None = None,
        order: Order | None = None,
        most: int | None = None,
        start: int | None = None,
    ) -> CashedPage:
        """Return one page of the advantages that the holder of a card swapped points for, at any balie.

        Follows pashouders/ophalen-verzilverde-omruilvoordelen. What is None is left to UiTPAS: no limit in time, the
        newest first, 20 from the first on.

        Args:
            token: of an employee of that balie; or of the holder, and then without a balie.
            balie_key: the balie the employee acts for.
            number: of the card.
            period: when they were cashed, two inclusive Brussels days.
            sort: what they are ordered by.
            order: which end comes first.
            most: how many at most.
            start: how many to pass over.

        Raises:
            UitpasError: UnavailableError after the second silence; CorrectableError for a number nobody has.
        """
        wanted = {"balieConsumerKey": balie_key, **_cashed(period), "sort": sort, "order": order}
        every = {**wanted, "max": most, "start": start}
        fields = tuple((name, str(value)) for name, value in every.items() if value is not None)
        path = ("uitpas", "passholder", number.digits, "cashedPointsPromotions")
        return await self._ask_twice(Call("cashed_promotions", "GET", path, fields), token, parse_cashed_promotions)

    async def card(self, token: UserToken, balie_key: str, number: CardNumber) -> CardStatus:
        """Return what became of a card. It tells nothing of a holder, and is asked once.

        Follows pashouders/opzoeken-van-uitpasnummer.

        Raises:
            UitpasError: CorrectableError for a number that is no card's.
        """
        fields = (("uitpasNumber", number.digits), *_for_balie(balie_key))
        return parse_card(await self._exchange.ask(Call("card", "GET", ("uitpas", "card"), fields), token))

    async def _ask_twice(self, call: Call, token: UserToken, parse: Callable[[bytes], T]) -> T:
        try:
            return parse(await self._exchange.ask(call, token))
        except UnavailableError as silence:
            if (silence.retry_after or 0) > LONGEST_WAIT:
                raise
            pause = silence.retry_after or PAUSE
        await self._clock.sleep(pause)
        return parse(await self._exchange.ask(call, token))


def _get(name: str, path: tuple[str, ...], balie_key: str) -> Call:
    return Call(name, "GET", path, _for_balie(balie_key))


def _own_balies(name: str, token: UserToken) -> Call:
    return Call(name, "GET", ("uitpas", "balie", "list"), (("uid", token.user_id),))


def _for_balie(balie_key: str) -> tuple[tuple[str, str], ...]:
    return (("balieConsumerKey", balie_key),)


def _cashed(period: Period | None) -> dict[str, str]:
    if period is None:
        return {}
    first, last = ((period.first, time.min), (period.last, LAST_SECOND))
    return {
        "cashingPeriodBegin": datetime.combine(*first, API_ZONE).isoformat(timespec="seconds"),
        "cashingPeriodEnd": datetime.combine(*last, API_ZONE).isoformat(timespec="seconds"),
    }


def _check_zip(call: str, file: BinaryIO) -> None:
    if is_crowded(file):
        raise SheetsError("unsafe", deliverable=False)
    if not is_zip(file):
        # An error may stand under HTTP 200; then it is XML and has a code.
        raise failure(call, 200, file.read(MAX_BYTES + 1)) or UnavailableError(call, "not a zip")
