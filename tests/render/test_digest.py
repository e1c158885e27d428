"""The one message of a digest, as somebody reads it who has ten balies to look after."""

import json
from dataclasses import replace

from bot.digests import MOST_BALIES, BalieResult, Purpose, Rhythm, RunResults, Standstill
from bot.models import Language, State
from bot.summary import Summary
from handlers.render.digest import digest
from tests.render.digests import DIGEST, MONDAYS, RUN, checked, counted, drawn, other, told

NL, EN = Language.NL, Language.EN
TITLE = "# Onkostennota's van 1 juli – 30 september 2026"
HEAD = "| Balie | Verkopen | Te vorderen (€) | Verschil (€)"
SORTED = "(Het hoogste bedrag staat bovenaan.)"
AGAINST = "(Het verschil is tegenover 1 april – 30 juni 2026.)"
SPRING = "Tegenover 1 april – 30 juni 2026 is dat"
FOOT = [
    "(In de draad staan de details per balie, en waar elk bestand is.)",
    "(Ingesteld door <@U1>.)",
    "(Volgende keer: maandag 4 januari 2027, 09:00 (Europe/Brussels))",
    "(Aanpassen: typ `/uitpas digest`.)",
]
ASK = "Verwachtte je er verkopen, vraag het dan na bij de balie."


def read(found: RunResults, language: Language = NL) -> list[str]:
    """Return what stands in a message."""
    return drawn(digest(found, language))


def rows(found: RunResults) -> list[str]:
    """Return the rows of the table, its head left out."""
    return [line for line in read(found) if line.startswith("|")][1:]


def test_three_balies_are_compared_with_the_period_before_and_charted() -> None:
    found = told(counted("Bib", "10", "13"), counted("CC De Sluis", "1234.5", "1222"), counted("Zwembad", "50", "50"))
    total = f"*Samen voor 3 balies: 6 verkopen, te vorderen €\xa01.294,50.* {SPRING} €\xa09,50 meer."
    assert read(found) == [
        TITLE,
        total,
        HEAD,
        "| CC De Sluis | 2 | 1.234,50 | +12,50",
        "| Zwembad | 2 | 50,00 | 0,00",
        "| Bib | 2 | 10,00 | −3,00",
        "| Samen | 6 | 1.294,50 | +9,50",
        SORTED,
        AGAINST,
        "chart: Te vorderen per balie (€)",
        "CC De Sluis: 1234.5",
        "Zwembad: 50.0",
        "Bib: 10.0",
        *FOOT,
    ]
    assert digest(found, NL).text == f"Onkostennota's van 1 juli – 30 september 2026\n{total}"


def test_the_same_in_english_with_a_balie_that_did_not_work() -> None:
    found = told(counted("Bib", "1010", "1013", 1200), other("Zwembad", State.FAILED, reason="UNKNOWN_USER"))
    assert read(found, EN) == [
        "# Expense claims of 1 July – 30 September 2026",
        (
            "*In all for 1 of the 2 desks: 1,200 sales, to claim €1,010.00.* Compared with 1 April – 30 June 2026 that"
            " is €3.00 less."
        ),
        "| Desk | Sales | To claim (€) | Change (€)",
        "| Bib | 1,200 | 1,010.00 | −3.00",
        "| In all | 1,200 | 1,010.00 | −3.00",
        "(The change is compared with 1 April – 30 June 2026.)",
        (
            "• *Did not work:* Zwembad. UiTPAS no longer knows the UiTiD of whoever set up the digest. They link again"
            " with `/uitpas connect`."
        ),
        "(The thread has the details of each desk, and says where each file is.)",
        "(Set up by <@U1>.)",
        "(Next time: Monday 4 January 2027, 09:00 (Europe/Brussels))",
        "(To change it, type `/uitpas digest`.)",
    ]


def test_a_balie_without_stored_amounts_has_a_dash_and_the_sum_of_changes_says_that_it_is_left_out() -> None:
    assert read(told(counted("Bib", "10", "7.5"), counted("Museum", "20"))) == [
        TITLE,
        (
            f"*Samen voor 2 balies: 4 verkopen, te vorderen €\xa030,00.* {SPRING} €\xa02,50 meer, voor de ene balie"
            " waarvan ik ook toen het bedrag ken."
        ),
        HEAD,
        "| Museum | 2 | 20,00 | –",
        "| Bib | 2 | 10,00 | +2,50",
        "| Samen | 4 | 30,00 | +2,50",
        SORTED,
        (
            "(Het verschil is tegenover 1 april – 30 juni 2026. Waar – staat, ken ik dat bedrag niet; in het totaal"
            " van het verschil telt die balie niet mee.)"
        ),
        *FOOT,
    ]
    three = digest(told(counted("A", "1", "1"), counted("B", "2", "2"), counted("C", "3")), EN)
    assert three.text.endswith(
        "Compared with 1 April – 30 June 2026 that is just as much, for the 2 desks whose amounts I know for then, too."
    )


