"""Who is linked when the demo starts, and when it starts again where it was."""

from pathlib import Path

from bot.demo import EMPLOYEES, UNLINKED, Demo, Stage
from bot.models import UserToken


async def test_bram_links_his_own_account_and_then_stays_linked(tmp_path: Path) -> None:
    demo = Demo(port=0, data=tmp_path / "demo", seed=1)
    async with demo.staged(port=0) as stage:
        first = await linked(stage)
        bram = stage.uitpas.employee(EMPLOYEES["bram"])
        token = UserToken(*stage.uitpas.issue_token(bram.uid), bram.uid)
        await stage.bot.linking.keep(stage.bot.team, stage.slack.world.person("bram").id, token)
    async with demo.staged(port=0) as stage:
        again = await linked(stage)
    assert (set(first), set(UNLINKED)) == (set(EMPLOYEES) - {"bram"}, {"bram"})
    assert again == {**first, "bram": token}


async def linked(stage: Stage) -> dict[str, UserToken]:
    """Return the tokens of who is linked."""
    people = {name: stage.slack.world.person(name).id for name in EMPLOYEES}
    held = {name: await stage.bot.linking.token(stage.bot.team, person) for name, person in people.items()}
    return {name: token for name, token in held.items() if token is not None}
