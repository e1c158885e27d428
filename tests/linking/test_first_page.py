"""The first page of a link (S2): it says who asked and when, changes nothing, and tells nobody what a number was."""

from typing import Any

import httpx
import pytest

from handlers.render import link_page_texts as texts
from tests.linking.doors import GONE, dump, headers, said, sentences
from tests.linking.rows import calls
from tests.support.browser import Journey, number_of

LOOKS: list[tuple[str, dict[str, str]]] = [
    ("GET", {"User-Agent": "Slackbot-LinkExpanding 1.0 (+https://api.slack.com/robots)"}),
    ("GET", {"Sec-Purpose": "prefetch", "Sec-Fetch-Site": "cross-site"}),
    ("GET", {"Sec-Purpose": "prefetch;prerender", "Sec-Fetch-Site": "none"}),
    ("GET", {"Purpose": "prefetch", "X-Moz": "prefetch"}),
    ("GET", {"Sec-Fetch-Site": "same-origin"}),
    ("HEAD", {}),
    ("GET", {}),
]
"""How previews, scanners, browsers in a hurry and people open an address."""


def seen(answer: httpx.Response) -> tuple[int, dict[str, str], str]:
    """Return all of an answer that anybody could tell something by."""
    return answer.status_code, headers(answer), answer.text


async def test_the_address_stands_behind_a_button_alone_and_in_no_text(link: Journey) -> None:
    await link.ask()
    number = number_of(link.url)
    assert (len(number), link.url) == (22, f"{link.page('start')}?l={number}")
    assert number not in " ".join([link.whisper.text, *sentences(link.whisper), *dump(link.stage)])
    await link.ask()
    assert number_of(link.url) != number


async def test_whoever_only_looks_at_the_first_page_changes_nothing(link: Journey) -> None:
    await link.ask()
    before = dump(link.stage)
    for method, sent in LOOKS:
        answer = await link.browser.http.request(method, link.url, headers=sent)
        assert (answer.status_code, "set-cookie" in answer.headers) == (200, False)
    assert dump(link.stage) == before
    assert calls(link.stage) == []
    await link.go()


async def test_the_first_page_says_who_asked_when_and_where_and_asks_whether_that_was_you(link: Journey) -> None:
    await link.ask()
    link.stage.clock.advance(300)
    assert said(await link.browser.get(link.url)) == [
        texts.START_TITLE.nl,
        "Gevraagd door",
        "Bram De Coster",
        "Wanneer",
        "15 juli 2026, 10:00",
        "Slack-werkruimte",
        "Stad Voorbeeld",
        texts.QUESTION.nl,
        texts.FORWARDED.nl,
        texts.SHARED_COMPUTER.nl,
        "Ja, verder",
        "Stop",
    ]


async def test_what_somebody_calls_themselves_stays_a_name(link: Journey) -> None:
    link.stage.slack.world.change_person("bram", real_name='</dd><script>x</script>"><img src=x>\u202e & co')
    await link.ask()
    page = await link.browser.get(link.url)
    assert said(page)[2] == '</dd><script>x</script>"><img src=x> & co'
    assert [tag in page.text for tag in ("<script", "<img", "\u202e")] == [False, False, False]


async def test_unknown_used_and_expired_numbers_get_the_very_same_answer(link: Journey) -> None:
    page = link.page("start")
    unknown = seen(await link.browser.get(f"{page}?l=AAAAAAAAAAAAAAAAAAAAAA"))
    assert (unknown[0], said(await link.browser.get(page))) == (404, GONE)
    await link.ask()
    over = [link.url]
    doubled = f"{link.url}&l={number_of(link.url)}"
    odd = [page, f"{page}?l=", doubled, f"{page}?l={'x' * 2000}", f"{page}?l=%ff%00", f"{page}?m={number_of(link.url)}"]
    assert [seen(await link.browser.http.get(url)) for url in odd] == [unknown] * len(odd)
    await link.go()
    assert seen(await link.browser.http.get(link.url)) == unknown
    await link.ask()
    over.append(link.url)
    await link.browser.post(link.page("stop"), {"l": number_of(link.url)})
    await link.link()
    over.append(link.url)
    await link.ask()
    over.append(link.url)
    link.stage.clock.advance(600)
    assert [seen(await link.browser.http.get(url)) for url in over] == [unknown] * len(over)


@pytest.mark.parametrize("more", [{}, {"l": "AAAAAAAAAAAAAAAAAAAAAA"}])
async def test_a_number_nobody_has_opens_and_stops_nothing(link: Journey, more: dict[str, Any]) -> None:
    await link.ask()
    before = dump(link.stage)
    answers = [await link.browser.post(link.page(name), more) for name in ("start", "stop")]
    assert [(one.status_code, said(one)) for one in answers] == [(404, GONE)] * 2
    assert (dump(link.stage), link.browser.cookies) == (before, {})
