"""A digest whose owner's UiTiD link ends, before a run or in the middle of one, and what linking again brings."""

from tests.digests.desk import RESUME, listed, press
from tests.digests.planned import at, turn_to
from tests.digests.runs import EMPTY_LINE, HOUR, SOON, ZIP, digest, direct, finish, hold, pictures, planned, set_up
from tests.digests.runs import threads as said_under
from tests.home.tab import Tab
from tests.linking.rows import ASK, calls, link_as
from tests.support.stage import Stage

WHEN, AGAIN = "2026-07-15 11:00", "2026-08-15 11:00"
NEXT = "Volgende keer: zaterdag 15 augustus 2026, 11:00 (Europe/Brussels)"
NO_NEXT = "Er is geen volgende keer gepland: de UiTiD-koppeling van @Lien Vermeire is verlopen of ingetrokken."
ENDED = (
    "UiTPAS aanvaardt je UiTiD-koppeling niet meer: ze is verlopen of ingetrokken.{held} Je digest loopt niet meer."
    " Koppel je UiTiD opnieuw; daarna gaat alles vanzelf verder."
)
BOTH = "CC De Sluis en Cultuurcafé Wilgendries"
ON_HOLD = (
    f"• Staat stil: {BOTH}. De UiTiD-koppeling van wie de digest instelde is verlopen of"
    " ingetrokken. Na /uitpas koppel met hetzelfde UiTiD komt het antwoord in de draad."
)
JUNE = (
    "Samen voor 2 balies: 26 verkopen, te vorderen €\xa0244,10.",
    "Balie        Verkopen  Te vorderen (€)  Verschil (€)",
    "CC De Sluis        26           244,10             –",
    "Samen              26           244,10             –",
    "Van 1 mei – 31 mei 2026 ken ik geen bedragen, dus is er nog geen verschil.",
    EMPTY_LINE,
)
REPLIES = [
    (
        "> *CC De Sluis*, 1 juni – 30 juni 2026: de onkostennota is klaar. *Samen: 26 verkopen, te vorderen"
        " €\xa0244,10* (volle prijs €\xa0610,25) Het meest van Lokale overheid Vossenrode: €\xa0102,40. Het bestand"
        " staat in deze draad, klaar om te versturen."
    ),
    (
        "> *Cultuurcafé Wilgendries*, 1 juni – 30 juni 2026: er zijn geen kansentarieven geregistreerd, dus is er geen"
        " onkostennota. Vraag het na bij de balie als je er wel verwachtte."
    ),
    ZIP,
]
OPEN = [("2026-08-15T09:00:00.000000+00:00", None)]


def june(*told: str, following: str = NEXT) -> list[str]:
    """Return the message of a digest of June that tells this."""
    return digest(*told, remark="", title="1 juni – 30 juni 2026", following=following)


async def begun(stage: Stage, *aliases: str) -> None:
    """Let the time of a digest come, by default of two balies, and UiTPAS take ten minutes for each."""
    balies = aliases or ("de-sluis", "wilgendries")
    await set_up(stage, *balies, schedule=SOON)
    turn_to(stage, WHEN)
    await stage.settle()
    for alias in balies:
        hold(stage, alias, 600)


async def test_a_link_that_ended_before_stops_the_digest_and_is_told_once_for_both(stage: Stage) -> None:
    await set_up(stage, "de-sluis", "wilgendries", schedule=SOON)
    stage.uitpas.faults.add("start_report", "revoked")
    await stage.type(f"{ASK} de-sluis", channel="algemeen")
    await finish(stage)
    told = ENDED.format(held=" Er staat 1 onkostennota stil.")
    asked = len(stage.uitpas.calls)
    await at(stage, WHEN)
    assert (direct(stage), planned(stage), stage.roots()) == ([told], [(None, "link")], [])
    assert len(stage.uitpas.calls) == asked
    await stage.link("lien")
    assert planned(stage) == OPEN
    await at(stage, AGAIN)
    assert (len(stage.roots()), len(stage.replies()), direct(stage)) == (1, 3, [told])


