"""Two years of digests on two bots over one file: each comes once, at the right local time, about the right period."""

import asyncio
from collections.abc import AsyncIterator, Iterator
from contextlib import AsyncExitStack, asynccontextmanager
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from random import Random
from zoneinfo import ZoneInfo

import pytest

from tests.digests.planned import BRUSSELS, Plan, another_life, set_up
from tests.support.stage import CHANNEL, Stage, staged

NEW_YORK, SANTIAGO, SYDNEY = "America/New_York", "America/Santiago", "Australia/Sydney"
PUBLIC, DIRECT = "algemeen", "direct"
SLUIS, HOF, KUIL = "CC De Sluis", "Gemeenschapscentrum 't Hof", "Zwembad De Kuil & Zonen"
VLOT, SCHUUR, LOKET = "Jeugdhuis Het Vlot", "Museum De Oude Schuur", "Stadsloket Molenschoot"
WILGENDRIES = "Cultuurcafé Wilgendries"
PLANS = {
    (CHANNEL, SLUIS): Plan("month", "w0", "09:00", balies=["de-sluis"]),
    (CHANNEL, VLOT): Plan("month", "d31", "04:00", balies=["het-vlot"]),
    (CHANNEL, SCHUUR): Plan("month", "d29", "23:59", balies=["oude-schuur"]),
    (CHANNEL, LOKET): Plan("month", "d28", "00:30", balies=["molenschoot"]),
    (CHANNEL, HOF): Plan("quarter", "w2", "09:00", balies=["t-hof"]),
    (PUBLIC, SLUIS): Plan("quarter", "d31", "00:30", balies=["de-sluis"]),
    (PUBLIC, VLOT): Plan("month", "w6", "04:00", NEW_YORK, balies=["het-vlot"]),
    (PUBLIC, LOKET): Plan("month", "w6", "00:30", SANTIAGO, balies=["molenschoot"]),
    (PUBLIC, WILGENDRIES): Plan("listed", "w0", "09:00", balies=["wilgendries"]),
    (DIRECT, SCHUUR): Plan("month", "w5", "23:30", SANTIAGO, balies=["oude-schuur"]),
    (DIRECT, KUIL): Plan("quarter", "d1", "09:00", SYDNEY, balies=["de-kuil"]),
}
"""By where each goes and the balie it is of; three of the balies are none of Lien's, so that there is little to tell.

Some come on the very days on which clocks change: on 28 March and 31 October 2027 in Brussels, on 1 November 2026 in
New York, at midnight of 6 September 2026 in Santiago, where half past midnight is skipped, and there on 3 April 2027,
where half past eleven comes twice.
"""
BEGIN, END = datetime(2026, 7, 15, 8, tzinfo=UTC), datetime(2028, 7, 15, 8, tzinfo=UTC)
DAY, HOUR, MINUTE = timedelta(days=1), timedelta(hours=1), timedelta(minutes=1)
PATIENCE = 3 * MINUTE
"""How late a message may be whose work was broken off: Slack gets half a minute to settle, UiTPAS a whole one."""
WORK, RECOVERY = (2, 1, 2), (27, 2, 1, 30, 2, 1, 2)
"""Seconds between looks while reports are asked for and told of, and until what was broken off is taken up again."""
GLANCES = 150
"""Random moments at which the bots look, too."""
MONTHS = ["januari", "februari", "maart", "april", "mei", "juni"]
MONTHS += ["juli", "augustus", "september", "oktober", "november", "december"]

Place = tuple[str, str]
"""Where a digest goes, and the balie it is of."""


class Pair:
    """Two bots over one file; now and then one is closed with its work half done, and started again."""

    def __init__(self, stage: Stage, random: Random) -> None:
        self._stage = stage
        self._random = random
        self._lives: list[tuple[Stage, AsyncExitStack]] = []

    async def open(self) -> None:
        """Start one more."""
        stack = AsyncExitStack()
        self._lives.append((await stack.enter_async_context(another_life(self._stage)), stack))

    async def aclose(self) -> None:
        """Close both."""
        for _, stack in self._lives:
            await stack.aclose()

    async def look(self, *pauses: int) -> None:
        """Let both do what is due, at once and after each of these pauses, in seconds."""
        for pause in (0, *pauses):
            self._stage.clock.advance(pause)
            for life, _ in self._random.sample(self._lives, 2):
                await life.settle()

    async def break_off(self) -> None:
        """Let one work until so many calls went out, end it at that point, and start it again."""
        life, stack = self._lives.pop(self._random.randrange(2))
        work, last = asyncio.create_task(life.pass_time(6, steps=6)), self._calls() + self._random.randint(1, 12)
        while not work.done() and self._calls() < last:
            await asyncio.wait([work], timeout=0.001)
        work.cancel()
        await life.bot.timers.aclose(0)
        await stack.aclose()
        await self.open()

    def _calls(self) -> int:
        return len(self._stage.slack.calls) + len(self._stage.uitpas.calls)


