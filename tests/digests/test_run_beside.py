"""A run of a digest amid all else that goes on: other runs, many balies, what people ask, status and Home."""

from itertools import pairwise

from tests.digests.desk import whisper
from tests.digests.planned import at
from tests.digests.runs import (
    ALL_THREE,
    CHART,
    DENIED,
    DENIED_LINE,
    EMPTY_LINE,
    HOUR,
    NO_RIGHTS,
    PERIOD,
    SLUIS_ALONE,
    THREE,
    ZIP,
    digest,
    finish,
    hold,
    picture,
    pictures,
    ready,
    set_up,
    threads,
    tried,
    try_now,
)
from tests.home.tab import Tab
from tests.support.balies import map_csv
from tests.support.outcomes import conversation
from tests.support.stage import Stage

ONE = "Samen voor 1 balie: 63 verkopen, te vorderen €\xa0589,00."


async def test_thirty_balies_are_one_message_and_then_at_most_one_reply_a_second(stage: Stage) -> None:
    numbers = range(10, 37)
    await map_csv(stage, *(f'balie-{number},"Balie {number}",key-{number},' for number in numbers))
    await set_up(stage, *THREE, *(f"balie-{number}" for number in numbers))
    await try_now(stage)
    await finish(stage, 60)
    unknown = (
        "UiTPAS kent deze balie niet. Vraag aan de beheerder van de bot om de koppeling van de balie na te kijken."
    )
    names = ", ".join(f"Balie {number}" for number in numbers[:-1])
    assert pictures(stage) == [
        digest(
            ALL_THREE[0].replace("voor 3 balies", "voor 3 van de 30 balies"),
            *ALL_THREE[1:],
            CHART,
            f"• Niet gelukt: {names} en Balie 36. {unknown}",
        )
    ]
    failed = [f"> *Balie {number}*, {PERIOD}: de onkostennota is niet gelukt. {unknown}" for number in numbers]
    assert threads(stage) == sorted([*map(ready, THREE), *failed, ZIP, ZIP, ZIP])
    moments = [float(reply.ts) for reply in stage.replies() if not reply.files]
    assert min(later - earlier for earlier, later in pairwise(moments)) >= 1
    assert stage.slack.workspace.rates.refused == []


async def test_two_digests_of_one_channel_whose_time_comes_at_once_each_have_their_own_thread(stage: Stage) -> None:
    await set_up(stage, "wilgendries")
    stage.clock.advance(1)
    await set_up(stage, "het-vlot", "molenschoot")
    await at(stage, "2026-10-05 09:00")
    await finish(stage)
    rest = {
        "remark": "",
        "title": "1 juli – 30 september 2026",
        "following": "Volgende keer: maandag 4 januari 2027, 09:00 (Europe/Brussels)",
    }
    both = f"• Niet gelukt: Jeugdhuis Het Vlot en Stadsloket Molenschoot. {NO_RIGHTS}"
    replies = {tuple(picture(stage, root)): len(stage.replies(root)) for root in stage.roots()}
    assert replies == {tuple(digest(EMPTY_LINE, **rest)): 1, tuple(digest(both, **rest)): 2}


async def test_what_a_person_asks_for_meanwhile_comes_as_well_and_apart(stage: Stage) -> None:
    await set_up(stage, "de-sluis")
    await try_now(stage)
    hold(stage, "de-sluis", 60)
    await stage.type("rapport vorig kwartaal", user="bram")
    await finish(stage, 120)
    asked = [
        "Onkostennota van CC De Sluis",
        f"{PERIOD}, gevraagd door @Bram De Coster",
        "Klaar. Het antwoord staat in de draad.",
    ]
    assert pictures(stage) == [asked, digest(ONE, *SLUIS_ALONE)]
    by_bram, by_digest = map(stage.replies, stage.roots())
    opening = f"<@U0BRAM00002>, de onkostennota van *CC De Sluis* voor *{PERIOD}* is klaar. "
    amounts = ready("de-sluis").partition("klaar. ")[2]
    assert [(len(one.files), one.text) for one in by_bram] == [(1, ""), (0, opening + amounts)]
    assert [(len(one.files), one.text) for one in by_digest] == [(1, ""), (0, ready("de-sluis").removeprefix("> "))]


async def test_a_digest_does_not_count_among_the_ten_reports_a_person_may_have_running(stage: Stage) -> None:
    stage.uitpas.faults.add("report_status", "never_ends", times=-1)
    await set_up(stage, *THREE)
    await try_now(stage)
    for month in range(1, 11):
        await stage.type(f"rapport 2025-{month:02}-01 2025-{month:02}-02")
    assert len(stage.roots()) == 10
    await stage.type("rapport 2025-11-01 2025-11-02")
    assert (len(stage.roots()), stage.whispers()[-1][:26]) == (10, "Er lopen al 10 onkostennot")


async def test_status_and_home_show_what_runs_and_what_is_done_with_its_thread(stage: Stage) -> None:
    tab = Tab(stage)
    await tab.open()
    await set_up(stage, "de-sluis", "t-hof")
    await try_now(stage)
    hold(stage, "t-hof", 2 * HOUR)
    await stage.pass_time(HOUR + 60, steps=30)
    await finish(stage)
    await stage.type("status", user="bram")
    asked = "(gevraagd door @Lien Vermeire, 15 juli 2026, 10:00)"
    assert picture(stage, whisper(stage, "bram")) == [
        "Onkostennota's van de voorbije week, hier en van jou",
        f"• CC De Sluis, {PERIOD}: bezorgd {asked}",
        f"• Gemeenschapscentrum 't Hof, {PERIOD}: duurt langer dan gewoonlijk {asked}",
    ]
    (root,) = stage.roots()
    address = f"https://stad-voorbeeld.slack.com/archives/{root.channel}/p{root.ts.replace('.', '')}"
    thread = f"<{address}?thread_ts={root.ts}&amp;cid={root.channel}|Bekijk de draad>"
    when = "gevraagd op 15 juli 2026, 10:00"
    assert tab.part("Nu bezig") == [
        f"*Gemeenschapscentrum 't Hof*, {PERIOD}\nDuurt langer dan gewoonlijk · {when} · {thread}"
    ]
    assert tab.part("Afgerond in de voorbije week") == [
        f"*CC De Sluis*, {PERIOD}\nBezorgd · op 15 juli 2026, 11:01 · {thread}"
    ]


async def test_trying_again_in_the_thread_of_a_digest_makes_the_clickers_own_report(stage: Stage) -> None:
    await tried(stage, "het-vlot")
    (reply,) = stage.replies()
    assert picture(stage, reply)[-1] == "[Opnieuw proberen]"
    await stage.click("report_retry", reply, user="joris")
    await finish(stage)
    own = ["Onkostennota van Jeugdhuis Het Vlot", f"{PERIOD}, gevraagd door @Joris Van Aken"]
    assert pictures(stage) == [digest(DENIED_LINE), [*own, "Klaar. Het antwoord staat in de draad."]]
    assert conversation(stage, stage.where)[1] == DENIED
    ended = stage.replies(stage.roots()[1])
    told = f"<@U0JORIS0004>, de onkostennota van *Jeugdhuis Het Vlot* voor *{PERIOD}* is klaar. *Samen: 29 verkopen"
    assert [(len(one.files), one.text.partition(",")[2] and one.text[: len(told)]) for one in ended] == [
        (1, ""),
        (0, told),
    ]
