"""OAuth 1.0a signing of every call to UiTPAS (RFC 5849, HMAC-SHA1).

Follows uitid-documentatie: authenticatie-autorisatie, "authenticatie via consumer request" (two legs: the consumer
alone) and "authenticatie via user access token" (three legs: the consumer for one employee, and the steps of a login).
"""

import secrets
from collections.abc import Callable, Generator

import httpx
from authlib.oauth1 import ClientAuth

from bot.clock import Clock
from bot.links import RequestToken
from bot.models import UserToken


def random_nonce() -> str:
    """Return 128 bits that no request has used before, in letters and digits."""
    return secrets.token_hex(16)


class UitpasAuth(httpx.Auth):
    """Signs a request for the consumer, and for an employee when there is a token.

    The parameters of OAuth travel in the Authorization header only: what stands in a URL ends up in access logs. A form
    body is signed with the rest, so it must be there as bytes before signing.

    Args:
        consumer_key: the bot's own key at UiTiD, never the one of a balie.
        consumer_secret: its secret.
        clock: where the timestamp comes from; UiTiD refuses a clock that is far off.
        token: whom the call is for, or the login under way; None signs with two legs.
        callback: where UiTiD sends the browser back to; for the first step of a login alone.
        verifier: what UiTiD gave the browser; for the last step of a login alone.
        nonce: gives a fresh value for each request.
    """

    requires_request_body = True

    def __init__(
        self,
        *,
        consumer_key: str,
        consumer_secret: str,
        clock: Clock,
        token: UserToken | RequestToken | None = None,
        callback: str | None = None,
        verifier: str | None = None,
        nonce: Callable[[], str] = random_nonce,
    ) -> None:
        self._signer = _Signer(
            consumer_key,
            consumer_secret,
            token=token.token if token else None,
            token_secret=token.secret if token else None,
            redirect_uri=callback,
            verifier=verifier,
        )
        self._clock = clock
        self._nonce = nonce

    def auth_flow(self, request: httpx.Request) -> Generator[httpx.Request, httpx.Response, None]:
        """Sign once and send; the Authorization header is all that changes."""
        self._signer.stamp = (self._nonce(), str(int(self._clock.now().timestamp())))
        # The headers go in as they are: they know "content-type" in any case, and a plain dict of them does not,
        # which would leave the form body out of the signature.
        self._signer.prepare(request.method, str(request.url), request.headers, request.content)
        yield request


class _Signer(ClientAuth):
    """authlib's signing, with nonce and timestamp handed in instead of drawn from its own globals."""

    stamp: tuple[str, str] = ("", "")

    def get_oauth_params(self, nonce: str, timestamp: str) -> list[tuple[str, str]]:  # noqa: ARG002  (authlib's signature)
        return super().get_oauth_params(*self.stamp)
