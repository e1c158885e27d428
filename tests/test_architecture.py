"""The house: which floor may look at which, who owns which package, and how large a room may be.

The rules are the tables below. Each check is proven on a few lines that break it, so none can pass by checking nothing.
"""

import ast
import re
import sys
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
OURS = frozenset({"bot", "handlers", "storage", "tests"})

BASE = frozenset(
    {
        "bot.models",
        "bot.summary",
        "bot.cards",
        "bot.links",
        "bot.homes",
        "bot.digests",
        "bot.errors",
        "bot.redaction",
    }
)
MEANS = BASE | {"bot.sealing", "bot.config", "bot.clock"}
SERVICES = MEANS | {"bot.services", "bot.clients.uitid", "bot.clients.uitpas", "bot.clients.workbook", "storage"}
HANDLERS = MEANS | {"handlers", "bot.services", "bot.clients", "storage"}
FLOORS: Mapping[str, frozenset[str]] = {
    "bot.__main__": HANDLERS
    | {"bot.app", "bot.demo", "bot.keys", "bot.logs", "bot.manifest", "bot.mapping", "bot.sandbox"},
    "bot.demo": HANDLERS | {"bot.app", "bot.logs", "bot.sandbox"},
    "bot.mapping": HANDLERS,
    "bot.keys": HANDLERS,
    "bot.manifest": HANDLERS,
    "bot.app": HANDLERS | {"bot.scheduling", "bot.listening", "bot.parts", "bot.features"},
    "bot.features": HANDLERS | {"bot.parts"},
    "bot.parts": HANDLERS,
    "bot.listening": HANDLERS | {"bot.scheduling", "bot.parts"},
    "bot.scheduling": BASE | {"bot.clock"},
    "bot.logs": BASE,
    "handlers": HANDLERS,
    "handlers.render": BASE | {"handlers.render"},
    "bot.services": SERVICES,
    "bot.services.people": SERVICES | {"bot.clients.slack"},  # who somebody is, only Slack can tell
    "storage": MEANS | {"storage"},
    "bot.clients": MEANS | {"bot.clients"},
    "bot.sealing": BASE | {"bot.config", "bot.clock"},
    "bot.config": BASE,
    "bot.clock": BASE,
    "bot.errors": BASE,
    "bot.models": frozenset({"bot.summary"}),
    "bot.summary": frozenset(),
    "bot.cards": frozenset({"bot.models"}),
    "bot.links": frozenset({"bot.models"}),
    "bot.homes": frozenset({"bot.models", "bot.digests"}),
    "bot.digests": frozenset({"bot.models", "bot.summary"}),
    "bot.redaction": frozenset(),
    "bot.sandbox": frozenset({"bot.sandbox"}),
    "bot": frozenset(),
}
"""What a floor may import of ours: these modules and whatever is inside them. The longest name that fits counts.

The empty package `bot` itself may be imported anywhere: that is how a process finds where it is installed.
"""

OWNERS: Mapping[str, frozenset[str]] = {
    "sqlite_utils": frozenset({"storage"}),
    "sqlite3": frozenset({"storage"}),
    "httpx": frozenset({"bot.clients"}),
    "authlib": frozenset({"bot.clients"}),
    "python_calamine": frozenset({"bot.clients"}),
    "lxml": frozenset({"bot.clients", "bot.sandbox.uitpas"}),
    "xml": frozenset({"bot.clients", "bot.sandbox.uitpas"}),
    # Its models are a second opinion on the payloads that the stand-in is handed.
    "slack_sdk": frozenset({"bot.clients", "bot.listening", "bot.sandbox.slack.check_models"}),
    "slack_bolt": frozenset({"handlers", "bot.app", "bot.features", "bot.listening"}),
    "aiohttp": frozenset(
        {
            "bot.clients.slack",
            "handlers.web",
            "handlers.link_pages",
            "handlers.door",
            "bot.parts",
            "bot.mapping",
            "bot.sandbox",
        }
    ),
    "aiohttp.web": frozenset({"handlers.web", "handlers.link_pages", "handlers.door", "bot.sandbox"}),
    "babel": frozenset({"handlers.render"}),
    "jinja2": frozenset({"handlers.render"}),
    "markupsafe": frozenset({"handlers.render"}),
    "slackblocks": frozenset({"handlers.render"}),
    "cryptography": frozenset({"bot.sealing"}),
    "apscheduler": frozenset({"bot.scheduling"}),
    "pydantic_settings": frozenset({"bot.config"}),
    "oauthlib": frozenset({"bot.sandbox"}),
    "xlwt": frozenset({"bot.sandbox"}),
}
"""Who may import a package that is not ours. One that is not named here is anybody's."""

