"""What comes from elsewhere, is forged, or is not theirs to do: nothing comes of it, and members go on.

Besides, in `test_places`: a channel that becomes shared between the question and the delivery.
"""

import json
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any

import pytest

from bot.demo import EMPLOYEES
from bot.sandbox.slack.records import Json
from bot.sandbox.slack.signatures import FORGERIES
from tests.conversations import test_acknowledgements as acts
from tests.conversations.test_acknowledgements import ASK, CHOOSE, LIEN, OPEN
from tests.conversations.test_deliveries import CANCELLED, DONE, FAILED, mentioned, said, traces
from tests.conversations.test_first_minute import link_as_greet
from tests.conversations.test_report_form_shut import LINK_ENDED, NOT_ALLOWED, TOO_MANY
from tests.support.forms import remove_balie
from tests.support.stage import Stage, staged

BRAM, GUST = "U0BRAM00002", "U0GUST00007"
OURS = "T0VOORBEELD"
NOT_YOURS = "Alleen wie de onkostennota vroeg of een beheerder van deze werkruimte kan ze annuleren."
CHANGES: dict[str, dict[str, bool]] = {
    "a guest": {"is_restricted": True},
    "deactivated": {"deleted": True},
    "a bot": {"is_bot": True},
}
BUTTONS = ["retry", "make again", "a balie chosen"]


def foreign(*path: Any) -> Callable[[Json], Json]:
    """Return a change that puts another team where this path leads, which must be ours before."""

    def change(payload: Json) -> Json:
        found: Any = payload
        for name in path[:-1]:
            found = found[name]
        assert found[path[-1]] == OURS
        found[path[-1]] = "T0BUURSTAD0"
        return payload

    return change


def nobodys(payload: Json) -> Json:
    """Return a payload that names no team at all."""
    without: Json = json.loads(json.dumps(payload).replace(f'"{OURS}"', "null"))
    return without


CLICKS = ["cancel", "retry", "make again", "a balie chosen", "typed in the select", "an old button"]
FORMS = ["a balie in the form", "a place in the form", "typed in the form", "a form handed in", "an old form"]
COMMANDS = ["a report in words", "status", "the form", "an old command"]
FOREIGN: dict[str, tuple[list[str], Callable[[Json], Json]]] = {
    "team_id": ([*COMMANDS, "an event"], foreign("team_id")),
    "team.id": ([*CLICKS, *FORMS, "the shortcut"], foreign("team", "id")),
    "user.team_id": ([*CLICKS, *FORMS, "the shortcut"], foreign("user", "team_id")),
    "view.app_installed_team_id": (FORMS, foreign("view", "app_installed_team_id")),
    "authorizations[0].team_id": (["an event"], foreign("authorizations", 0, "team_id")),
    "no team": ([*COMMANDS, *CLICKS, *FORMS, "the shortcut", "an event"], nobodys),
}


async def end_link(stage: Stage) -> None:
    """Have UiTPAS no longer take the token of Lien."""
    stage.uitpas.faults.add("start_report", "revoked")
    await stage.type("rapport juni 2026 t-hof", channel="partners")


async def ask_ten(stage: Stage) -> None:
    """Have Lien ask for as many reports as may run at a time."""
    stage.uitpas.faults.add("report_status", "never_ends", times=-1)
    for day in range(1, 11):
        await stage.type(f"rapport {day} juni 2026 t-hof", channel="partners")


async def unmap(stage: Stage) -> None:
    """Take the balies of all that was asked out of the mapping."""
    for alias in ("de-sluis", "t-hof"):
        remove_balie(stage, alias)


REASONS: dict[str, tuple[Callable[[Stage], Awaitable[None]], str]] = {
    "link ended": (end_link, LINK_ENDED),
    "ten running": (ask_ten, TOO_MANY),
    "no such balie": (unmap, "Voor welke balie? De periode is 1 april – 30 juni 2026."),
}


@pytest.fixture
def log(caplog: pytest.LogCaptureFixture, capsys: pytest.CaptureFixture[str]) -> Callable[[], str]:
    """Return all that was logged or printed since it was last read."""

    def read() -> str:
        told = caplog.text + "".join(capsys.readouterr())
        caplog.clear()
        return told

    return read


@pytest.mark.parametrize(("field", "act"), [(field, act) for field, (named, _) in FOREIGN.items() for act in named])
async def test_nothing_comes_of_what_names_another_team_in_any_field(
    stage: Stage, log: Callable[[], str], field: str, act: str
) -> None:
    do = await {**acts.ACTS, "an event": mentioned}[act](stage)
    before, _ = traces(stage), log()
    stage.slack.tamper = FOREIGN[field][1]
    await do()
    delivery = stage.slack.deliveries[-1]
    await stage.settle()
    assert (delivery.error, delivery.ack, traces(stage)) == (None, {}, before)
    told = log()
    assert (told.count("foreign_team"), told.count("nobody_listens")) == (1, 0), "no listener saw it"


