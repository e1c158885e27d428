"""The form of a digest, handed in: what is wrong is said at its field, what is good is set up once, or changed."""

import sqlite3
from contextlib import closing
from typing import Any

import pytest

from tests.digests.desk import (
    BALIES,
    DAY,
    EDIT,
    HEAD,
    LIEN,
    NEW,
    NEW_DIGEST,
    OWN,
    OWN_PAUSED,
    PAUSE,
    REMOVE,
    RHYTHM,
    SLUIS,
    SPOKEN,
    TIME,
    TRY,
    ZONE,
    DigestForm,
    change,
    digests,
    end_link,
    listed,
    whisper,
)
from tests.home.tab import lines
from tests.linking.rows import rows
from tests.support.forms import eventually, only_saying, remove_balie
from tests.support.stage import Stage

NOT_THERE = "Ik zit niet in dit kanaal. Typ er /invite @baliebot en probeer opnieuw."
SHARED = "In dit kanaal lezen mensen van buiten je organisatie mee. Typ /uitpas digest in een ander kanaal."
NO_SUCH_BALIE = "Een van deze balies staat niet meer op de lijst. Haal ze hier weg of kies een andere."
QUIET = "Kies een uur vóór 01:00 of vanaf 04:00."
NO_SUCH_ZONE = "Deze tijdzone ken ik niet. Kies er een uit de lijst."
GOES_NOW = "Hier kan de digest komen. Kijk hieronder na wie er meeleest en probeer het dan opnieuw."
TRY_HINT = "(Nu proberen vraagt alles één keer op, over de laatste afgelopen periode. Aan de planning verandert niets.)"
GONE = "Deze digest is er niet meer. Typ `/uitpas digest` in het kanaal om te zien wat er wel is."
CROWDED = "Hier komen al 10 digests. Verwijder er een die je niet meer nodig hebt."
LINK_ENDED = (
    "Je UiTiD-koppeling is verlopen of ingetrokken. Typ `/uitpas koppel` om opnieuw te koppelen; wat stilstaat, gaat"
    " dan vanzelf verder."
)
THREE = ("de-sluis", "de-kuil", "t-hof")


def shown(form: DigestForm) -> list[str]:
    """Return what stands in the modal, a line for each block."""
    return lines(form.view.blocks)


async def test_what_was_set_up_is_said_with_its_first_time_and_can_be_tried_at_once(stage: Stage) -> None:
    form = DigestForm(stage)
    await form.type()
    typed: dict[str, Any] = {
        BALIES: await form.balies(*THREE),
        RHYTHM: "month",
        DAY: "d31",
        TIME: "07:45",
        ZONE: (await form.find(ZONE, "london"))[0],
        SPOKEN: "en",
    }
    delivery = await form.submit(typed)
    assert (delivery.error, delivery.ack["response_action"]) == (None, "update")
    assert shown(form) == [
        (
            "*De digest is ingesteld.*\n*CC De Sluis, Gemeenschapscentrum 't Hof en Zwembad De Kuil &amp; Zonen*\nElke"
            " maand op de 31ste (of de laatste dag), voor de maand ervoor, om 07:45 (Europe/London)\nVolgende keer:"
            " vrijdag 31 juli 2026, 07:45 (Europe/London)\nHij komt in <#C0DESLUIS01>."
        ),
        "[Nu proberen]",
        TRY_HINT,
    ]
    assert (form.view.content["title"]["text"], form.view.content["close"]["text"]) == ("Digest", "Sluiten")
    assert rows(
        stage, "SELECT channel, owner, language, rhythm, weekday, month_day, local_time, zone FROM digests"
    ) == [("C0DESLUIS01", "U0LIEN00001", "en", "month", None, 31, "07:45", "Europe/London")]
    assert (stage.whispers(), stage.roots()) == ([], [])


async def test_an_english_person_is_told_in_english(stage: Stage) -> None:
    form = DigestForm(stage, "emily")
    await form.type(channel=stage.slack.world.open_im("emily"))
    await form.submit({BALIES: await form.balies("t-hof")})
    assert shown(form) == [
        (
            "*The digest is set up.*\n*Gemeenschapscentrum 't Hof*\nOn the first Monday after a quarter has ended, at"
            " 09:00 (Europe/Brussels)\nNext time: Monday 5 October 2026, 09:00 (Europe/Brussels)\nIt goes to your"
            " direct messages with me."
        ),
        "[Try now]",
        (
            "(Trying now asks for everything once, about the last period that has ended. It changes nothing about the"
            " plan.)"
        ),
    ]


