"""What somebody is told about a digest that could not be as it was set up: what happened, what to do, what then."""

from dataclasses import replace

import pytest

from bot.digests import Standstill
from bot.models import Language
from handlers.render.digest_notices import missed, paused, unsure
from tests.render.digests import DIGEST, MONDAYS, RUN, balie, checked, drawn
from tests.storage.records import SLUIS

NL, EN = Language.NL, Language.EN
WHICH = (
    "Digest: CC De Sluis; op de eerste maandag nadat een kwartaal is afgelopen, om 09:00 (Europe/Brussels).",
    "Digest: CC De Sluis; on the first Monday after a quarter has ended, at 09:00 (Europe/Brussels).",
)

PAUSED: list[tuple[Standstill | None, str, str]] = [
    (
        Standstill.LINK,
        (
            "*Je digest in <#C1> is gepauzeerd:* het UiTiD waarmee hij loopt, is niet meer aan je gekoppeld. Koppel het"
            " opnieuw, dan gaat de digest vanzelf verder. Heb je nu een ander, typ daar dan `/uitpas digest` en kies"
            ' "Hervatten".'
        ),
        (
            "*Your digest in <#C1> is paused:* the UiTiD it runs with is no longer linked to you. Link it again, and"
            " the digest goes on by itself. If you have another one now, type `/uitpas digest` there and choose"
            ' "Resume".'
        ),
    ),
    (
        Standstill.OWNER_GONE,
        (
            "*Een digest in dit kanaal is gestopt:* wie hem instelde, is geen volwaardig lid meer van deze werkruimte."
            " Nog nodig? Stel hem opnieuw in met `/uitpas digest`; dat kan iedereen die zijn UiTiD koppelde."
        ),
        (
            "*A digest in this channel has stopped:* whoever set it up is no longer a full member of this workspace."
            " Still needed? Set it up anew with `/uitpas digest`; everybody who linked their UiTiD can."
        ),
    ),
    (
        Standstill.OWNER_LEFT,
        (
            "*Je digest in <#C1> is gepauzeerd:* je zit zelf niet meer in dat kanaal. Ga er weer in, typ daar"
            ' `/uitpas digest` en kies "Hervatten".'
        ),
        (
            "*Your digest in <#C1> is paused:* you are no longer in that channel yourself. Join it again, type"
            ' `/uitpas digest` there and choose "Resume".'
        ),
    ),
    (
        Standstill.ARCHIVED,
        (
            "*Je digest in <#C1> is gepauzeerd:* dat kanaal is gearchiveerd. Wordt het teruggehaald, typ daar dan"
            ' `/uitpas digest` en kies "Hervatten". Of stel in een ander kanaal een nieuwe digest in.'
        ),
        (
            "*Your digest in <#C1> is paused:* that channel is archived. Once it is brought back, type `/uitpas digest`"
            ' there and choose "Resume". Or set up a new digest in another channel.'
        ),
    ),
    (
        Standstill.OUTSIDERS,
        (
            "*Je digest in <#C1> is gepauzeerd:* dat kanaal wordt gedeeld met mensen van buiten je organisatie. Stel"
            " in een ander kanaal een nieuwe digest in. Of stop het delen, typ daar dan `/uitpas digest` en kies"
            ' "Hervatten".'
        ),
        (
            "*Your digest in <#C1> is paused:* that channel is shared with people from outside your organisation. Set"
            " up a new digest in another channel. Or stop the sharing, then type `/uitpas digest` there and choose"
            ' "Resume".'
        ),
    ),
    (
        Standstill.NOT_THERE,
        (
            "*Je digest in <#C1> is gepauzeerd:* ik kan daar niet schrijven. Typ er `/invite @baliebot`, daarna"
            ' `/uitpas digest`, en kies "Hervatten". Of stel in een ander kanaal een nieuwe digest in.'
        ),
        (
            "*Your digest in <#C1> is paused:* I can't write there. Type `/invite @baliebot` there, then"
            ' `/uitpas digest`, and choose "Resume". Or set up a new digest in another channel.'
        ),
    ),
    (
        Standstill.NO_BALIES,
        (
            "*Je digest in <#C1> is gepauzeerd:* geen van zijn balies staat nog op de lijst van deze werkruimte. Typ"
            " daar `/uitpas digest` om andere balies te kiezen. Of laat een beheerder ze terugzetten en kies dan"
            ' "Hervatten".'
        ),
        (
            "*Your digest in <#C1> is paused:* none of its desks is on the list of this workspace any more. Type"
            " `/uitpas digest` there to choose other desks. Or have an admin put them back, then choose"
            ' "Resume".'
        ),
    ),
    (
        None,
        (
            "*Je digest in <#C1> is gepauzeerd* door iemand van dat kanaal. Moet hij weer lopen, typ daar dan"
            ' `/uitpas digest` en kies "Hervatten".'
        ),
        (
            "*Your digest in <#C1> is paused* by somebody of that channel. To let it run again, type `/uitpas digest`"
            ' there and choose "Resume".'
        ),
    ),
]


