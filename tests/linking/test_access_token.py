"""The access token (S8): fetched once the code was right and not before, and what UiTiD may do in between."""

import pytest

from handlers.render import linking_texts as texts
from tests.linking.doors import dump, linked, states
from tests.linking.rows import calls
from tests.support.browser import Journey


async def test_no_access_token_is_asked_for_before_the_code_was_right(link: Journey) -> None:
    await link.see_code()
    await link.stage.type("koppel BBBBBBBB", user="bram")
    assert calls(link.stage) == ["request_token", "consent"]
    await link.type_code()
    assert calls(link.stage) == ["request_token", "consent", "access_token", "balie_list"]


async def test_a_uitid_that_was_not_reached_leaves_the_code_working_however_often(link: Journey) -> None:
    await link.see_code()
    for _ in range(6):
        link.stage.uitpas.faults.add("access_token", "status", status=503)
        await link.type_code()
        assert (link.whisper.text, states(link.stage)) == (texts.SILENT_RETRY.nl, ["returned"])
    await link.type_code()
    await link.say("link_yes")
    assert linked(link.stage) == ["U0BRAM00002", "U0LIEN00001"]


async def test_a_uitid_that_did_not_answer_in_time_means_to_begin_anew(link: Journey) -> None:
    await link.see_code()
    link.stage.uitpas.faults.add("access_token", "drop", processed=True)
    await link.type_code()
    assert (link.whisper.text, states(link.stage)) == (texts.SILENT.nl, [])
    await link.type_code()
    assert link.whisper.text == texts.NO_LINK.nl
    assert calls(link.stage).count("access_token") == 1


@pytest.mark.parametrize("kind", ["doubled_key", "without_user", "without_secret", "html", "status"])
async def test_an_answer_of_uitid_that_is_no_token_links_nobody(link: Journey, kind: str) -> None:
    await link.see_code()
    more = {"status": 201} if kind == "status" else {}
    link.stage.uitpas.faults.add("access_token", kind, **more)
    await link.type_code()
    assert (link.whisper.text, states(link.stage)) == (texts.SILENT.nl, [])
    assert linked(link.stage) == ["U0LIEN00001"]
    assert "balie_list" not in calls(link.stage)


async def test_a_login_that_uitid_refuses_is_over(link: Journey) -> None:
    await link.see_code()
    link.stage.uitpas.faults.add("access_token", "status", status=401)
    await link.type_code()
    assert (link.whisper.text, states(link.stage)) == (texts.SILENT.nl, [])
    assert linked(link.stage) == ["U0LIEN00001"]


async def test_the_code_typed_twice_fetches_one_token(link: Journey) -> None:
    await link.see_code()
    await link.type_code()
    before = dump(link.stage)
    await link.stage.type(f"koppel {link.code}", user="bram")
    assert link.whisper.text == texts.NO_LINK.nl
    assert [line for line in dump(link.stage) if "link_tries" not in line] == [
        line for line in before if "link_tries" not in line
    ]
    assert calls(link.stage).count("access_token") == 1
