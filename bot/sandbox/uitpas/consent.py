"""The second step of the login: the page where an employee logs in and consents, and what follows from it."""

from html import escape
from urllib.parse import parse_qsl, urlencode, urlsplit, urlunsplit

from aiohttp import web

from bot.sandbox.uitpas.pages import alert, choices, document, hidden
from bot.sandbox.uitpas.people import Employee
from bot.sandbox.uitpas.sessions import Sessions
from bot.sandbox.uitpas.tokens import RequestToken, RequestTokens
from bot.sandbox.uitpas.wording import Words, words_for
from bot.sandbox.uitpas.world import World


class Consent:
    """The consent page. A browser that consented stays logged in, as it does at UiTiD."""

    def __init__(self, world: World, requests: RequestTokens, sessions: Sessions, application: str) -> None:
        self._world = world
        self._requests = requests
        self._sessions = sessions
        self._application = application

    async def show(self, request: web.Request) -> web.StreamResponse:
        """Ask who logs in, unless this browser still knows; `type=forcelogin` asks always, and then nobody is chosen.

        `email` chooses whose nick stands before its @; `lang` is nl or en, and any other is nl.
        """
        said = words_for(request.query.get("lang", ""))
        pending = self._pending(request.query.get("oauth_token", ""))
        if pending is None:
            return _over(said)
        known = self._sessions.find(request)
        if known is None or request.query.get("type") == "forcelogin":
            people = choices(said, self._world, request.query.get("email", ""))
        else:
            people = _logged_in(said, known)
        return self._page(said, pending, people)

    async def decide(self, request: web.Request) -> web.StreamResponse:
        """Take the submitted form and send the browser to the callback, with a verifier when consent was given."""
        form = await request.post()
        said = words_for(str(form.get("lang", "")))
        pending = self._pending(str(form.get("oauth_token", "")))
        if pending is None:
            return _over(said)
        if form.get("decision") != "allow":
            self._requests.drop(pending.token)
            return _redirect(pending.callback, oauth_token=pending.token)
        employee = self._world.employee(str(form.get("employee", "")))
        if employee is None:
            return self._page(said, pending, alert(said.choose) + choices(said, self._world), 400)
        granted = self._requests.consent(pending.token, employee.uid)
        answer = _redirect(granted.callback, oauth_token=granted.token, oauth_verifier=granted.verifier)
        self._sessions.log_in(request, answer, employee)
        return answer

    def _pending(self, token: str) -> RequestToken | None:
        found = self._requests.find(token)
        return found if found is not None and not found.verifier else None

    def _page(self, said: Words, pending: RequestToken, people: str, status: int = 200) -> web.Response:
        asks = escape(said.asks.format(self._application))
        form = (
            f'<form method="post" action="authorize">\n{hidden("oauth_token", pending.token)}'
            f"\n{hidden('lang', said.lang)}\n{people}\n<p>{asks}</p>"
            f'\n<button class="main" name="decision" value="allow">{said.allow}</button>'
            f'\n<button name="decision" value="deny" formnovalidate>{said.refuse}</button>\n</form>'
        )
        return document(said, said.title, form, status)


def _redirect(callback: str, **added: str) -> web.Response:
    parts = urlsplit(callback)
    query = urlencode([*parse_qsl(parts.query, keep_blank_values=True), *added.items()])
    return web.Response(status=303, headers={"Location": urlunsplit(parts._replace(query=query))})


def _over(said: Words) -> web.Response:
    return document(said, said.over_title, f"<p>{said.over}</p>", 400)


def _logged_in(said: Words, employee: Employee) -> str:
    return f"<p>{escape(said.known.format(employee.name))}</p>\n{hidden('employee', employee.uid)}"
