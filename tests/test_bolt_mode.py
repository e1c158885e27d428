"""Bolt's OAuth mode, which keeps tokens in clear-text files: nothing in the environment switches it on."""

import signal
from pathlib import Path

from bot.sandbox.slack import SlackSandbox
from bot.sandbox.uitpas import UitpasSandbox
from bot.sealing import new_key
from tests.support.program import ROOT, Program, stop
from tests.test_program_running import free_port, ready

NAMES = {"SLACK_CLIENT_ID": "1.2", "SLACK_CLIENT_SECRET": "s-0cean"}
TRAP = """
import slack_bolt.app.async_app as bolt

class Trap:
    def __init__(self, *_, **__):
        raise SystemExit("this is Bolt's OAuth mode")

bolt.AsyncOAuthSettings = Trap
"""
"""What Python does before it runs the program: a Bolt that goes into its OAuth mode ends it."""


async def test_names_of_bolts_oauth_mode_in_the_environment_do_not_start_it(tmp_path: Path) -> None:
    slack, uitpas, port = SlackSandbox(), UitpasSandbox(), free_port()
    await slack.start()
    await uitpas.start()
    settings = {
        "SLACK_BOT_TOKEN": slack.bot_token,
        "SLACK_SIGNING_SECRET": slack.signing_secret,
        "SLACK_API_URL": slack.api_url,
        "UITPAS_API_URL": uitpas.api_url,
        "UITPAS_CONSUMER_KEY": uitpas.consumer_key,
        "UITPAS_CONSUMER_SECRET": uitpas.consumer_secret,
        "BALIEBOT_SECRET_KEYS": new_key(),
        "PORT": str(port),
    }
    (tmp_path / "sitecustomize.py").write_text(TRAP)
    try:
        program = Program(tmp_path, {**settings, **NAMES, "PYTHONPATH": f"{tmp_path}:{ROOT}"})
        async with program.started("serve") as process:
            await ready(f"http://127.0.0.1:{port}")
            slack.connect_http(f"http://127.0.0.1:{port}/slack/events")
            delivery = await slack.command("U0LIEN00001", "C0DESLUIS01", "help")
            done = await stop(process, signal.SIGTERM)
    finally:
        await slack.aclose()
        await uitpas.aclose()
    assert (delivery.error, done.status, "OAuth" in done.err) == (None, 0, False)
