"""The form of a report to the letter, in each language of the people who open it."""

from typing import Any

import pytest

from bot.sandbox.slack.records import View
from tests.support.forms import CHANNEL, FIRST, LAST, PLACE, Form, only_saying, shown
from tests.support.stage import Stage

QUARTERS = [
    ("2026-04-01/2026-06-30", "1 april – 30 juni 2026", "1 April – 30 June 2026"),
    ("2026-01-01/2026-03-31", "1 januari – 31 maart 2026", "1 January – 31 March 2026"),
    ("2025-10-01/2025-12-31", "1 oktober – 31 december 2025", "1 October – 31 December 2025"),
    ("2025-07-01/2025-09-30", "1 juli – 30 september 2025", "1 July – 30 September 2025"),
    ("2025-04-01/2025-06-30", "1 april – 30 juni 2025", "1 April – 30 June 2025"),
    ("2025-01-01/2025-03-31", "1 januari – 31 maart 2025", "1 January – 31 March 2025"),
    ("2024-10-01/2024-12-31", "1 oktober – 31 december 2024", "1 October – 31 December 2024"),
    ("2024-07-01/2024-09-30", "1 juli – 30 september 2024", "1 July – 30 September 2024"),
]
DUTCH = {
    "title": "Onkostennota",
    "submit": "Aanvragen",
    "close": "Annuleren",
    "balie": "Balie",
    "hint": "Typ een naam of kies uit de lijst",
    "offer": "*Periodes van UiTPAS*\nvullen de datums in",
    "choose": "Kies een periode",
    "first": "Van",
    "last": "Tot en met",
    "place": "Waar komt het antwoord?",
    "here": "In dit kanaal",
    "elsewhere": "In een ander kanaal",
    "me": "Alleen aan mij, in een privébericht",
    "note": "Het antwoord en het bestand komen in een draad in <#C0DESLUIS01>. In het bestand staan gegevens van"
    " pashouders: iedereen in dat kanaal kan het openen.",
    "file": "Het bestand",
    "tick": "Stuur het bestand alleen naar mij",
    "small": "In de draad komen dan enkel de bedragen.",
}
ENGLISH = {
    "title": "Expense claim",
    "submit": "Request",
    "close": "Cancel",
    "balie": "Desk",
    "hint": "Type a name or choose from the list",
    "offer": "*Periods at UiTPAS*\nfill in the dates",
    "choose": "Choose a period",
    "first": "From",
    "last": "Up to and including",
    "place": "Where should the answer go?",
    "here": "In this channel",
    "elsewhere": "In another channel",
    "me": "Only to me, in a direct message",
    "note": "The answer and the file go to a thread in <#C0DESLUIS01>. The file holds passholders' data: everybody in"
    " that channel can open it.",
    "file": "The file",
    "tick": "Send the file to me alone",
    "small": "Only the amounts then go to the thread.",
}
PUBLIC = (
    "<#C0ALGEMEEN1> is public. The amounts go to a thread there; the file I send to you alone, as it holds passholders'"
    " data."
)


@pytest.mark.parametrize(
    ("user", "text", "label", "value", "said"),
    [
        ("lien", "rapport", "CC De Sluis (de-sluis)", "de-sluis", DUTCH),
        ("emily", "report molenschoot", "Stadsloket Molenschoot (molenschoot)", "molenschoot", ENGLISH),
    ],
)
async def test_the_form_speaks_the_language_of_whoever_opens_it(
    stage: Stage, user: str, text: str, label: str, value: str, said: dict[str, str]
) -> None:
    form = Form(stage, user)
    await form.type(text)
    chosen = {"text": plain(label), "value": await form.balie(value)}
    names = [(period, english if said is ENGLISH else dutch) for period, dutch, english in QUARTERS]
    assert without_given(form.view) == {
        "type": "modal",
        "callback_id": "report_form",
        "title": plain(said["title"]),
        "submit": plain(said["submit"]),
        "close": plain(said["close"]),
        "blocks": blocks(said, chosen, [{"text": plain(name), "value": period} for period, name in names]),
    }


