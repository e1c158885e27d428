"""`/uitpas kaart`: what a card was swapped for, shown to whoever asked and to nobody else."""

import pytest

from tests.support.cards import SWAPPED, Desk, buttons, rows, said
from tests.support.stage import Stage

YEAR = "15 juli 2025 – 15 juli 2026"


async def test_a_card_is_answered_to_the_asker_alone(stage: Stage) -> None:
    lien, bram = Desk(stage), Desk(stage, "bram")
    delivery = await lien.type("kaart 0930 0123 45607")
    assert (delivery.error, delivery.ack) == (None, {})
    assert lien.answer.text == f"45 omruilingen, samen −401,5 punten, {YEAR}"
    assert said(lien.answer) == [
        f"*Kaart •••••1234••••*\n45 omruilingen, samen *−401,5 punten*. Aan alle balies, {YEAR}.",
        "Rij 1 tot 20 van 45, nieuwste eerst",
    ]
    table = rows(lien.answer)
    assert len(table) == 20
    assert table[0] == ("15/07/2026", "Koffie aan de balie", "−5", "CC De Sluis")
    assert list(buttons(lien.answer)) == [
        "Oudere",
        "Op voordeel",
        "Op balie",
        "Op gemeente",
        "Omgekeerde volgorde",
        "Andere periode",
        "Als CSV",
    ]
    assert (bram.answers, stage.roots(), stage.dms(), stage.dms("bram")) == ([], [], [], [])


async def test_it_speaks_the_language_of_who_asks(stage: Stage) -> None:
    emily = Desk(stage, "emily", "algemeen")
    await emily.type("card 0930012345607 last year molenschoot")
    head, _ = said(emily.answer)
    assert head.startswith("*Card •••••1234••••*\n")
    assert head.endswith("points* in all. At all desks, 1 January – 31 December 2025.")
    assert list(buttons(emily.answer))[-2:] == ["Another period", "As CSV"]


async def test_all_pages_together_are_all_there_is(stage: Stage) -> None:
    lien = Desk(stage)
    await lien.type(f"kaart {SWAPPED}")
    pages = [rows(lien.answer)]
    for _ in range(2):
        await lien.press("Oudere")
        pages.append(rows(lien.answer))
    assert [len(page) for page in pages] == [20, 20, 5]
    assert said(lien.answer)[1] == "Rij 41 tot 45 van 45, nieuwste eerst"
    assert "Oudere" not in buttons(lien.answer)
    days = [row[0].split("/")[::-1] for page in pages for row in page]
    assert days == sorted(days, reverse=True)
    for _ in range(2):
        await lien.press("Nieuwere")
    assert rows(lien.answer) == pages[0]
    assert "Nieuwere" not in buttons(lien.answer)


@pytest.mark.parametrize(
    ("label", "column", "order"),
    [("Op voordeel", 1, "voordeel, A tot Z"), ("Op balie", 3, "balie, A tot Z")],
)
async def test_it_is_sorted_and_turned_round(stage: Stage, label: str, column: int, order: str) -> None:
    lien = Desk(stage)
    await lien.type(f"kaart {SWAPPED} dit kwartaal")
    await lien.press(label)
    names = [row[column].casefold() for row in rows(lien.answer)]
    assert (names, said(lien.answer)[1].splitlines()[0]) == (sorted(names), f"Gesorteerd: {order}")
    await lien.press("Omgekeerde volgorde")
    turned = [row[column].casefold() for row in rows(lien.answer)]
    assert turned == sorted(names, reverse=True)
    assert label not in buttons(lien.answer)
    await lien.press("Op datum")
    assert said(lien.answer)[1].startswith("Gesorteerd: nieuwste eerst")


async def test_towns_are_sorted_by_uitpas_and_asked_of_it(stage: Stage) -> None:
    lien = Desk(stage)
    await lien.type(f"kaart {SWAPPED}")
    await lien.press("Op gemeente")
    asked = stage.uitpas.calls[-1]
    assert (asked.name, asked.params["sort"], asked.params["order"]) == ("cashed_promotions", "CITY", "ASC")
    assert said(lien.answer)[1] == "Rij 1 tot 20 van 45, gemeente van de balie, A tot Z"


async def test_the_days_asked_for_are_those_of_brussels_to_their_last_second(stage: Stage) -> None:
    await stage.type(f"kaart {SWAPPED} 2025-12-01 2026-06-30")
    asked = stage.uitpas.calls[-1]
    assert asked.params == {
        "uitpasNumber": SWAPPED,
        "balieConsumerKey": stage.uitpas.world.balies[0].consumer_key,
        "cashingPeriodBegin": "2025-12-01T00:00:00+01:00",
        "cashingPeriodEnd": "2026-06-30T23:59:59+02:00",
        "sort": "CASHINGDATE",
        "order": "DESC",
        "max": "100",
        "start": "0",
    }


