"""Linking and unlinking an account at UiTiD: the three steps of OAuth 1.0a, and its end.

Follows uitid-documentatie: authenticatie-autorisatie, "authenticatie via user access token", and gebruikers,
"gekoppelde service consumers". Nothing here is repeated: a request token is good for one exchange.
"""

import re
from urllib.parse import parse_qsl, urlencode

import httpx
from lxml import etree

from bot.clients.exchange import Call, Exchange, Timeouts
from bot.clients.uitpas_xml import response
from bot.clients.xml_parser import read_xml, text_at
from bot.clock import Clock
from bot.errors import UnexpectedAnswerError
from bot.links import RequestToken
from bot.models import Language, UserToken

_VALUE = re.compile(r"[\x21-\x7e]{1,512}")
_NUMBER = re.compile(r"[A-Za-z0-9_-]{1,64}")
REVOKED = "ServiceConsumerRevoked"


class UitidClient:
    """Speaks to UiTiD about logins; safe to share between tasks.

    Every method raises a `UitpasError` by what can be done about it, with no URL, body or secret in it. A
    `LinkEndedError` means that UiTiD refused us: for the steps of a login our consumer, else the token.

    Args:
        base_url: `{server}/uitid/rest`; https, or http on this machine.
        consumer_key: the bot's own key at UiTiD.
        consumer_secret: its secret.
        clock: the time.
        transport: for tests.
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
        timeouts: Timeouts | None = None,
    ) -> None:
        self._base_url = base_url.rstrip("/")
        self._consumer_key = consumer_key
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

    async def request_token(self, callback: str) -> RequestToken:
        """Begin a login that returns the browser to `callback`, an absolute address.

        Raises:
            UitpasError: UnexpectedAnswerError when the answer lacks something or says something twice.
        """
        body = await self._exchange.log_in(_post("request_token", "requestToken"), callback=callback)
        given = _form("request_token", body)
        return RequestToken(given["oauth_token"], given["oauth_token_secret"])

    def authorize_url(self, request: RequestToken, language: Language) -> str:
        """Return where the browser goes to log in and consent.

        `type=forcelogin` shows the login even where somebody is logged in: a desk computer often still is for a
        colleague. Built here, as authlib's builder adds `oauth_callback`, which UiTiD does not document for this step.
        """
        query = {"oauth_token": request.token, "type": "forcelogin", "lang": language.value}
        return f"{self._base_url}/auth/authorize?{urlencode(query)}"

    async def access_token(self, request: RequestToken, verifier: str) -> UserToken:
        """Change a login to which somebody consented, once, for their access token.

        Raises:
            UitpasError: UnavailableError with `reached` leaves open whether a token was made that nobody has.
        """
        call = _post("access_token", "accessToken")
        given = _form("access_token", await self._exchange.log_in(call, request, verifier=verifier), "userId")
        if not _NUMBER.fullmatch(given["userId"]):  # it becomes a part of a path
            raise UnexpectedAnswerError(call.name, None, "no user id")
        return UserToken(given["oauth_token"], given["oauth_token_secret"], given["userId"])

    async def revoke(self, token: UserToken) -> None:
        """End every token that we have of this account, not only this one.

        Raises:
            UitpasError: LinkEndedError when it had ended already; UnexpectedAnswerError when UiTiD does not say that
                it was ended.
        """
        path = ("user", token.user_id, "serviceconsumers")
        listed = read_xml("revoke", await self._exchange.ask(Call("revoke", "GET", path, ()), token))
        call = Call("revoke", "POST", (*path, self._own_number(listed), "revoke"), ())
        answer = response("revoke", await self._exchange.ask(call, token))
        if text_at(answer, "code") != REVOKED:
            raise UnexpectedAnswerError("revoke", None, "not said to be revoked")

    def _own_number(self, listed: etree._Element) -> str:
        for consumer in listed.iter():  # the page names the fields, not what they stand in
            number = text_at(consumer, "ID")
            if text_at(consumer, "consumerKey") == self._consumer_key and _NUMBER.fullmatch(number):
                return number
        raise UnexpectedAnswerError("revoke", None, "we are not among the linked applications")


def _post(name: str, path: str) -> Call:
    return Call(name, "POST", (path,), (), wants_xml=False)


def _form(call: str, body: bytes, *more: str) -> dict[str, str]:
    """Return what a form-encoded answer says; each key once, every value in printable ASCII.

    Raises:
        UnexpectedAnswerError: a key is missing, doubled or empty. authlib would take the last of two.
    """
    try:
        pairs = parse_qsl(body.decode("ascii").strip(), strict_parsing=True, max_num_fields=20)
    except ValueError:  # it quotes what it can't read
        pairs = []
    given = dict(pairs)
    needed = ("oauth_token", "oauth_token_secret", *more)
    if len(given) < len(pairs) or not all(_VALUE.fullmatch(given.get(name, "")) for name in needed):
        raise UnexpectedAnswerError(call, None, "not the documented form")
    return given
