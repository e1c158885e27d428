"""A form through a slow Slack, a restart and odd names: it is answered in time, and means what it says."""

from typing import Any

import pytest

from bot.demo import EMPLOYEES
from bot.models import UserToken
from tests.support.forms import BALIE, CHANNEL, FIRST, OFFERS, PLACE, Form, anew, delivered, only_saying
from tests.support.stage import Stage

ASK = "rapport vorig kwartaal"
QUARTER = "1 april – 30 juni 2026"
DONE = f"Onkostennota van CC De Sluis, {QUARTER}: Klaar. Het antwoord staat in de draad."
ASKED_FOR_ME = (
    "Gevraagd: de onkostennota van *CC De Sluis* voor 2 april – 30 juni 2026. Het antwoord komt in je privéberichten"
    " met mij."
)
TROUBLES: dict[str, tuple[str, dict[str, Any]]] = {
    "broken": ("error", {"code": "internal_error"}),
    "crowded": ("ratelimited", {"retry_after": 30}),
    "down": ("status", {"status": 503}),
    "gone": ("drop", {}),
}
HANGING: dict[str, tuple[str, dict[str, Any]]] = {"hanging": ("delay", {"seconds": 2.5})}
ODD = "Café <!channel> & <@U0NOOR00003> *Co*"


@pytest.mark.parametrize("trouble", TROUBLES)
async def test_a_form_is_taken_without_a_word_from_slack(stage: Stage, trouble: str) -> None:
    kind, detail = TROUBLES[trouble]
    form = Form(stage)
    await form.type()
    stage.slack.faults.add("*", kind, times=-1, **detail)
    delivery = await stage.slack.submit(form.who, form.view.id, {})
    assert (delivery.error, delivery.ack, form.open) == (None, {}, [])
    await stage.settle()
    stage.slack.faults.clear()
    await stage.pass_time(70, steps=7)
    root, (file, _) = await delivered(stage)
    assert (root.text, len(file.files)) == (DONE, 1)


@pytest.mark.parametrize("trouble", TROUBLES | HANGING)
async def test_what_is_asked_for_oneself_alone_comes_once_slack_opens_the_direct_messages(
    stage: Stage, trouble: str
) -> None:
    kind, detail = (TROUBLES | HANGING)[trouble]
    form = Form(stage)
    await form.type()
    await form.choose(PLACE, "me")
    stage.slack.faults.add("conversations.open", kind, **detail)
    delivery = await form.submit({FIRST: "2026-04-02"})
    assert (delivery.error, form.view.content) == (None, only_saying(form.view, ASKED_FOR_ME))
    await stage.pass_time(70, steps=7)
    root, _ = await delivered(stage, stage.slack.world.im("lien"))
    assert root.text.startswith("Onkostennota van CC De Sluis, 2 april – 30 juni 2026: Klaar.")
    assert root.blocks[1]["elements"][0]["text"] == "Klaar. Het antwoord staat in de draad."


async def test_a_slack_that_hangs_at_every_step_still_gets_its_answer_in_time(stage: Stage) -> None:
    stage.uitpas.faults.add("report_status", "never_ends", times=-1)
    await stage.type(ASK)
    (root,) = stage.roots()
    form = Form(stage)
    await form.type()
    stage.slack.faults.add("*", "delay", times=-1, seconds=4)
    delivery = await stage.slack.submit(form.who, form.view.id, {})
    assert (delivery.error, delivery.seconds < 1) == (None, True)
    link = f"p{root.ts.replace('.', '')}?thread_ts={root.ts}&amp;cid={root.channel}"
    assert f"{link}|Bekijk de draad>; het antwoord komt daar." in form.shown["section"]
    stage.slack.faults.clear()


async def test_a_form_that_was_open_works_on_after_a_restart(stage: Stage) -> None:
    async with anew(stage) as first:
        form = Form(first)
        await form.type()
        await form.choose(PLACE, "elsewhere", {FIRST: "2026-02-01"})
    async with anew(stage) as second:
        form.stage = second
        assert list(await form.search("hof")) == ["Gemeenschapscentrum 't Hof (t-hof)"]
        await form.choose(BALIE, await form.balie("t-hof"))
        await form.choose(OFFERS, "2026-01-01/2026-03-31")
        await form.choose(CHANNEL, "C0ALGEMEEN1")
        await form.submit()
        root, _ = await delivered(second, "algemeen")
        assert root.text.startswith("Onkostennota van Gemeenschapscentrum 't Hof, 1 januari – 31 maart 2026: Klaar.")


async def test_an_odd_name_means_nothing_anywhere(stage: Stage) -> None:
    await rename(stage, "t-hof", ODD)
    form = Form(stage)
    escaped = "*Café &lt;!channel&gt; &amp; &lt;@U0NOOR00003&gt; *Co**"
    stage.uitpas.faults.add("report_status", "never_ends", times=-1)
    for _ in ("asked for", "running"):
        await form.type("rapport t-hof")
        assert form.shown["Balie"] == f"{ODD} (t-hof)", "in plain text no sign has a meaning"
        await form.choose(PLACE, "me")
        await form.submit()
        assert escaped in form.shown["section"]
    said = [text for view in form.seen for text in mrkdwn(view.content)]
    assert [text for text in said if "<!" in text or "<@" in text] == []


async def test_what_travels_with_the_form_is_small_and_no_secret(stage: Stage) -> None:
    employee = stage.uitpas.employee(EMPLOYEES["lien"])
    token, secret = stage.uitpas.issue_token(employee.uid)
    await stage.bot.linking.keep(stage.bot.team, "U0LIEN00001", UserToken(token, secret, employee.uid))
    form = Form(stage)
    delivery = await form.type()
    await form.choose(OFFERS, "2026-01-01/2026-03-31")
    await form.choose(PLACE, "elsewhere")
    await form.choose(CHANNEL, "C0DESLUIS01")
    settings = stage.settings
    secrets = [token, secret, employee.uid, delivery.response_url, stage.slack.bot_token, stage.slack.signing_secret]
    secrets += [settings.uitpas_consumer_key, settings.uitpas_consumer_secret.get_secret_value()]
    secrets += [balie.consumer_key for balie in stage.uitpas.world.balies]
    for view in form.seen:
        kept = view.content["private_metadata"]
        assert 0 < len(kept) < 3000
        assert [one for one in secrets if one in kept] == []


async def rename(stage: Stage, alias: str, name: str) -> None:
    """Give a balie another name in the mapping, as whoever keeps it does."""
    lines = (await stage.bot.balies.export_csv(stage.bot.team)).splitlines()
    head, (row,) = lines[0], [line for line in lines if line.startswith(f"{alias},")]
    key, channels = row.rsplit(",", 2)[1:]
    await stage.bot.balies.import_csv(stage.bot.team, f'{head}\n{alias},"{name}",{key},{channels}')


def mrkdwn(part: Any) -> list[str]:
    """Return every text in a view whose signs have a meaning."""
    if isinstance(part, dict):
        own = [part["text"]] if part.get("type") == "mrkdwn" else []
        return own + [text for value in part.values() for text in mrkdwn(value)]
    return [text for value in part for text in mrkdwn(value)] if isinstance(part, list) else []
