"""What stands in the database of a stage, looked at and written beside the bot as another process would."""

import sqlite3
from collections.abc import Callable
from contextlib import closing
from datetime import timedelta
from typing import Any, TypeVar

from bot.links import Link, LinkState
from bot.models import Kind, UserToken
from bot.sandbox.slack.blocks import elements
from bot.sandbox.slack.records import Message
from bot.sealing import Sealer
from bot.services.link_seal import LinkSeal
from storage import links, outbox
from storage.database import Database, Transaction
from tests.support.stage import KEY, Stage

T = TypeVar("T")
SEAL = LinkSeal(sealer=Sealer([KEY]))
LIEN = "U0LIEN00001"
ASK = "rapport vorig kwartaal"
TITLE = "Onkostennota van CC De Sluis, 1 april – 30 juni 2026"
ON_HOLD = f"{TITLE}: Staat stil: de UiTiD-koppeling van <@{LIEN}> is verlopen of ingetrokken."
DONE = f"{TITLE}: Klaar. Het antwoord staat in de draad."
REVOKING = ["service_consumers", "revoke_service_consumer"]
"""The calls in which a token is ended."""


async def beside(stage: Stage, work: Callable[[Transaction], T]) -> T:
    """Run a transaction on the file of the bot."""
    database = await Database.open(stage.settings.baliebot_database, kind="serve")
    try:
        return await database.transact(work)
    finally:
        await database.aclose()


def rows(stage: Stage, query: str, *values: object) -> list[Any]:
    """Return what a query finds: the rows, or the values where it asks for one column."""
    with closing(sqlite3.connect(stage.settings.baliebot_database)) as database:
        found = database.execute(query, values).fetchall()
    return [row[0] if len(row) == 1 else row for row in found]


def everything(stage: Stage) -> bytes:
    """Return all bytes of the database file and of the log of writes beside it."""
    file = stage.settings.baliebot_database
    return b"".join(one.read_bytes() for one in (file, file.with_name(f"{file.name}-wal")))


async def tell(stage: Stage, kind: Kind, user: str = "lien", *, report: str | None = None) -> None:
    """Write a row down that tells one person something, and let it be sent."""
    who, now = stage.slack.world.person(user).id, stage.clock.now()
    await beside(stage, lambda tx: outbox.add(tx, stage.bot.team, kind, due_at=now, recipient=who, report=report))
    await stage.settle()


def token_of(stage: Stage, nick: str) -> UserToken:
    """Return a fresh token of an employee at UiTPAS."""
    employee = stage.uitpas.employee(nick)
    return UserToken(*stage.uitpas.issue_token(employee.uid), employee.uid)


async def link_as(stage: Stage, nick: str, user: str = "lien") -> UserToken:
    """Link somebody with the UiTiD of this employee."""
    token = token_of(stage, nick)
    await stage.bot.linking.keep(stage.bot.team, stage.slack.world.person(user).id, token)
    return token


async def under_way(
    stage: Stage,
    token: UserToken | None = None,
    *,
    state: LinkState = LinkState.CONFIRMING,
    lasts: float = 600,
    user: str = "lien",
) -> Link:
    """Write a link down that holds this token, if any, and ends after so many seconds."""
    now = stage.clock.now()
    link = Link(
        id="link-1",
        team=stage.bot.team,
        user=stage.slack.world.person(user).id,
        state=state,
        made_at=now,
        due_at=now + timedelta(seconds=lasts),
        sealed="",
        number_hash="n",
        cookie_hash="c",
        request_hash="r",
    )
    content = {"name": "Lien", "language": "nl", "code": "BCDFGHJK"}
    if token is not None:
        content |= {"token": token.token, "secret": token.secret, "user_id": token.user_id}
    link = SEAL.sealed(link, content)
    await beside(stage, lambda tx: links.add(tx, link))
    return link


def calls(stage: Stage) -> list[str]:
    """Return the names of all calls to UiTPAS and UiTiD."""
    return [call.name for call in stage.uitpas.calls]


def labels(message: Message) -> list[str]:
    """Return what stands on the buttons of a message."""
    return [element["text"]["text"] for block in message.blocks for element in elements(block)]
