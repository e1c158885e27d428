"""The pages of a link, as HTML without script.

The one style sheet stands in the page, and the content security policy names it by its hash. Whatever a page holds is
escaped by the template.
"""

import base64
import hashlib
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from importlib.resources import files
from zoneinfo import ZoneInfo

from jinja2 import Environment, StrictUndefined, Template
from markupsafe import Markup

from bot.models import Language
from handlers.render import link_page_texts as texts
from handlers.render.formats import clock_time, moment
from handlers.render.formats import plain as one_line


@dataclass(frozen=True, slots=True)
class Form:
    """A button that posts to one of our own pages; `number` is that of a link nobody opened yet."""

    action: str
    label: str
    number: str = ""
    is_main: bool = False


@dataclass(frozen=True, slots=True)
class Page:
    """What stands on a page, from its head to its foot. `leads_to` is where the browser goes on by itself."""

    language: Language
    title: str
    facts: tuple[tuple[str, str], ...] = ()
    question: str = ""
    lines: tuple[str, ...] = ()
    code: str = ""
    below_code: tuple[str, ...] = ()
    leads_to: str = ""
    leads_label: str = ""
    forms: tuple[Form, ...] = ()
    retry: str = ""
    retry_label: str = ""
    small: tuple[str, ...] = ()


def start(name: str, asked_at: datetime, workspace: str, number: str, zone: ZoneInfo, language: Language) -> Page:
    """Return the first page: who asked, when, in which workspace; and whether that was you."""
    return Page(
        language,
        texts.START_TITLE.say(language),
        facts=(
            (texts.WHO.say(language), one_line(name, 60)),
            (texts.WHEN.say(language), moment(asked_at, language, zone)),
            (texts.WHERE.say(language), one_line(workspace, 60)),
        ),
        question=texts.QUESTION.say(language),
        lines=(texts.FORWARDED.say(language), texts.SHARED_COMPUTER.say(language)),
        forms=(
            Form("start", texts.CONTINUE.say(language), number, is_main=True),
            Form("stop", texts.STOP.say(language), number),
        ),
    )


def leave(url: str, language: Language) -> Page:
    """Return the page that leads to UiTiD, by itself or by its link."""
    return Page(
        language,
        texts.LEAVE_TITLE.say(language),
        lines=(texts.LEAVE.say(language),),
        leads_to=url,
        leads_label=texts.LEAVE_LABEL.say(language),
    )


def code(letters: str, until: datetime, zone: ZoneInfo, language: Language) -> Page:
    """Return the page with the code, in two halves, and until when it works."""
    half = len(letters) // 2
    written = f"{letters[:half]}-{letters[half:]}"
    return Page(
        language,
        texts.CODE_TITLE.say(language),
        lines=(texts.CODE.say(language),),
        code=written,
        below_code=(texts.CODE_TYPED.say(language, code=_unbroken(written)), texts.CODE_IS_YOURS.say(language)),
        small=(texts.CODE_LASTS.say(language, time=clock_time(until, language, zone)),),
        forms=(Form("stop", texts.STOP.say(language)),),
    )


def silent(language: Language) -> Page:
    """Return that UiTiD does not answer."""
    return Page(
        language,
        texts.SILENT_TITLE.say(language),
        lines=(texts.SILENT.say(language),),
        retry="go",
        retry_label=texts.RETRY.say(language),
    )


def plain(kind: str, language: Language) -> Page:
    """Return a page with one thing to say: `gone`, `cookies`, `refused`, `stopped` or `broken`."""
    title, line = texts.PLAIN[kind]
    return Page(language, title.say(language), lines=(line.say(language),))


def html(page: Page) -> str:
    """Return a page as a document."""
    return _template().render(page=page, style=Markup(_style()))  # noqa: S704 - our own style sheet


def policy() -> str:
    """Return the content security policy of every page (W3C: Content Security Policy Level 3).

    `form-action` holds for redirects after a form as well, so none of our forms may end at UiTiD.
    """
    digest = base64.b64encode(hashlib.sha256(_style().encode()).digest()).decode()
    return (
        f"default-src 'none'; style-src 'sha256-{digest}'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
    )


def _unbroken(code: str) -> str:
    """Return a code that no narrow screen breaks in two; however it is pasted, only its letters count."""
    return code.replace("-", "\N{NON-BREAKING HYPHEN}")


@cache
def _style() -> str:
    return files("handlers.render").joinpath("link_page.css").read_text(encoding="utf-8")


@cache
def _template() -> Template:
    source = files("handlers.render").joinpath("link_page.html").read_text(encoding="utf-8")
    environment = Environment(autoescape=True, undefined=StrictUndefined, trim_blocks=True)
    return environment.from_string(source)
