"""`/uitpas ontkoppel`: asked once, ended at UiTiD first, forgotten for good, and what runs waits."""

import sqlite3
from pathlib import Path

import pytest

from bot.links import LinkState
from bot.models import Kind
from bot.sandbox.slack.records import Message
from storage import outbox
from storage.database import BUSY_SECONDS
from tests.linking.rows import (
    ASK,
    DONE,
    LIEN,
    ON_HOLD,
    REVOKING,
    beside,
    calls,
    everything,
    labels,
    rows,
    token_of,
    under_way,
)
from tests.support.stage import Stage, staged

QUESTION = (
    "Wil je je UiTiD ontkoppelen? Ik laat UiTiD dan mijn toegang intrekken en vergeet je koppeling. Daarna kan ik"
    " UiTPAS niets meer vragen in jouw naam."
)
AT_STAKE = " 1 onkostennota van jou loopt nog; die staat dan stil tot je hetzelfde UiTiD weer koppelt."
REVOKED = "Je UiTiD is ontkoppeld, en UiTiD heeft mijn toegang ingetrokken."
HAD_ENDED = "Je UiTiD is ontkoppeld. Bij UiTiD was mijn toegang al beëindigd."
NOT_REVOKED = (
    "Je UiTiD is ontkoppeld en ik heb niets bewaard, maar UiTiD bevestigde niet dat mijn toegang ingetrokken is. Neem"
    " die zelf weg: in je profiel bij UiTiD, bij de toepassingen die toegang hebben."
)
STANDS_STILL = " 1 onkostennota staat stil tot je hetzelfde UiTiD weer koppelt met `/uitpas koppel`."
NOT_LINKED = "Er is geen UiTiD aan je gekoppeld, dus is er niets te ontkoppelen. Koppelen doe je met `/uitpas koppel`."
STOPPED = "Er was nog geen UiTiD aan je gekoppeld. De koppeling die je begonnen was, heb ik gestopt."
ENDLESS = ("report_status", "never_ends", -1)


async def question(stage: Stage, user: str = "lien") -> Message:
    """Type the verb; return what only they see then."""
    await stage.type("ontkoppel", user=user)
    return stage.slack.world.ephemerals(user, stage.where)[-1]


async def unlinked(stage: Stage, user: str = "lien") -> str:
    """Type the verb and press the button; return the answer."""
    await stage.click("unlink", await question(stage, user), user=user)
    return stage.whispers(user)[-1]


def users(stage: Stage) -> set[str]:
    """Return who has an account in the database."""
    return set(rows(stage, "SELECT user FROM accounts"))


async def test_it_says_what_stops_and_does_nothing_before_the_button_is_pressed(stage: Stage) -> None:
    stage.uitpas.faults.add(*ENDLESS)
    await stage.type(ASK)
    asked = await question(stage)
    (button,) = [element for block in asked.blocks for element in block.get("elements", [])]
    assert (asked.text, button["style"], labels(asked)) == (QUESTION + AT_STAKE, "danger", ["Ja, ontkoppel"])
    assert (LIEN in users(stage), set(calls(stage)) & set(REVOKING)) == (True, set())


async def test_in_english(stage: Stage) -> None:
    await stage.type("help", user="emily")
    await stage.type("disconnect", user="emily")
    asked = stage.slack.world.ephemerals("emily", stage.where)[-1]
    assert asked.text.startswith("Do you want to unlink your UiTiD?")
    await stage.click("unlink", asked, user="emily")
    assert stage.whispers("emily")[-1] == "Your UiTiD is unlinked, and UiTiD revoked my access."


async def test_the_token_is_ended_at_uitid_and_nothing_of_the_account_is_left(stage: Stage) -> None:
    (sealed, mark) = rows(stage, "SELECT sealed, mark FROM accounts WHERE user = ?", LIEN)[0]
    others = users(stage) - {LIEN}
    assert sealed.encode() in everything(stage)
    assert await unlinked(stage) == REVOKED
    assert (calls(stage), users(stage)) == (REVOKING, others)
    assert sealed.encode() not in everything(stage)
    assert mark.encode() not in everything(stage)
    assert (await question(stage)).text == NOT_LINKED
    assert calls(stage) == REVOKING


async def test_what_runs_waits_and_goes_on_with_the_same_uitid(stage: Stage) -> None:
    stage.uitpas.faults.add(*ENDLESS)
    await stage.type(ASK)
    await stage.pass_time(30)
    assert await unlinked(stage) == REVOKED + STANDS_STILL
    await stage.pass_time(3600, steps=4)
    assert ([root.text for root in stage.roots()], stage.dms()) == ([ON_HOLD], [])
    stage.uitpas.faults.clear()
    await stage.link("lien")
    await stage.pass_time(60, steps=6)
    assert ([root.text for root in stage.roots()], len(stage.replies())) == ([DONE], 2)
    assert calls(stage).count("start_report") == 1