@pytest.mark.parametrize("seed", [1])
async def test_every_run_of_two_years_comes_once_at_its_local_time_whenever_bots_are_started_again(
    tmp_path: Path, seed: int
) -> None:
    random = Random(seed)  # noqa: S311 - a test that can be repeated, not a secret
    due = {place: list(runs(plan)) for place, plan in PLANS.items()}
    async with staged(tmp_path, linked=("lien",)) as stage, paired(stage, random) as pair:
        stage.slack.world.open_im("lien")
        for (channel, _), plan in PLANS.items():
            await set_up(stage, plan, channel=identity(stage, channel))
        for moment, is_due in walk({moment for some in due.values() for moment, _ in some}, random):
            stage.clock.advance(max(0, (moment - stage.clock.now()).total_seconds()))
            is_broken = random.random() < (0.25 if is_due else 0.03)
            if is_broken:
                await pair.break_off()
            await pair.look(*(WORK + RECOVERY if is_broken else WORK if is_due else ()))
        expected = sorted(row(place, moment, title) for place, some in due.items() for moment, title in some)
        assert sorted(told(stage, due)) == expected, f"seed {seed}"


def runs(plan: Plan) -> Iterator[tuple[datetime, str]]:
    """Yield when a digest is to come and what stands above it, by looking at every day of the two years."""
    day, known = BEGIN.date() - DAY, {quarter_before(BEGIN.date())}
    while day <= END.date() + DAY:
        day += DAY
        moment = moment_of(plan, day) if is_day_of(plan, day) else END
        if not BEGIN < moment < END:
            continue
        period = months_before(day, 1) if plan.rhythm == "month" else quarter_before(day)
        if plan.rhythm != "listed" or period not in known:
            yield moment, title(*period)
        known.add(period)


def is_day_of(plan: Plan, day: date) -> bool:
    """Tell whether a digest comes, or looks, on this day."""
    if plan.rhythm == "quarter" and day.month not in {1, 4, 7, 10}:
        return False
    wanted = int(plan.day[1:])
    if plan.day[0] == "w":
        return day.weekday() == wanted and (plan.rhythm == "listed" or day.day <= 7)
    return day.day == wanted or (day.day < wanted and (day + DAY).day == 1)


def moment_of(plan: Plan, day: date) -> datetime:
    """Return when clocks first show the time of a digest; four o'clock where they never do that day."""
    midnight, zone = datetime.combine(day, time(), UTC), ZoneInfo(plan.zone)
    moments = [midnight + n * HOUR + m * MINUTE for n in range(-14, 38) for m in (0, 30, 59)]
    shown = {f"{moment.astimezone(zone):%Y-%m-%d %H:%M}": moment for moment in reversed(moments)}
    return shown.get(f"{day} {plan.at}") or shown[f"{day} 04:00"]


def months_before(day: date, count: int) -> tuple[date, date]:
    """Return first and last day of the so many months that ended before the month of this day."""
    last = first = day.replace(day=1) - DAY
    for _ in range(count - 1):
        first = first.replace(day=1) - DAY
    return first.replace(day=1), last


def quarter_before(day: date) -> tuple[date, date]:
    """Return first and last day of the quarter that ended before the quarter of this day."""
    while day.month not in {1, 4, 7, 10}:
        day = day.replace(day=1) - DAY
    return months_before(day, 3)


def title(first: date, last: date) -> str:
    """Return what stands above a digest of these days."""
    return f"Onkostennota's van 1 {MONTHS[first.month - 1]} – {last.day} {MONTHS[last.month - 1]} {last.year}"


def walk(moments: set[datetime], random: Random) -> Iterator[tuple[datetime, bool]]:
    """Yield when the bots look, and whether something is due: at each moment, an hour around it, and now and then."""
    around = {moment + hour for moment in moments for hour in (-HOUR, HOUR)}
    glances = {BEGIN + random.random() * (END - BEGIN) for _ in range(GLANCES)}
    for moment in sorted({*moments, *around, *glances}):
        yield moment, moment in moments


def told(stage: Stage, due: dict[Place, list[tuple[datetime, str]]]) -> Iterator[str]:
    """Yield every message that carries no file, as a row."""
    for channel in (CHANNEL, PUBLIC, DIRECT):
        for message in stage.roots(identity(stage, channel)):
            place = next((place for place in PLANS if place[0] == channel and place[1] in str(message)), (channel, "?"))
            posted = datetime.fromtimestamp(float(message.ts), UTC)
            in_time = [moment for moment, _ in due.get(place, []) if moment <= posted < moment + PATIENCE]
            if not message.files:
                yield row(place, (in_time or [posted])[-1], message.text.partition("\n")[0])


def row(place: Place, moment: datetime, title: str) -> str:
    """Return that a digest came, when by the clocks it is set to, and about what."""
    zone = PLANS[place].zone if place in PLANS else BRUSSELS
    return f"{place[0]}, {place[1]}: {moment.astimezone(ZoneInfo(zone)):%Y-%m-%d %H:%M %Z}, {title}"


def identity(stage: Stage, channel: str) -> str:
    """Return the id of a channel, or of Lien's direct messages."""
    return stage.slack.world.open_im("lien") if channel == DIRECT else stage.slack.world.channel(channel).id


@asynccontextmanager
async def paired(stage: Stage, random: Random) -> AsyncIterator[Pair]:
    """Start two more bots; the one that Slack brings everything to looks at no clock."""
    pair = Pair(stage, random)
    for _ in range(2):
        await pair.open()
    yield pair
    await pair.aclose()
