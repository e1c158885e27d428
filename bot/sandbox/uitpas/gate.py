"""Who is let in: every call is signed, most with the token of an employee (UiTPAS API, two ways to sign)."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import datetime

from aiohttp import web

from bot.sandbox.uitpas.answers import Refusal, Unauthorized
from bot.sandbox.uitpas.arrivals import FAULT, SIGNED
from bot.sandbox.uitpas.questions import Question
from bot.sandbox.uitpas.signature import SignedRequest
from bot.sandbox.uitpas.tokens import AccessTokens, Nonces
from bot.sandbox.uitpas.world import World

Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]
Verb = Callable[[Question], web.Response]


@dataclass(frozen=True, slots=True)
class Consumer:
    """The one application this stand-in knows.

    Attributes:
        number: its id among the service consumers.
        key: signs its calls.
        secret: the same.
        name: shown to who consents.
        description: the same.
        permissions: what it may do with the token of a holder, in the words of `requiredPermission`.
    """

    number: int
    key: str
    secret: str
    name: str
    description: str
    permissions: frozenset[str]


class Gate:
    """Checks signatures, and turns verbs into handlers that only admitted calls reach."""

    def __init__(self, consumer: Consumer, world: World, access: AccessTokens, now: Callable[[], datetime]) -> None:
        self._consumer = consumer
        self._world = world
        self._access = access
        self._now = now
        self._nonces = Nonces()

    def for_users(self, verb: Verb) -> Handler:
        """Return a handler for a call that needs the token of an employee; a holder's is ACCESS_DENIED."""
        return self._guarded(verb, holders=False)

    def for_holders(self, verb: Verb) -> Handler:
        """Return a handler for a call that needs the token of an employee or of a holder."""
        return self._guarded(verb)

    def for_consumers(self, verb: Verb) -> Handler:
        """Return a handler for a call that may also be two-legged, or come with the token of anybody."""
        return self._guarded(verb, lone_consumer=True)

    def for_logins(self, step: Callable[[SignedRequest], web.Response]) -> Handler:
        """Return a handler for a step of the login, which checks its own token through `check`."""

        async def handle(request: web.Request) -> web.StreamResponse:
            try:
                return step(request[SIGNED])
            except Unauthorized as refusal:
                return refusal.answer()

        return handle

    def check(self, signed: SignedRequest, token_secret: str | None) -> None:
        """Let a request pass when it is signed well.

        Args:
            signed: the request.
            token_secret: belonging to its token; empty without a token, None when the token is not known.

        Raises:
            Unauthorized: 403 without a signature, 401 with one that is wrong, stale, used before, or made
                with an unknown key or token.
        """
        if "oauth_signature" not in signed.oauth:
            raise Unauthorized("Missing signature", 403)
        self._check_form(signed)
        if token_secret is None:
            raise Unauthorized("Unknown or revoked token")
        self._check_moment(signed)
        if not signed.is_signed_with(self._consumer.secret, token_secret):
            raise Unauthorized("Invalid signature")
        self._check_nonce(signed)

    def _check_form(self, signed: SignedRequest) -> None:
        if signed.contradicts_itself:
            raise Unauthorized("Contradictory oauth parameters")
        if signed.oauth.get("oauth_signature_method") != "HMAC-SHA1":
            raise Unauthorized("Unsupported signature method")
        if signed.oauth.get("oauth_version", "1.0") != "1.0":
            raise Unauthorized("Unsupported version")
        if signed.oauth.get("oauth_consumer_key") != self._consumer.key:
            raise Unauthorized("Unknown consumer")
        if not signed.oauth.get("oauth_nonce"):
            raise Unauthorized("Missing nonce")

    def _check_moment(self, signed: SignedRequest) -> None:
        if not self._nonces.is_current(signed.oauth.get("oauth_timestamp", ""), self._now()):
            raise Unauthorized("Timestamp refused")

    def _check_nonce(self, signed: SignedRequest) -> None:
        token, nonce = signed.oauth.get("oauth_token", ""), signed.oauth["oauth_nonce"]
        if not self._nonces.is_first(token, signed.oauth["oauth_timestamp"], nonce, self._now()):
            raise Unauthorized("Nonce used before")

    def _guarded(self, verb: Verb, *, lone_consumer: bool = False, holders: bool = True) -> Handler:
        async def handle(request: web.Request) -> web.StreamResponse:
            try:
                uid = self._uid(request[SIGNED], lone_consumer=lone_consumer)
                return verb(self._question(request, uid, holders=holders))
            except (Unauthorized, Refusal) as refusal:
                return refusal.answer()

        return handle

    def _uid(self, signed: SignedRequest, *, lone_consumer: bool) -> str:
        token = signed.oauth.get("oauth_token", "")
        if not token:
            self.check(signed, "")
            if not lone_consumer:
                raise Unauthorized("User access token required")
            return ""
        found = self._access.find(token)
        self.check(signed, None if found is None else found.secret)
        return "" if found is None else found.uid

    def _question(self, request: web.Request, uid: str, *, holders: bool) -> Question:
        employee = self._world.employee(uid)
        holder = uid if uid and employee is None and self._world.is_holder(uid) else None
        if holder is not None and not holders:
            raise Refusal("ACCESS_DENIED", "Not an employee.")
        return Question(request[SIGNED].parameters, dict(request.match_info), employee, holder, request.get(FAULT))
