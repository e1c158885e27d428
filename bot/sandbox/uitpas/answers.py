"""The shapes of what the stand-in answers (UiTPAS API, envelopes and errors)."""

from aiohttp import web
from lxml import etree

XML = "application/xml"


class Refusal(Exception):  # noqa: N818 - it is an answer of the API, not a fault of the stand-in
    """A documented code, answered with HTTP 400 unless another status is given.

    Attributes:
        required_permission: what ACCESS_DENIED says is missing.
    """

    def __init__(self, code: str, message: str, *, status: int = 400, required_permission: str | None = None) -> None:
        super().__init__(code)
        self.code = code
        self.message = message
        self.status = status
        self.required_permission = required_permission

    def answer(self) -> web.Response:
        """Return the failure envelope."""
        root = response(code=self.code, message=self.message)
        if self.required_permission is not None:
            child(root, "requiredPermission", self.required_permission)
        return xml(root, self.status)


class Unauthorized(Exception):  # noqa: N818 - it is an answer of the API, not a fault of the stand-in
    """The request is not signed (403) or not signed well (401); its body is no XML and has no code."""

    def __init__(self, reason: str, status: int = 401) -> None:
        super().__init__(reason)
        self.reason = reason
        self.status = status

    def answer(self) -> web.Response:
        """Return the plain refusal."""
        return web.Response(status=self.status, text=f"{self.reason}\n")


def response(**texts: str) -> etree._Element:
    """Return a `response` element with these children."""
    root = etree.Element("response")
    for name, text in texts.items():
        child(root, name, text)
    return root


def child(parent: etree._Element, name: str, text: str | None = None) -> etree._Element:
    """Append an element and return it."""
    element = etree.SubElement(parent, name)
    element.text = text
    return element


def xml(root: etree._Element, status: int = 200) -> web.Response:
    """Return an XML answer."""
    body = etree.tostring(root, encoding="UTF-8", xml_declaration=True, standalone=True)
    return web.Response(status=status, body=body, content_type=XML, charset="UTF-8")


def page(title: str, content: str, status: int = 200) -> web.Response:
    """Return an HTML page; `content` is HTML already, `title` is not to hold any."""
    text = (
        f'<!doctype html>\n<html lang="nl"><head><meta charset="utf-8"><title>{title}</title></head>'
        f"\n<body>\n<h1>{title}</h1>\n{content}\n</body></html>\n"
    )
    return web.Response(status=status, text=text, content_type="text/html")


def not_found() -> web.Response:
    """Return the page for a path or method that does not exist."""
    return page("404 Not Found", "<p>The requested resource is not available.</p>", 404)
