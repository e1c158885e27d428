"""The reply of a report: its table, its chart, and what there is no room for."""

from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest

from bot.models import Kind, Language, Message, Parcel, Sending, State
from bot.sandbox.slack.arguments import Arguments
from bot.sandbox.slack.checks import Checks
from bot.summary import EventShare, GovernmentShare, Summary
from handlers.render.report_reply import reply
from tests.storage.records import NOW, REPORT

FILE = Parcel(2, "key", "T1", Kind.FILE, Sending.SENT, NOW, "r1", note="thread")
LONG = "Openbaar centrum voor maatschappelijk welzijn & co"


def said(summary: Summary, language: Language = Language.NL, *, charted: bool = True) -> Message:
    """Return the reply with this summary, which Slack must take."""
    message = reply(replace(REPORT, state=State.READY, summary=summary), FILE, language, charted=charted)
    checks = Checks()
    checks.message(Arguments({"text": message.text, "blocks": list(message.blocks)}))
    assert checks.complaints == []
    return message


def governments(number: int, name: str = "Gemeente", printed: Decimal | None = None) -> Summary:
    """Return so many governments with ten euro to claim each."""
    ten = Decimal(10)
    shares = [GovernmentShare(f"{name} {n:03}", 2, Decimal(30), ten, printed or ten) for n in range(number)]
    return Summary(tuple(shares))


def of(*shares: tuple[str, str]) -> Summary:
    """Return what these governments have to pay."""
    return Summary(tuple(GovernmentShare(name, 1, Decimal(50), Decimal(owed), None) for name, owed in shares))


def blocks(message: Message, kind: str) -> list[dict[str, Any]]:
    """Return the blocks of a type."""
    return [block for block in message.blocks if block["type"] == kind]


def table(message: Message) -> list[list[str]]:
    """Return the cells of the only table."""
    (found,) = blocks(message, "table")
    return [[cell["text"] for cell in row] for row in found["rows"]]


def lines(message: Message) -> list[str]:
    """Return everything that sections and small print say, line by line."""
    texts = [block["text"] for block in blocks(message, "section")]
    texts += [element for block in blocks(message, "context") for element in block["elements"]]
    return [line for text in texts for line in text["text"].splitlines()]


def bars(message: Message) -> dict[str, float]:
    """Return the bars of the only chart."""
    (found,) = blocks(message, "data_visualization")
    (series,) = found["chart"]["series"]
    assert [point["label"] for point in series["data"]] == found["chart"]["axis_config"]["categories"]
    return {point["label"]: point["value"] for point in series["data"]}


def test_a_table_says_what_each_owes_the_highest_first_and_the_sum_of_all() -> None:
    message = said(of(("Stad Aalst", "10"), ("Stad Gent", "1234.5")))
    assert table(message) == [
        ["Overheid", "Aantal", "Volle prijs (€)", "Te vorderen (€)"],
        ["Stad Gent", "1", "50,00", "1.234,50"],
        ["Stad Aalst", "1", "50,00", "10,00"],
        ["Samen", "2", "100,00", "1.244,50"],
    ]
    assert "Het hoogste bedrag staat bovenaan." in lines(message)


def test_the_same_in_english() -> None:
    message = said(of(("Stad Aalst", "1234.5")), Language.EN)
    assert table(message) == [
        ["Government", "Sales", "Full price (€)", "To claim (€)"],
        ["Stad Aalst", "1", "50.00", "1,234.50"],
        ["In all", "1", "50.00", "1,234.50"],
    ]
    assert "The highest amount comes first." not in lines(message)


def test_a_government_without_a_name_that_can_be_shown_is_told_apart_all_the_same() -> None:
    assert [row[0] for row in table(said(of(("\u202e", "5"))))] == ["Overheid", "(zonder naam)", "Samen"]


@pytest.mark.parametrize("printed", [None, Decimal(9)])
def test_with_more_than_fit_the_rest_is_counted_and_slack_takes_it(printed: Decimal | None) -> None:
    message = said(governments(300, LONG, printed))
    named = len(table(message)) - 2
    assert 50 < named < 98
    assert f"Nog {300 - named} overheden staan in het bestand; het totaal telt ze mee." in lines(message)
    assert table(message)[-1] == ["Samen", "600", "9.000,00", "3.000,00"]
    wrong = [
        line for line in lines(message) if line.startswith(f"Let op: in het blad van {LONG.replace('&', '&amp;')}")
    ]
    assert (len(wrong) > 3, f"Let op: nog {300 - len(wrong)} overheden hebben" in message.text) == (bool(printed),) * 2


