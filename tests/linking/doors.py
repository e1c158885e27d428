"""What the pages of a link answer, and what stands in the database before and after."""

import base64
import hashlib
import re
import sqlite3
from contextlib import closing
from html import unescape
from typing import Any

import httpx

from bot.links import Link
from bot.sandbox.slack.records import Message
from handlers.render import link_page_texts as texts
from storage import links
from tests.linking.rows import SEAL, beside, rows
from tests.support.browser import Journey
from tests.support.stage import Stage

COOKIE = "__Host-baliebot-link"
GONE, STOPPED, REFUSED, COOKIES = (
    [text.nl for text in texts.PLAIN[kind]] for kind in ("gone", "stopped", "refused", "cookies")
)
SILENT = [texts.SILENT_TITLE.nl, texts.SILENT.nl, texts.RETRY.nl]
"""What stands on the pages that have one thing to say."""


def said(answer: httpx.Response) -> list[str]:
    """Return the texts of a page, one for each element that holds any."""
    body = answer.text.partition("<body>")[2]
    return [unescape(text.strip()) for text in re.findall(r">([^<]+)<", body) if text.strip()]


def headers(answer: httpx.Response) -> dict[str, str]:
    """Return the headers of an answer but for those that HTTP itself needs."""
    own = {"date", "server", "content-length", "connection"}
    return {name: value for name, value in answer.headers.items() if name not in own}


def guards(page: httpx.Response) -> dict[str, str]:
    """Return the headers that guard every page, as they must be for one with this style sheet."""
    (style,) = re.findall(r"<style>(.*?)</style>", page.text, re.DOTALL)
    digest = base64.b64encode(hashlib.sha256(unescape(style).encode()).digest()).decode()
    policy = f"default-src 'none'; style-src 'sha256-{digest}'; form-action 'self'; base-uri 'none'"
    return {
        "content-security-policy": f"{policy}; frame-ancestors 'none'",
        "cache-control": "no-store",
        "referrer-policy": "same-origin",
        "x-content-type-options": "nosniff",
        "x-frame-options": "DENY",
        "cross-origin-opener-policy": "same-origin",
        "cross-origin-resource-policy": "same-origin",
    }


def dump(stage: Stage) -> list[str]:
    """Return the whole database as SQL; the lease is renewed all the time and left out."""
    with closing(sqlite3.connect(stage.settings.baliebot_database)) as database:
        return [line for line in database.iterdump() if not line.startswith('INSERT INTO "lease"')]


def states(stage: Stage) -> list[Any]:
    """Return how far each link is."""
    return rows(stage, "SELECT state FROM links ORDER BY made_at")


def linked(stage: Stage) -> list[Any]:
    """Return whose UiTiD is linked."""
    return rows(stage, "SELECT user FROM accounts WHERE state = 'linked' ORDER BY user")


async def under_way(link: Journey) -> Link:
    """Return the link that this person has under way, as it is in the database."""
    team, user = link.stage.bot.team, link.stage.slack.world.person(link.user).id
    found = await beside(link.stage, lambda tx: links.of_user(tx, team, user))
    assert found is not None
    return found


async def sealed(link: Journey) -> dict[str, str]:
    """Return what only we may read of it."""
    return SEAL.opened(await under_way(link))


def sentences(message: Message) -> list[str]:
    """Return what stands in a message, block by block; of buttons their labels."""
    return [text for block in message.blocks for text in _texts(block)]


def _texts(block: dict[str, Any]) -> list[str]:
    if "text" in block:
        return [str(block["text"]["text"])]
    inner = [element["text"] for element in block.get("elements", [])]
    return [str(text["text"] if isinstance(text, dict) else text) for text in inner]