async def test_tried_from_the_form_its_answer_comes_in_the_channel(stage: Stage) -> None:
    form = DigestForm(stage)
    await form.type()
    await form.submit()
    await stage.click(TRY, form.view)
    await stage.pass_time(5, steps=5)
    assert shown(form) == ["Ik probeer het nu: het antwoord komt in <#C0DESLUIS01>.", SLUIS, OWN]
    assert [root.text.splitlines()[0] for root in stage.roots()] == ["Onkostennota's van 1 april – 30 juni 2026"]


async def test_everything_wrong_is_said_at_once_and_nothing_filled_in_is_lost(stage: Stage) -> None:
    form = DigestForm(stage)
    await form.type(channel="evenementen")
    chosen = await form.balies(*THREE)
    remove_balie(stage, "t-hof")
    stage.slack.tamper = lambda payload: _with_zone(payload, "Etc/GMT+5")
    await form.submit({BALIES: chosen, TIME: "01:00", DAY: "w4", SPOKEN: "en"})
    stage.slack.tamper = None
    assert form.complaints() == {
        "Balies": f"{NOT_THERE} {NO_SUCH_BALIE}",
        "Hoe laat?": QUIET,
        "Tijdzone": NO_SUCH_ZONE,
    }
    assert (len(form.shown["Balies"]), form.shown["Hoe laat?"], form.shown["Op welke dag?"]) == (3, "01:00", "Vrijdag")
    assert (form.shown["Taal van het bericht"], digests(stage)) == ("English", [])


async def test_without_balies_or_time_these_are_asked_for(stage: Stage) -> None:
    form = DigestForm(stage)
    await form.type()

    def emptied(payload: dict[str, Any]) -> dict[str, Any]:
        values = payload["view"]["state"]["values"]
        values[BALIES][BALIES]["selected_options"], values[TIME][TIME]["selected_time"] = [], None
        return payload

    stage.slack.tamper = emptied
    await form.submit()
    assert form.complaints() == {"Balies": "Kies minstens één balie.", "Hoe laat?": "Kies een uur."}


async def test_more_balies_than_one_message_can_hold_are_refused(stage: Stage) -> None:
    form = DigestForm(stage)
    await form.type()

    def doubled(payload: dict[str, Any]) -> dict[str, Any]:
        payload["view"]["state"]["values"][BALIES][BALIES]["selected_options"] *= 31
        return payload

    stage.slack.tamper = doubled
    await form.submit()
    assert (form.complaints(), digests(stage)) == ({"Balies": "Kies hoogstens 30 balies."}, [])


@pytest.mark.parametrize(
    ("at", "is_quiet"), [("00:59", False), ("01:00", True), ("03:59", True), ("04:00", False), ("23:59", False)]
)
async def test_no_digest_runs_while_clocks_may_change(stage: Stage, at: str, *, is_quiet: bool) -> None:
    form = DigestForm(stage)
    await form.type()
    await form.submit({TIME: at})
    assert (form.view.errors, len(digests(stage))) == ({TIME: QUIET} if is_quiet else {}, 0 if is_quiet else 1)


async def test_a_channel_without_the_bot_is_looked_at_again_when_the_form_is_handed_in(stage: Stage) -> None:
    form = DigestForm(stage)
    await form.type(channel="evenementen")
    await form.submit({BALIES: await form.balies("t-hof")})
    assert (form.complaints(), "alert" in form.shown) == ({"Balies": NOT_THERE}, False)
    stage.slack.world.talk.join("C0EVENEMENT", stage.slack.bot_user_id)
    await form.submit()
    await eventually(lambda: "alert" in form.shown)
    assert form.shown["alert"] == GOES_NOW
    assert form.shown["note"].startswith("De digest komt in <#C0EVENEMENT>, en dat is openbaar:")
    assert form.shown["Balies"] == ["Gemeenschapscentrum 't Hof (t-hof)"]
    await form.submit()
    assert shown(form)[0].endswith("Hij komt in <#C0EVENEMENT>.")


async def test_a_channel_shared_with_outsiders_gets_none(stage: Stage) -> None:
    form = DigestForm(stage)
    await form.type(channel="partners")
    await form.submit({BALIES: await form.balies("t-hof")})
    assert (form.complaints(), digests(stage)) == ({"Balies": SHARED}, [])


async def test_a_form_that_slack_brings_twice_is_one_digest(stage: Stage) -> None:
    form = DigestForm(stage)
    await form.type()
    first = await form.submit()
    again = await stage.slack.again(first)
    assert (again.ack, len(digests(stage))) == (first.ack, 1)


