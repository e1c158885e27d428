"""The form of a card: what it begins with, what is wrong at which field, and where its answer goes."""

from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from bot.sandbox.uitpas import KNOWN_CARDS
from tests.support.cards import SWAPPED, Desk, buttons, filled, rows, said
from tests.support.clock import StillClock
from tests.support.stage import Stage, staged

BEGINS = {
    "Kaartnummer": None,
    "Balie": "CC De Sluis (de-sluis)",
    "Van": "2025-07-15",
    "Tot en met": "2026-07-15",
    "Volgorde": "Nieuwste eerst",
    "note": "Het antwoord zie jij alleen. Van de kaart wordt niets bewaard.",
}


async def test_it_opens_with_the_past_year_and_the_balie_of_the_channel(stage: Stage) -> None:
    lien = Desk(stage)
    delivery = await lien.type("kaart")
    assert (delivery.error, delivery.ack, lien.answers) == (None, {}, [])
    assert filled(lien.form) == BEGINS
    assert list(stage.uitpas.calls) == []


async def test_handed_in_it_is_answered_where_it_was_asked_for_that_person_alone(stage: Stage) -> None:
    lien, bram = Desk(stage), Desk(stage, "bram")
    await lien.type("kaart")
    delivery = await lien.submit(
        card_number="0930-0123.45607", card_first="2026-01-01", card_last="2026-06-30", card_order="TITLE/ASC"
    )
    assert (delivery.error, delivery.ack, stage.slack.world.views("lien")) == (None, {}, [])
    assert said(lien.answer)[0].endswith("Aan alle balies, 1 januari – 30 juni 2026.")
    assert said(lien.answer)[1].endswith("voordeel, A tot Z")
    assert (bram.answers, stage.roots(), stage.dms()) == ([], [], [])


WRONG: dict[str, tuple[dict[str, Any], dict[str, str]]] = {
    "no number": ({"card_number": " - "}, {"Kaartnummer": "Typ de 13 cijfers van de kaart."}),
    "too short": (
        {"card_number": "0930 0123 4560"},
        {
            "Kaartnummer": (
                "Een kaartnummer heeft 13 cijfers, en ik tel er 12. Kijk of er een ontbreekt of dubbel staat."
            )
        },
    ),
    "a national number": (
        {"card_number": "85.07.30-033.61"},
        {
            "Kaartnummer": (
                "Dat lijkt een rijksregisternummer: 11 cijfers. Ik heb het nergens opgezocht of bewaard. Typ de 13"
                " cijfers van de kaart."
            )
        },
    ),
    "a typing error and no days": (
        {"card_number": "0930012345608", "card_first": "2026-07-16"},
        {
            "Kaartnummer": (
                "In dat kaartnummer staat een tikfout: het laatste cijfer past niet bij de andere. Vergelijk met de"
                " kaart."
            ),
            "Tot en met": "Deze dag valt voor de begindatum. Kies een latere.",
        },
    ),
    "days to come": (
        {"card_number": SWAPPED, "card_first": "2026-07-16", "card_last": "2026-07-20"},
        {"Van": "Deze dag moet nog komen. Kies vandaag of vroeger."},
    ),
}


@pytest.mark.parametrize("case", WRONG)
async def test_what_is_wrong_is_told_at_its_field_and_nothing_is_asked(stage: Stage, case: str) -> None:
    typed, complaints = WRONG[case]
    lien = Desk(stage)
    await lien.type("kaart")
    await lien.submit(**typed)
    assert lien.complaints() == complaints
    assert (lien.answers, list(stage.uitpas.calls)) == ([], [])


async def test_a_last_day_to_come_becomes_today_and_is_said(stage: Stage) -> None:
    lien = Desk(stage)
    await lien.type("kaart")
    await lien.submit(card_number=KNOWN_CARDS["unused"], card_last="2026-12-31")
    assert lien.answer.text.endswith("De einddatum lag na vandaag; ik nam 15 juli 2026 als laatste dag.")


async def test_words_before_the_form_are_filled_in(stage: Stage) -> None:
    lien = Desk(stage)
    await lien.type("kaart vorig kwartaal t-hof")
    assert filled(lien.form) == BEGINS | {
        "Balie": "Gemeenschapscentrum 't Hof (t-hof)",
        "Van": "2026-04-01",
        "Tot en met": "2026-06-30",
    }