def test_a_hundred_rows_at_most() -> None:
    message = said(governments(99, "A"))
    assert (len(table(message)), "Nog 1 overheid staat in het bestand; het totaal telt ze mee." in lines(message)) == (
        100,
        True,
    )
    assert not any(line.startswith("Nog ") for line in lines(said(governments(98, "A"))))


def test_above_two_governments_there_is_a_chart_and_its_point_in_words() -> None:
    two, three = (("Stad Aalst", "1"), ("Stad Gent", "3")), ("Stad <Mechelen>", "7.25")
    assert blocks(said(of(*two)), "data_visualization") == []
    assert "Het meest van" not in said(of(*two)).text
    message = said(of(*two, three))
    assert bars(message) == {"<Mechelen>": 7.25, "Gent": 3.0, "Aalst": 1.0}
    assert "Het meest van Stad &lt;Mechelen&gt;: €\xa07,25." in message.text


def test_where_slack_knows_no_charts_all_the_rest_is_the_same() -> None:
    with_chart, without = said(governments(5)), said(governments(5), charted=False)
    assert [block for block in with_chart.blocks if block["type"] != "data_visualization"] == list(without.blocks)
    assert (with_chart.text, len(with_chart.blocks)) == (without.text, len(without.blocks) + 1)


def test_a_chart_has_ten_bars_at_most_and_the_last_is_all_others() -> None:
    assert len(bars(said(governments(10)))) == 10
    found = bars(said(governments(11)))
    assert (len(found), found["008"], found["(overige)"]) == (10, 10.0, 20.0)


def test_the_bars_of_a_chart_can_be_told_apart() -> None:
    alike = of(
        ("Stad Gent", "4"), ("Stad Gent aan de Schelde en de Leie", "3"), ("Stad Gent aan de Schelde en Lys", "2")
    )
    assert list(bars(said(alike))) == ["Gent", "Gent aan de Schelde…", "Gent aan de Sc… (3)"]
    assert list(bars(said(of(("Gent", "4"), ("Gent", "3"), ("Gent", "-2"))))) == ["Gent", "Gent (2)", "Gent (3)"]


def test_a_label_that_others_have_already_gets_a_number_that_none_has() -> None:
    assert list(bars(said(of(("Gent (3)", "4"), ("Gent", "3"), ("Gent", "2"))))) == ["Gent (3)", "Gent", "Gent (4)"]
    many = of(("(overige)", "99"), *((f"Gent {n}", str(n)) for n in range(10)))
    assert list(bars(said(many)))[::9] == ["(overige)", "(overige) (10)"]


def test_a_name_that_can_not_be_shown_leaves_the_other_labels_whole() -> None:
    assert list(bars(said(of(("Stad Gent", "4"), (" ", "3"), ("Stad Aalst", "2"))))) == [
        "Stad Gent",
        "(2)",
        "Stad Aalst",
    ]


def test_the_events_that_brought_most_are_small_print_in_which_nothing_has_effect() -> None:
    shares = of(("Stad Aalst", "10")).shares
    events = (EventShare("Fuif <!channel> & co", 12, Decimal("34.5")), EventShare("Zwemles", 1, Decimal(2)))
    assert lines(said(Summary(shares, events)))[-3:] == [
        "Deze activiteiten brachten het meest op:",
        "• Fuif &lt;!channel&gt; &amp; co: 12 verkopen, te vorderen €\xa034,50",
        "• Zwemles: 1 verkoop, te vorderen €\xa02,00",
    ]
    assert "Deze activiteit bracht het meest op:" in lines(said(Summary(shares, events[1:])))


def test_the_longest_of_everything_at_once_is_taken_by_slack() -> None:
    long = tuple(EventShare("&" * 75, 123_456, Decimal("1234567.89")) for _ in range(5))
    for language in Language:
        said(Summary(governments(300, LONG, Decimal(9)).shares, long), language)