async def test_a_form_changed_after_slack_gave_up_on_it_is_one_digest_as_it_was_meant(stage: Stage) -> None:
    form = DigestForm(stage)
    await form.type()
    with closing(sqlite3.connect(stage.settings.baliebot_database, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        stage.slack.patience = 0.3
        assert (await stage.slack.submit(form.who, form.view.id, {})).error == "operation_timeout"
        stage.slack.patience = 3
        other.execute("ROLLBACK")
    await eventually(lambda: digests(stage))
    await form.submit({BALIES: await form.balies("de-sluis", "t-hof"), TIME: "10:30"})
    assert shown(form)[0] == (
        "*De digest is ingesteld.*\n*CC De Sluis en Gemeenschapscentrum 't Hof*\nOp de eerste maandag nadat een"
        " kwartaal is afgelopen, om 10:30 (Europe/Brussels)\nVolgende keer: maandag 5 oktober 2026, 10:30"
        " (Europe/Brussels)\nHij komt in <#C0DESLUIS01>."
    )
    assert len(digests(stage)) == 1


async def test_two_forms_are_two_digests(stage: Stage) -> None:
    form = DigestForm(stage)
    await form.set_up()
    await form.set_up()
    assert await listed(stage) == [HEAD, SLUIS, OWN, SLUIS, OWN, NEW_DIGEST]


async def test_a_change_changes_nothing_else_and_a_paused_digest_stays_paused(stage: Stage) -> None:
    form = DigestForm(stage)
    other = await form.set_up()
    digest = await form.set_up(digest_day="d1")
    kept = "SELECT id, channel, owner, request_key, made_at FROM digests ORDER BY made_at"
    before = rows(stage, kept)
    await listed(stage)
    await stage.click(PAUSE, whisper(stage))
    await stage.click(EDIT, whisper(stage))
    await form.submit({SPOKEN: "en", TIME: "05:00"})
    assert shown(form)[0] == (
        "*De digest is aangepast.*\n*CC De Sluis*\nOp de eerste maandag nadat een kwartaal is afgelopen, om 05:00"
        f" (Europe/Brussels)\nEr is geen volgende keer gepland: {LIEN} pauzeerde de digest.\nHij komt in"
        " <#C0DESLUIS01>."
    )
    assert (rows(stage, kept), [row[0] for row in before]) == (before, [other, digest])
    assert (await listed(stage))[1:] == [
        (
            "*CC De Sluis*\nOp de eerste maandag nadat een kwartaal is afgelopen, om 05:00 (Europe/Brussels)\nEr is"
            f" geen volgende keer gepland: {LIEN} pauzeerde de digest.\nKies Hervatten om hem weer te laten lopen.\n"
            f"Ingesteld door {LIEN}, in het Engels"
        ),
        OWN_PAUSED,
        (
            "*CC De Sluis*\nOp de 1ste van de maand na elk kwartaal, om 09:00 (Europe/Brussels)\nVolgende keer:"
            f" donderdag 1 oktober 2026, 09:00 (Europe/Brussels)\nIngesteld door {LIEN}, in het Nederlands"
        ),
        OWN,
        NEW_DIGEST,
    ]


async def test_a_digest_removed_while_its_form_was_open_is_gone(stage: Stage) -> None:
    form = DigestForm(stage)
    await form.set_up()
    await listed(stage)
    await stage.click(EDIT, whisper(stage))
    await stage.click(REMOVE, whisper(stage))
    await form.submit()
    assert form.view.content == only_saying(form.view, GONE, title="Digest")


async def test_a_channel_that_became_full_while_the_form_was_open_takes_no_more(stage: Stage) -> None:
    form = DigestForm(stage)
    await form.set_up()
    await listed(stage)
    await stage.click(NEW, whisper(stage))
    last = form.view.id
    kept = "team, channel, owner, account, language, rhythm, weekday, local_time, zone, made_at"
    for number in range(9):
        copied = f"INSERT INTO digests (id, request_key, {kept}) SELECT ?, ?, {kept} FROM digests LIMIT 1"  # noqa: S608
        change(stage, copied, f"copy-{number}", f"copy-{number}")
    await form.submit()
    assert (form.view.id, form.view.content) == (last, only_saying(form.view, CROWDED, title="Digest"))


async def test_a_link_that_ended_while_the_form_was_open_is_said_over_it(stage: Stage) -> None:
    form = DigestForm(stage)
    await form.type()
    end_link(stage)
    await form.submit({TIME: "10:00"})
    assert (form.shown["alert"], form.shown["Hoe laat?"], digests(stage)) == (LINK_ENDED, "10:00", [])


def _with_zone(payload: dict[str, Any], zone: str) -> dict[str, Any]:
    payload["view"]["state"]["values"][ZONE][ZONE]["selected_option"]["value"] = zone
    return payload