async def test_where_no_balie_is_meant_the_form_asks_for_it_and_shows_no_number(stage: Stage) -> None:
    lien = Desk(stage, channel="algemeen")
    await lien.type("kaart 0930 0123 45607 vorig jaar")
    assert (filled(lien.form)["section"], filled(lien.form)["Balie"]) == ("Kaart •••••1234••••", None)
    assert SWAPPED not in str(lien.form)
    await lien.submit(card_balie=await lien.balie("t-hof"))
    assert said(lien.answer)[0].endswith("1 januari – 31 december 2025.")
    await lien.type(f"kaart {KNOWN_CARDS['kansenpas']}")
    assert len(lien.answers) == 2, "the balie used last is meant from now on"


async def test_another_period_shows_no_number_and_replaces_the_answer(stage: Stage) -> None:
    lien = Desk(stage)
    await lien.type(f"kaart {SWAPPED} vorig jaar")
    await lien.press("Op balie")
    await lien.press("Andere periode")
    assert filled(lien.form) == {
        "section": "Kaart •••••1234••••",
        "Balie": "CC De Sluis (de-sluis)",
        "Van": "2025-01-01",
        "Tot en met": "2025-12-31",
        "Volgorde": "Balie, A tot Z",
        "note": "Het antwoord zie jij alleen. Van de kaart wordt niets bewaard.",
    }
    assert SWAPPED not in str(lien.form)
    await lien.submit(card_first="2026-07-01", card_last="2026-07-15", card_order="CASHINGDATE/ASC")
    assert said(lien.answer)[0].endswith("1 juli – 15 juli 2026.")
    assert rows(lien.answer)[-1] == ("15/07/2026", "Koffie aan de balie", "−5", "CC De Sluis")


async def test_a_form_left_open_too_long_asks_for_the_number_again(stage: Stage) -> None:
    lien = Desk(stage)
    await lien.type(f"kaart {SWAPPED}")
    await lien.press("Andere periode")
    calls = len(stage.uitpas.calls)
    stage.clock.advance(31 * 60)
    await lien.submit()
    assert filled(lien.form) == {
        "section": (
            "Dit werkt na een half uur niet meer, want van een kaart onthoud ik niets. Typ het nummer opnieuw:"
            " `/uitpas kaart`."
        )
    }
    assert len(stage.uitpas.calls) == calls


async def test_the_shortcut_answers_in_direct_messages_for_that_person_alone(stage: Stage) -> None:
    person = stage.slack.world.person("lien").id
    await stage.slack.shortcut(person, "card")
    await stage.settle()
    lien = Desk(stage, channel=stage.slack.world.open_im("lien"))
    assert filled(lien.form)["note"] == (
        "Het antwoord komt in je privéberichten met mij en zie jij alleen. Van de kaart wordt niets bewaard."
    )
    await lien.submit(card_number=SWAPPED, card_balie=await lien.balie("de-sluis"))
    assert filled(lien.form) == {"section": "Ik zoek de kaart op. Het antwoord komt in je privéberichten met mij."}
    assert len(rows(lien.answer)) == 20
    assert stage.dms() == [], "nothing stays there"
    await lien.press("Oudere")
    assert said(lien.answer)[1].startswith("Rij 21 tot 40 van 45")


@pytest.mark.parametrize("linked", [(), ("lien",)])
async def test_the_shortcut_says_what_stands_in_the_way(tmp_path: Path, linked: tuple[str, ...]) -> None:
    async with staged(tmp_path, linked=linked, mapped=False) as stage:
        lien = Desk(stage)
        await stage.slack.shortcut(lien.who, "card")
        await stage.settle()
        begins = "Er zijn nog geen balies ingesteld" if linked else "Je UiTiD is nog niet gekoppeld"
        assert filled(lien.form)["section"].startswith(begins)


async def test_slack_too_slow_for_the_form_is_said(stage: Stage) -> None:
    lien = Desk(stage)
    stage.slack.faults.add("views.open", "error", code="expired_trigger_id")
    await lien.type("kaart")
    assert lien.answer.text == (
        "Slack was te traag om het formulier te openen. Typ `/uitpas kaart` opnieuw, of meteen met het nummer van de"
        " kaart erachter."
    )


async def test_the_past_year_begins_on_the_same_day_a_leap_day_on_the_one_before(tmp_path: Path) -> None:
    async with staged(tmp_path, clock=StillClock(datetime(2028, 2, 29, 12, tzinfo=UTC))) as stage:
        lien = Desk(stage)
        await lien.type("kaart")
        assert (filled(lien.form)["Van"], filled(lien.form)["Tot en met"]) == ("2027-02-28", "2028-02-29")


async def test_the_buttons_of_an_answer_to_a_form_work(stage: Stage) -> None:
    lien = Desk(stage)
    await lien.type("kaart")
    await lien.submit(card_number=SWAPPED)
    await lien.press("Oudere")
    assert "Nieuwere" in buttons(lien.answer)