def test_where_nothing_is_known_of_the_period_before_no_change_is_claimed() -> None:
    total = "*Samen voor 1 balie: 1 verkoop, te vorderen €\xa010,00.*"
    first = counted("Bib", "10", sales=1)
    start = [TITLE, total, HEAD, "| Bib | 1 | 10,00 | –", "| Samen | 1 | 10,00 | –"]
    none = "(Van 1 april – 30 juni 2026 ken ik geen bedragen, dus is er nog geen verschil.)"
    assert read(told(first)) == [*start, none, *FOOT]
    odd = told(replace(first, before=first.report.summary), before=None)
    assert read(odd) == [*start, "(Er is geen vorige periode om mee te vergelijken.)", *FOOT]


def test_a_balie_that_brought_something_last_time_and_nothing_now_is_seen_in_table_and_line() -> None:
    found = told(counted("Bib", "10", "10"), other("Museum", State.EMPTY, "300"), other("Zaal", State.EMPTY))
    assert read(found)[1:] == [
        (
            f"*Samen voor 3 balies: 2 verkopen, te vorderen €\xa010,00.* {SPRING} €\xa0300,00 minder, voor de 2 balies"
            " waarvan ik ook toen het bedrag ken."
        ),
        HEAD,
        "| Bib | 2 | 10,00 | 0,00",
        "| Museum | 0 | 0,00 | −300,00",
        "| Samen | 2 | 10,00 | −300,00",
        SORTED,
        AGAINST,
        f"• *Niets geregistreerd:* Museum (was €\xa0300,00) en Zaal. {ASK}",
        *FOOT,
    ]


def test_nothing_after_nothing_is_a_line_alone() -> None:
    assert read(told(other("Museum", State.EMPTY, "0"), other("Zaal", State.EMPTY))) == [
        TITLE,
        f"• *Niets geregistreerd:* Museum en Zaal. {ASK}",
        *FOOT,
    ]
    uncompared = told(other("Museum", State.EMPTY, "300"), before=None)
    assert read(uncompared)[1] == f"• *Niets geregistreerd:* Museum. {ASK}"


def test_sheets_that_were_read_and_hold_no_sale_are_counted() -> None:
    none = counted("Bib", "0", sales=0)
    found = told(replace(none, report=replace(none.report, summary=Summary(()))))
    assert rows(found) == ["| Bib | 0 | 0,00 | –", "| Samen | 0 | 0,00 | –"]


def test_a_change_that_is_less_than_a_cent_is_none() -> None:
    assert rows(told(counted("Bib", "10", "10.001"))) == ["| Bib | 2 | 10,00 | 0,00", "| Samen | 2 | 10,00 | 0,00"]
    assert f"{SPRING} evenveel." in digest(told(counted("Bib", "10", "10.001")), NL).text


def test_a_trial_says_that_it_is_one() -> None:
    found = told(counted("Bib", "10"), run=replace(RUN, purpose=Purpose.TRIAL))
    assert [read(found, language)[1] for language in Language] == [
        "Dit is een proef: aan de planning verandert niets.",
        "This is a trial: it changes nothing about the schedule.",
    ]
    assert digest(found, NL).text.splitlines()[1] == "Dit is een proef: aan de planning verandert niets."


def test_a_late_run_says_when_it_was_planned_in_the_zone_of_its_schedule() -> None:
    new_york = replace(DIGEST, schedule=replace(MONDAYS, zone="America/New_York"))
    found = told(counted("Bib", "10"), run=replace(RUN, digest=new_york, is_late=True))
    at = "5 oktober 2026, 03:00 (America/New_York)"
    assert read(found, Language.NL)[1] == (
        f"Dit komt later dan gepland: het moest er zijn op maandag {at}, maar toen ging dat niet."
    )
    english = at.replace("oktober", "October")
    assert read(found, Language.EN)[1] == (
        f"This comes later than planned: it should have been here on Monday {english}, but that was not possible then."
    )


def test_one_that_its_channel_did_not_take_says_so_where_it_is_read() -> None:
    for channel in ("D1", "U1"):
        found = told(counted("Bib", "10"), run=replace(RUN, channel=channel))
        assert [read(found, language)[1] for language in Language] == [
            "In <#C1> kon ik dit niet plaatsen, dus lees je het hier.",
            "I could not place this in <#C1>, so you read it here.",
        ]
    at_home = replace(RUN, channel="D1", digest=replace(DIGEST, channel="D1"))
    assert read(told(counted("Bib", "10"), run=at_home))[1].startswith("*Samen")


