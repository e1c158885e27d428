"""A card there is no table of: each reason has its own sentence, and UiTPAS is asked no more than needed."""

from pathlib import Path
from typing import Any

import pytest

from bot.sandbox.uitpas import KNOWN_CARDS
from tests.support.cards import SWAPPED, Desk
from tests.support.stage import Stage, staged

NOTHING = (
    "Met deze kaart zijn in deze periode geen punten omgeruild: 15 juli 2025 – 15 juli 2026. Dat geldt voor alle"
    " balies. Zoek je iets ouders? Typ het nummer opnieuw met een periode, zoals `2024`."
)
STATUSES = {
    "unused": NOTHING,
    "blocked": "Deze kaart is geblokkeerd. Vraag de pashouder naar de nieuwe kaart en typ dat nummer.",
    "stock": (
        "Deze kaart is nog aan niemand gegeven, dus is er niets mee omgeruild. Vergelijk het nummer met de kaart."
    ),
    "nobody": "UiTPAS kent geen kaart met dit nummer. Vergelijk het met de kaart zelf.",
}
SILENT = "UiTPAS antwoordt nu niet. Probeer het over enkele minuten opnieuw, of kijk in de balie-app."
ENDED = (
    "Je UiTiD-koppeling is verlopen of ingetrokken. Typ `/uitpas koppel` om opnieuw te koppelen, en typ daarna het"
    " kaartnummer opnieuw."
)
NOT_LINKED = (
    "Je UiTiD is nog niet gekoppeld, en zonder mag ik UiTPAS niets vragen in jouw naam. Typ `/uitpas koppel`, en typ"
    " daarna het kaartnummer opnieuw."
)
NOT_ALLOWED = "Kaarten opzoeken is voor volwaardige leden van deze werkruimte. Vraag het aan een collega."
NO_RIGHT = (
    "Je UiTiD mag aan deze balie geen kaarten opzoeken. Kies een balie waar je werkt, of vraag het aan de beheerder van"
    " je balie."
)


def asked(stage: Stage) -> list[str]:
    """Return the calls that UiTPAS got, by name."""
    return [call.name for call in stage.uitpas.calls]


@pytest.mark.parametrize("name", STATUSES)
async def test_nothing_to_show_is_explained_by_what_the_card_is(stage: Stage, name: str) -> None:
    lien = Desk(stage)
    await lien.type(f"kaart {KNOWN_CARDS[name]}")
    assert lien.answer.text == STATUSES[name]
    assert asked(stage) == ["cashed_promotions", "card"]


async def test_a_card_that_uitpas_knows_without_a_holder_is_said_so(stage: Stage) -> None:
    lien = Desk(stage)
    stage.uitpas.faults.add("cashed_promotions", "code", code="UNKNOWN_UITPASNUMBER")
    await lien.type(f"kaart {SWAPPED}")
    assert lien.answer.text == (
        "UiTPAS kent deze kaart, maar geen pashouder erbij. Zoek de pashouder op in de balie-app."
    )


FAULTS: dict[str, tuple[dict[str, Any], str]] = {
    "status": ({}, SILENT),
    "drop": ({}, SILENT),
    "html": ({}, SILENT),
    "malformed": ({}, SILENT),
    "revoked": ({}, ENDED),
    "code": ({"code": "ACCESS_DENIED", "required_permission": "PERMISSION_PASSHOLDER - ACTION_READ"}, NO_RIGHT),
}


@pytest.mark.parametrize("kind", FAULTS)
async def test_trouble_at_uitpas_is_said_in_a_sentence(stage: Stage, kind: str) -> None:
    lien = Desk(stage)
    detail, sentence = FAULTS[kind]
    stage.uitpas.faults.add("cashed_promotions", kind, times=2, **detail)
    await lien.type(f"kaart {SWAPPED}")
    assert lien.answer.text == sentence


REFUSED = {
    "INVALID_PARAMETERS": "UiTPAS weigert deze vraag. Kies een andere periode of volgorde;",
    "INVALID_INTERVAL_MIN_HIGHER_THAN_MAX": "UiTPAS aanvaardt deze grenzen niet. Kies een andere periode.",
    "INVALID_INTERVAL_BEGIN_DATE_AFTER_END_DATE": "De begindatum valt na de einddatum. Draai ze om.",
    "UNKNOWN_BALIE_CONSUMERKEY": "UiTPAS kent deze balie niet.",
    "PARSE_INVALID_UITPASNUMBER": "UiTPAS aanvaardt dit kaartnummer niet. Typ de 13 cijfers van de kaart opnieuw over.",
    "INVALID_CARD": "Deze kaart of pashouder is verwijderd.",
    "SOMETHING_NEW": "UiTPAS gaf een antwoord dat ik niet ken (SOMETHING_NEW).",
}


@pytest.mark.parametrize("code", REFUSED)
async def test_every_no_of_uitpas_has_its_sentence(stage: Stage, code: str) -> None:
    lien = Desk(stage)
    stage.uitpas.faults.add("cashed_promotions", "code", code=code, message=f"card {SWAPPED}")
    await lien.type(f"kaart {SWAPPED}")
    assert lien.answer.text.startswith(REFUSED[code])


async def test_who_does_not_work_at_the_balie_is_told_by_uitpas(stage: Stage) -> None:
    joris = Desk(stage, "joris", "algemeen")
    await joris.type(f"kaart {SWAPPED} de-sluis")
    assert joris.answer.text == NO_RIGHT


@pytest.mark.parametrize("words", ["kaart", f"kaart {SWAPPED}"])
async def test_without_a_link_nothing_is_asked(tmp_path: Path, words: str) -> None:
    async with staged(tmp_path, linked=()) as stage:
        lien = Desk(stage)
        await lien.type(words)
        assert (lien.answer.text, asked(stage), stage.slack.world.views("lien")) == (NOT_LINKED, [], [])


async def test_without_balies_it_says_how_to_get_some(tmp_path: Path) -> None:
    async with staged(tmp_path, mapped=False) as stage:
        lien = Desk(stage)
        await lien.type(f"kaart {SWAPPED}")
        assert lien.answer.text.startswith("Er zijn nog geen balies ingesteld in deze werkruimte.")


@pytest.mark.parametrize("user", ["gust", "sofie"])
async def test_who_is_no_full_member_learns_nothing(stage: Stage, user: str) -> None:
    person = stage.slack.world.person(user)
    place = next(one for one in stage.slack.world.talk.channels.values() if person.id in one.members)
    guest = Desk(stage, user, place.id)
    await guest.type(f"kaart {SWAPPED}")
    assert (guest.answer.text, asked(stage)) == (NOT_ALLOWED, [])


async def test_thirty_questions_a_minute_are_enough(stage: Stage) -> None:
    lien, bram = Desk(stage), Desk(stage, "bram")
    for _ in range(31):
        await stage.slack.command(lien.who, lien.where, f"kaart {KNOWN_CARDS['unused']}")
    await stage.settle()
    told = [message.text for message in lien.answers]
    assert told.count(NOTHING) == 30
    assert told.count("Je zocht net veel kaarten op. Wacht een minuut en probeer het opnieuw.") == 1
    await bram.type(f"kaart {KNOWN_CARDS['unused']}")
    assert bram.answer.text == NOTHING
    await stage.pass_time(60)
    await lien.type(f"kaart {KNOWN_CARDS['unused']}")
    assert lien.answers[-1].text == NOTHING
