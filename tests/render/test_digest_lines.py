"""The balies of a digest that its table does not tell: why, what to do, and what needs somebody first."""

from dataclasses import replace
from datetime import timedelta

import pytest

from bot.digests import MOST_BALIES, BalieResult
from bot.models import Language, State
from handlers.render.digest import digest
from tests.render.digests import DIGEST, RUN, balie, counted, drawn, other, told

NL, EN = Language.NL, Language.EN
SPRING = "Tegenover 1 april – 30 juni 2026 is dat"
ASK = "Verwachtte je er verkopen, vraag het dan na bij de balie."


def others(*results: BalieResult, language: Language = NL) -> list[str]:
    """Return the lines about balies that have no amounts."""
    return [line for line in drawn(digest(told(*results), language)) if line.startswith("•")]


def test_those_without_amounts_are_told_with_what_to_do_what_needs_somebody_first() -> None:
    assert others(
        other("A", State.EMPTY),
        other("B", State.CANCELLED),
        other("C", State.READY, sheets_problem="unknown_layout", due_at=None),
        other("D", State.SUBMITTED),
        other("E", State.PAUSED, face="unmapped", reason="unmapped"),
        other("F", State.PAUSED, face="paused"),
        other("G", State.EXPIRED),
        other("H", State.FAILED, reason="ACCESS_DENIED"),
        other("I", State.DELIVERED, sheets_problem="too_large"),
        other("J", State.READY),
    ) == [
        (
            "• *Niet gelukt:* H. Het UiTiD van wie de digest instelde heeft daar geen rechten. Vraag ze aan de"
            " beheerder van de balie, of laat een collega met rechten op de knop in de draad klikken."
        ),
        "• *Niet op tijd klaar bij UiTPAS:* G. In de draad kan je het opnieuw proberen.",
        (
            "• *Staat stil:* F. De UiTiD-koppeling van wie de digest instelde is verlopen of ingetrokken. Na `/uitpas"
            " koppel` met hetzelfde UiTiD komt het antwoord in de draad."
        ),
        (
            "• *Staat stil, de balie is van de lijst gehaald:* E. Zet een beheerder de balie terug, dan komt het"
            " antwoord in de draad."
        ),
        "• *Komt nog, in deze draad:* D en J. UiTPAS is er nog mee bezig.",
        "• *Klaar, maar niet geteld:* C en I. De bladen kon ik niet lezen; in de draad staat meer.",
        "• *Geannuleerd:* B. Nog nodig? Typ `/uitpas rapport`.",
        f"• *Niets geregistreerd:* A. {ASK}",
    ]


def test_the_lines_in_english() -> None:
    assert others(
        other("A", State.EMPTY, "12"),
        other("B", State.CANCELLED),
        other("C", State.READY, due_at=None),
        other("D", State.REQUESTED),
        other("E", State.PAUSED, face="unmapped"),
        other("F", State.PAUSED, face="paused"),
        other("G", State.EXPIRED),
        language=EN,
    ) == [
        "• *Not done in time at UiTPAS:* G. You can try again in the thread.",
        (
            "• *On hold:* F. The UiTiD link of whoever set up the digest has expired or was revoked. After"
            " `/uitpas connect` with the same UiTiD the answer comes in the thread."
        ),
        (
            "• *On hold, the desk was taken off the list:* E. Once an admin puts the desk back, the answer comes in the"
            " thread."
        ),
        "• *Still to come, in this thread:* D. UiTPAS is still working on it.",
        "• *Ready, but not counted:* C. I could not read the sheets; the thread says more.",
        "• *Cancelled:* B. Still needed? Type `/uitpas report`.",
        "• *Nothing registered:* A (was €12.00). If you expected sales there, ask the desk.",
    ]


def test_what_needs_somebody_is_in_the_notification_too() -> None:
    found = told(counted("Bib", "10", "10"), other("Zaal", State.EXPIRED))
    assert digest(found, NL).text.splitlines() == [
        "Onkostennota's van 1 juli – 30 september 2026",
        f"*Samen voor 1 van de 2 balies: 2 verkopen, te vorderen €\xa010,00.* {SPRING} evenveel.",
        "• *Niet op tijd klaar bij UiTPAS:* Zaal. In de draad kan je het opnieuw proberen.",
    ]


@pytest.mark.parametrize(
    ("reason", "why"),
    [
        (
            "no_answer",
            "UiTPAS gaf geen bruikbaar antwoord op de aanvraag. Er is niets verloren: probeer het over enkele",
        ),
        ("PARSE_INVALID_DATE", "UiTPAS aanvaardt de datums van deze periode niet. Verwittig de beheerder van de bot."),
        ("unreachable", "UiTPAS was klaar, maar het antwoord kon ik nergens plaatsen."),
        ("ODD <!here>\n", "UiTPAS gaf een antwoord dat ik niet ken (ODD &lt;!here&gt;)."),
        (None, "UiTPAS gaf een antwoord dat ik niet ken ()."),
    ],
)
def test_those_that_failed_for_the_same_reason_share_a_line(reason: str | None, why: str) -> None:
    one, two, three = (other(name, State.FAILED, reason=reason) for name in "ABC")
    (first, second) = others(one, two, other("D", State.FAILED, reason="everybody"), three)
    assert first.startswith(f"• *Niet gelukt:* A, B en C. {why}")
    assert second.startswith("• *Niet gelukt:* D. UiTPAS weigert nu alle vragen van de bot.")


def test_balies_that_are_no_longer_on_the_list_are_named_and_were_not_asked_for() -> None:
    run = replace(RUN, digest=replace(DIGEST, missing=(balie("Kiosk"), balie("<@U9>"))))
    found = told(counted("Bib", "10", "10"), run=run)
    assert [line for language in Language for line in drawn(digest(found, language)) if line.startswith("•")] == [
        "• *Niet meer op de lijst, dus niet gevraagd:* Kiosk en &lt;@U9&gt;. Pas de digest aan met `/uitpas digest`.",
        "• *No longer on the list, so not asked for:* Kiosk and &lt;@U9&gt;. Change the digest with `/uitpas digest`.",
    ]


def test_more_troubles_than_fit_are_counted() -> None:
    found = told(*(other("&" * 500, State.FAILED, reason=f"{n}{'<' * 500}") for n in range(MOST_BALIES)))
    lines = [line for line in drawn(digest(found, NL)) if line.startswith("•")]
    assert 1 < len(lines) < MOST_BALIES
    more = MOST_BALIES - len(lines) + 1
    assert lines[-1] == f"• Met nog {more} balies is er iets. Kijk in de draad en bij `/uitpas digest`."
    assert digest(found, EN).text.endswith(
        f"• There is something with {more} more desks. See the thread and `/uitpas digest`."
    )


def test_more_names_than_fit_in_a_line_are_counted() -> None:
    (line,) = others(*(other("&" * 500, State.EXPIRED) for _ in range(MOST_BALIES)))
    shown = line.count("…")
    assert 1 < shown < MOST_BALIES
    assert f" en nog {MOST_BALIES - shown} balies. In de draad" in line


def test_what_comes_later_is_still_to_come_and_not_counted() -> None:
    early = counted("Bib", "10")
    fetched = replace(early, report=replace(early.report, due_at=early.report.requested_at + timedelta(seconds=1)))
    assert drawn(digest(told(fetched), NL))[1] == "• *Komt nog, in deze draad:* Bib. UiTPAS is er nog mee bezig."
