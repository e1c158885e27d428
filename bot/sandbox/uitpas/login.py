"""The first and third step of the three-legged flow (uitid-documentatie: authenticatie via user access token)."""

from urllib.parse import urlencode, urlsplit

from aiohttp import web

from bot.sandbox.uitpas.answers import Unauthorized
from bot.sandbox.uitpas.gate import Gate
from bot.sandbox.uitpas.signature import SignedRequest
from bot.sandbox.uitpas.tokens import AccessTokens, RequestTokens


class LoginCalls:
    """Gives request tokens, and access tokens for those that an employee consented to."""

    def __init__(self, gate: Gate, requests: RequestTokens, access: AccessTokens) -> None:
        self._gate = gate
        self._requests = requests
        self._access = access

    def request_token(self, signed: SignedRequest) -> web.Response:
        """Answer a request token for the callback, which must be an absolute web address.

        Other parameters than OAuth's come back with the access token.
        """
        self._gate.check(signed, "")
        callback = signed.oauth.get("oauth_callback", "")
        if urlsplit(callback).scheme not in {"http", "https"}:
            raise Unauthorized("oauth_callback must be a web address", 400)
        made = self._requests.issue(callback, signed.parameters)
        return _form(("oauth_token", made.token), ("oauth_token_secret", made.secret))

    def access_token(self, signed: SignedRequest) -> web.Response:
        """Change a request token and its verifier, once, for the access token of who consented."""
        pending = self._requests.find(signed.oauth.get("oauth_token", ""))
        self._gate.check(signed, None if pending is None else pending.secret)
        if pending is None or not pending.verifier:
            raise Unauthorized("No consent yet")
        if signed.oauth.get("oauth_verifier") != pending.verifier:
            raise Unauthorized("Wrong verifier")
        self._requests.drop(pending.token)
        made = self._access.issue(pending.uid)
        given = (("userId", made.uid), ("oauth_token", made.token), ("oauth_token_secret", made.secret))
        return _form(*given, *pending.extras)


def _form(*pairs: tuple[str, str]) -> web.Response:
    return web.Response(text=urlencode(pairs))
