"""The reply of a report with more governments than a message has room for."""

from dataclasses import replace
from decimal import Decimal

import pytest

from bot.models import GovernmentShare, Kind, Language, Message, Parcel, Sending, State, Summary
from bot.sandbox.slack.arguments import Arguments
from bot.sandbox.slack.checks import Checks
from handlers.render.report_reply import reply
from tests.storage.records import NOW, REPORT

FILE = Parcel(2, "key", "T1", Kind.FILE, Sending.SENT, NOW, "r1", note="thread")


def said(*, governments: int, name: str, printed: Decimal | None) -> Message:
    """Return the reply for so many governments with ten euro to claim each."""
    ten = Decimal(10)
    shares = [GovernmentShare(f"{name} {n:03}", 2, Decimal(30), ten, printed or ten) for n in range(governments)]
    return reply(replace(REPORT, state=State.READY, summary=Summary(tuple(shares))), FILE, Language.NL)


def lines(message: Message) -> list[str]:
    """Return everything the sections say, line by line."""
    return [line for block in message.blocks for line in block["text"]["text"].splitlines()]


async def test_governments_are_named_as_long_as_there_are_few() -> None:
    message = said(governments=3, name="Gemeente", printed=None)
    assert lines(message)[1:5] == [
        "• Gemeente 000: 2 verkopen, te vorderen €\xa010,00 (volle prijs €\xa030,00)",
        "• Gemeente 001: 2 verkopen, te vorderen €\xa010,00 (volle prijs €\xa030,00)",
        "• Gemeente 002: 2 verkopen, te vorderen €\xa010,00 (volle prijs €\xa030,00)",
        "*Samen: 6 verkopen, te vorderen €\xa030,00* (volle prijs €\xa090,00)",
    ]


@pytest.mark.parametrize("printed", [None, Decimal(9)])
async def test_with_more_than_fit_the_rest_is_counted_and_slack_takes_it(printed: Decimal | None) -> None:
    message = said(governments=300, name="Openbaar centrum voor maatschappelijk welzijn & co", printed=printed)
    checks = Checks()
    checks.message(Arguments({"text": message.text, "blocks": list(message.blocks)}))
    assert checks.complaints == []
    named = [line for line in lines(message) if line.startswith("• Openbaar")]
    assert 20 < len(named) < 60
    assert f"• en nog {300 - len(named)} overheden, zie het bestand" in lines(message)
    assert "*Samen: 600 verkopen, te vorderen €\xa03.000,00* (volle prijs €\xa09.000,00)" in lines(message)


async def test_sixty_are_named_at_most() -> None:
    message = said(governments=61, name="A", printed=None)
    named = [line for line in lines(message) if line.startswith("• A")]
    assert (len(named), "• en nog 1 overheid, zie het bestand" in lines(message)) == (60, True)
