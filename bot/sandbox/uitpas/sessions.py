"""Who is logged in at UiTiD, in which browser. Nobody is logged out by time, and a restart logs everybody out."""

import secrets

from aiohttp import web

from bot.sandbox.uitpas.people import Employee

COOKIE = "uitid_session"


class Sessions:
    """The browsers in which somebody logged in and not out: on a shared computer, the next person's trap."""

    def __init__(self) -> None:
        self._open: dict[str, Employee] = {}

    def open(self, employee: Employee) -> str:
        """Return the value of the cookie of a browser in which that employee logs in now."""
        session = secrets.token_urlsafe(16)
        self._open[session] = employee
        return session

    def find(self, request: web.Request) -> Employee | None:
        """Return who is logged in where a request comes from."""
        return self._open.get(request.cookies.get(COOKIE, ""))

    def log_in(self, request: web.Request, answer: web.Response, employee: Employee) -> None:
        """Log an employee in where a request comes from, in place of whoever was."""
        self._open.pop(request.cookies.get(COOKIE, ""), None)
        answer.set_cookie(COOKIE, self.open(employee), path="/uitid", httponly=True, samesite="Lax")

    def log_out(self, request: web.Request, answer: web.Response) -> None:
        """Log out whoever is logged in where a request comes from."""
        self._open.pop(request.cookies.get(COOKIE, ""), None)
        answer.del_cookie(COOKIE, path="/uitid")
