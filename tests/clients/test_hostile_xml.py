"""Whatever comes in, only our own errors come out."""

from collections.abc import Callable
from contextlib import suppress
from time import perf_counter

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from bot.clients.uitpas_xml import failure, parse_balies, parse_periods, parse_progress, parse_submission
from bot.clients.xml_parser import MAX_BYTES, read_xml
from bot.errors import UitpasError, UnavailableError

PARSERS: tuple[Callable[[bytes], object], ...] = (parse_submission, parse_progress, parse_periods, parse_balies)
NAMES = [
    "response",
    "code",
    "message",
    "resource",
    "periods",
    "period",
    "startDate",
    "endDate",
    "balies",
    "balie",
    "id",
]
LAUGHS = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))


def element(name: str, text: str, children: list[bytes], tail: str) -> bytes:
    made = etree.Element(name)
    made.text = text
    for child in children:
        made.append(etree.fromstring(child))
    if len(made):
        made[-1].tail = tail
    return etree.tostring(made)


texts = st.text(st.characters(categories=["L", "N", "P", "Z"]), max_size=30) | st.datetimes().map(str)
trees = st.recursive(
    st.builds(element, st.sampled_from(NAMES), texts, st.just([]), texts),
    lambda inner: st.builds(element, st.sampled_from(NAMES), texts, st.lists(inner, max_size=4), texts),
    max_leaves=12,
)


@given(
    body=st.binary(max_size=400) | trees | trees.map(lambda tree: tree[: len(tree) * 2 // 3]),
    status=st.integers(100, 599),
)
def test_no_body_makes_a_parser_raise_anything_but_our_errors(body: bytes, status: int) -> None:
    for call in ("start_report", "periods"):
        error = failure(call, status, body)
        assert error is None or isinstance(error, UitpasError)
    for parse in PARSERS:
        with suppress(UitpasError):
            parse(body)


@pytest.mark.parametrize(
    "body",
    [
        b'<!DOCTYPE response [<!ENTITY x "ACTION_SUCCEEDED">]><response><code>&x;</code></response>',
        b'<!DOCTYPE response SYSTEM "http://127.0.0.1:1/x.dtd"><response/>',
        b'<!DOCTYPE response [<!ENTITY x SYSTEM "file:///etc/passwd">]><response>&x;</response>',
        b"<!DOCTYPE response><response/>",
        '<?xml version="1.0" encoding="UTF-16"?><!DOCTYPE response><response/>'.encode("utf-16"),
        f'<!DOCTYPE r [<!ENTITY l0 "ha">{LAUGHS}]><r a="&l9;">&l9;</r>'.encode(),
    ],
)
def test_a_doctype_is_refused_at_once(body: bytes) -> None:
    before = perf_counter()

    with pytest.raises(UnavailableError, match=r"^periods: not the documented XML$"):
        read_xml("periods", body)

    assert perf_counter() - before < 1


@pytest.mark.parametrize(
    "body",
    [
        b"<r>" * 100_000,
        b"<r>" + b"x" * MAX_BYTES + b"</r>",
        b'<?xml version="1.0" encoding="no-such"?><r/>',
        b"<r>&nbsp;</r>",
        b"\x00",
    ],
)
def test_depth_length_and_odd_encodings_are_refused(body: bytes) -> None:
    with pytest.raises(UnavailableError):
        read_xml("periods", body)


@pytest.mark.parametrize("before", [b"", b"\n  ", b"\xef\xbb\xbf"])
def test_blanks_and_a_mark_before_the_declaration_are_borne(before: bytes) -> None:
    assert read_xml("periods", before + b'<?xml version="1.0"?><response/>').tag == "response"
