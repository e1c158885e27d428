"""What people type: every form that works, and one sentence that says what would work for every form that does not."""

import html
import json
import re

import pytest

from tests.support.stage import Stage

FORMS = (
    "Dit werkt: `vorig kwartaal`, `vorige maand`, `vorig jaar`, `juli 2026`, `q3 2026`, `2026`,"
    " `2026-07-01 2026-09-30` of `01/07/2026-30/09/2026`."
)
UNREADABLE = f"Die periode begrijp ik niet. {FORMS}"
IMPOSSIBLE = f"Die datum bestaat niet. Kijk de dag en de maand na. {FORMS}"
FUTURE = f"Die periode moet nog komen. Kies er een die al begonnen is. {FORMS}"
LEFT_OVER = (
    "Ik begrijp niet alles van wat je typte. Typ eerst de periode en dan de balie, zoals `vorig kwartaal de-werf`."
    f" {FORMS}"
)
REVERSED = "De begindatum valt na de einddatum. Bedoelde je `2026-04-01 2026-06-30`?"
DIGITS = "0930000420206"
"""Looks like the number of a card."""


@pytest.mark.parametrize(
    ("words", "answer"),
    [
        ("ooit eens", UNREADABLE),
        ("gisterenmorgen", UNREADABLE),
        ("vorig", UNREADABLE),
        ("1234", UNREADABLE),
        ("q5 2026", UNREADABLE),
        ("2026-04-01 tot", UNREADABLE),
        ("31 juni 2026", IMPOSSIBLE),
        ("31/06/2026", IMPOSSIBLE),
        ("2026-06-31", IMPOSSIBLE),
        ("29/02/2026", IMPOSSIBLE),
        ("13/2026", IMPOSSIBLE),
        ("01/06/2026-31/06/2026", IMPOSSIBLE),
        ("q4 2026", FUTURE),
        ("16/07/2026", FUTURE),
        ("2027", FUTURE),
        ("2026-06-30 2026-04-01", REVERSED),
        ("30/06/2026-01/04/2026 de-sluis", REVERSED),
        ("juni 2026 tot april 2026", REVERSED),
        ("q1 2026 q2 2026", UNREADABLE),
        ("vorige maand vorig kwartaal", UNREADABLE),
        ("vorig kwartaal de-sluis de-kuil", LEFT_OVER),
        ("vorig kwartaal de sluis", LEFT_OVER),
    ],
)
async def test_a_wrong_form_gets_one_sentence_that_says_what_would_work(stage: Stage, words: str, answer: str) -> None:
    await stage.type(f"rapport {words}")
    assert stage.whispers() == [answer]
    assert nothing_began(stage)


async def test_what_is_suggested_for_swapped_dates_works_when_typed(stage: Stage) -> None:
    await stage.type("rapport 30/06/2026 - 01/04/2026")
    (answer,) = stage.whispers()
    suggested = re.findall(r"`(.+?)`", answer)
    assert suggested == ["2026-04-01 2026-06-30"]
    await stage.type(f"rapport {suggested[0]}")
    assert asked_periods(stage) == ["1 april – 30 juni 2026"]


async def test_every_form_that_is_offered_is_understood(stage: Stage) -> None:
    for form in re.findall(r"`(.+?)`", FORMS):
        await stage.type(f"rapport {form} t-hof")
        await stage.pass_time(2)
    assert all("voor 1 juli – 15 juli 2026 is hier al bezorgd" in answer for answer in stage.whispers())
    assert asked_periods(stage) == [
        "1 april – 30 juni 2026",
        "1 juni – 30 juni 2026",
        "1 januari – 31 december 2025",
        "1 juli – 15 juli 2026",
        "1 januari – 15 juli 2026",
    ]


@pytest.mark.parametrize("words", ["x" * 10_000, "vorig kwartaal " + "é" * 10_000, "2026 " * 2_000, "1" * 10_000])
async def test_ten_thousand_characters_are_answered_like_any_other_mistake(stage: Stage, words: str) -> None:
    await stage.type(f"rapport {words}")
    assert stage.whispers() == [UNREADABLE]
    assert nothing_began(stage)


