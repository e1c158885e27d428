"""Faults can be asked for over HTTP, from this machine."""

import httpx
import pytest
from aiohttp.test_utils import make_mocked_request

from bot.sandbox.uitpas import Balie, Faults, UitpasSandbox
from bot.sandbox.uitpas.control import PATH, Control

from .support import Caller


@pytest.fixture
def route(sandbox: UitpasSandbox) -> str:
    """The address of the control route."""
    return f"{sandbox.url}/_control/faults"


async def test_a_posted_fault_is_listed_and_happens(lien: Caller, sluis: Balie, route: str) -> None:
    asked = {"call": "start_report", "kind": "status", "times": 2, "status": 503, "retry_after": 5}
    added = await lien.http.post(route, json=asked)
    failed = await lien.start_report(sluis)
    listed = await lien.http.get(route)
    assert (added.status_code, added.json(), failed.status_code) == (200, [asked], 503)
    assert listed.json() == [{**asked, "times": 1}]


async def test_delete_clears_all_faults(lien: Caller, sluis: Balie, route: str) -> None:
    await lien.http.post(route, json={"call": "*", "kind": "html", "times": -1})
    cleared = await lien.http.delete(route)
    assert (cleared.json(), (await lien.start_report(sluis)).headers["Content-Type"]) == (
        [],
        "application/xml; charset=UTF-8",
    )


@pytest.mark.parametrize(
    ("body", "content_type", "error"),
    [
        (b"{}", "application/json", "the body is an object with call and kind"),
        (b"[]", "application/json", "the body is an object with call and kind"),
        (b"{", "application/json", "the body is not JSON"),
        (b"{}", "text/plain", "the content type is not application/json"),
        (b'{"call":"*","kind":"delay","times":0}', "application/json", "times is a number above 0, or -1 for always"),
        (b'{"call":"*","kind":"delay","seconds":"x"}', "application/json", "seconds has the wrong type"),
    ],
)
async def test_a_mistake_gets_a_sentence(
    http: httpx.AsyncClient, route: str, body: bytes, content_type: str, error: str
) -> None:
    answer = await http.post(route, content=body, headers={"Content-Type": content_type})
    assert (answer.status_code, answer.json()) == (400, {"error": error})


async def test_the_control_route_is_no_call_of_the_api(
    sandbox: UitpasSandbox, http: httpx.AsyncClient, route: str
) -> None:
    await http.get(route)
    assert list(sandbox.calls) == []


@pytest.mark.parametrize(("remote", "status"), [("127.0.0.1", 200), ("192.0.2.7", 404)])
async def test_the_control_route_does_not_exist_for_other_machines(remote: str, status: int) -> None:
    request = make_mocked_request("GET", PATH).clone(remote=remote)
    assert (await Control(Faults()).handle(request)).status == status
