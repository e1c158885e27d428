"""Nothing that tells a holder is left behind by a digest: it stays in the files, which go where reports' files go."""

from pathlib import Path

import pytest

from tests.clients.sheets_made import HEADS, xls, zip_bytes
from tests.digests.runs import CHART, EDIT, HOUR, POST, begun, finish, hold, pictures
from tests.sheets.test_people import AMOUNTS, People
from tests.support.card_traces import Witness, overheard
from tests.support.outcomes import trouble
from tests.support.stage import staged

COLUMNS = sorted({*HEADS} - AMOUNTS)


@pytest.mark.parametrize("named", [False, True])
async def test_of_holders_in_every_column_nothing_is_left_anywhere_but_in_the_files(
    tmp_path: Path, *, named: bool
) -> None:
    people = People()
    rows = [people.row(COLUMNS, named=False) for _ in range(3)]
    heads = (*HEADS, "NAAM") if named else HEADS
    if named:
        rows = [[*row, people.marked("NAAM", with_name=True)] for row in rows]
    with overheard() as log:
        async with staged(tmp_path, linked=("lien",)) as stage:
            witness = Witness(stage, people.secrets, log)
            stage.uitpas.archive = zip_bytes({"a.xls": xls(rows, heads)})
            await begun(stage, "de-sluis", "t-hof", "oosterwal", "het-vlot")
            hold(stage, "t-hof", 1.5 * HOUR)
            trouble(stage, POST, "invalid_blocks")
            await stage.pass_time(HOUR + 30, steps=30)
            await finish(stage)
            assert witness.look("lien").leaks == ()
            trouble(stage, EDIT, "cant_update_message")
            await stage.pass_time(HOUR, steps=30)
            assert witness.look("lien").leaks == ()
            assert ("Samen voor 2 van de 4 balies" in pictures(stage)[0][3], CHART in pictures(stage)[0]) == (
                True,
                False,
            )
            assert len(stage.slack.world.files) == 3
        assert witness.look("lien").leaks == (), "nor is anything written when the bot stops"
    assert len(people.secrets.known) > 30


async def test_in_a_public_channel_too_and_when_nothing_of_the_sheets_can_be_read(tmp_path: Path) -> None:
    people = People()
    rows = [people.row([*COLUMNS, "CONTRIBUTION"], named=True) for _ in range(3)]
    with overheard() as log:
        async with staged(tmp_path, linked=("lien",)) as stage:
            stage.where = "algemeen"
            witness = Witness(stage, people.secrets, log)
            stage.uitpas.archive = zip_bytes({"a.xls": xls(rows)})
            await begun(stage, "de-sluis", "t-hof")
            await finish(stage)
            assert witness.look("lien").leaks == ()
            assert [len(stage.replies()), len(stage.dms())] == [2, 2]