async def test_it_stays_in_that_language_to_the_end(stage: Stage) -> None:
    form = Form(stage, "emily")
    await form.type("report molenschoot", channel="evenementen")
    assert (shown(form.seen[0])["periods"], shown(form.seen[0])["note"]) == (
        "I am looking up which periods UiTPAS has ready. Meanwhile you can choose dates yourself.",
        "I am checking who can read <#C0EVENEMENT>.",
    )
    await form.submit({FIRST: "2026-07-16", LAST: "2026-07-15"})
    assert form.complaints() == {
        "From": "This day is still to come. Choose today or earlier.",
        "Up to and including": "This day is before the first one. Choose a later.",
        "Where should the answer go?": "I am not in that channel. Type /invite @baliebot there and try again, or choose"
        " another place.",
    }
    notes = [form.shown["note"]]
    await form.choose(PLACE, "elsewhere", {FIRST: "2026-04-01", LAST: "2026-06-30"})
    notes.append(form.shown["note"])
    await form.choose(CHANNEL, "C0ALGEMEEN1")
    notes.append(form.shown["note"])
    await form.choose(PLACE, "me")
    assert [*notes, form.shown["note"]] == [
        "I am not in <#C0EVENEMENT>. Type `/invite @baliebot` there first, or choose another place.",
        "Choose a channel, and I tell who can read there and where the file goes.",
        PUBLIC,
        "Only you see the answer and the file.",
    ]
    await form.submit()
    text = (
        "Asked for: the expense claim of *Stadsloket Molenschoot* for 1 April – 30 June 2026. The answer will come in"
        " your direct messages with me."
    )
    assert form.view.content == only_saying(form.view, text, title="Expense claim", close="Close")


def plain(text: str) -> dict[str, str]:
    """Return plain text as Slack takes it."""
    return {"type": "plain_text", "text": text}


def without_given(view: View) -> dict[str, Any]:
    """Return a view without what is different every time: its metadata, and the ids that Slack made up."""
    shown_blocks = [dict(block) for block in view.blocks]
    for block in shown_blocks:
        if not block["block_id"].startswith("form_"):
            del block["block_id"]
    return {name: value for name, value in view.content.items() if name != "private_metadata"} | {
        "blocks": shown_blocks
    }


def blocks(said: dict[str, str], balie: dict[str, Any], offered: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Return the whole form in one language."""
    places = [{"text": plain(said[place]), "value": place} for place in ("here", "elsewhere", "me")]
    tick = {"text": plain(said["tick"]), "value": "yes", "description": plain(said["small"])}
    select = {"type": "external_select", "initial_option": balie, "min_query_length": 0}
    menu = {"type": "static_select", "action_id": "form_period", "options": offered}
    return [
        field("form_balie", said["balie"], {**select, "placeholder": plain(said["hint"])}, dispatch_action=True),
        {
            "type": "section",
            "block_id": "form_period/0",
            "text": {"type": "mrkdwn", "text": said["offer"]},
            "accessory": {**menu, "placeholder": plain(said["choose"])},
        },
        field("form_first/0", said["first"], {"type": "datepicker", "initial_date": "2026-04-01"}),
        field("form_last/0", said["last"], {"type": "datepicker", "initial_date": "2026-06-30"}),
        field(
            "form_place",
            said["place"],
            {"type": "radio_buttons", "options": places, "initial_option": places[0]},
            dispatch_action=True,
        ),
        {"type": "context", "elements": [{"type": "mrkdwn", "text": said["note"]}]},
        field("form_file", said["file"], {"type": "checkboxes", "options": [tick]}, optional=True),
    ]


def field(block_id: str, label: str, element: dict[str, Any], **more: bool) -> dict[str, Any]:
    """Return an input block; its element is named as the block, without the count of periods taken over."""
    action = block_id.partition("/")[0]
    return {
        "type": "input",
        "block_id": block_id,
        "label": plain(label),
        "element": {**element, "action_id": action},
        **more,
    }