async def test_a_click_of_somebody_from_another_workspace_in_a_shared_channel_is_nothing(stage: Stage) -> None:
    await link_as_greet(stage, "sofie")
    stage.uitpas.faults.add("start_report", "code", code="UNKNOWN_BALIE_CONSUMERKEY")
    await stage.type(f"{ASK} t-hof", channel="partners")
    await stage.pass_time(2)
    stage.uitpas.faults.add("report_status", "never_ends", times=-1)
    await stage.type("rapport juni 2026 t-hof", channel="partners")
    first, second = stage.roots("partners")
    (reply,) = stage.replies(first, "partners")
    asked, started = list(stage.slack.calls), count(stage, "start_report")
    for message, action in ((reply, "report_retry"), (second, "report_cancel")):
        delivery = await stage.click(action, message, user="sofie")
        assert (delivery.error, delivery.ack) == (None, {})
    assert (list(stage.slack.calls), count(stage, "start_report")) == (asked, started)


@pytest.mark.parametrize("forgery", FORGERIES)
async def test_nothing_comes_of_what_is_not_signed_by_slack_and_the_same_well_signed_is_taken(
    tmp_path: Path, forgery: str
) -> None:
    async with staged(tmp_path) as stage:
        every = ["a report in words", "typed in the select", "the shortcut", "cancel", "a form handed in"]
        deeds = {act: await acts.ACTS[act](stage) for act in every}
        before = traces(stage)
        stage.slack.forgery = forgery
        for do in deeds.values():
            await do()
        refused = list(stage.slack.deliveries)[-len(every) :]
        await stage.settle()
        assert [delivery.error for delivery in refused] == ["dispatch_failed"] * len(every)
        assert traces(stage) == before
        stage.slack.forgery = None
        assert [(await stage.slack.again(delivery)).error for delivery in refused] == [None] * len(every)
        await stage.settle()
        assert traces(stage) != before


@pytest.mark.parametrize("known", [False, True])
async def test_a_guest_who_presses_retry_is_refused(stage: Stage, *, known: bool) -> None:
    await link_as_greet(stage, "gust")
    reply, before = await acts.failed(stage), [(FAILED, 1)]
    if known:
        await stage.type("status", user="gust")
    await stage.click("report_retry", reply, user="gust")
    await stage.pass_time(60, steps=30)
    told = [*stage.whispers("gust"), *(message.text for message in stage.dms("gust"))]
    assert (said(stage), told, count(stage, "start_report")) == (before, [NOT_ALLOWED] * (1 + known), 1)


async def test_a_guest_who_presses_cancel_cancels_nothing(stage: Stage) -> None:
    root = await acts.running(stage)
    await stage.click("report_cancel", root, user="gust")
    await stage.pass_time(2)
    assert ([len(stage.replies(root))], stage.whispers("gust")) == ([0], [NOT_YOURS])


async def test_a_guest_of_whom_slack_does_not_tell_is_offered_no_balies(stage: Stage) -> None:
    await link_as_greet(stage, "gust")
    stage.slack.faults.add("users.info", "error", times=-1, code="internal_error")
    await stage.type(ASK, user="gust", channel=OPEN)
    selects = stage.slack.world.ephemerals("gust", OPEN)
    offered = [await stage.slack.options(GUST, select, CHOOSE, "") for select in selects if select.blocks[1:]]
    assert [options for options in offered if options] == []


@pytest.mark.parametrize("change", CHANGES)
@pytest.mark.parametrize("act", [*BUTTONS, "typed in the select", "typed in the form"])
async def test_who_is_no_longer_a_full_member_is_refused_at_whatever_stands_there(
    stage: Stage, act: str, change: str
) -> None:
    do, before = await acts.ACTS[act](stage), said(stage)
    stage.slack.world.change_person("lien", **CHANGES[change])
    await noticed(stage, "lien")
    await do()
    answer = stage.slack.deliveries[-1].ack
    await stage.settle()
    if act in BUTTONS:
        assert whispered(stage) == [NOT_ALLOWED]
    else:
        assert answer == {"options": []}
    assert said(stage) == before