async def test_what_is_ready_and_only_to_be_said_is_said(stage: Stage) -> None:
    stage.slack.faults.add("files.completeUploadExternal", "delay", seconds=0)
    await stage.type(ASK)
    stage.slack.faults.add("chat.postMessage", "ratelimited", retry_after=30)
    await stage.pass_time(2)
    assert await unlinked(stage) == REVOKED
    await stage.pass_time(60, steps=6)
    assert ([root.text for root in stage.roots()], len(stage.replies())) == ([DONE], 2)


async def test_when_uitid_does_not_answer_it_is_forgotten_all_the_same(stage: Stage) -> None:
    stage.uitpas.faults.add("revoke_service_consumer", "status", status=503)
    assert await unlinked(stage) == NOT_REVOKED
    assert LIEN not in users(stage)


async def test_an_account_that_does_not_open_is_forgotten_all_the_same(stage: Stage) -> None:
    sealed = rows(stage, "SELECT sealed FROM accounts WHERE user <> ?", LIEN)[0]
    await beside(stage, lambda tx: tx.execute("UPDATE accounts SET sealed = ? WHERE user = ?", [sealed, LIEN]))
    assert await unlinked(stage) == NOT_REVOKED
    assert (calls(stage), LIEN in users(stage)) == ([], False)


async def test_while_everybody_is_refused_a_refusal_says_nothing_of_this_link(stage: Stage) -> None:
    stage.uitpas.faults.add("*", "status", times=-1, status=401)
    await stage.type(ASK)
    assert (await unlinked(stage)).startswith(NOT_REVOKED)
    assert LIEN not in users(stage)


class Dying(sqlite3.Connection):
    """A connection that once can't delete an account."""

    is_dying = True

    def execute(self, sql: str, *parameters: object) -> sqlite3.Cursor:
        """Run a statement, or fail as a full disk does."""
        if Dying.is_dying and sql.startswith("DELETE FROM accounts"):
            Dying.is_dying = False
            raise sqlite3.OperationalError("database or disk is full")
        return super().execute(sql, *parameters)  # type: ignore[arg-type]  # as the base class takes them


async def test_what_broke_off_between_uitid_and_our_own_file_is_made_good_by_doing_it_again(tmp_path: Path) -> None:
    def connect(path: str) -> sqlite3.Connection:
        return sqlite3.connect(path, timeout=BUSY_SECONDS, isolation_level=None, factory=Dying)

    async with staged(tmp_path, linked=("lien",), connect=connect) as stage:
        await unlinked(stage)
        assert (calls(stage), users(stage)) == (REVOKING, {LIEN})
        assert await unlinked(stage) == HAD_ENDED
        assert (calls(stage), users(stage)) == ([*REVOKING, "service_consumers"], set())


async def test_a_second_click_finds_nothing_and_says_so(stage: Stage) -> None:
    asked = await question(stage)
    await stage.click("unlink", asked)
    await stage.slack.again(stage.slack.deliveries[-1])
    await stage.settle()
    assert stage.whispers()[-1] == NOT_LINKED
    assert calls(stage) == REVOKING


@pytest.mark.parametrize("has_token", [True, False])
async def test_a_link_that_is_only_under_way_is_stopped(tmp_path: Path, *, has_token: bool) -> None:
    async with staged(tmp_path, linked=()) as stage:
        token = token_of(stage, "lien") if has_token else None
        await under_way(stage, token, state=LinkState.CONFIRMING if has_token else LinkState.RETURNED)
        await stage.type("ontkoppel")
        assert stage.whispers() == [STOPPED]
        assert rows(stage, "SELECT id FROM links") == []
        assert calls(stage) == (REVOKING if has_token else [])


async def test_with_the_account_goes_all_that_was_under_way_for_it(stage: Stage) -> None:
    await under_way(stage, state=LinkState.RETURNED)
    await beside(stage, lambda tx: tx.execute(WAITING, [stage.bot.team, LIEN]))
    stage.slack.faults.add("conversations.open", "ratelimited", retry_after=60)
    await beside(
        stage, lambda tx: outbox.add(tx, stage.bot.team, Kind.LINKED, due_at=stage.clock.now(), recipient=LIEN)
    )
    await stage.settle()
    await unlinked(stage)
    assert (rows(stage, "SELECT id FROM links"), rows(stage, "SELECT id FROM waiting_reports")) == ([], [])
    assert rows(stage, "SELECT state, note FROM outbox") == [("gave_up", "dropped")]


async def test_a_guest_may_take_their_own_uitid_away(stage: Stage) -> None:
    stage.slack.world.change_person("lien", is_restricted=True)
    assert await unlinked(stage) == REVOKED


WAITING = (
    "INSERT INTO waiting_reports (team, user, balie, channel, first_day, last_day, clipped, anew, private_file,"
    " request_key, due_at) VALUES (?, ?, 1, 'C1', '2026-04-01', '2026-06-30', 0, 0, 0, 'k', '2026-07-15T09:00:00')"
)