@pytest.mark.parametrize(("standstill", "dutch", "english"), PAUSED)
def test_whoever_set_it_up_reads_why_it_stands_still_and_what_to_do(
    standstill: Standstill | None, dutch: str, english: str
) -> None:
    still = replace(DIGEST, planned_at=None, standstill=standstill)
    for language, said, which, label in zip(
        (NL, EN), (dutch, english), WHICH, ("UiTiD koppelen", "Link your UiTiD"), strict=True
    ):
        message = paused(still, language)
        button = [f"[{label}]"] if standstill is Standstill.LINK else []
        assert drawn(message) == [said, f"({which})", *button]
        assert message.text == f"{said}\n{which}"


def test_every_way_to_stand_still_is_told_in_its_own_words() -> None:
    said = [paused(replace(DIGEST, standstill=standstill), NL).text for standstill in Standstill]
    assert len(set(said)) == len(Standstill)


def test_a_run_that_was_left_out_says_when_it_should_have_been_and_how_to_have_it_still() -> None:
    assert drawn(missed(RUN, NL)) == [
        (
            "*Je digest in <#C1> sloeg ik een keer over.* Hij moest lopen op maandag 5 oktober 2026, 09:00"
            " (Europe/Brussels), maar meer dan een dag lang ging dat niet: de bot lag stil, of UiTPAS of Slack"
            ' antwoordde niet. Heb je hem nog nodig, typ daar dan `/uitpas digest` en kies "Nu proberen".'
        ),
        f"({WHICH[0]})",
        "(Volgende keer: maandag 4 januari 2027, 09:00 (Europe/Brussels))",
    ]
    assert drawn(missed(RUN, EN)) == [
        (
            "*I left out your digest in <#C1> once.* It should have run on Monday 5 October 2026, 09:00"
            " (Europe/Brussels), but for more than a day it could not: the bot was down, or UiTPAS or Slack did not"
            ' answer. If you still need it, type `/uitpas digest` there and choose "Try now".'
        ),
        f"({WHICH[1]})",
        "(Next time: Monday 4 January 2027, 09:00 (Europe/Brussels))",
    ]


def test_when_nobody_knows_whether_it_arrived_the_details_come_here() -> None:
    assert drawn(unsure(RUN, NL)) == [
        (
            "*Van je digest in <#C1> weet ik niet of hij is aangekomen:* Slack bevestigde het bericht over 1 juli – 30"
            " september 2026 niet. Ik plaats het niet nog eens, anders staat het er misschien twee keer. De details per"
            " balie volgen hier."
        ),
        f"({WHICH[0]})",
    ]
    assert drawn(unsure(replace(RUN, period=None), EN)) == [
        (
            "*I don't know whether your digest in <#C1> has arrived:* Slack did not confirm the message. I won't post"
            " it again, or it might be there twice. The details of each desk follow here."
        ),
        f"({WHICH[1]})",
    ]


def test_one_of_direct_messages_is_not_called_a_channel() -> None:
    direct = replace(RUN, digest=replace(DIGEST, channel="D1"))
    assert unsure(direct, NL).text.startswith("*Van je digest in ons privégesprek weet ik niet")
    assert unsure(direct, EN).text.startswith("*I don't know whether your digest in our direct messages has arrived")


def test_the_first_three_balies_tell_which_digest_it_is_and_their_names_have_no_effect() -> None:
    named = [balie(name) for name in ("<!channel> & co", "\u202e", "Derde", "Vierde")]
    many = replace(DIGEST, balies=(*named[:2], SLUIS), standstill=Standstill.ARCHIVED)
    at = "op de eerste maandag nadat een kwartaal is afgelopen, om 09:00 (Europe/Brussels).)"
    start = "(Digest: &lt;!channel&gt; &amp; co, (zonder naam), CC De Sluis"
    assert drawn(paused(many, NL))[-1] == f"{start}; {at}"
    assert drawn(paused(replace(many, missing=(named[2],)), NL))[-1] == f"{start} en nog 1 balie; {at}"
    assert drawn(paused(replace(many, missing=(named[2], named[3])), NL))[-1] == f"{start} en nog 2 balies; {at}"


def test_the_longest_names_are_taken_by_slack() -> None:
    long = replace(DIGEST, balies=(balie("&" * 500),) * 30, schedule=MONDAYS)
    for language in Language:
        for standstill in Standstill:
            checked(paused(replace(long, standstill=standstill), language))
        checked(missed(replace(RUN, digest=long), language))
        checked(unsure(replace(RUN, digest=long), language))