async def test_an_end_after_today_becomes_today_and_is_said(stage: Stage) -> None:
    lien = Desk(stage)
    await lien.type(f"kaart {SWAPPED} 2026-01-01 2026-12-31")
    assert said(lien.answer)[1].endswith("De einddatum lag na vandaag; ik nam 15 juli 2026 als laatste dag.")
    assert "1 januari – 15 juli 2026" in lien.answer.text


NUMBERS = {
    "093001234560": "Een kaartnummer heeft 13 cijfers, en ik tel er 12. Kijk of er een ontbreekt of dubbel staat.",
    "85.07.30-033.61": (
        "Dat lijkt een rijksregisternummer: 11 cijfers. Ik heb het nergens opgezocht of bewaard. Typ de 13 cijfers van"
        " de kaart."
    ),
    "0930012345608": (
        "In dat kaartnummer staat een tikfout: het laatste cijfer past niet bij de andere. Vergelijk met de kaart."
    ),
    "0930000237931": ("Dat is geen kaartnummer: het voorlaatste cijfer is altijd 0 of 1. Vergelijk met de kaart."),
    "093001234560X": (
        "Dat is geen kaartnummer. Typ eerst de 13 cijfers van de kaart, met of zonder spaties, en dan de rest."
    ),
    "0930_0123_45607": (
        "Dat is geen kaartnummer. Typ eerst de 13 cijfers van de kaart, met of zonder spaties, en dan de rest."
    ),
    f"{SWAPPED} 0930_0123_45607": "Ik ken geen balie die `•••_•••_•••` heet. Laat de balie weg om er een te kiezen.",
    "de-sluis 0930012345607": (
        "Dat is geen kaartnummer. Typ eerst de 13 cijfers van de kaart, met of zonder spaties, en dan de rest."
    ),
    f"{SWAPPED} de-sluis zomaar": (
        "Ik begrijp niet alles na het kaartnummer. Typ eerst het nummer, dan de periode en dan de balie, zoals"
        " `vorig jaar de-werf`."
    ),
    f"{SWAPPED} de-slui": (
        "Ik ken geen balie die `de-slui` heet. Bedoelde je `de-sluis`? Laat de balie weg om er een te kiezen."
    ),
    f"{SWAPPED} 2027": "Die periode moet nog komen. Kies er een die al begonnen is. Dit werkt:",
}


@pytest.mark.parametrize("typed", NUMBERS)
async def test_what_is_wrong_is_said_and_nothing_is_asked(stage: Stage, typed: str) -> None:
    lien = Desk(stage)
    await lien.type(f"kaart {typed}")
    assert lien.answer.text.startswith(NUMBERS[typed])
    assert list(stage.uitpas.calls) == []


@pytest.mark.parametrize("typed", ["0930 0123 45607", "0930_0123_45607", "09.30-0123/45607 vorig jaar"])
async def test_a_number_without_its_verb_is_not_repeated(stage: Stage, typed: str) -> None:
    lien = Desk(stage)
    await lien.type(typed)
    assert not any(sign.isdigit() for sign in lien.answer.text)
    assert lien.answer.text.endswith("ken ik niet. Typ `/uitpas help` om te zien wat kan.")


FAULTS = {
    "broken_row": "1 omruiling kon ik niet lezen; die is niet meegeteld.",
    "wrong_count": "UiTPAS telt er 2 meer dan het gaf.",
}


@pytest.mark.parametrize("fault", FAULTS)
async def test_what_does_not_add_up_is_said_aloud(stage: Stage, fault: str) -> None:
    lien = Desk(stage)
    stage.uitpas.faults.add("cashed_promotions", fault, times=-1)
    await lien.type(f"kaart {SWAPPED} dit kwartaal")
    assert said(lien.answer)[1].splitlines()[-1] == FAULTS[fault]


async def test_a_swap_that_comes_twice_counts_once(stage: Stage) -> None:
    lien = Desk(stage)
    await lien.type(f"kaart {SWAPPED}")
    once = lien.answer
    stage.uitpas.faults.add("cashed_promotions", "doubled")
    await lien.press("Omgekeerde volgorde")
    await lien.press("Omgekeerde volgorde")
    assert lien.answer.text == once.text
