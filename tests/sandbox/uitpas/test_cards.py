"""A card is looked up by its number or its chip, without a word about its holder."""

import httpx
import pytest

from bot.sandbox.uitpas import KNOWN_CARDS, Balie

from .support import HEAD, Caller, holder_of, refusal

PERMISSION = "<requiredPermission>PERMISSION_PASSHOLDER - ACTION_READ</requiredPermission>"


def described(system: str, kansenpas: str, status: str, number: str) -> tuple[int, str, bytes]:
    flag = f"<kansenpas>{kansenpas}</kansenpas>" if kansenpas else ""
    body = (
        f"<response><cardSystem>{system}</cardSystem><cardType>CARD</cardType>{flag}<status>{status}</status>"
        f"<uitpasNumber>{number}</uitpasNumber></response>"
    )
    return 200, "application/xml; charset=UTF-8", HEAD + body.encode()


def seen(answer: httpx.Response) -> tuple[int, str, bytes]:
    return answer.status_code, answer.headers["Content-Type"], answer.content


@pytest.mark.parametrize(
    ("name", "system", "kansenpas", "status"),
    [
        ("swapped", "<id>11</id><name>UiTPAS Lindermeer</name>", "false", "ACTIVE"),
        ("second", "<id>23</id><name>UiTPAS Dijkland</name>", "false", "ACTIVE"),
        ("kansenpas", "<id>23</id><name>UiTPAS Dijkland</name>", "true", "ACTIVE"),
        ("blocked", "<id>42</id><name>Paspoort Veldeke</name>", "false", "BLOCKED"),
        ("stock", "<id>23</id><name>UiTPAS Dijkland</name>", "", "LOCAL_STOCK"),
    ],
)
async def test_a_card_of_any_status_is_described_by_number_and_by_chip(
    lien: Caller, sluis: Balie, name: str, system: str, kansenpas: str, status: str
) -> None:
    number = KNOWN_CARDS[name]
    card = lien.sandbox.world.card(number)
    answers = [
        await lien.card(sluis, uitpasNumber=number),
        await lien.card(sluis, chipNumber=card.chip if card else ""),
    ]
    assert [seen(answer) for answer in answers] == [described(system, kansenpas, status, number)] * 2


@pytest.mark.parametrize(
    ("fields", "code", "message"),
    [
        ({}, "MISSING_REQUIRED_FIELDS", "Missing required fields: chipNumber or uitpasNumber"),
        (
            {"uitpasNumber": KNOWN_CARDS["unused"], "chipNumber": "0"},
            "INVALID_PARAMETERS",
            "Either chipNumber or uitpasNumber, not both.",
        ),
        ({"uitpasNumber": KNOWN_CARDS["unused"], "uid": "x"}, "INVALID_PARAMETERS", "Unknown or repeated parameter."),
        ({"chipNumber": "00000000000000"}, "UNKNOWN_CHIPNUMBER", "No card with this chip number."),
        (
            {"uitpasNumber": KNOWN_CARDS["nobody"]},
            "UNKNOWN_UITPASNUMBER",
            "No passholder or card with this UiTPAS number.",
        ),
        ({"uitpasNumber": "0930073402504"}, "PARSE_INVALID_UITPASNUMBER", "No valid UiTPAS number."),
    ],
)
async def test_a_look_up_that_makes_no_sense_is_refused(
    lien: Caller, sluis: Balie, fields: dict[str, str], code: str, message: str
) -> None:
    answer = await lien.card(sluis, **fields)
    assert (answer.status_code, answer.content) == (400, refusal(code, message))


async def test_a_look_up_is_for_employees_of_the_balie(
    lien: Caller, noor: Caller, application: Caller, sluis: Balie
) -> None:
    number = {"uitpasNumber": KNOWN_CARDS["unused"]}
    answers = [
        await lien.get("/uitpas/card", number),
        await noor.card(sluis, **number),
        await holder_of(lien, "unused").card(sluis, **number),
        await application.card(sluis, **number),
    ]
    assert [(answer.status_code, answer.content) for answer in answers] == [
        (400, refusal("UNKNOWN_BALIE_CONSUMERKEY", "No balie with this consumer key.")),
        (400, refusal("ACCESS_DENIED", "User has no permission for balie 77.", PERMISSION)),
        (400, refusal("ACCESS_DENIED", "Not an employee.")),
        (401, b"User access token required\n"),
    ]
