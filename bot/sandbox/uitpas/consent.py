"""The second step of the login: the page where an employee logs in and consents, and what follows from it."""

import secrets
from collections.abc import Sequence
from html import escape
from urllib.parse import parse_qsl, urlencode, urlsplit, urlunsplit

from aiohttp import web

from bot.sandbox.uitpas.answers import page
from bot.sandbox.uitpas.people import Employee
from bot.sandbox.uitpas.tokens import RequestToken, RequestTokens
from bot.sandbox.uitpas.world import World

COOKIE = "uitid_session"


class Consent:
    """The consent page. A browser that consented stays logged in, as it does at UiTiD."""

    def __init__(self, world: World, requests: RequestTokens, application: str) -> None:
        self._world = world
        self._requests = requests
        self._application = application
        self._sessions: dict[str, Employee] = {}

    async def show(self, request: web.Request) -> web.StreamResponse:
        """Ask who logs in, unless this browser still knows; `type=forcelogin` asks always."""
        pending = self._pending(request.query.get("oauth_token", ""))
        if pending is None:
            return _ended()
        known = self._sessions.get(request.cookies.get(COOKIE, ""))
        if known is None or request.query.get("type") == "forcelogin":
            people = _choices(self._world.employees, request.query.get("email", ""))
        else:
            people = _logged_in(known)
        return page("Aanmelden met UiTiD", _form(pending, people, self._application))

    async def decide(self, request: web.Request) -> web.StreamResponse:
        """Take the submitted form and send the browser to the callback, with a verifier when consent was given."""
        form = await request.post()
        pending = self._pending(str(form.get("oauth_token", "")))
        if pending is None:
            return _ended()
        if form.get("decision") != "allow":
            self._requests.drop(pending.token)
            return _redirect(pending.callback, oauth_token=pending.token)
        employee = self._world.employee(str(form.get("employee", "")))
        if employee is None:
            return page("Aanmelden met UiTiD", "<p>Kies eerst wie je bent.</p>", 400)
        granted = self._requests.consent(pending.token, employee.uid)
        answer = _redirect(granted.callback, oauth_token=granted.token, oauth_verifier=granted.verifier)
        self._remember(answer, employee)
        return answer

    def _pending(self, token: str) -> RequestToken | None:
        found = self._requests.find(token)
        return found if found is not None and not found.verifier else None

    def _remember(self, answer: web.Response, employee: Employee) -> None:
        session = secrets.token_urlsafe(16)
        self._sessions[session] = employee
        answer.set_cookie(COOKIE, session, path="/uitid", httponly=True, samesite="Lax")


def _redirect(callback: str, **added: str) -> web.Response:
    parts = urlsplit(callback)
    query = urlencode([*parse_qsl(parts.query, keep_blank_values=True), *added.items()])
    return web.Response(status=303, headers={"Location": urlunsplit(parts._replace(query=query))})


def _ended() -> web.Response:
    return page("Aanmelding verlopen", "<p>Deze aanmelding is gebruikt of onbekend. Begin opnieuw.</p>", 400)


def _choices(employees: Sequence[Employee], email: str) -> str:
    nick = email.partition("@")[0]
    rows = (
        f'<p><label><input type="radio" name="employee" value="{employee.uid}" required'
        f"{' checked' if employee.nick == nick else ''}> {escape(employee.name)} ({employee.nick})</label></p>"
        for employee in employees
    )
    return "<p>Wie ben je?</p>\n" + "\n".join(rows)


def _logged_in(employee: Employee) -> str:
    return (
        f"<p>Je bent aangemeld als {escape(employee.name)}.</p>"
        f'\n<input type="hidden" name="employee" value="{employee.uid}">'
    )


def _form(pending: RequestToken, people: str, application: str) -> str:
    return (
        '<form method="post" action="authorize">'
        f'\n<input type="hidden" name="oauth_token" value="{pending.token}">\n{people}'
        f"\n<p>{escape(application)} vraagt toegang tot UiTPAS in jouw naam.</p>"
        '\n<p><button name="decision" value="allow">Toestaan</button>'
        '\n<button name="decision" value="deny" formnovalidate>Weigeren</button></p>\n</form>'
    )