@pytest.mark.parametrize("reason", REASONS)
@pytest.mark.parametrize("act", BUTTONS)
async def test_what_was_allowed_when_a_button_came_is_looked_at_again_when_it_is_pressed(
    stage: Stage, act: str, reason: str
) -> None:
    do, before = await acts.ACTS[act](stage), said(stage)
    spoil, sentence = REASONS[reason]
    await spoil(stage)
    started = count(stage, "start_report")
    await do()
    await stage.pass_time(60, steps=6)
    assert (whispered(stage), said(stage), count(stage, "start_report")) == ([sentence], before, started)


async def test_whoever_is_no_admin_any_more_cancels_nothing_and_who_became_one_does(stage: Stage) -> None:
    world, root = stage.slack.world, await acts.running(stage)
    await stage.type("rapport juni 2026")
    await stage.click("report_cancel", stage.roots()[1], user="noor")
    world.change_person("noor", is_admin=False)
    await stage.click("report_cancel", root, user="noor")
    world.change_person("bram", is_admin=True)
    stage.slack.faults.add("users.info", "error", code="internal_error")
    await stage.click("report_cancel", root, user="bram")
    assert (stage.whispers("noor"), stage.whispers("bram"), stage.replies(root)) == ([NOT_YOURS], [NOT_YOURS], [])
    await stage.click("report_cancel", root, user="bram")
    await stage.pass_time(2)
    assert said(stage)[0] == (CANCELLED.replace(LIEN, BRAM), 1)


async def test_what_another_retries_is_asked_of_uitpas_in_their_own_name_alone(stage: Stage) -> None:
    await stage.type(f"{ASK} de-kuil", user="bram")
    await stage.pass_time(2)
    (reply,), asked = stage.replies(), len(stage.uitpas.calls)
    await stage.click("report_retry", reply)
    await stage.pass_time(2)
    since = list(stage.uitpas.calls)[asked:]
    assert {call.uid for call in since} == {stage.uitpas.employee(EMPLOYEES["lien"]).uid}
    assert [call.name for call in since].count("report_download") == 2, "it was made, and fetched"


@pytest.mark.parametrize("ended", [False, True])
async def test_what_runs_or_ended_in_a_private_channel_is_no_hint_to_who_can_not_see_it(
    stage: Stage, *, ended: bool
) -> None:
    stage.slack.world.talk.leave("C0DESLUIS01", BRAM)
    root = await acts.running(stage)
    if ended:
        stage.uitpas.faults.clear()
        await stage.pass_time(60, steps=6)
    await stage.type("status", user="bram", channel=OPEN)
    await stage.type(f"{ASK} de-sluis", user="bram", channel=OPEN)
    (nothing,) = stage.slack.world.ephemerals("bram", OPEN)
    assert [sign in str(nothing.blocks) for sign in (root.ts, "C0DESLUIS01", "De Sluis")] == [False, False, False]
    stage.uitpas.faults.clear()
    await stage.pass_time(60, steps=6)
    assert said(stage) == [(DONE, 2), (DONE, 1)]
    starters = [call.uid for call in stage.uitpas.calls if call.name == "start_report"]
    assert starters == [stage.uitpas.employee(EMPLOYEES[user]).uid for user in ("lien", "bram")]


async def test_names_of_bolts_oauth_mode_in_the_environment_change_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, *, socket: bool
) -> None:
    home = tmp_path / "home"
    home.mkdir()
    for name, value in (("SLACK_CLIENT_ID", "1.2"), ("SLACK_CLIENT_SECRET", "s"), ("HOME", str(home))):
        monkeypatch.setenv(name, value)
    async with staged(tmp_path, socket=socket) as stage:
        await stage.click("report_retry", await acts.failed(stage))
        await stage.pass_time(2)
        before = traces(stage)
        stage.slack.tamper = FOREIGN["team_id"][1]
        assert (await stage.type(ASK)).error is None
        assert (said(stage), traces(stage), list(home.iterdir())) == ([(FAILED, 1), (DONE, 2)], before, [])


async def noticed(stage: Stage, user: str) -> None:
    """Have the bot ask Slack who somebody is now, as it does of whoever cancels another's report."""
    stage.uitpas.faults.add("report_status", "never_ends", times=-1)
    await stage.type("rapport juni 2026 de-sluis", user="bram", channel="partners")
    (root,) = stage.roots("partners")
    await stage.slack.click(stage.slack.world.person(user).id, root, "report_cancel")
    await stage.settle()


def whispered(stage: Stage) -> list[str]:
    """Return what only Lien sees, in the channels where she acts."""
    return stage.whispers() + stage.whispers(channel=OPEN)


def count(stage: Stage, call: str) -> int:
    """Return how often UiTPAS got a call."""
    return [one.name for one in stage.uitpas.calls].count(call)
