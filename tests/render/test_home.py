"""How a Home looks when there is a lot in it: lists are cut and say so, and Slack takes it."""

from dataclasses import replace
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest

from bot.homes import Held, Home, HomeBalie, HomeReport
from bot.models import Language, Period, Standing
from bot.sandbox.slack.checks import Checks
from handlers.render.home import home
from tests.home.tab import lines

NOW = datetime(2026, 7, 15, 8, 0, tzinfo=UTC)
BRUSSELS = ZoneInfo("Europe/Brussels")
REPORT = HomeReport("<!channel> & *Zn*", Period(date(2026, 4, 1), date(2026, 6, 30)), "silent", NOW, "C1", "1.2")
FULL = Home(
    locale="nl-BE",
    standing=Standing.MEMBER,
    linked_at=NOW,
    held=Held(other=2, balie=3),
    running=(REPORT,) * 10,
    running_total=11,
    finished=(replace(REPORT, face="failed", root_ts=None),) * 10,
    finished_total=30,
    balies=tuple(HomeBalie(f"balie-{n}", "N" * 500, is_last=n == 0) for n in range(12)),
    balies_total=1013,
)
UNMAPPED = (
    "*3 onkostennota's staan stil*, want hun balie is van de lijst gehaald. Ze gaan verder zodra een beheerder de balie"
    " terugzet."
)


def drawn(shown: Home, language: Language = Language.NL) -> list[str]:
    """Return what is read in a Home."""
    view = home(shown, lambda report: report.root_ts and "https://x.slack.com/?a=1&b=2", NOW, BRUSSELS, language)
    checks = Checks()
    checks.view(view, "home", "views.publish")
    assert checks.complaints == []
    return lines(view["blocks"])


@pytest.mark.parametrize(
    ("language", "more"),
    [
        (
            Language.NL,
            [
                "(En nog 1 onkostennota. Typ `/uitpas status` voor de lijst.)",
                "(En nog 20 onkostennota's. Typ `/uitpas status` voor de lijst.)",
                "(En nog 1.001 balies. Typ `/uitpas balies` voor de lijst.)",
            ],
        ),
        (
            Language.EN,
            [
                "(And 1 more. Type `/uitpas status`.)",
                "(And 20 more. Type `/uitpas status` for the list.)",
                "(And 1,001 more. Type `/uitpas counters` for the list.)",
            ],
        ),
    ],
)
def test_lists_are_cut_and_say_how_many_more_there_are(language: Language, more: list[str]) -> None:
    found = drawn(FULL, language)
    assert [line for line in found if line.startswith(("(En nog", "(And"))] == more
    assert len(found) < 50


def test_a_report_is_told_with_its_state_and_its_thread_and_names_have_no_effect() -> None:
    told = drawn(FULL)
    name = "*&lt;!channel&gt; &amp; *Zn**, 1 april – 30 juni 2026"
    asked = "UiTPAS antwoordt nu niet · gevraagd op 15 juli 2026, 10:00"
    assert [line for line in told if "Zn" in line][9:11] == [
        f"{name}\n{asked} · <https://x.slack.com/?a=1&amp;b=2|Bekijk de draad>",
        f"{name}\nNiet gelukt · op 15 juli 2026, 10:00",
    ]


def test_what_stands_still_for_different_reasons_is_told_apart() -> None:
    assert drawn(FULL)[:4] == [
        "# Eerst dit",
        "*2 onkostennota's staan stil*, want je vroeg ze met een ander UiTiD. Wat doe ik ermee?",
        "[Verder met dit UiTiD] [Annuleren]",
        UNMAPPED,
    ]
