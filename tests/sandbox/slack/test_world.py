"""The world: its people, waiting for changes, and going on after a restart."""

from pathlib import Path

import pytest

from bot.sandbox.slack import World
from tests.sandbox.slack.clocks import HandClock


def test_the_cast_has_everybody_a_bot_must_tell_apart() -> None:
    world = World()
    kinds = {one.name: (one.is_admin, one.is_restricted, one.deleted, one.is_stranger) for one in world.people.values()}
    full, nobody = [name for name, kind in kinds.items() if not any(kind)], (False,) * 4
    assert full == ["lien", "bram", "joris", "emily", "chloe", "baliebot"]
    assert {name: kind for name, kind in kinds.items() if kind != nobody} == {
        "noor": (True, False, False, False),
        "gust": (False, True, False, False),
        "ward": (False, False, True, False),
        "sofie": (False, False, False, True),
    }
    assert {world.person("lien").locale, world.person("emily").locale} == {"nl-BE", "en-US"}


def test_an_unknown_name_is_an_error_that_lists_the_known_ones() -> None:
    with pytest.raises(LookupError, match="lien"):
        World().person("niemand")
    with pytest.raises(LookupError, match="balie-de-sluis"):
        World().channel("nergens")


async def test_until_answers_with_what_came() -> None:
    world = World()
    waiting = world.until(lambda: world.messages("algemeen"))
    world.subscribe(lambda _: None)
    said = world.say("lien", "algemeen", "Dag")
    assert await waiting == [said]


async def test_until_shows_the_world_when_nothing_comes() -> None:
    world = World()
    world.say("lien", "algemeen", "Is daar iemand?")
    with pytest.raises(TimeoutError, match=r"Lien Vermeire\n +Is daar iemand\?"):
        await world.until(lambda: False, timeout=0.01)


def test_every_change_raises_the_revision_and_is_told() -> None:
    world, told = World(), list[int]()
    stop = world.subscribe(told.append)
    world.say("lien", "algemeen", "een")
    world.open_im("lien")
    stop()
    world.say("lien", "algemeen", "twee")
    assert (told, world.revision) == ([1, 2], 3)


def test_a_restart_goes_on_where_it_was(tmp_path: Path, clock: HandClock) -> None:
    path = tmp_path / "slack.jsonl"
    before = World(now=clock.now, journal=path)
    im, desk = before.open_im("lien"), before.channel("balie-de-sluis").id
    root = before.talk.say(desk, before.team.bot_user_id, "root", metadata={"event_type": "x"})
    upload = before.filing.expect("nota.zip", 3)
    upload.content = b"zip"
    before.filing.complete(upload.id, "Nota", before.team.bot_user_id)
    before.share([upload.id], desk, text="", thread_ts=root.ts, user=before.team.bot_user_id)
    before.talk.edit(root, text="klaar")
    before.talk.delete(before.say("lien", desk, "weg ermee"))
    before.talk.leave(desk, before.team.bot_user_id)
    after = World(now=clock.now, journal=path)
    assert after.messages(desk) == before.messages(desk)
    assert after.thread(desk, root.ts) == before.thread(desk, root.ts)
    assert (after.files, after.file_bytes(upload.id)) == (before.files, b"zip")
    assert after.talk.channels == before.talk.channels
    assert after.im("lien") == im
    stamps = [one.ts for one in before.messages(desk) + before.thread(desk, root.ts)]
    assert after.say("lien", desk, "nieuw").ts > max(stamps)


def test_a_line_cut_off_by_a_kill_is_dropped_and_written_over(tmp_path: Path, clock: HandClock) -> None:
    path = tmp_path / "slack.jsonl"
    World(now=clock.now, journal=path).say("lien", "algemeen", "heel")
    whole = path.read_bytes()
    path.write_bytes(whole + b'{"kind": "message", "fact": {"chan')
    World(now=clock.now, journal=path).say("lien", "algemeen", "daarna")
    again = World(now=clock.now, journal=path)
    assert [one.text for one in again.messages("algemeen")] == ["heel", "daarna"]