async def test_ten_thousand_characters_of_verb_are_cut_in_the_answer(stage: Stage) -> None:
    await stage.type("y" * 10_000)
    assert stage.whispers() == [f"`{'y' * 39}…` ken ik niet. Typ `/uitpas help` om te zien wat kan."]
    assert nothing_began(stage)


@pytest.mark.parametrize("sign", ["\x00", "\x07", "\x1b[31m", "\x7f", "\u202e", "\u2066", "\u200f", "\u200b", "\ufeff"])
async def test_signs_that_nobody_types_make_a_period_unreadable_and_do_not_come_back(stage: Stage, sign: str) -> None:
    await stage.type(f"rapport vorig{sign} kwartaal de-sluis")
    await stage.type(f"rapport vorig kwartaal {sign}de-sluis")
    assert stage.whispers() == [UNREADABLE, UNREADABLE]
    assert sign not in outgoing(stage)
    assert nothing_began(stage)


@pytest.mark.parametrize("sign", ["\x00", "\x1b", "\u202e", "\u2066", "\u200f"])
async def test_signs_that_nobody_sees_are_left_out_of_an_echoed_verb(stage: Stage, sign: str) -> None:
    await stage.type(f"rap{sign}por vorig kwartaal")
    assert stage.whispers() == [
        "`rappor` ken ik niet. Bedoelde je `/uitpas rapport`? Typ `/uitpas help` om te zien wat kan."
    ]
    assert nothing_began(stage)


TRICKS = [
    "<@U0BRAM00002>",
    "<@U0BRAM00002|bram>",
    "<!channel>",
    "<!here>",
    "<!everyone|iedereen>",
    "<!subteam^S0123ABCD>",
    "<#C0DESLUIS01|balie-de-sluis>",
    "<https://example.org|de-sluis>",
    "&lt;!channel&gt;",
]
"""What Slack would show as a mention or a link if it came back as it was typed."""


@pytest.mark.parametrize("trick", TRICKS)
@pytest.mark.parametrize(
    "form", ["{}", "{} vorig kwartaal", "rapport {}", "rapport vorig kwartaal {}", "rapport {} 2025"]
)
async def test_nothing_typed_comes_back_as_a_mention_or_a_link(stage: Stage, form: str, trick: str) -> None:
    await stage.type(form.format(trick))
    (answer,) = stage.whispers()
    assert "Typ `/uitpas help`" in answer or "Dit werkt:" in answer or "Laat de balie weg" in answer
    assert not re.search(r"<[@!#h]", outgoing(stage))
    assert nothing_began(stage)


async def test_an_echoed_word_reads_as_it_was_typed(stage: Stage) -> None:
    await stage.type("<!channel>")
    (answer,) = stage.whispers()
    assert answer.startswith("`&lt;!channel&gt;` ken ik niet.")
    assert html.unescape(answer).startswith("`<!channel>` ken ik niet.")


@pytest.mark.parametrize("words", ["a`*vet*`b", "rapport vorig kwartaal a`*vet*`b", "``` ```", "rapport 2025 ```x```"])
async def test_backticks_do_not_break_out_of_an_echo(stage: Stage, words: str) -> None:
    await stage.type(words)
    (answer,) = stage.whispers()
    echoed = re.split(r"`[^`]+`", answer)
    assert not any("`" in between for between in echoed)
    assert "*vet*" not in "".join(echoed)
    assert nothing_began(stage)


@pytest.mark.parametrize("digits", [DIGITS, f"kaart{DIGITS}", f"{DIGITS}x", f"093-0000-420206-{DIGITS}"])
async def test_a_number_typed_as_a_verb_or_a_balie_is_masked(stage: Stage, digits: str) -> None:
    await stage.type(digits)
    await stage.type(f"rapport vorig kwartaal {digits}")
    verb, balie = stage.whispers()
    assert not re.search(r"\d{5}", verb + balie)
    assert "•••" in verb
    assert nothing_began(stage)


