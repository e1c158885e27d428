"""Events that were not acknowledged: what comes again, when, and with what words."""

import pytest

from bot.sandbox.slack import SlackSandbox
from bot.sandbox.slack.records import Json
from tests.sandbox.slack.clocks import HandClock
from tests.sandbox.slack.receiver import Answer, Receiver, receiving

OPENED: Json = {"type": "app_home_opened", "user": "U0LIEN00001", "tab": "home"}
BAD, GOOD = Answer(status=500), Answer()


def tries(app: Receiver) -> list[tuple[str, str | None, str | None]]:
    """Return event id, retry number and reason of every post that arrived."""
    names = ("X-Slack-Retry-Num", "X-Slack-Retry-Reason")
    return [(post.payload["event_id"], *(post.headers.get(name) for name in names)) for post in app.posts]


async def test_a_lost_event_comes_again_at_once_after_a_minute_and_after_five(
    slack: SlackSandbox, clock: HandClock
) -> None:
    async with receiving(slack, BAD) as app:
        first = await slack.event(OPENED, event_id="Ev1")
        came = []
        for seconds in (0, 0, 59, 1, 299, 1, 86_400):
            clock.forward(seconds=seconds)
            came.append([(one.parcel.retry, one.error) for one in await slack.redeliver_due()])
    failed = "dispatch_failed"
    assert came == [[(1, failed)], [], [], [(2, failed)], [], [(3, failed)], []]
    numbers = [("Ev1", number, number and "http_error") for number in (None, "1", "2", "3")]
    assert (tries(app), first.error) == (numbers, failed)
    assert [post.payload for post in app.posts] == [first.payload] * 4


@pytest.mark.parametrize(
    ("answer", "reason"),
    [
        (Answer(status=500), "http_error"),
        (Answer(status=404), "http_error"),
        (Answer(silent=True), "http_timeout"),
        (Answer(gone=True), "connection_failed"),
    ],
)
async def test_why_it_comes_again_is_said(slack: SlackSandbox, answer: Answer, reason: str) -> None:
    slack.patience = 0.2
    async with receiving(slack, answer, GOOD) as app:
        await slack.event(OPENED, event_id="Ev1")
        [again] = await slack.redeliver_due()
    assert tries(app) == [("Ev1", None, None), ("Ev1", "1", reason)]
    assert (again.error, again.kind) == (None, "events_api")


async def test_an_event_for_nobody_is_kept_until_somebody_is_there(slack: SlackSandbox) -> None:
    lost = await slack.event(OPENED, event_id="Ev1")
    async with receiving(slack) as app:
        [again] = await slack.redeliver_due()
    assert (lost.error, again.error, again.payload) == ("dispatch_failed", None, lost.payload)
    assert tries(app) == [("Ev1", "1", "connection_failed")]


@pytest.mark.parametrize("answers", [[GOOD], [Answer(status=204)], [BAD, Answer(status=202)]])
async def test_an_acknowledged_event_is_over(slack: SlackSandbox, clock: HandClock, answers: list[Answer]) -> None:
    async with receiving(slack, *answers, BAD) as app:
        await slack.event(OPENED, event_id="Ev1")
        for _ in range(3):
            await slack.redeliver_due()
            clock.forward(minutes=5)
    assert len(app.posts) == len(answers)


async def test_an_app_may_say_that_it_wants_no_more_of_it(slack: SlackSandbox, clock: HandClock) -> None:
    stop = Answer(status=500, headers={"X-Slack-No-Retry": "1"})
    async with receiving(slack, BAD, stop, BAD) as app:
        await slack.event(OPENED, event_id="Ev1")
        await slack.redeliver_due()
        clock.forward(minutes=10)
        assert await slack.redeliver_due() == []
    assert [number for _, number, _ in tries(app)] == [None, "1"]


async def test_several_lost_events_come_in_the_order_they_are_due(slack: SlackSandbox, clock: HandClock) -> None:
    async with receiving(slack, BAD) as app:
        await slack.event(OPENED, event_id="Ev1")
        await slack.redeliver_due()
        clock.forward(seconds=30)
        await slack.event(OPENED, event_id="Ev2")
        clock.forward(seconds=30)
        await slack.redeliver_due()
    numbers = [(event_id, number) for event_id, number, _ in tries(app)]
    assert numbers == [("Ev1", None), ("Ev1", "1"), ("Ev2", None), ("Ev2", "1"), ("Ev1", "2")]


async def test_an_event_that_was_brought_once_more_keeps_its_turn(slack: SlackSandbox, clock: HandClock) -> None:
    async with receiving(slack, BAD) as app:
        first = await slack.event(OPENED, event_id="Ev1")
        await slack.redeliver_due()
        await slack.again(first)
        before = await slack.redeliver_due()
        clock.forward(minutes=1)
        await slack.redeliver_due()
    assert before == []
    assert [number for _, number, _ in tries(app)] == [None, "1", None, "2"]


async def test_an_event_that_was_taken_when_it_was_brought_once_more_is_over(slack: SlackSandbox) -> None:
    async with receiving(slack, BAD, GOOD):
        await slack.again(await slack.event(OPENED, event_id="Ev1"))
        assert await slack.redeliver_due() == []


async def test_what_people_do_does_not_come_again_by_itself(slack: SlackSandbox, clock: HandClock) -> None:
    async with receiving(slack, BAD) as app:
        await slack.command("lien", "balie-de-sluis", "help")
        await slack.shortcut("lien", "report")
        clock.forward(minutes=10)
        assert (await slack.redeliver_due(), len(app.posts)) == ([], 2)


async def test_a_command_is_only_taken_with_200(slack: SlackSandbox) -> None:
    async with receiving(slack, Answer(status=202)):
        assert (await slack.command("lien", "balie-de-sluis", "help")).error == "dispatch_failed"
