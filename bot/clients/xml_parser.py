"""The one XML parser: it reads what a stranger sent and never more than that.

A DOCTYPE is refused as a whole, because even harmless internal entities make text disappear without a sign. Comments
and processing instructions are dropped, because reading the text of an element would stop at them.
"""

from lxml import etree

from bot.errors import UnavailableError

MAX_BYTES = 2_000_000
"""Far above the longest documented answer: a list of 18 balies takes 20 kB."""


def read_xml(call: str, body: bytes) -> etree._Element:
    """Return the root of an XML answer.

    A namespace that the root is in is that of the answer, and is taken off; elements of any other keep theirs.

    Args:
        call: our name of the call, for the error.
        body: the whole body, in the encoding that it declares.

    Raises:
        UnavailableError: it is no XML, cut off, too long, or carries a DOCTYPE. What it says is not quoted.
    """
    root = _root(body.lstrip()) if len(body) <= MAX_BYTES else None
    if root is None:
        raise UnavailableError(call, "not the documented XML")
    return root


def text_at(element: etree._Element, path: str) -> str:
    """Return the trimmed text at a path of element names without namespace; "" when it is absent or empty."""
    return (element.findtext(path) or "").strip()


def _root(body: bytes) -> etree._Element | None:
    try:
        root = etree.fromstring(body, _parser())
    except (etree.LxmlError, ValueError, LookupError):
        return None
    return _without_namespace(root) if root.getroottree().docinfo.internalDTD is None else None


def _without_namespace(root: etree._Element) -> etree._Element:
    namespace = etree.QName(root).namespace
    if namespace is not None:
        for element in list(root.iter(f"{{{namespace}}}*")):
            element.tag = etree.QName(element).localname
    return root


def _parser() -> etree.XMLParser:
    """Build a parser for one document: a shared one would keep the error log, and so the content, of the last."""
    return etree.XMLParser(
        resolve_entities=False,
        load_dtd=False,
        no_network=True,
        huge_tree=False,
        recover=False,
        remove_comments=True,
        remove_pis=True,
    )
