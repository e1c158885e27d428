"""The frame of every page that people see at UiTiD, and what several of them hold; none needs script."""

import base64
import hashlib
from html import escape

from aiohttp import web

from bot.sandbox.uitpas.wording import Words
from bot.sandbox.uitpas.world import World

_STYLE = """
* { box-sizing: border-box; }
body { margin: 0; padding: 16px; background: #f2f4f7; color: #1b1f24; font: 17px/1.5 system-ui, sans-serif; }
main { max-width: 30em; margin: 0 auto; padding: 8px 20px 20px; background: #fff; border-radius: 12px; }
h1 { font-size: 1.4em; }
fieldset { margin: 0; padding: 0; border: 0; }
legend { padding: 0 0 8px; font-weight: 600; }
.who { position: relative; padding: 10px 12px 10px 44px; border: 1px solid #8b939e; border-radius: 8px; }
.who + .who { margin-top: 8px; }
.who:has(:checked) { border-color: #00528c; background: #e8f2fa; }
.who label::after { content: ""; position: absolute; inset: 0; }
.who input { position: absolute; z-index: 1; left: 14px; top: 15px; width: 18px; height: 18px; margin: 0; }
.who small { display: block; color: #4a525c; }
.note, .alert { padding: 8px 12px; border-radius: 8px; background: #fff4d1; }
.alert { background: #fde3e3; }
button { min-height: 48px; width: 100%; margin-top: 8px; border: 1px solid #00528c; border-radius: 8px; font: inherit; }
button { background: #fff; color: #00528c; cursor: pointer; }
button.main { background: #00528c; color: #fff; }
:is(button, input):focus-visible { outline: 3px solid #f29100; outline-offset: 2px; }
"""


def document(said: Words, title: str, content: str, status: int = 200) -> web.Response:
    """Return a page.

    Its policy says nothing of `form-action`: that would stop the redirect to the application after consent.

    Args:
        said: in which language.
        title: text.
        content: HTML already.
        status: of HTTP.
    """
    text = (
        f'<!doctype html>\n<html lang="{said.lang}"><head><meta charset="utf-8"><title>{escape(title)}</title>\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1"><link rel="icon" href="data:,">\n'
        f"<style>{_STYLE}</style></head>\n<body><main>\n<h1>{escape(title)}</h1>\n"
        f'<p class="note">{said.stand_in}</p>\n{content}\n</main></body></html>\n'
    )
    return web.Response(status=status, text=text, content_type="text/html", headers=_headers())


def choices(said: Words, world: World, email: str = "") -> str:
    """Return the question who one is, with everybody to choose from; the nick before the @ of `email` is chosen."""
    nick, rows = email.partition("@")[0], []
    for one in world.employees:
        balies = ", ".join(balie.name.strip() for balie in world.balies_of(one)) or said.no_balie
        checked = " checked" if one.nick == nick else ""
        rows.append(
            f'<div class="who"><input type="radio" name="employee" value="{one.uid}" id="{one.nick}" required{checked}'
            f' aria-describedby="{one.nick}-at"><label for="{one.nick}">{escape(one.name)} ({one.nick})</label>'
            f'<small id="{one.nick}-at">{escape(balies)}</small></div>'
        )
    return f"<fieldset><legend>{said.who}</legend>\n" + "\n".join(rows) + "\n</fieldset>"


def alert(sentence: str) -> str:
    """Return what went wrong, as a paragraph that a reader of screens says first."""
    return f'<p class="alert" role="alert">{escape(sentence)}</p>'


def hidden(name: str, value: str) -> str:
    """Return a field that only travels along."""
    return f'<input type="hidden" name="{name}" value="{escape(value)}">'


def _headers() -> dict[str, str]:
    style = base64.b64encode(hashlib.sha256(_STYLE.encode()).digest()).decode()
    policy = f"default-src 'none'; style-src 'sha256-{style}'; img-src data:; base-uri 'none'; frame-ancestors 'none'"
    return {
        "Cache-Control": "no-store",
        "Content-Security-Policy": policy,
        "Referrer-Policy": "same-origin",
        "X-Content-Type-Options": "nosniff",
    }
