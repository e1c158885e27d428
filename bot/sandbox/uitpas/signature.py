"""Reading and checking an OAuth 1.0a signature with oauthlib (UiTPAS API, what is signed; RFC 5849)."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal, cast
from urllib.parse import parse_qsl

from oauthlib.common import Request
from oauthlib.oauth1.rfc5849.signature import collect_parameters, verify_hmac_sha1

Pairs = tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class SignedRequest:
    """What a signature is about.

    Attributes:
        method: upper case.
        url: as the client called it, without query.
        oauth: the `oauth_` parameters, from header, query and body together.
        parameters: all others, repeated ones included.
        contradicts_itself: two places gave one oauth parameter two values.
    """

    method: str
    url: str
    oauth: Mapping[str, str]
    parameters: Pairs
    contradicts_itself: bool = False

    def is_signed_with(self, consumer_secret: str, token_secret: str) -> bool:
        """Say whether the signature is HMAC-SHA1 over this request with these secrets."""
        oauth = tuple((name, value) for name, value in self.oauth.items() if name != "oauth_signature")
        subject = cast("_Subject", Request(self.url, cast("Literal['GET', 'POST']", self.method)))
        subject.params = [*oauth, *self.parameters]
        subject.signature = self.oauth.get("oauth_signature", "")
        try:
            return verify_hmac_sha1(subject, consumer_secret, token_secret)
        except ValueError:  # a URL or a parameter that can't be normalised was signed by nobody
            return False


class _Subject(Request):
    params: list[tuple[str, str]]
    signature: str


def read_signed(method: str, url: str, query: str, form: str, authorization: str) -> SignedRequest:
    """Gather what was signed.

    An oauth parameter counts once however often it is sent: the official PHP client sends each in the query
    and in the header of a GET, and some in header and body of a POST, and signs it once.

    Args:
        method: of the request.
        url: without its query.
        query: still encoded.
        form: the body when it is a form, still encoded; else empty.
        authorization: the header; anything but an OAuth header counts as none.
    """
    sent = (*_header_pairs(authorization), *_pairs(query), *_pairs(form))
    oauth = tuple(pair for pair in sent if pair[0].startswith("oauth_"))
    parameters = tuple(pair for pair in sent if not pair[0].startswith("oauth_"))
    return SignedRequest(method, url, dict(oauth), parameters, len(set(oauth)) > len(dict(oauth)))


def _header_pairs(authorization: str) -> Pairs:
    if not authorization:
        return ()
    try:
        found = collect_parameters(headers={"Authorization": authorization}, exclude_oauth_signature=False)
    except ValueError:
        return ()
    return tuple(found)


def _pairs(encoded: str) -> Pairs:
    return tuple(parse_qsl(encoded, keep_blank_values=True))
