"""What one person is told of their link in their direct messages: once, in their language, and only while it is so."""

import pytest

from bot.models import Kind
from tests.linking.rows import ASK, LIEN, labels, link_as, rows, tell
from tests.support.stage import Stage

LINKED = (
    "Je UiTiD is gekoppeld op 15 juli 2026 om 10:00. Wat je mij vraagt, gebeurt voortaan in jouw naam. Was jij dat"
    " niet? Typ `/uitpas ontkoppel`."
)
LINKED_EN = (
    "Your UiTiD was linked on 15 July 2026 at 10:00. What you ask me is done in your name from now on. Was that not"
    " you? Type `/uitpas disconnect`."
)
HELD = "Er staat nog 1 onkostennota stil; die vroeg je met een ander UiTiD. Wat doe ik ermee?"
ENDED = "UiTPAS aanvaardt je UiTiD-koppeling niet meer: ze is verlopen of ingetrokken."
AGAIN = "Koppel je UiTiD opnieuw; daarna gaat alles vanzelf verder."
LINK = "UiTiD koppelen"
BROKEN = (
    "Iemand opende jouw koppeling in een andere browser. Ik heb ze gestopt en er is niets gekoppeld. Was jij het zelf?"
    " Begin dan opnieuw, en doe alles in dezelfde browser. Stuur de link nooit door, ook niet naar wie erom vraagt."
)
CLAIMED = (
    "Een collega probeerde het UiTiD te koppelen dat al aan jou gekoppeld is. Er is niets veranderd. Wist je hier niets"
    " van? Kijk dan wie op een gedeelde computer met jouw account aangemeld kan zijn, en wijzig het wachtwoord van je"
    " UiTiD."
)


def told(stage: Stage, user: str = "lien") -> list[tuple[str, list[str]]]:
    """Return what stands in somebody's direct messages, with the buttons under it."""
    return [(message.text, labels(message)) for message in stage.dms(user)]


async def test_a_link_is_told_with_the_moment_at_which_it_was_made(stage: Stage) -> None:
    stage.clock.advance(300)
    await tell(stage, Kind.LINKED)
    assert told(stage) == [(LINKED, [])]


async def test_a_link_is_told_in_the_language_of_its_owner(stage: Stage) -> None:
    await stage.type("help", user="emily")
    await tell(stage, Kind.LINKED, "emily")
    assert told(stage, "emily") == [(LINKED_EN, [])]


async def test_a_link_with_another_uitid_asks_what_to_do_with_what_stands_still(stage: Stage) -> None:
    stage.uitpas.faults.add("start_report", "revoked")
    await stage.type(ASK)
    await link_as(stage, "greet")
    await stage.pass_time(60)
    await tell(stage, Kind.LINKED)
    assert told(stage)[1:] == [(f"{LINKED} {HELD}", ["Verder met dit UiTiD", "Annuleren"])]


async def test_a_link_with_the_same_uitid_has_nothing_to_ask(stage: Stage) -> None:
    stage.uitpas.faults.add("start_report", "revoked")
    await stage.type(ASK)
    await stage.link("lien")
    await stage.pass_time(2)
    await tell(stage, Kind.LINKED)
    assert told(stage)[1:] == [(LINKED, [])]


async def test_the_end_of_a_link_is_told_with_how_much_stands_still_and_how_to_go_on(stage: Stage) -> None:
    stage.uitpas.faults.add("start_report", "revoked")
    await stage.type(ASK)
    assert told(stage) == [(f"{ENDED} Er staat 1 onkostennota stil. {AGAIN}", [LINK])]


async def test_the_end_of_a_link_that_an_older_version_wrote_down_with_its_report_is_told_the_same(
    stage: Stage,
) -> None:
    await stage.type(ASK)
    await stage.pass_time(60)
    (report,) = rows(stage, "SELECT id FROM reports")
    await _end_link(stage)
    await tell(stage, Kind.LINK_ENDED, report=report)
    assert told(stage) == [(f"{ENDED} {AGAIN}", [LINK])]


async def test_what_is_no_longer_so_is_not_told(stage: Stage) -> None:
    stage.slack.faults.add("conversations.open", "ratelimited", retry_after=60)
    stage.uitpas.faults.add("start_report", "revoked")
    await stage.type(ASK)
    await stage.link("lien")
    await stage.pass_time(300, steps=10)
    assert told(stage) == []
    assert rows(stage, "SELECT state, note FROM outbox WHERE kind = 'link_ended'") == [("gave_up", "over")]
    await _end_link(stage)
    await tell(stage, Kind.LINKED)
    assert told(stage) == []
    assert rows(stage, "SELECT state, note FROM outbox WHERE kind = 'linked'") == [("gave_up", "over")]


@pytest.mark.parametrize(
    ("kind", "text", "buttons"), [(Kind.LINK_BROKEN, BROKEN, [LINK]), (Kind.LINK_CLAIMED, CLAIMED, [])]
)
async def test_a_link_that_somebody_else_had_a_hand_in_is_told(
    stage: Stage, kind: Kind, text: str, buttons: list[str]
) -> None:
    await tell(stage, kind)
    assert told(stage) == [(text, buttons)]


@pytest.mark.parametrize("processed", [True, False])
async def test_what_slack_does_not_confirm_is_looked_for_and_said_once(stage: Stage, *, processed: bool) -> None:
    stage.slack.faults.add("chat.postMessage", "drop", processed=processed)
    await tell(stage, Kind.LINK_CLAIMED)
    await stage.pass_time(120, steps=12)
    assert told(stage) == [(CLAIMED, [])]
    asked = [call.args["channel"] for call in stage.slack.calls if call.method == "conversations.history"]
    assert asked == [stage.slack.world.im("lien")]


async def test_whoever_can_not_be_written_to_is_left_alone(stage: Stage) -> None:
    stage.slack.faults.add("conversations.open", "error", times=-1, code="user_disabled")
    await tell(stage, Kind.LINK_CLAIMED)
    await stage.pass_time(3600, steps=12)
    assert [call.method for call in stage.slack.calls].count("conversations.open") == 1
    assert rows(stage, "SELECT state, note FROM outbox") == [("gave_up", "user_disabled")]


async def test_two_rows_for_one_person_keep_the_pace_of_their_conversation(stage: Stage) -> None:
    await tell(stage, Kind.LINK_CLAIMED)
    await tell(stage, Kind.LINKED)
    assert told(stage) == [(CLAIMED, [])]
    await stage.pass_time(1)
    assert told(stage) == [(CLAIMED, []), (LINKED, [])]


async def _end_link(stage: Stage) -> None:
    stage.uitpas.faults.add("balie_list", "revoked")
    await stage.type("balies synchroniseer")
    assert rows(stage, "SELECT state FROM accounts WHERE user = ?", LIEN) == ["ended"]
