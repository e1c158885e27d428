"""When a digest runs, as people read it: always with the zone."""

from dataclasses import replace
from datetime import UTC, datetime, time

import pytest

from bot.digests import Rhythm, Schedule, Standstill
from bot.models import Language
from handlers.render.digest_schedule import in_words, next_time
from tests.render.digests import DIGEST, MONDAYS

NL, EN = Language.NL, Language.EN


def on_day(rhythm: Rhythm, day: int) -> Schedule:
    """Return a schedule for this day of the month."""
    return Schedule(rhythm, time(14, 5), "Europe/London", month_day=day)


@pytest.mark.parametrize(
    ("schedule", "dutch", "english"),
    [
        (
            MONDAYS,
            "op de eerste maandag nadat een kwartaal is afgelopen, om 09:00 (Europe/Brussels)",
            "on the first Monday after a quarter has ended, at 09:00 (Europe/Brussels)",
        ),
        (
            replace(MONDAYS, rhythm=Rhythm.MONTH, weekday=6),
            "op de eerste zondag nadat een maand is afgelopen, om 09:00 (Europe/Brussels)",
            "on the first Sunday after a month has ended, at 09:00 (Europe/Brussels)",
        ),
        (
            replace(MONDAYS, rhythm=Rhythm.LISTED, weekday=2),
            "elke woensdag om 09:00 (Europe/Brussels), als UiTPAS dan een nieuwe periode toont",
            "every Wednesday at 09:00 (Europe/Brussels), if UiTPAS lists a new period by then",
        ),
        (
            on_day(Rhythm.QUARTER, 5),
            "op de 5de van de maand na elk kwartaal, om 14:05 (Europe/London)",
            "on the 5th of the month after every quarter, at 14:05 (Europe/London)",
        ),
        (
            on_day(Rhythm.MONTH, 1),
            "elke maand op de 1ste, voor de maand ervoor, om 14:05 (Europe/London)",
            "every month on the 1st, for the month before, at 14:05 (Europe/London)",
        ),
        (
            on_day(Rhythm.LISTED, 28),
            "op de 28ste van elke maand om 14:05 (Europe/London), als UiTPAS dan een nieuwe periode toont",
            "on the 28th of every month at 14:05 (Europe/London), if UiTPAS lists a new period by then",
        ),
    ],
)
def test_a_schedule_reads_as_the_rest_of_a_sentence(schedule: Schedule, dutch: str, english: str) -> None:
    assert (in_words(schedule, NL), in_words(schedule, EN)) == (dutch, english)


@pytest.mark.parametrize(
    ("schedule", "is_told"),
    [
        (on_day(Rhythm.MONTH, 28), False),
        (on_day(Rhythm.MONTH, 29), True),
        (on_day(Rhythm.LISTED, 29), True),
        (on_day(Rhythm.QUARTER, 30), False),
        (on_day(Rhythm.QUARTER, 31), True),
    ],
)
def test_a_day_that_some_month_lacks_says_what_happens_then(schedule: Schedule, *, is_told: bool) -> None:
    assert ("(of de laatste dag)" in in_words(schedule, NL), "(or the last day)" in in_words(schedule, EN)) == (
        is_told,
        is_told,
    )


def test_the_days_of_a_month_are_counted_as_people_do() -> None:
    def days(language: Language, *which: int) -> list[str]:
        return [in_words(on_day(Rhythm.QUARTER, day), language).split()[2] for day in which]

    assert days(NL, 1, 2, 7, 8, 9, 18, 19, 20, 22) == [
        "1ste",
        "2de",
        "7de",
        "8ste",
        "9de",
        "18de",
        "19de",
        "20ste",
        "22ste",
    ]
    assert days(EN, 1, 2, 3, 4, 11, 12, 13, 21, 22, 23, 30) == (
        ["1st", "2nd", "3rd", "4th", "11th", "12th", "13th", "21st", "22nd", "23rd", "30th"]
    )


@pytest.mark.parametrize(
    ("planned_at", "clock"),
    [
        (datetime(2027, 1, 4, 8, tzinfo=UTC), "maandag 4 januari 2027, 09:00"),
        (datetime(2026, 10, 5, 7, tzinfo=UTC), "maandag 5 oktober 2026, 09:00"),
        (datetime(2026, 6, 30, 22, 30, tzinfo=UTC), "woensdag 1 juli 2026, 00:30"),
    ],
)
def test_the_next_time_is_what_the_clocks_of_its_zone_show(planned_at: datetime, clock: str) -> None:
    said = next_time(replace(DIGEST, planned_at=planned_at), NL)
    assert said == f"Volgende keer: {clock} (Europe/Brussels)"


def test_the_next_time_in_english() -> None:
    assert next_time(DIGEST, EN) == "Next time: Monday 4 January 2027, 09:00 (Europe/Brussels)"


def test_one_that_waits_for_uitpas_only_looks_the_next_time() -> None:
    waiting = replace(DIGEST, schedule=replace(MONDAYS, rhythm=Rhythm.LISTED))
    assert [next_time(waiting, language) for language in (NL, EN)] == [
        "Volgende keer dat ik kijk of er een nieuwe periode is: maandag 4 januari 2027, 09:00 (Europe/Brussels)",
        "Next time I look for a new period: Monday 4 January 2027, 09:00 (Europe/Brussels)",
    ]


@pytest.mark.parametrize(
    ("standstill", "dutch", "english"),
    [
        (None, "de digest is gepauzeerd", "the digest is paused"),
        (Standstill.MEMBER, "<@U2> pauzeerde de digest", "<@U2> paused the digest"),
        (
            Standstill.LINK,
            "de UiTiD-koppeling van <@U1> is verlopen of ingetrokken",
            "the UiTiD link of <@U1> has expired or was revoked",
        ),
        (
            Standstill.OWNER_GONE,
            "<@U1> is geen volwaardig lid meer van deze werkruimte",
            "<@U1> is no longer a full member of this workspace",
        ),
        (Standstill.OWNER_LEFT, "<@U1> zit niet meer in het kanaal", "<@U1> is no longer in the channel"),
        (Standstill.ARCHIVED, "het kanaal is gearchiveerd", "the channel is archived"),
        (
            Standstill.OUTSIDERS,
            "het kanaal wordt gedeeld met mensen van buiten de organisatie",
            "the channel is shared with people from outside the organisation",
        ),
        (Standstill.NOT_THERE, "ik kan niet schrijven in het kanaal", "I can't write in the channel"),
        (
            Standstill.NO_BALIES,
            "geen van de balies staat nog op de lijst",
            "none of the desks is on the list any more",
        ),
    ],
)
def test_one_that_stands_still_says_why(standstill: Standstill | None, dutch: str, english: str) -> None:
    still = replace(DIGEST, planned_at=None, standstill=standstill, paused_by="U2")
    assert next_time(still, NL) == f"Er is geen volgende keer gepland: {dutch}."
    assert next_time(still, EN) == f"No next time is planned: {english}."


def test_one_that_was_removed_says_so_whatever_else_is_stored() -> None:
    gone = replace(DIGEST, is_removed=True)
    assert [next_time(gone, language) for language in (NL, EN)] == [
        "Er komt geen volgende keer: de digest is verwijderd.",
        "There is no next time: the digest was removed.",
    ]