BARE: Mapping[str, frozenset[str]] = {
    "handlers.render": frozenset({"babel", "slackblocks", "jinja2", "markupsafe"}),
    "bot.services": frozenset({"structlog"}),
    "bot.models": frozenset(),
    "bot.summary": frozenset(),
    "bot.cards": frozenset(),
    "bot.errors": frozenset(),
    "bot.clock": frozenset(),
    "bot.redaction": frozenset(),
}
"""Floors that get by with the standard library and these packages."""

BANNED_NAMES = frozenset({"utils", "util", "helpers", "helper", "common", "misc"})
LONG_LIVED = re.compile(
    r".*(App|Client|Clock|Condition|Connection|Database|Event|Executor|Fernet|Handler|Lock|Queue|Scheduler|Sealer"
    r"|Semaphore|Session|Settings|\bconnect|\bcreate_task|\bfrom_environment|_event_loop)"
)
LONGEST_MODULE, LONGEST_FUNCTION = 300, 40


@dataclass(frozen=True)
class Module:
    """A module by its dotted name, and its source."""

    name: str
    source: str

    @property
    def tree(self) -> ast.Module:
        """Its syntax."""
        return ast.parse(self.source)


def modules() -> list[Module]:
    """Read every module of the product."""
    paths = sorted(path for top in ("bot", "handlers", "storage") for path in (ROOT / top).rglob("*.py"))
    return [Module(dotted(path.relative_to(ROOT)), path.read_text(encoding="utf-8")) for path in paths]


def dotted(path: Path) -> str:
    """Name a module by its path below the root."""
    return ".".join(path.with_suffix("").parts).removesuffix(".__init__")


def is_within(name: str, place: str) -> bool:
    """Tell whether a dotted name is that place, or inside it."""
    return name == place or name.startswith(f"{place}.")


def nearest(name: str, table: Mapping[str, frozenset[str]]) -> str | None:
    """Find the longest name of a table that a dotted name is within."""
    return max((place for place in table if is_within(name, place)), key=len, default=None)