async def test_a_link_that_ends_in_the_middle_is_told_in_the_message_and_linking_again_completes_it(
    stage: Stage,
) -> None:
    await begun(stage)
    stage.uitpas.faults.add("report_status", "revoked")
    await stage.pass_time(HOUR - 60, steps=60)
    told = ENDED.format(held=" Er staan 2 onkostennota's stil.")
    assert (stage.roots(), direct(stage)) == ([], [told])
    await stage.pass_time(120, steps=4)
    assert (pictures(stage), stage.replies()) == ([june(ON_HOLD, following=NO_NEXT)], [])
    await stage.pass_time(24 * HOUR, steps=24)
    assert (pictures(stage), stage.replies()) == ([june(ON_HOLD, following=NO_NEXT)], [])
    await stage.link("lien")
    await finish(stage, 700)
    assert (pictures(stage), said_under(stage)) == ([june(*JUNE)], sorted(REPLIES))
    assert (direct(stage), planned(stage)) == ([told], OPEN)


async def test_unlinking_stops_the_digest_and_linking_the_same_again_lets_it_run(stage: Stage) -> None:
    await set_up(stage, "de-sluis", "wilgendries", schedule=SOON)
    await stage.type("ontkoppel")
    await stage.click("unlink", stage.slack.world.ephemerals("lien", stage.where)[-1])
    assert planned(stage) == [(None, "link")]
    await at(stage, WHEN)
    assert (stage.roots(), direct(stage), "start_report" in calls(stage)) == ([], [], False), "they know already"
    await link_as(stage, "greet")
    assert planned(stage) == [(None, "link")], "another UiTiD takes nothing up by itself"
    await stage.link("lien")
    await at(stage, AGAIN)
    assert (len(stage.roots()), len(stage.replies())) == (1, 3)


async def test_with_another_uitid_it_is_paused_at_its_time_until_its_owner_says_that_it_may_go_on(
    stage: Stage,
) -> None:
    await set_up(stage, "t-hof", "wilgendries", schedule=SOON)
    await link_as(stage, "greet")
    await at(stage, WHEN)
    assert (stage.roots(), planned(stage), calls(stage)) == ([], [(None, "link")], [])
    assert [text.partition(":*")[0] for text in direct(stage)] == ["*Je digest in <#C0DESLUIS01> is gepauzeerd"]
    await listed(stage)
    await press(stage, RESUME)
    await at(stage, AGAIN)
    asked = {call.uid for call in stage.uitpas.calls}
    assert (len(stage.roots()), asked) == (1, {stage.uitpas.employee("greet").uid})
    assert len(direct(stage)) == 1


async def test_another_uitid_in_the_middle_asks_anew_when_its_owner_says_so(stage: Stage) -> None:
    await begun(stage, "t-hof")
    await link_as(stage, "greet")
    await stage.pass_time(HOUR, steps=60)
    assert pictures(stage) == [june(ON_HOLD.replace(BOTH, "Gemeenschapscentrum 't Hof"))]
    tab = Tab(stage)
    await tab.open()
    await tab.press("held_go_on")
    await finish(stage, 60)
    assert pictures(stage)[0][2] == "Samen voor 1 balie: 11 verkopen, te vorderen €\xa074,50."
    ready = "> *Gemeenschapscentrum 't Hof*, 1 juni – 30 juni 2026: de onkostennota is klaar."
    assert [line[: len(ready)] for line in said_under(stage)] == [ready, ZIP]
    users = [call.uid for call in stage.uitpas.calls if call.name == "start_report"]
    assert users == [stage.uitpas.employee(nick).uid for nick in ("lien", "greet")]


async def test_another_uitid_in_the_middle_drops_what_its_owner_does_not_want_any_more(stage: Stage) -> None:
    await begun(stage)
    await link_as(stage, "greet")
    await stage.pass_time(600, steps=60)
    tab = Tab(stage)
    await tab.open()
    await tab.press("held_drop")
    await finish(stage, 60)
    assert pictures(stage) == [june(f"• Geannuleerd: {BOTH}. Nog nodig? Typ /uitpas rapport.")]
    assert said_under(stage) == [
        f"> *{name}*, 1 juni – 30 juni 2026: de onkostennota is geannuleerd. Vraag ze gerust opnieuw met"
        " `/uitpas rapport`."
        for name in ("CC De Sluis", "Cultuurcafé Wilgendries")
    ]
