"""The commands of the program, nothing else."""

import asyncio
import signal
import sys
from collections.abc import Callable, Coroutine
from contextlib import suppress
from pathlib import Path
from typing import Annotated, Any

import typer

from bot import keys, logs
from bot.clock import Clock
from bot.config import from_environment
from bot.errors import BaliebotError, SettingsError
from bot.mapping import export_balies, import_balies

app = typer.Typer(no_args_is_help=True, add_completion=False, pretty_exceptions_enable=False)
sandbox = typer.Typer(no_args_is_help=True, help="Local stand-ins for people who write their own client.")
balies = typer.Typer(no_args_is_help=True, help="The mapping of balies, as CSV: alias,name,consumer_key,channels.")
app.add_typer(sandbox, name="sandbox")
app.add_typer(balies, name="balies")

Debug = Annotated[bool, typer.Option(help="Show tracebacks.")]
Team = Annotated[str, typer.Option(help="The Slack team (T…), where it can't be asked from Slack.")]


def main() -> None:
    """Run the program."""
    app()


@app.command()
def serve(*, debug: Debug = False) -> None:
    """Run the bot until SIGTERM or Ctrl-C."""
    _run(_serve, debug=debug)


@app.command()
def demo(
    *,
    port: Annotated[int, typer.Option(help="Where the demo's Slack listens; 0 takes a free port.")] = 8000,
    data: Annotated[Path | None, typer.Option(help="Folder to go on from; default: a temporary one.")] = None,
    seed: Annotated[int, typer.Option(help="Which invented world.")] = 1,
    say: Annotated[str, typer.Option(help="Type this after /uitpas, print the conversation, stop.")] = "",
    debug: Debug = False,
) -> None:
    """Run the whole product on this machine, without any account."""
    from bot.demo import Demo  # noqa: PLC0415 - the stand-ins need the extra `demo`, the bot does not

    demonstration = Demo(port=port, data=data, seed=seed)

    async def work() -> None:
        if say:
            typer.echo(await demonstration.say(say))
        else:
            await demonstration.stay(typer.echo, until_stopped)

    _run(work, debug=debug, verbose=debug)


@app.command()
def manifest(
    *,
    socket_mode: Annotated[bool, typer.Option("--socket-mode", help="Slack needs no address of yours.")] = False,
    url: Annotated[str, typer.Option(help="Where Slack reaches the bot; default: BALIEBOT_PUBLIC_URL.")] = "",
    debug: Debug = False,
) -> None:
    """Print the manifest to make the Slack app from, as JSON."""
    from bot.manifest import written  # noqa: PLC0415 - as for `serve`: it knows every feature, and so Bolt

    async def work() -> None:
        typer.echo(written(from_environment(to_serve=False), url=url, socket_mode=socket_mode))

    _run(work, debug=debug)


@app.command()
def rotate_keys(*, debug: Debug = False) -> None:
    """Seal everything anew with the first of BALIEBOT_SECRET_KEYS; the bot may run meanwhile."""

    async def work() -> None:
        number = await keys.rotate(from_environment(to_serve=False))
        typer.echo(
            f"sealed anew with the first key: {number}. When every `baliebot serve` has it first, the others can go"
        )

    _run(work, debug=debug)


@app.command()
def forget_links(
    *,
    yes: Annotated[bool, typer.Option("--yes", help="Do it; without this, what it does is only told.")] = False,
    debug: Debug = False,
) -> None:
    """Unlink everybody from their UiTiD, when the keys are lost."""

    async def work() -> None:
        if not yes:
            raise SettingsError(keys.FORGETS)
        number = await keys.forget(from_environment(to_serve=False), clock=Clock())
        typer.echo(
            f"linked accounts forgotten: {number}. UiTiD was not told, so what it gave for them stays valid there"
        )

    _run(work, debug=debug)


@sandbox.command("uitpas")
def sandbox_uitpas(
    *,
    port: Annotated[int, typer.Option(help="Where it listens.")] = 8080,
    seed: Annotated[int, typer.Option(help="Which invented world.")] = 1,
    report_seconds: Annotated[float, typer.Option(help="How long a report takes.")] = 8,
    host: Annotated[str, typer.Option(help="Beyond this machine only with --expose.")] = "127.0.0.1",
    expose: Annotated[bool, typer.Option(help="Allow a host that others can reach.")] = False,
    debug: Debug = False,
) -> None:
    """Run the UiTPAS stand-in alone."""
    from bot.demo import stay_uitpas  # noqa: PLC0415 - as above

    async def work() -> None:
        if host not in {"127.0.0.1", "localhost", "::1"} and not expose:
            raise SettingsError("--host reaches beyond this machine; add --expose if you mean that")
        await stay_uitpas(
            host=host, port=port, seed=seed, report_seconds=report_seconds, echo=typer.echo, until=until_stopped
        )

    _run(work, debug=debug)


@balies.command("import")
def balies_import(file: Path, *, team: Team = "", debug: Debug = False) -> None:
    """Add or update balies from a CSV; a wrong line stops it and changes nothing."""

    async def work() -> None:
        number = await import_balies(from_environment(to_serve=False), file, team)
        typer.echo(f"{number} balies imported")

    _run(work, debug=debug)


@balies.command("export")
def balies_export(*, team: Team = "", debug: Debug = False) -> None:
    """Print the mapping as CSV."""

    async def work() -> None:
        typer.echo(await export_balies(from_environment(to_serve=False), team), nl=False)

    _run(work, debug=debug)


async def until_stopped() -> None:
    """Return at SIGTERM or SIGINT."""
    await _stop_signal().wait()


async def _serve() -> None:
    from bot.app import running  # noqa: PLC0415 - Bolt and what it brings take a while that other commands need not wait

    settings = from_environment(to_serve=True)
    stopped, started = _stop_signal(), asyncio.Event()

    async def life() -> None:
        with keys.ways_out():
            async with running(settings, clock=Clock()):
                started.set()
                await stopped.wait()

    living, stopping = asyncio.create_task(life()), asyncio.create_task(stopped.wait())
    await asyncio.wait({living, stopping}, return_when=asyncio.FIRST_COMPLETED)
    if stopped.is_set() and not started.is_set():
        living.cancel()  # nothing was taken on yet: Slack may not answer for long
    stopping.cancel()
    with suppress(asyncio.CancelledError):
        await living


def _stop_signal() -> asyncio.Event:
    stopped = asyncio.Event()
    loop = asyncio.get_running_loop()
    for number in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(number, stopped.set)
    return stopped


def _run(work: Callable[[], Coroutine[Any, Any, None]], *, debug: bool, verbose: bool = True) -> None:
    logs.configure(verbose=verbose)
    try:
        asyncio.run(work())
    except BaliebotError as error:
        if debug:
            raise
        typer.echo(f"baliebot: {error}", err=True)
        sys.exit(2 if isinstance(error, SettingsError) else 1)


if __name__ == "__main__":
    main()
