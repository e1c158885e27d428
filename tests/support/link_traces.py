"""What of a link only its owner, or nobody, may read: gathered while it is made, and searched for afterwards."""

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from urllib.parse import parse_qs, urlsplit

import httpx
from cryptography.fernet import Fernet

from bot.demo import EMPLOYEES
from tests.linking.rows import rows
from tests.support.browser import Journey, number_of
from tests.support.card_traces import Finder, _readings, _shapes
from tests.support.stage import Stage

COOKIE = "__Host-baliebot-link"
ADDRESS = re.compile(r'\\*"url\\*": \\*"http[^"\\]*/uitid/start\?l=[\w-]+\\*"')
"""The one place in which the number of a link may stand, for whoever asked for it."""
GUESSABLE = frozenset({"code", "user id"})
"""What a hash would give away; all else is 64 bits of chance and more."""
WORDS = re.compile(rb"[\w%&;#./+=\\-]{8,}")
"""What a trace may stand in; a page of the database comes again and again in its log of writes."""
PAGES: dict[tuple[str, str], frozenset[str]] = {
    ("GET", "/uitid/start"): frozenset({"number"}),
    ("GET", "/uitid/go"): frozenset({"request token"}),
    ("GET", "/uitid/done"): frozenset({"code"}),
}
"""What stands in the answer of a page because somebody needs it there; in any other, nothing may."""


class Secrets(Finder):
    """Finds what it was told, however it is spelled, encoded or hashed."""

    def __init__(self) -> None:
        self._encoded: dict[str, str] = {}
        self.known: dict[str, str] = {}

    def learn(self, name: str, value: str) -> None:
        """Look for this from now on."""
        if value and value not in self.known:
            self.known[value] = name
            hows = {"hex", "base64"} if name not in GUESSABLE else {how for how, _ in _shapes(value)}
            shapes = ((shape, how) for how, shape in _shapes(value) if how in hows and shape.isascii())
            self._encoded |= {shape.decode(): f"{name} as {how}" for shape, how in shapes}

    def learn_link(self, link: Journey) -> None:
        """Look for all that there is of a link at this moment, in its browser, the database and at UiTiD."""
        self.learn("number", number_of(link.url) if link.url else "")
        self.learn("cookie", link.browser.cookies.get(COOKIE, ""))
        for address in (link.authorize, link.callback):
            given = parse_qs(urlsplit(address).query)
            self.learn("request token", given.get("oauth_token", [""])[0])
            self.learn("verifier", given.get("oauth_verifier", [""])[0])
        for code in (link.code, link.code.replace("-", "")):
            self.learn("code", code)
            self.learn("code", code.lower())
        self.learn_kept(link.stage)

    def learn_kept(self, stage: Stage) -> None:
        """Look for whatever is sealed in the database, and for every token and employee of UiTiD."""
        for content in opened(stage):
            for name in content.keys() - {"name", "language"}:
                self.learn({"request": "request token"}.get(name, name.replace("_", " ")), content[name])
        for token in stage.uitpas._access._valid.values():
            self.learn("token", token.token)
            self.learn("secret", token.secret)
        for nick in EMPLOYEES.values():
            self.learn("user id", stage.uitpas.employee(nick).uid)

    def everything(self, content: bytes) -> list[str]:
        """Return what of all that is in there, by name and shape."""
        words = b"\n".join(sorted(set(WORDS.findall(content))))
        texts = {*_readings(words), words.decode("utf-8", "ignore").lower()}
        names = (self.known | self._encoded).items()
        return sorted({name for value, name in names if any(value in text for text in texts)})

    def numbers(self, content: bytes) -> list[str]:
        """Return the same, but for the number in the address that leads to the first page."""
        return self.everything(ADDRESS.sub("", content.decode()).encode())

    def beside_the_hint(self, text: str) -> list[str]:
        """Return what of it can be read in a text."""
        return self.everything(text.encode())


def opened(stage: Stage) -> Iterator[dict[str, str]]:
    """Yield the content of every sealed row."""
    fernet = Fernet(stage.settings.secret_keys[0])
    for sealed in rows(stage, "SELECT sealed FROM links UNION ALL SELECT sealed FROM accounts"):
        yield json.loads(fernet.decrypt(sealed.encode()))["content"]


@dataclass
class Traced(Journey):
    """A link that tells after each step what must be found nowhere."""

    secrets: Secrets = field(default_factory=Secrets)
    answers: list[httpx.Response] = field(default_factory=list)

    def __post_init__(self) -> None:
        """Keep every answer that its browser gets."""
        self.browser.http.event_hooks["response"].append(self._keep)

    async def ask(self) -> None:
        """S1."""
        await super().ask()
        self.secrets.learn_link(self)

    async def go(self) -> None:
        """S2 to S4."""
        await super().go()
        self.secrets.learn_link(self)

    async def consent(self, nick: str = "bram") -> None:
        """Log in at UiTiD."""
        await super().consent(nick)
        self.secrets.learn_link(self)

    async def come_back(self) -> None:
        """S5 and S6."""
        await super().come_back()
        self.secrets.learn_link(self)

    async def type_code(self) -> None:
        """S7 and S8."""
        await super().type_code()
        self.secrets.learn_link(self)

    async def _keep(self, answer: httpx.Response) -> None:
        await answer.aread()
        self.answers.append(answer)

    def told(self) -> list[str]:
        """Return what stands in answers of pages, once, that nobody needs there; a cookie is set by one alone."""
        found = []
        for answer in self.answers:
            page = (answer.request.method, answer.url.path)
            heads = [f"{name}: {value}" for name, value in answer.headers.items() if name != "set-cookie"]
            inner = self.secrets.everything("\n".join([*heads, answer.text]).encode())
            set_here = self.secrets.everything("\n".join(answer.headers.get_list("set-cookie")).encode())
            allowed = PAGES.get(page, frozenset()) if answer.status_code == httpx.codes.OK else frozenset[str]()
            found += [f"{page}: {name}" for name in inner if name not in allowed]
            found += [f"{page}: {name}" for name in set_here if (page, name) != (("POST", "/uitid/start"), "cookie")]
        self.answers.clear()
        return found