@pytest.mark.parametrize(
    ("word", "nearest"),
    [
        ("raport", "rapport"),
        ("repport", "report"),
        ("RAPORT", "rapport"),
        ("statsu", "status"),
        ("hulp", "help"),
        ("hlep", "help"),
    ],
)
async def test_an_unknown_verb_gets_the_nearest(stage: Stage, word: str, nearest: str) -> None:
    await stage.type(f"{word} vorig kwartaal")
    assert stage.whispers() == [
        f"`{word}` ken ik niet. Bedoelde je `/uitpas {nearest}`? Typ `/uitpas help` om te zien wat kan."
    ]
    assert nothing_began(stage)


async def test_a_verb_like_no_other_gets_no_guess(stage: Stage) -> None:
    await stage.type("zwembad")
    assert stage.whispers() == ["`zwembad` ken ik niet. Typ `/uitpas help` om te zien wat kan."]


async def test_an_unknown_balie_gets_the_nearest_alias(stage: Stage) -> None:
    await stage.type("rapport vorig kwartaal @De-Sluiz")
    await stage.type("rapport vorig kwartaal iets-anders-helemaal")
    assert stage.whispers() == [
        "Ik ken geen balie die `de-sluiz` heet. Bedoelde je `de-sluis`? Laat de balie weg om er een te kiezen.",
        "Ik ken geen balie die `iets-anders-helemaal` heet. Laat de balie weg om er een te kiezen.",
    ]
    assert nothing_began(stage)


@pytest.mark.parametrize(
    "words",
    [
        "rapport vorig kwartaal de-kuil",
        "rapport de-kuil vorig kwartaal",
        "rapport @de-kuil vorig kwartaal",
        "RAPPORT De-Kuil Vorig Kwartaal",
        "rapport   vorig  kwartaal   @DE-KUIL ",
        " rapport 01/04/2026 - 30/06/2026 de-kuil",
        "rapport van 1 april tot en met 30 juni 2026 de-kuil",
        "rapport april – juni 2026 de-kuil",
        "rapport ２０２６－０４－０１ 2026-06-30 de-kuil",
        "report last quarter de-kuil",
        "report de-kuil previous quarter",
        "Report April 2026 to June 2026 @de-kuil",
        "report from 1 April until 30 June 2026 de-kuil",
        "report q2 2026 de-kuil",
        "rapport last quarter de-kuil",
    ],
)
async def test_the_same_report_can_be_asked_for_in_many_words(stage: Stage, words: str) -> None:
    await stage.type(words)
    (root,) = stage.roots()
    assert root.text.startswith("Onkostennota van Zwembad De Kuil &amp; Zonen, 1 april – 30 juni 2026: ")
    assert stage.whispers() == []


async def test_a_period_may_be_one_day(stage: Stage) -> None:
    await stage.type("report yesterday")
    await stage.type("rapport 14 juli 2026 de-kuil")
    assert asked_periods(stage) == ["14 juli 2026", "14 juli 2026"]


def nothing_began(stage: Stage) -> bool:
    """Tell whether no root was posted anywhere and UiTPAS was asked nothing."""
    world = stage.slack.world
    posted = [message for channel in world.talk.channels for message in world.messages(channel)]
    return posted == [] and list(stage.uitpas.calls) == []


def outgoing(stage: Stage) -> str:
    """Return everything the bot sent to Slack, what people alone see included."""
    world = stage.slack.world
    sent = [call.args for call in stage.slack.calls]
    seen = [whisper.text for person in world.people for whisper in world.ephemerals(person, stage.where)]
    shown = [whisper.blocks for person in world.people for whisper in world.ephemerals(person, stage.where)]
    return json.dumps([sent, seen, shown], ensure_ascii=False, default=str)


def asked_periods(stage: Stage) -> list[str]:
    """Return the days that every root in the channel names."""
    titles = [root.blocks[0]["text"]["text"].splitlines()[1] for root in stage.roots()]
    return [title.rpartition(", gevraagd door ")[0] for title in titles]