def imports(module: Module) -> Iterator[str]:
    """Yield a dotted name for everything imported, wherever in the module."""
    for node in ast.walk(module.tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield from (f"{'.' * node.level}{node.module or ''}.{alias.name}" for alias in node.names)


def look_up(module: Module) -> list[str]:
    """Find imports of ours that do not point down, and modules on no floor."""
    place = nearest(module.name, FLOORS)
    if place is None or (place == "bot" and module.name != "bot"):
        return [f"{module.name} is on no floor"]
    return [
        f"{module.name} imports {name}"
        for name in imports(module)
        if name.startswith(".")
        or (name.split(".")[0] in OURS and name != "bot" and not any(is_within(name, below) for below in FLOORS[place]))
    ]


def borrow(module: Module) -> list[str]:
    """Find packages used by a floor that does not own them."""
    return [
        f"{module.name} imports {name}"
        for name in imports(module)
        if (package := nearest(name, OWNERS)) and not any(is_within(module.name, owner) for owner in OWNERS[package])
    ]


def carry(module: Module) -> list[str]:
    """Find packages on a floor that is meant to be bare."""
    place = nearest(module.name, BARE)
    tops = [(name, name.split(".")[0]) for name in imports(module)]
    return [
        f"{module.name} imports {name}"
        for name, top in tops
        if place and top not in OURS | BARE[place] and top not in sys.stdlib_module_names
    ]


def hide_behind_a_name(module: Module) -> list[str]:
    """Find names that say nothing of what is inside."""
    return [f"{module.name} is called {part}" for part in module.name.split(".") if part in BANNED_NAMES]


def create_on_import(module: Module) -> list[str]:
    """Find long-lived objects made by importing the module."""
    calls = [node for node in run_on_import(module.tree) if isinstance(node, ast.Call)]
    names = [ast.unparse(call.func) for call in calls]
    return [f"{module.name} calls {name}" for name in names if LONG_LIVED.fullmatch(name)]


def run_on_import(node: ast.AST) -> Iterator[ast.AST]:
    """Yield what runs when a module is imported: everything but the bodies of functions."""
    yield node
    for field, value in ast.iter_fields(node):
        if field == "body" and isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda):
            continue
        for child in value if isinstance(value, list) else [value]:
            if isinstance(child, ast.AST):
                yield from run_on_import(child)


def grow(module: Module) -> list[str]:
    """Find modules and functions that are too long."""
    lines = len(module.source.splitlines())
    found = [f"{module.name} has {lines} lines"] if lines > LONGEST_MODULE else []
    for node in ast.walk(module.tree):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            length = (node.end_lineno or node.lineno) - node.lineno + 1
            found += [f"{module.name}.{node.name} has {length} lines"] if length > LONGEST_FUNCTION else []
    return found


def keep_globals(module: Module) -> list[str]:
    """Find functions that change what belongs to the module."""
    nodes = [node for node in ast.walk(module.tree) if isinstance(node, ast.Global)]
    return [f"{module.name} changes {name}" for node in nodes for name in node.names]


Check = Callable[[Module], list[str]]
CHECKS: list[Check] = [look_up, borrow, carry, hide_behind_a_name, create_on_import, grow, keep_globals]

