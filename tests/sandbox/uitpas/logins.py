"""The three steps of a login, taken by an application and by a person at a browser without script."""

from urllib.parse import parse_qsl, urlencode, urlsplit

import httpx

from .support import Caller

CALLBACK = "http://127.0.0.1:9/uitid/callback?l=a%20b"


async def begin(application: Caller, fields: dict[str, str] | None = None) -> dict[str, str]:
    """Ask for a request token and return it with its secret."""
    answer = await application.post("/requestToken", fields, callback_uri=CALLBACK)
    assert answer.status_code == 200, answer.text
    return dict(parse_qsl(answer.text))


async def look(application: Caller, token: str, **query: str) -> httpx.Response:
    """Open the page on which one logs in and consents."""
    given = urlencode({"oauth_token": token, **query})
    return await application.http.get(f"{application.sandbox.api_url}/auth/authorize?{given}")


async def decide(application: Caller, token: str, employee: str, decision: str, **more: str) -> httpx.Response:
    """Hand in that page."""
    fields = {"oauth_token": token, "employee": employee, "decision": decision, **more}
    return await application.http.post(f"{application.sandbox.api_url}/auth/authorize", data=fields)


async def verifier(application: Caller, token: str, nick: str = "bram") -> str:
    """Have an employee consent and return what their browser brings back."""
    answer = await decide(application, token, application.sandbox.employee(nick).uid, "allow")
    return dict(parse_qsl(urlsplit(answer.headers["Location"]).query))["oauth_verifier"]


async def finish(application: Caller, given: dict[str, str], word: str) -> httpx.Response:
    """Ask for the access token."""
    return await application.post(
        "/accessToken",
        resource_owner_key=given["oauth_token"],
        resource_owner_secret=given["oauth_token_secret"],
        verifier=word,
    )


async def link(application: Caller, nick: str) -> tuple[str, str]:
    """Take all three steps and return the access token and its secret."""
    given = await begin(application)
    answer = await finish(application, given, await verifier(application, given["oauth_token"], nick))
    ended = dict(parse_qsl(answer.text))
    return ended["oauth_token"], ended["oauth_token_secret"]
