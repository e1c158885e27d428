"""The whole product on 127.0.0.1 with no account anywhere: both stand-ins, and the real bot between them.

The environment and `.env` are not looked at. Everything lives in one folder; the same folder again goes on where it
was.
"""

import tempfile
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

from pydantic import SecretStr

from bot.app import Bot, running
from bot.clock import Clock
from bot.config import Settings
from bot.errors import SettingsError
from bot.models import Language, UserToken
from bot.sandbox.slack import SlackSandbox
from bot.sandbox.uitpas import UitpasSandbox
from bot.sealing import new_key
from handlers.manifest import manifest

ALIASES = {
    77: "de-sluis",
    102: "t-hof",
    118: "oosterwal",
    131: "de-kuil",
    205: "het-vlot",
    214: "molenschoot",
    240: "oude-schuur",
    251: "wilgendries",
}
"""What the demo's balies are called in Slack, by their number."""

EMPLOYEES = {"lien": "lien", "bram": "bram", "noor": "katrien", "joris": "joris", "emily": "amina", "chloe": "tibo"}
"""Who in the demo's Slack is whom at UiTPAS."""

UNLINKED = frozenset({"bram"})
"""Who of them links their own UiTiD, as anybody new does."""

SPEAKER, CHANNEL, CHANNEL_BALIE = "lien", "balie-de-sluis", 77
"""Who types `--say`, where, and for which balie that channel is."""

LONGEST_ANSWER = 120.0


@dataclass(frozen=True, slots=True)
class Stage:
    """The three parts of a running demo."""

    slack: SlackSandbox
    uitpas: UitpasSandbox
    bot: Bot


class Demo:
    """The demo's world and how to run it. `data` None is a folder that is gone afterwards."""

    def __init__(self, *, port: int, data: Path | None, seed: int, report_seconds: float = 8) -> None:
        self._port = port
        self._data = data
        self._seed = seed
        self._report_seconds = report_seconds

    async def say(self, words: str) -> str:
        """Type one command as an employee; return the conversation once the bot has said all it has to say."""
        async with self.staged(port=0) as stage:
            world = stage.slack.world
            person, channel = world.person(SPEAKER), world.channel(CHANNEL)
            before = len(world.ephemerals(person.id, channel.id))
            known = {message.ts for message in world.messages(channel.id)}
            await stage.slack.command(person.id, channel.id, words)

            def answered() -> bool:
                roots = [root for root in world.messages(channel.id) if root.ts not in known]
                finished = [
                    root for root in roots if world.thread(channel.id, root.ts) and not _has_buttons(root.blocks)
                ]
                return bool(finished) or len(world.ephemerals(person.id, channel.id)) > before

            await world.until(answered, timeout=LONGEST_ANSWER)
            return world.transcript(channel.id, person.id)

    async def stay(self, echo: Callable[[str], object], until: Callable[[], Awaitable[None]]) -> None:
        """Run until told to stop, having printed where."""
        async with self.staged(port=self._port) as stage:
            echo(stage.slack.url)
            await until()

    @asynccontextmanager
    async def staged(self, *, port: int) -> AsyncIterator[Stage]:
        """Run everything for as long as the block lasts."""
        async with AsyncExitStack() as stack:
            folder = self._data or Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="baliebot-")))
            folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            uitpas = UitpasSandbox(
                seed=self._seed, report_seconds=self._report_seconds, journal=folder / "uitpas.jsonl"
            )
            await uitpas.start()
            stack.push_async_callback(uitpas.aclose)
            slack = SlackSandbox(journal=folder / "slack.jsonl", manifest=manifest(language=Language.NL, url=None))
            await _listen(slack, port)
            stack.push_async_callback(slack.aclose)
            settings = _settings(folder, slack, uitpas)
            bot = await stack.enter_async_context(running(settings, clock=Clock(), kind="demo"))
            slack.connect_http(f"{bot.url}/slack/events")
            await _introduce(bot, slack, uitpas)
            yield Stage(slack, uitpas, bot)


async def stay_uitpas(
    *,
    host: str,
    port: int,
    seed: int,
    report_seconds: float,
    echo: Callable[[str], object],
    until: Callable[[], Awaitable[None]],
) -> None:
    """Run the UiTPAS stand-in alone until told to stop, having printed all one needs to call it."""
    uitpas = UitpasSandbox(seed=seed, report_seconds=report_seconds)
    try:
        await uitpas.start(host, port)
    except OSError as error:
        raise SettingsError(f"port {port} can't be had ({error.strerror}); choose another with --port") from None
    try:
        echo(f"UITPAS_API_URL={uitpas.api_url}")
        echo(f"UITPAS_CONSUMER_KEY={uitpas.consumer_key}")
        echo(f"UITPAS_CONSUMER_SECRET={uitpas.consumer_secret}")
        await until()
    finally:
        await uitpas.aclose()


async def _listen(slack: SlackSandbox, port: int) -> None:
    try:
        await slack.start(port=port)
    except OSError as error:
        raise SettingsError(f"port {port} can't be had ({error.strerror}); choose another with --port") from None


def _settings(folder: Path, slack: SlackSandbox, uitpas: UitpasSandbox) -> Settings:
    return Settings(
        slack_bot_token=SecretStr(slack.bot_token),
        slack_signing_secret=SecretStr(slack.signing_secret),
        slack_api_url=slack.api_url,
        uitpas_api_url=uitpas.api_url,
        uitpas_consumer_key=uitpas.consumer_key,
        uitpas_consumer_secret=SecretStr(uitpas.consumer_secret),
        baliebot_database=folder / "baliebot.db",
        baliebot_secret_keys=SecretStr(_key(folder / "keys")),
        port=0,
    )


def _key(file: Path) -> str:
    if not file.exists():
        file.touch(mode=0o600)
        file.write_text(new_key())
    return file.read_text()


async def _introduce(bot: Bot, slack: SlackSandbox, uitpas: UitpasSandbox) -> None:
    """Map the balies and link the employees but `UNLINKED`, the ways an operator and an employee do it."""
    channel = slack.world.channel(CHANNEL).id
    defaults = {CHANNEL_BALIE: channel}
    rows = [
        f'{ALIASES[balie.number]},"{balie.name}",{balie.consumer_key},{defaults.get(balie.number, "")}'
        for balie in uitpas.world.balies
    ]
    await bot.balies.import_csv(bot.team, "\n".join(["alias,name,consumer_key,channels", *rows]))
    for name, nick in EMPLOYEES.items():
        person, employee = slack.world.person(name), uitpas.employee(nick)
        if name not in UNLINKED and await bot.linking.token(bot.team, person.id) is None:
            token, secret = uitpas.issue_token(employee.uid)
            await bot.linking.keep(bot.team, person.id, UserToken(token, secret, employee.uid))


def _has_buttons(blocks: list[dict[str, object]]) -> bool:
    return any(block.get("type") == "actions" for block in blocks)
