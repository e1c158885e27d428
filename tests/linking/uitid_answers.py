"""What UiTiD may answer to the steps of a login, and a client that is answered so."""

from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from urllib.parse import urlencode

import httpx
import pytest

from bot.clients.uitid import UitidClient
from bot.errors import UitpasError
from bot.links import RequestToken
from tests.clients.stage import BASE, TOKEN, Server, StillClock

CALLBACK = "https://balie.example/uitid/callback?weg=één & twee+drie"
REQUEST = RequestToken("request-token", "request-secret")
VERIFIER = "verifier+/=&%"
GIVEN = {"oauth_token": "fresh-token", "oauth_token_secret": "fresh-secret", "userId": "fresh-user"}
SECRETS = ("bot-secret", *GIVEN.values(), TOKEN.token, TOKEN.secret, TOKEN.user_id)
SECRETS += (REQUEST.token, REQUEST.secret, VERIFIER, "uitid.example", "balie.example")
CONSUMER = "<serviceconsumer><ID>{}</ID><consumerKey>{}</consumerKey></serviceconsumer>"
LIST = "<response><code>OK</code><serviceconsumers>{}</serviceconsumers></response>"
OTHER = CONSUMER.format("41", "somebody-else")
ENDED = httpx.Response(200, content="<response><code>ServiceConsumerRevoked</code></response>")

Verb = Callable[[UitidClient], Awaitable[object]]


async def begin(client: UitidClient) -> object:
    """Take the first step of a login."""
    return await client.request_token(CALLBACK)


async def finish(client: UitidClient) -> object:
    """Take the last step."""
    return await client.access_token(REQUEST, VERIFIER)


async def end(client: UitidClient) -> object:
    """End a link."""
    await client.revoke(TOKEN)
    return None


STEPS = pytest.mark.parametrize("step", [begin, finish])


@asynccontextmanager
async def asking(*answers: httpx.Response | Exception) -> AsyncIterator[tuple[UitidClient, list[httpx.Request]]]:
    """Give a client that is answered with these, the last one for ever, and the requests that it makes."""
    server = Server(list(answers))
    client = UitidClient(
        base_url=BASE,
        consumer_key="bot-consumer",
        consumer_secret="bot-secret",
        clock=StillClock(),
        transport=httpx.MockTransport(server),
    )
    yield client, server.requests
    await client.aclose()


def form(**changed: str | None) -> bytes:
    """Return what UiTiD answers, with these values changed, or left out where they are None."""
    return urlencode({name: value for name, value in (GIVEN | changed).items() if value is not None}).encode()


def listed(*consumers: str) -> httpx.Response:
    """Return a list of linked applications."""
    return httpx.Response(200, content=LIST.format("".join(consumers)))


def ours(number: str = "42") -> str:
    """Return us in that list, by this number."""
    return CONSUMER.format(number, "bot-consumer")


async def failure(verb: Verb, *answers: httpx.Response | Exception) -> tuple[UitpasError, list[str]]:
    """Return the error with which these answers end, and the paths that were asked."""
    async with asking(*answers) as (client, requests):
        with pytest.raises(UitpasError) as caught:
            await verb(client)
    return caught.value, [request.url.path.removeprefix("/uitid/rest/") for request in requests]
