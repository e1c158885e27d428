"""Posts whose signature is wrong, judged by Slack's own verifier."""

import hashlib
import hmac
from datetime import datetime, timedelta
from typing import Any
from urllib.parse import parse_qsl, urlencode

import pytest
from slack_sdk.signature import Clock, SignatureVerifier

from bot.sandbox.slack import SlackSandbox
from tests.sandbox.slack.clocks import START
from tests.sandbox.slack.receiver import Answer, Post, receiving
from tests.sandbox.slack.test_deliveries import ACTS

FORGERIES = ["wrong_secret", "old", "early", "reencoded", "missing"]


class _At(Clock):
    def __init__(self, moment: datetime) -> None:
        self._moment = moment

    def now(self) -> float:
        return self._moment.timestamp()


def holds(slack: SlackSandbox, post: Post, moment: datetime = START) -> bool:
    """Tell whether Slack's verifier takes a post at that moment."""
    headers = {name.lower(): value for name, value in post.headers.items()}
    return bool(SignatureVerifier(slack.signing_secret, _At(moment)).is_valid_request(post.body, headers))


async def all_kinds(slack: SlackSandbox) -> None:
    """Have everything delivered that can be, with and without spaces in it."""
    for text in ("help", "rapport één & twee"):
        await slack.command("lien", "balie-de-sluis", text)
    for act in ACTS.values():
        await act(slack)


@pytest.mark.parametrize("forgery", FORGERIES)
async def test_a_forged_post_is_refused_whatever_it_brings(slack: SlackSandbox, forgery: str) -> None:
    async with receiving(slack) as app:
        slack.forgery = forgery
        await all_kinds(slack)
        forged = len(app.posts)
        slack.forgery = None
        await all_kinds(slack)
    kinds = 2 + len(ACTS)
    assert [holds(slack, post) for post in app.posts] == [False] * kinds + [True] * kinds
    assert (slack.forgery, forged) == (None, kinds)


@pytest.mark.parametrize(("forgery", "off"), [("old", -301), ("early", 301)])
async def test_a_post_from_another_time_is_signed_as_it_should_be(slack: SlackSandbox, forgery: str, off: int) -> None:
    slack.forgery = forgery
    async with receiving(slack) as app:
        await slack.command("lien", "balie-de-sluis", "help")
    [post] = app.posts
    assert post.headers["X-Slack-Request-Timestamp"] == str(int(START.timestamp()) + off)
    assert [holds(slack, post, START + timedelta(seconds=moved)) for moved in (off, 0)] == [True, False]


async def test_a_reencoded_post_is_signed_over_other_bytes_that_mean_the_same(slack: SlackSandbox) -> None:
    slack.forgery = "reencoded"
    async with receiving(slack) as app:
        await slack.command("lien", "balie-de-sluis", "één twee")
    [post] = app.posts
    again = urlencode(dict(parse_qsl(post.body.decode(), keep_blank_values=True)))
    assert (again.encode() != post.body, b"%20" in post.body) == (True, True)
    base = b"v0:%d:%s" % (START.timestamp(), again.encode())
    digest = hmac.new(slack.signing_secret.encode(), base, hashlib.sha256).hexdigest()
    assert (post.headers["X-Slack-Signature"], post.payload["text"]) == (f"v0={digest}", "één twee")


async def test_a_post_without_signature_has_neither_header(slack: SlackSandbox) -> None:
    slack.forgery = "missing"
    async with receiving(slack, Answer(status=401)) as app:
        delivery = await slack.command("lien", "balie-de-sluis", "help")
    [post] = app.posts
    assert [name for name in post.headers if name.lower().startswith("x-slack")] == []
    assert delivery.error == "dispatch_failed"


async def test_there_are_no_other_forgeries(slack: SlackSandbox) -> None:
    slack.forgery = "old"
    unknown: Any = ["Old", "", "none"]
    for name in unknown:
        with pytest.raises(ValueError, match="no forgery"):
            slack.forgery = name
    assert slack.forgery == "old"