DIGEST_REPLIES: list[tuple[State, str | None, Language, str, list[str]]] = [
    (
        State.EMPTY,
        None,
        Language.NL,
        (
            "*CC De Sluis*, 1 april – 30 juni 2026: er zijn geen kansentarieven geregistreerd, dus is er geen"
            " onkostennota. Vraag het na bij de balie als je er wel verwachtte."
        ),
        [],
    ),
    (
        State.EMPTY,
        None,
        Language.EN,
        (
            "*CC De Sluis*, 1 April – 30 June 2026: no reduced tickets were registered, so there is no expense claim."
            " Ask the desk if you expected some."
        ),
        [],
    ),
    (
        State.FAILED,
        "ACCESS_DENIED",
        Language.NL,
        (
            "*CC De Sluis*, 1 april – 30 juni 2026: de onkostennota is niet gelukt. Het UiTiD van wie de digest"
            " instelde heeft daar geen rechten. Vraag ze aan de beheerder van de balie, of laat een collega met"
            " rechten op de knop in de draad klikken."
        ),
        ["Opnieuw proberen"],
    ),
    (
        State.FAILED,
        "PARSE_INVALID_DATE",
        Language.EN,
        (
            "*CC De Sluis*, 1 April – 30 June 2026: the expense claim did not work. UiTPAS does not accept the dates of"
            " this period. Tell the bot's manager."
        ),
        [],
    ),
    (
        State.EXPIRED,
        None,
        Language.NL,
        (
            "*CC De Sluis*, 1 april – 30 juni 2026: UiTPAS kreeg de onkostennota niet op tijd klaar. Probeer het later"
            " opnieuw; blijft het duren, vraag dan een kortere periode."
        ),
        ["Opnieuw proberen"],
    ),
    (
        State.EXPIRED,
        None,
        Language.EN,
        (
            "*CC De Sluis*, 1 April – 30 June 2026: UiTPAS did not finish the expense claim in time. Try again later;"
            " if it keeps taking long, ask for a shorter period."
        ),
        ["Try again"],
    ),
    (
        State.CANCELLED,
        None,
        Language.NL,
        (
            "*CC De Sluis*, 1 april – 30 juni 2026: de onkostennota is geannuleerd. Vraag ze gerust opnieuw met"
            " `/uitpas rapport`."
        ),
        [],
    ),
    (
        State.CANCELLED,
        None,
        Language.EN,
        (
            "*CC De Sluis*, 1 April – 30 June 2026: the expense claim was cancelled. Feel free to ask again with"
            " `/uitpas report`."
        ),
        [],
    ),
]


@pytest.mark.parametrize(("state", "reason", "language", "text", "labels"), DIGEST_REPLIES)
def test_a_reply_of_a_digest_begins_with_the_balie_and_mentions_nobody(
    state: State, reason: str | None, language: Language, text: str, labels: list[str]
) -> None:
    message = reply(replace(REPORT, state=state, reason=reason, actor="U2", digest_run=1), None, language)
    assert (message.text, lines(message)) == (text, [text])
    buttons = [element for block in blocks(message, "actions") for element in block["elements"]]
    assert [(one["text"]["text"], one["value"]) for one in buttons] == [(label, REPORT.id) for label in labels]
    asked = reply(replace(REPORT, state=state, reason=reason, actor="U2"), None, language)
    assert ("<@" in asked.text, len(asked.blocks)) == (True, len(message.blocks))


def test_an_onkostennota_of_a_digest_comes_with_its_amounts_and_no_mention() -> None:
    summary = of(("Stad Aalst", "10"))
    asked = said(summary)
    of_digest = replace(REPORT, state=State.READY, summary=summary, digest_run=1)
    dutch, english = (reply(of_digest, FILE, language) for language in Language)
    opening = "*CC De Sluis*, 1 april – 30 juni 2026: de onkostennota is klaar."
    assert lines(dutch) == [opening, "Het bestand staat in deze draad, klaar om te versturen."]
    assert (dutch.blocks[1:], dutch.text) == (
        asked.blocks[1:],
        (
            f"{opening} *Samen: 1 verkoop, te vorderen €\xa010,00* (volle prijs €\xa050,00)"
            " Het bestand staat in deze draad, klaar om te versturen."
        ),
    )
    assert lines(english)[0] == "*CC De Sluis*, 1 April – 30 June 2026: the expense claim is ready."


def test_a_file_of_a_digest_in_direct_messages_says_whose() -> None:
    of_digest = replace(REPORT, state=State.READY, summary=of(("Stad Aalst", "10")), digest_run=1)
    message = reply(of_digest, replace(FILE, note="dm:workspace"), Language.NL)
    assert lines(message)[-1].startswith("Het bestand stuurde ik in een privébericht aan <@U1>: dit kanaal is openbaar")
    assert message.text.count("<@") == 1
