"""No error of the client can carry into a log what it should not."""

import traceback
from collections.abc import Awaitable, Callable, Iterator
from datetime import date

import httpx
import pytest

from bot.clients.uitpas import UitpasClient
from bot.errors import BaliebotError
from bot.models import Period
from tests.clients.stage import BALIE, TOKEN, Server, talking_to

CARD = "0930000420206"
SECRET = ("bot-secret", TOKEN.token, TOKEN.secret, TOKEN.user_id, BALIE, CARD, "uitid.example", "Jan Peeters")
LEAKY = f"https://uitid.example/{CARD}?oauth_token={TOKEN.token}"
REQUEST = httpx.Request("GET", LEAKY)


def everything_said(error: BaseException) -> str:
    """Return all that a log, a debugger's summary or a tracker could print of an error and whatever led to it."""
    texts = traceback.format_exception(error)
    texts += [f"{link!s} {link!r} {link.__dict__}" for link in chain(error)]
    return "\n".join(texts)


def chain(error: BaseException | None) -> Iterator[BaseException]:
    while error is not None:
        yield error
        yield from chain(error.__cause__)
        error = error.__context__


@pytest.mark.parametrize(
    "answer",
    [
        httpx.ConnectError(LEAKY, request=REQUEST),
        httpx.ReadTimeout(LEAKY, request=REQUEST),
        httpx.RemoteProtocolError(LEAKY, request=REQUEST),
        httpx.UnsupportedProtocol(LEAKY, request=REQUEST),
        httpx.Response(200, content=f"<response><name>{CARD} Jan Peeters</name>"),
        httpx.Response(200, content=f"<html>&{CARD};</html>"),
        httpx.Response(200, content=f"<response><code>{CARD}</code><message>Jan Peeters</message></response>"),
        httpx.Response(
            400,
            content=f"<response><code>ACCESS_DENIED</code><requiredPermission>{CARD}</requiredPermission></response>",
        ),
        httpx.Response(200, content=f"<response><resource>organiser/{CARD}</resource></response>"),
        httpx.Response(401, content=f"oauth_token={TOKEN.token}"),
        httpx.Response(302, headers={"Location": LEAKY}),
        httpx.Response(500, content=f"Jan Peeters {CARD}"),
        httpx.Response(200, content=b"PK\x03\x04" + CARD.encode() * 10),
    ],
)
@pytest.mark.parametrize(
    "verb",
    [
        lambda client: client.start_report(TOKEN, BALIE, Period(date(2026, 4, 1), date(2026, 6, 30))),
        lambda client: client.download(TOKEN, BALIE, "6021"),
        lambda client: client.periods(TOKEN, BALIE),
        lambda client: client.balies(TOKEN),
    ],
    ids=["start_report", "download", "periods", "balies"],
)
async def test_an_error_says_nothing_of_url_body_or_secret(
    answer: httpx.Response | Exception, verb: Callable[[UitpasClient], Awaitable[object]]
) -> None:
    async with talking_to(Server([answer])) as client:
        with pytest.raises(BaliebotError) as caught:
            await verb(client)

    said = everything_said(caught.value)
    assert [secret for secret in SECRET if secret in said] == []
    assert [type(link) for link in chain(caught.value)] == [type(caught.value)]


async def test_a_client_shows_no_secret() -> None:
    async with talking_to(Server([httpx.Response(200)])) as client:
        assert [secret for secret in SECRET if secret in repr(client)] == []