def test_the_foot_says_when_it_comes_next_or_that_it_does_not() -> None:
    still = replace(DIGEST, planned_at=None, standstill=Standstill.LINK)
    listed = replace(DIGEST, schedule=replace(MONDAYS, rhythm=Rhythm.LISTED))
    found = [told(counted("Bib", "10"), run=replace(RUN, digest=each)) for each in (still, listed)]
    assert [read(one)[-2] for one in found] == [
        "(Er is geen volgende keer gepland: de UiTiD-koppeling van <@U1> is verlopen of ingetrokken.)",
        "(Volgende keer dat ik kijk of er een nieuwe periode is: maandag 4 januari 2027, 09:00 (Europe/Brussels))",
    ]
    gone = told(counted("Bib", "10"), run=replace(RUN, digest=replace(DIGEST, is_removed=True)))
    assert read(gone)[-3:] == [*FOOT[:2], "(Er komt geen volgende keer: de digest is verwijderd.)"]


def test_two_balies_make_no_chart_however_many_others_there_are() -> None:
    found = told(counted("A", "1"), counted("B", "2"), *[other("Leeg", State.EMPTY, "3")] * 5)
    assert (found.is_charted, any(line.startswith("chart") for line in read(found))) == (False, False)


def test_a_chart_shows_only_balies_that_were_counted_and_ten_bars_at_most() -> None:
    def bars(counts: int) -> list[str]:
        found = [counted(f"Balie {n:02}", str(n)) for n in range(1, counts + 1)]
        lines = read(told(*found, other("Leeg", State.EMPTY, "3")))
        asks = lines.index(f"• *Niets geregistreerd:* Leeg (was €\xa03,00). {ASK}")
        return lines[lines.index("chart: Te vorderen per balie (€)") + 1 : asks]

    assert bars(3) == ["03: 3.0", "02: 2.0", "01: 1.0"]
    assert bars(12) == [*(f"{n:02}: {n}.0" for n in range(12, 3, -1)), "(overige): 6.0"]


def test_where_slack_knows_no_charts_all_the_rest_is_the_same() -> None:
    found = told(*(counted(f"Balie {n}", "5") for n in range(3)))
    whole, without = digest(found, NL), checked(digest(found, NL, charted=False))
    assert without == replace(
        whole, blocks=tuple(block for block in whole.blocks if block["type"] != "data_visualization")
    )
    assert len(without.blocks) == len(whole.blocks) - 1


def test_names_have_no_effect_in_table_chart_or_lines() -> None:
    hostile = "<!channel> & *co*\n\u202e"
    found = told(
        *(counted(hostile, "5") for _ in range(3)),
        counted("\u202e", "1"),
        other(hostile, State.EXPIRED),
        other("\u202e", State.EXPIRED),
    )
    message = checked(digest(found, NL))
    assert rows(found)[:4] == [*["| <!channel> & *co* | 2 | 5,00 | –"] * 3, "| (zonder naam) | 2 | 1,00 | –"]
    assert [line for line in read(found) if line.startswith("•")] == [
        (
            "• *Niet op tijd klaar bij UiTPAS:* &lt;!channel&gt; &amp; *co* en (zonder naam). In de draad kan je het"
            " opnieuw proberen."
        ),
    ]
    mrkdwn = [block for block in message.blocks if block["type"] in {"section", "context"}]
    assert "<!channel>" not in message.text + json.dumps(mrkdwn)
    assert "\u202e" not in message.text + json.dumps(message.blocks, ensure_ascii=False)


def test_thirty_balies_with_the_longest_names_are_taken_by_slack() -> None:
    rich = tuple(replace(counted(f"{n} {'&' * 500}", "1234567.89", "1"), before=None) for n in range(MOST_BALIES))
    run = replace(RUN, is_late=True, purpose=Purpose.TRIAL, channel="D1", digest=replace(DIGEST, schedule=MONDAYS))
    for language in Language:
        found = told(*rich, run=run)
        assert len([line for line in read(found, language) if line.startswith("|")]) == MOST_BALIES + 2
        checked(digest(told(*rich[:3], *_of_every_kind(), run=run), language))


def test_amounts_that_are_taken_back_come_last_and_are_less_than_nothing() -> None:
    found = told(counted("A", "-5", "1"), counted("B", "0.5", "1"))
    assert rows(found) == ["| B | 2 | 0,50 | −0,50", "| A | 2 | −5,00 | −6,00", "| Samen | 4 | −4,50 | −6,50"]


def _of_every_kind() -> list[BalieResult]:
    name = "<" * 500
    states = [State.EMPTY, State.EXPIRED, State.CANCELLED, State.SUBMITTED, State.PAUSED]
    found = [other(name, state, "1234567.89") for state in states for _ in range(3)]
    found += [other(name, State.PAUSED, face="unmapped") for _ in range(3)]
    return found + [other(name, State.FAILED, reason=f"{'&' * 500}{n % 3}") for n in range(9)]
