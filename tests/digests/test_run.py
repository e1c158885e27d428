"""A run of a digest: what its channel, its threads and its owner get to see of it, and when."""

from pathlib import Path

from bot.models import Language
from tests.balies.test_remove import removed
from tests.conversations.test_slack_losses import at_rest
from tests.digests.planned import at
from tests.digests.runs import (
    ALL_THREE,
    CHART,
    DENIED,
    DENIED_LINE,
    EMPTY,
    EMPTY_LINE,
    HOUR,
    NO_RIGHTS,
    PERIOD,
    SLUIS_ALONE,
    THREE,
    ZIP,
    digest,
    direct,
    files,
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
from tests.support.outcomes import conversation
from tests.support.stage import Stage, staged

SLUIS = "onkostennota_de-sluis_2026-04-01_2026-06-30.zip"
COMMENT = (
    f"zip Onkostennota van CC De Sluis, {PERIOD}. Bevat gegevens van pashouders: deel het bestand alleen met wie het"
    " nodig heeft."
)
TO_OWNER = (
    "Het bestand stuurde ik in een privébericht aan <@U0LIEN00001>: dit kanaal is openbaar en er staan gegevens van"
    " pashouders in."
)
ONE_OF_TWO = "Samen voor 1 van de 2 balies: 63 verkopen, te vorderen €\xa0589,00."
ONE = "Samen voor 1 balie: 63 verkopen, te vorderen €\xa0589,00."
COMING = "• Komt nog, in deze draad: {balies}. UiTPAS is er nog mee bezig."


async def test_three_balies_come_as_one_message_with_a_file_and_a_reply_for_each_under_it(stage: Stage) -> None:
    await set_up(stage, *THREE)
    await try_now(stage)
    for place, alias in enumerate(THREE):
        hold(stage, alias, 60 * place)
    await stage.pass_time(100, steps=20)
    assert (stage.roots(), direct(stage)) == ([], []), "nothing is said before the last is done"
    await stage.pass_time(60, steps=30)
    assert pictures(stage) == [digest(*ALL_THREE, CHART)]
    said = conversation(stage, stage.where)[1:]
    assert [line for line in said if line != ZIP] == [ready(alias) for alias in THREE]
    assert (said.count(ZIP), direct(stage), stage.slack.world.person("lien").id in "".join(said)) == (3, [], False)
    assert files(stage) == [f"onkostennota_{alias}_2026-04-01_2026-06-30.zip" for alias in sorted(THREE)]
    assert await at_rest(stage)


async def test_in_a_public_channel_only_amounts_are_seen_and_the_file_goes_to_the_owner(stage: Stage) -> None:
    await tried(stage, "de-sluis", channel="algemeen")
    assert pictures(stage, "algemeen") == [digest(ONE, *SLUIS_ALONE)]
    assert threads(stage, "algemeen") == [ready("de-sluis", TO_OWNER)]
    assert (direct(stage), files(stage)) == ([COMMENT], [SLUIS])


async def test_in_direct_messages_with_the_bot_all_of_it_is_in_the_thread(stage: Stage) -> None:
    here = stage.slack.world.open_im("lien")
    await tried(stage, "de-sluis", channel=here)
    assert pictures(stage, here) == [digest(ONE, *SLUIS_ALONE)]
    assert (threads(stage, here), files(stage)) == ([ready("de-sluis"), ZIP], [SLUIS])


async def test_an_empty_a_refused_and_an_uncounted_balie_are_lines_with_a_reply_each(stage: Stage) -> None:
    stage.uitpas.faults.add("report_download", "unknown_layout", times=-1)
    await tried(stage, "de-sluis", "het-vlot", "wilgendries")
    uncounted = "• Klaar, maar niet geteld: CC De Sluis. De bladen kon ik niet lezen; in de draad staat meer."
    assert pictures(stage) == [digest(DENIED_LINE, uncounted, EMPTY_LINE)]
    unread = (
        f"> *CC De Sluis*, {PERIOD}: de onkostennota is klaar. De bladen zien er anders uit dan ik ken, dus zet ik er"
        " geen bedragen bij. Het bestand is onaangeroerd. Het bestand staat in deze draad, klaar om te versturen."
    )
    assert threads(stage) == sorted([unread, DENIED, EMPTY, ZIP])


async def test_a_run_of_which_nothing_succeeds_still_says_so(stage: Stage) -> None:
    await tried(stage, "het-vlot", "molenschoot")
    both = f"• Niet gelukt: Jeugdhuis Het Vlot en Stadsloket Molenschoot. {NO_RIGHTS}"
    assert pictures(stage) == [digest(both)]
    assert threads(stage) == [DENIED, DENIED.replace("Jeugdhuis Het Vlot", "Stadsloket Molenschoot")]
    assert (files(stage), direct(stage)) == ([], [])


async def test_after_an_hour_the_message_comes_with_what_is_there_and_what_ends_later_completes_it(
    stage: Stage,
) -> None:
    await set_up(stage, *THREE)
    await try_now(stage)
    hold(stage, "t-hof", 1.5 * HOUR)
    hold(stage, "oosterwal", 2.5 * HOUR)
    await stage.pass_time(HOUR - 30, steps=20)
    assert stage.roots() == []
    await stage.pass_time(60, steps=20)
    waiting = COMING.format(balies="Bibliotheek Oosterwal en Gemeenschapscentrum 't Hof")
    first = ONE_OF_TWO.replace("2 balies", "3 balies")
    assert pictures(stage) == [digest(first, *SLUIS_ALONE, waiting)]
    assert threads(stage) == [ready("de-sluis"), ZIP]
    await stage.pass_time(HOUR, steps=30)
    assert threads(stage) == sorted([ready("de-sluis"), ready("t-hof"), ZIP, ZIP])
    assert pictures(stage)[0][3] == "Samen voor 2 van de 3 balies: 102 verkopen, te vorderen €\xa0917,00."
    await stage.pass_time(HOUR, steps=30)
    assert pictures(stage) == [digest(*ALL_THREE, CHART)]
    assert threads(stage) == sorted([*map(ready, THREE), ZIP, ZIP, ZIP])
    assert await at_rest(stage)


async def test_what_uitpas_does_not_finish_in_time_is_told_as_such_in_the_message_too(tmp_path: Path) -> None:
    async with staged(tmp_path, report_seconds=100 * HOUR, baliebot_poll_deadline=2 * HOUR) as stage:
        await tried(stage, "de-sluis")
        await stage.pass_time(HOUR, steps=10)
        assert pictures(stage) == [digest(COMING.format(balies="CC De Sluis"))]
        await stage.pass_time(HOUR + 120, steps=10)
        late = "• Niet op tijd klaar bij UiTPAS: CC De Sluis. In de draad kan je het opnieuw proberen."
        assert pictures(stage) == [digest(late)]
        (reply,) = stage.replies()
        assert picture(stage, reply)[-1] == "[Opnieuw proberen]"


async def test_a_balie_taken_off_the_list_is_not_asked_for_and_named(stage: Stage) -> None:
    await set_up(stage, "de-sluis", "oosterwal")
    await removed(stage, "noor", "oosterwal")
    await try_now(stage)
    await finish(stage)
    gone = "• Niet meer op de lijst, dus niet gevraagd: Bibliotheek Oosterwal. Pas de digest aan met /uitpas digest."
    assert pictures(stage) == [digest(ONE, *SLUIS_ALONE, gone)]
    assert threads(stage) == [ready("de-sluis"), ZIP]


async def test_the_next_run_tells_the_change_against_the_one_before(stage: Stage) -> None:
    await tried(stage, *THREE)
    await at(stage, "2026-10-05 09:00")
    await finish(stage)
    first, second = pictures(stage)
    assert first == digest(*ALL_THREE, CHART)
    assert second == digest(
        (
            "Samen voor 3 balies: 100 verkopen, te vorderen €\xa0841,60. Tegenover 1 april – 30 juni 2026 is dat"
            " €\xa0613,10 minder."
        ),
        "Balie                       Verkopen  Te vorderen (€)  Verschil (€)",
        "Bibliotheek Oosterwal             28           326,90       −210,80",
        "Gemeenschapscentrum 't Hof        41           298,30        −29,70",
        "CC De Sluis                       31           216,40       −372,60",
        "Samen                            100           841,60       −613,10",
        "Het hoogste bedrag staat bovenaan.",
        "Het verschil is tegenover 1 april – 30 juni 2026.",
        CHART,
        remark="",
        title="1 juli – 30 september 2026",
        following="Volgende keer: maandag 4 januari 2027, 09:00 (Europe/Brussels)",
    )


async def test_the_change_counts_what_a_person_had_asked_for_and_nothing_registered_as_nothing(stage: Stage) -> None:
    await stage.type("rapport 2026-01-01 2026-03-31 de-sluis", user="bram", channel="algemeen")
    await finish(stage)
    stage.uitpas.faults.add("report_status", "code", code="ACTION_FAILED")
    await stage.type("rapport 2026-01-01 2026-03-31 t-hof", channel="algemeen")
    await finish(stage)
    asked = len(stage.uitpas.calls)
    await tried(stage, *THREE)
    assert pictures(stage) == [
        digest(
            (
                "Samen voor 3 balies: 156 verkopen, te vorderen €\xa01.454,70. Tegenover 1 januari – 31 maart 2026 is"
                " dat €\xa0538,00 meer, voor de 2 balies waarvan ik ook toen het bedrag ken."
            ),
            "Balie                       Verkopen  Te vorderen (€)  Verschil (€)",
            "CC De Sluis                       63           589,00       +210,00",
            "Bibliotheek Oosterwal             54           537,70             –",
            "Gemeenschapscentrum 't Hof        39           328,00       +328,00",
            "Samen                            156         1.454,70       +538,00",
            "Het hoogste bedrag staat bovenaan.",
            (
                "Het verschil is tegenover 1 januari – 31 maart 2026. Waar – staat, ken ik dat bedrag niet; in het"
                " totaal van het verschil telt die balie niet mee."
            ),
            CHART,
        )
    ]
    started = [call for call in list(stage.uitpas.calls)[asked:] if call.name == "start_report"]
    assert len(started) == 3, "nothing is asked again for the sake of the change"


async def test_a_digest_in_english_speaks_english_to_everybody(stage: Stage) -> None:
    await tried(stage, "de-sluis", "wilgendries", language=Language.EN)
    title = "Expense claims of 1 April – 30 June 2026"
    assert pictures(stage) == [
        [
            title,
            "─" * len(title),
            "This is a trial: it changes nothing about the schedule.",
            "In all for 2 desks: 63 sales, to claim €589.00.",
            "Desk         Sales  To claim (€)  Change (€)",
            "CC De Sluis     63        589.00           –",
            "In all          63        589.00           –",
            "I know no amounts of 1 January – 31 March 2026, so there is no change to tell yet.",
            "• Nothing registered: Cultuurcafé Wilgendries. If you expected sales there, ask the desk.",
            "The thread has the details of each desk, and says where each file is.",
            "Set up by @Lien Vermeire.",
            "Next time: Monday 5 October 2026, 09:00 (Europe/Brussels)",
            "To change it, type /uitpas digest.",
        ]
    ]
    assert threads(stage) == [
        (
            "> *CC De Sluis*, 1 April – 30 June 2026: the expense claim is ready. *In all: 63 sales, to claim €589.00*"
            " (full price €1,472.50) Most of it from Lokale overheid Vossenrode: €254.30. The file is in this thread,"
            " ready to send."
        ),
        (
            "> *Cultuurcafé Wilgendries*, 1 April – 30 June 2026: no reduced tickets were registered, so there is no"
            " expense claim. Ask the desk if you expected some."
        ),
        ZIP,
    ]


async def test_a_dutch_digest_of_somebody_who_reads_english_is_in_dutch_and_their_own_messages_are_not(
    stage: Stage,
) -> None:
    stage.slack.world.change_person("lien", locale="en-US")
    await tried(stage, "de-sluis", channel="algemeen")
    assert pictures(stage, "algemeen") == [digest(ONE, *SLUIS_ALONE)]
    assert threads(stage, "algemeen") == [ready("de-sluis", TO_OWNER)]
    (file,) = direct(stage)
    assert file.startswith("zip Expense claim of CC De Sluis, 1 April – 30 June 2026. It holds passholders' data:")
