"""The pages an employee has at UiTiD apart from any application: logging in, who has access, taking it away."""

from html import escape

from aiohttp import web

from bot.sandbox.uitpas.gate import Consumer
from bot.sandbox.uitpas.pages import alert, choices, document, hidden
from bot.sandbox.uitpas.people import Employee
from bot.sandbox.uitpas.sessions import Sessions
from bot.sandbox.uitpas.tokens import AccessTokens
from bot.sandbox.uitpas.wording import Words, words_for
from bot.sandbox.uitpas.world import World

LOGIN, LOGOUT, PROFILE = "/uitid/login", "/uitid/logout", "/uitid/profile"


class Profile:
    """The pages of somebody's account, `lang` being nl or en in each. What they change, only they can ask for."""

    def __init__(self, world: World, sessions: Sessions, consumer: Consumer, access: AccessTokens) -> None:
        self._world = world
        self._sessions = sessions
        self._consumer = consumer
        self._access = access

    async def login(self, request: web.Request) -> web.StreamResponse:
        """Ask who logs in, whoever is logged in already."""
        return self._ask(words_for(request.query.get("lang", "")))

    async def log_in(self, request: web.Request) -> web.StreamResponse:
        """Log somebody in; this browser stays so until it logs out."""
        form, said = await _read(request)
        if not _is_from_here(request):
            return _foreign(said)
        employee = self._world.employee(form.get("employee", ""))
        if employee is None:
            return self._ask(said, alert(said.choose), 400)
        answer = _to(PROFILE, said)
        self._sessions.log_in(request, answer, employee)
        return answer

    async def log_out(self, request: web.Request) -> web.StreamResponse:
        """Log this browser out; every access stays."""
        _, said = await _read(request)
        if not _is_from_here(request):
            return _foreign(said)
        answer = _to(LOGIN, said)
        self._sessions.log_out(request, answer)
        return answer

    async def show(self, request: web.Request) -> web.StreamResponse:
        """Show which applications have access; to who is not logged in, the login."""
        said = words_for(request.query.get("lang", ""))
        employee = self._sessions.find(request)
        return _to(LOGIN, said) if employee is None else self._overview(said, employee)

    async def revoke(self, request: web.Request) -> web.StreamResponse:
        """End every token that an application has of who is logged in, as the call of the API does."""
        form, said = await _read(request)
        if not _is_from_here(request):
            return _foreign(said)
        employee = self._sessions.find(request)
        if employee is None:
            return _to(LOGIN, said)
        if form.get("consumer") == str(self._consumer.number):
            self._access.revoke_all(employee.uid)
        return _to(PROFILE, said)

    def _ask(self, said: Words, before: str = "", status: int = 200) -> web.Response:
        content = f"{before}{choices(said, self._world)}"
        return document(said, said.title, _form(said, "login", content, said.log_in), status)

    def _overview(self, said: Words, employee: Employee) -> web.Response:
        shown = f"<p>{escape(said.known.format(employee.name))}</p>\n"
        if self._access.has_any(employee.uid):
            about = f"<p><b>{escape(self._consumer.name)}</b>: {escape(self._consumer.description)}</p>"
            content = f"{hidden('consumer', str(self._consumer.number))}\n{about}"
            shown += f"<p>{said.linked}</p>\n{_form(said, 'profile', content, said.revoke)}"
        else:
            shown += f"<p>{said.unlinked}</p>"
        return document(said, said.profile, f"{shown}\n{_form(said, 'logout', '', said.log_out, 'other')}")


def _form(said: Words, action: str, content: str, button: str, rank: str = "main") -> str:
    fields = f"{hidden('lang', said.lang)}\n{content}"
    return f'<form method="post" action="{action}">\n{fields}\n<button class="{rank}">{button}</button>\n</form>'


async def _read(request: web.Request) -> tuple[dict[str, str], Words]:
    form = {name: str(value) for name, value in (await request.post()).items()}
    return form, words_for(form.get("lang", ""))


def _is_from_here(request: web.Request) -> bool:
    """Say whether a page of this server sent the form: by Sec-Fetch-Site, by Origin in a browser without it."""
    site = request.headers.get("Sec-Fetch-Site")
    if site is not None:
        return site == "same-origin"
    return request.headers.get("Origin") == f"{request.scheme}://{request.host}"


def _foreign(said: Words) -> web.Response:
    return document(said, said.profile, f"<p>{said.foreign}</p>", 403)


def _to(page: str, said: Words) -> web.Response:
    return web.Response(status=303, headers={"Location": f"{page}?lang={said.lang}"})
