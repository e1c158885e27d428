"""When no form can be opened: whoever asks for it is told why, and what to do instead."""

from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any

import pytest

from tests.support.forms import FILE, FIRST, Form, eventually, methods, only_saying
from tests.support.stage import Stage, staged

NOT_LINKED = (
    "Je UiTiD is nog niet gekoppeld, en zonder mag ik UiTPAS niets vragen in jouw naam. Typ `/uitpas koppel` om het te"
    " koppelen."
)
LINK_ENDED = (
    "Je UiTiD-koppeling is verlopen of ingetrokken. Typ `/uitpas koppel` om opnieuw te koppelen; wat stilstaat, gaat"
    " dan vanzelf verder."
)
NOT_ALLOWED = (
    "De bot is er voor volwaardige leden van deze werkruimte. Vraag een collega om de onkostennota op te vragen."
)
TOO_MANY = "Er lopen al 10 onkostennota's voor jou. Wacht tot er een klaar is, of annuleer er een."
NO_BALIES = (
    "Er zijn nog geen balies ingesteld in deze werkruimte. Ben je beheerder van een balie, typ dan"
    " `/uitpas balies synchroniseer`; of vraag het aan de beheerder van de bot."
)
TOO_LATE_NL = (
    "Slack was te traag om het formulier te openen. Typ `/uitpas rapport` opnieuw, of meteen met de periode:"
    " `/uitpas rapport vorig kwartaal`."
)
TOO_LATE_EN = (
    "Slack was too slow to open the form. Type `/uitpas report` again, or with the period at once:"
    " `/uitpas report last quarter`."
)

Spoil = Callable[[Stage], Awaitable[None]]


async def nothing(stage: Stage) -> None:
    """Leave it as it was set."""
    del stage


async def end_link(stage: Stage) -> None:
    """Have UiTPAS no longer take the token of Lien."""
    stage.uitpas.faults.add("start_report", "revoked")
    await stage.type("rapport juni 2026")


async def make_guest(stage: Stage) -> None:
    """Make a guest of Lien."""
    stage.slack.world.change_person("lien", is_restricted=True)


async def ask_ten(stage: Stage) -> None:
    """Have Lien ask for as many reports as may run at a time."""
    stage.uitpas.faults.add("report_status", "never_ends", times=-1)
    for day in range(1, 11):
        await stage.type(f"rapport {day} juni 2026")


REASONS: dict[str, tuple[str, Spoil, dict[str, Any]]] = {
    "not linked": (NOT_LINKED, nothing, {"linked": ()}),
    "link ended": (LINK_ENDED, end_link, {}),
    "guest": (NOT_ALLOWED, make_guest, {}),
    "too many": (TOO_MANY, ask_ten, {}),
    "no balies": (NO_BALIES, nothing, {"mapped": False}),
}


@pytest.mark.parametrize("reason", REASONS)
async def test_who_can_ask_for_nothing_is_told_so_instead_of_filling_in_a_form(
    tmp_path: Path, reason: str, *, socket: bool
) -> None:
    sentence, spoil, given = REASONS[reason]
    async with staged(tmp_path, socket=socket, **given) as stage:
        await spoil(stage)
        form, asked = Form(stage), asked_of_uitpas(stage)
        for text in ("rapport", "rapport de-sluis") if "mapped" not in given else ("rapport",):
            await stage.type(text)
        await eventually(lambda: len(stage.whispers()) == (1 if "mapped" in given else 2))
        assert (set(stage.whispers()), form.seen) == ({sentence}, [])
        await form.pick_shortcut()
        assert form.view.content == only_saying(form.view, sentence)
        assert asked_of_uitpas(stage) == asked


@pytest.mark.parametrize("reason", ["link ended", "too many", "guest"])
async def test_a_reason_that_came_while_the_form_was_open_is_said_in_it(stage: Stage, reason: str) -> None:
    sentence, spoil, _ = REASONS[reason]
    form = Form(stage)
    await form.type("rapport t-hof")
    before = form.shown
    await spoil(stage)
    if reason == "guest":
        await stage.pass_time(24 * 3600 + 1)
        await stage.type("status")
    delivery = await form.submit({FIRST: "2026-02-03", FILE: ["yes"]})
    typed = {"Van": "2026-02-03", "Het bestand": ["Stuur het bestand alleen naar mij"]}
    assert (delivery.error, form.shown) == (None, before | typed | {"alert": sentence})
    await stage.pass_time(2)
    assert not any("'t Hof" in root.text for root in stage.roots())


async def test_who_is_known_is_refused_in_the_acknowledgement(tmp_path: Path, *, socket: bool) -> None:
    async with staged(tmp_path, socket=socket, linked=()) as stage:
        await stage.type("status")
        asked = methods(stage)
        delivery = await stage.type("rapport")
        assert (delivery.ack["text"], methods(stage)) == (NOT_LINKED, asked)


@pytest.mark.parametrize(
    ("user", "text", "sentence"), [("lien", "rapport", TOO_LATE_NL), ("emily", "report", TOO_LATE_EN)]
)
async def test_a_form_that_slack_no_longer_opens_is_told_with_what_to_type_instead(
    stage: Stage, user: str, text: str, sentence: str
) -> None:
    stage.slack.faults.add("users.info", "delay", seconds=0.3)
    await stage.type(text, user=user, then_settle=False)
    stage.clock.advance(4)
    await eventually(lambda: stage.whispers(user))
    stage.slack.faults.add("views.open", "error", code="internal_error")
    await stage.type(text, user=user)
    await eventually(lambda: len(stage.whispers(user)) == 2)
    assert (stage.whispers(user), Form(stage, user).open) == ([sentence, sentence], [])
    await Form(stage, user).type(text)


async def test_a_shortcut_that_slack_no_longer_opens_is_told_by_direct_message(stage: Stage) -> None:
    stage.slack.faults.add("views.open", "error", code="expired_trigger_id")
    await stage.slack.shortcut(stage.slack.world.person("lien").id, "report")
    await eventually(lambda: "views.open" in methods(stage))
    await eventually(stage.dms)
    assert [message.text for message in stage.dms()] == [TOO_LATE_NL]


def asked_of_uitpas(stage: Stage) -> list[str]:
    """Return the calls that UiTPAS got, those that follow a report apart."""
    return [call.name for call in stage.uitpas.calls if call.name != "report_status"]