VIOLATIONS: list[tuple[Check, str, str, list[str]]] = [
    (look_up, "bot.services.x", "from handlers import report", ["bot.services.x imports handlers.report"]),
    (look_up, "bot.services.x", "import bot.clients.slack", ["bot.services.x imports bot.clients.slack"]),
    (
        look_up,
        "bot.services.x",
        "from bot.clients import uitpas_xml",
        ["bot.services.x imports bot.clients.uitpas_xml"],
    ),
    (look_up, "storage.x", "def f():\n    import bot.services.x", ["storage.x imports bot.services.x"]),
    (look_up, "storage.x", "from bot.clients.uitpas import a", ["storage.x imports bot.clients.uitpas.a"]),
    (look_up, "bot.clients.x", "import storage", ["bot.clients.x imports storage"]),
    (look_up, "bot.clients.x", "from bot.services import y", ["bot.clients.x imports bot.services.y"]),
    (look_up, "handlers.render.x", "from bot.services import y", ["handlers.render.x imports bot.services.y"]),
    (look_up, "handlers.x", "from bot.app import run", ["handlers.x imports bot.app.run"]),
    (look_up, "handlers.x", "from bot.sandbox import slack", ["handlers.x imports bot.sandbox.slack"]),
    (look_up, "bot.app", "import bot.sandbox.uitpas", ["bot.app imports bot.sandbox.uitpas"]),
    (look_up, "bot.sandbox.x", "from bot.models import Period", ["bot.sandbox.x imports bot.models.Period"]),
    (look_up, "bot.config", "import bot.sealing", ["bot.config imports bot.sealing"]),
    (look_up, "bot.models", "import bot.errors", ["bot.models imports bot.errors"]),
    (look_up, "bot.errors", "import tests.wire", ["bot.errors imports tests.wire"]),
    (look_up, "storage.x", "from . import y", ["storage.x imports ..y"]),
    (look_up, "bot.attic", "", ["bot.attic is on no floor"]),
    (borrow, "handlers.x", "import sqlite3", ["handlers.x imports sqlite3"]),
    (borrow, "bot.services.x", "from lxml import etree", ["bot.services.x imports lxml.etree"]),
    (borrow, "bot.sandbox.slack.x", "import slack_sdk.web", ["bot.sandbox.slack.x imports slack_sdk.web"]),
    (borrow, "bot.clients.slack", "from aiohttp import web", ["bot.clients.slack imports aiohttp.web"]),
    (borrow, "bot.clients.uitpas", "import aiohttp", ["bot.clients.uitpas imports aiohttp"]),
    (borrow, "handlers.timers", "import apscheduler.events", ["handlers.timers imports apscheduler.events"]),
    (borrow, "handlers.report", "from babel import dates", ["handlers.report imports babel.dates"]),
    (borrow, "storage.x", "import cryptography.fernet", ["storage.x imports cryptography.fernet"]),
    (carry, "handlers.render.x", "import json, structlog", ["handlers.render.x imports structlog"]),
    (carry, "bot.services.x", "import typer", ["bot.services.x imports typer"]),
    (hide_behind_a_name, "handlers.utils.x", "", ["handlers.utils.x is called utils"]),
    (create_on_import, "bot.app", "app = AsyncApp()", ["bot.app calls AsyncApp"]),
    (create_on_import, "bot.x", "class A:\n    a = asyncio.Lock()", ["bot.x calls asyncio.Lock"]),
    (create_on_import, "bot.x", "def f(a=httpx.Client()): ...", ["bot.x calls httpx.Client"]),
    (grow, "bot.x", "a = 1\n" * 301, ["bot.x has 301 lines"]),
    (grow, "bot.x", "async def f():\n" + "    a = 1\n" * 40, ["bot.x.f has 41 lines"]),
    (keep_globals, "bot.x", "def f():\n    global a\n    a = 1", ["bot.x changes a"]),
]

ALLOWED: list[tuple[Check, str, str]] = [
    (look_up, "bot.__main__", "from bot.sandbox import uitpas\nimport bot.app, bot.demo"),
    (look_up, "bot.services.x", "from bot.clients.uitpas import Uitpas\nfrom storage import reports"),
    (look_up, "bot", ""),
    (look_up, "storage.x", "import bot"),
    (look_up, "bot.services.people", "from bot.clients.slack import SlackClient"),
    (borrow, "handlers.web", "from aiohttp import web\nimport slack_bolt, httpx_like"),
    (carry, "handlers.render.x", "import re, slackblocks\nfrom bot.models import Period"),
    (create_on_import, "bot.x", "def f():\n    return AsyncApp()\ng = lambda: Database()"),
    (grow, "bot.x", "def f():\n" + "    a = 1\n" * 39),
]


@pytest.mark.parametrize("check", CHECKS, ids=lambda check: check.__name__)
def test_the_house_stands(check: Check) -> None:
    assert [problem for module in modules() for problem in check(module)] == []


@pytest.mark.parametrize(("check", "name", "source", "problems"), VIOLATIONS)
def test_each_check_sees_what_breaks_it(check: Check, name: str, source: str, problems: list[str]) -> None:
    assert check(Module(name, source)) == problems


@pytest.mark.parametrize(("check", "name", "source"), ALLOWED)
def test_each_check_lets_pass_what_is_allowed(check: Check, name: str, source: str) -> None:
    assert check(Module(name, source)) == []


def test_every_check_has_a_violation_that_proves_it() -> None:
    assert {check for check, *_ in VIOLATIONS} == set(CHECKS)


def test_the_modules_of_all_three_packages_are_read() -> None:
    assert {"bot", "bot.models", "handlers", "handlers.render.texts", "storage"} <= {
        module.name for module in modules()
    }
