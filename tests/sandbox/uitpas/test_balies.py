"""Which balies there are, and which are an employee's own."""

import pytest

from .support import HEAD, Caller, refusal

GROUP = "<groups><group>Checkin and Ticket balies</group></groups>"
FOUND_GROUP = "<groups><group><id>8</id><name>Geauthorizeerde registratie balies</name></group></groups>"
SLUIS_FOUND = (
    "<balie><name>CC De Sluis </name><id>{key}</id><postalCode>9940</postalCode><city>Lindergem</city>"
    "<visible>true</visible><cardSystems><cardSystem><id>11</id><name>UiTPAS Lindermeer</name>"
    f"{FOUND_GROUP}</cardSystem></cardSystems></balie>"
)


def own(caller: Caller, nick: str) -> Caller:
    token = caller.sandbox.issue_token(caller.sandbox.employee(nick).uid)
    return Caller(caller.sandbox, caller.http, caller.clock, token)


async def test_an_employee_sees_number_key_and_role_of_each_balie(lien: Caller) -> None:
    katrien = lien.sandbox.employee("katrien")
    answer = await own(lien, "katrien").get("/uitpas/balie/list", {"uid": katrien.uid})
    sluis, library = (lien.sandbox.world.balies[place].consumer_key for place in (0, 2))
    registration = "<permission>registratie</permission>"
    both = f"{registration}<permission>kansenstatuut toekennen</permission>"
    body = (
        "<response><balies>"
        f"<balie><id>77</id><consumerKey>{sluis}</consumerKey><name>CC De Sluis </name><role>member</role>"
        f"<actorId>{sluis}</actorId><cardSystems><cardSystem><id>11</id><name>UiTPAS Lindermeer</name>"
        f"<permissions>{registration}</permissions>{GROUP}</cardSystem></cardSystems></balie>"
        f"<balie><id>118</id><consumerKey>{library}</consumerKey><name>Bibliotheek Oosterwal</name>"
        "<role>admin</role><actorId></actorId><cardSystems>"
        f"<cardSystem><id>11</id><name>UiTPAS Lindermeer</name><permissions>{both}</permissions>{GROUP}</cardSystem>"
        f"<cardSystem><id>23</id><name>UiTPAS Dijkland</name><permissions>{both}</permissions>{GROUP}</cardSystem>"
        "</cardSystems></balie></balies></response>"
    )
    assert (answer.status_code, answer.content) == (200, HEAD + body.encode())


async def test_an_employee_without_balies_gets_an_empty_list(noor: Caller) -> None:
    answer = await noor.get("/uitpas/balie/list", {"uid": noor.sandbox.employee("noor").uid})
    assert answer.content == HEAD + b"<response><balies/></response>"


async def test_the_list_is_for_the_owner_of_the_token(lien: Caller) -> None:
    noor = lien.sandbox.employee("noor").uid
    permission = "<requiredPermission>PERMISSION_BALIE - ACTION_READ</requiredPermission>"
    answers = [
        await lien.get("/uitpas/balie/list"),
        await lien.get("/uitpas/balie/list", {"uid": "nobody"}),
        await lien.get("/uitpas/balie/list", {"uid": noor}),
    ]
    assert [(answer.status_code, answer.content) for answer in answers] == [
        (400, refusal("MISSING_REQUIRED_FIELDS", "Missing required fields: uid")),
        (400, refusal("UNKNOWN_USER", "No user with this uid.")),
        (400, refusal("ACCESS_DENIED", "uid is not that of the token.", permission)),
    ]


async def test_a_balie_is_found_by_its_key_without_an_employee(application: Caller) -> None:
    key = application.sandbox.world.balies[0].consumer_key
    answer = await application.get("/uitpas/balie/search", {"key": key.swapcase(), "visible": "true"})
    body = f"<response><balies>{SLUIS_FOUND.format(key=key)}</balies><total>1</total></response>"
    assert (answer.status_code, answer.content) == (200, HEAD + body.encode())


@pytest.mark.parametrize("fields", [{"key": "nobody"}, {"city": "Heulegem"}, {"visible": "false"}])
async def test_a_search_that_finds_nothing_says_so(application: Caller, fields: dict[str, str]) -> None:
    answer = await application.get("/uitpas/balie/search", fields)
    assert answer.content == HEAD + b"<response><balies/><total>0</total></response>"


async def test_a_search_is_paged(lien: Caller) -> None:
    answers = [(await lien.get("/uitpas/balie/search", fields)).text for fields in ({}, {"start": "6"}, {"max": "3"})]
    assert [(text.count("<balie>"), "<total>8</total>" in text) for text in answers] == [
        (8, True),
        (2, True),
        (3, True),
    ]


@pytest.mark.parametrize(
    ("fields", "code"),
    [
        ({"visible": "1"}, "INVALID_PARAMETERS"),
        ({"max": "all"}, "INVALID_PARAMETERS"),
        ({"pointOfSale": "true"}, "INVALID_PARAMETERS"),
        ({"city": "Atlantis"}, "PARSE_INVALID_CITY_NAME"),
    ],
)
async def test_a_search_that_makes_no_sense_is_refused(application: Caller, fields: dict[str, str], code: str) -> None:
    answer = await application.get("/uitpas/balie/search", fields)
    assert (answer.status_code, f"<code>{code}</code>" in answer.text) == (400, True)


async def test_an_employee_sees_and_ends_the_link_with_the_application(lien: Caller) -> None:
    uid = lien.sandbox.employee("lien").uid
    listed = await lien.get(f"/user/{uid}/serviceconsumers")
    revoked = await lien.post(f"/user/{uid}/serviceconsumers/3042/revoke")
    after = await lien.get(f"/user/{uid}/serviceconsumers")
    assert (
        listed.content
        == HEAD
        + (
            "<response><code>OK</code><serviceconsumers><serviceconsumer><ID>3042</ID>"
            f"<consumerKey>{lien.sandbox.consumer_key}</consumerKey><name>Baliebot</name>"
            "<description>Onkostennota's en kaarten vanuit Slack</description>"
            "</serviceconsumer></serviceconsumers></response>"
        ).encode()
    )
    assert revoked.content == HEAD + b"<response><code>ServiceConsumerRevoked</code></response>"
    assert after.status_code == 401


async def test_nobody_ends_the_link_of_another_or_with_a_stranger(lien: Caller) -> None:
    noor, own_uid = (lien.sandbox.employee(nick).uid for nick in ("noor", "lien"))
    answers = [
        await lien.get(f"/user/{noor}/serviceconsumers"),
        await lien.post(f"/user/{noor}/serviceconsumers/3042/revoke"),
        await lien.post(f"/user/{own_uid}/serviceconsumers/1/revoke"),
    ]
    assert [answer.content for answer in answers] == [
        refusal("ACCESS_DENIED", "Not the user of this token."),
        refusal("ACCESS_DENIED", "Not the user of this token."),
        refusal("UNKNOWN_SERVICE_CONSUMER", "No such service consumer."),
    ]
