"""Secrets at rest: nobody without the key reads them, and none is taken for another."""

import base64
from datetime import UTC, datetime, timedelta

import pytest

from bot.sealing import Sealer, SealError, mark, new_key

OLD, NEW = new_key(), new_key()
CONTENT = {"token": "t-0cean", "secret": "s-0cean"}
CONTEXT = {"purpose": "account", "team": "T1", "user": "U1"}
NOW = datetime(2026, 7, 15, 8, 0, tzinfo=UTC)
SECOND, HALF_AN_HOUR = timedelta(seconds=1), timedelta(minutes=30)
TOO_OLD = "too old, or not sealed with the first key of BALIEBOT_SECRET_KEYS"


def test_what_is_sealed_opens_in_its_context_and_shows_nothing_before() -> None:
    sealed = Sealer([OLD]).seal(CONTENT, **CONTEXT)
    assert Sealer([OLD]).open(sealed, **CONTEXT) == CONTENT
    inside = base64.urlsafe_b64decode(sealed)
    assert all(word.encode() not in inside for word in [*CONTENT.values(), *CONTEXT.values()])


def test_the_same_content_is_sealed_differently_each_time() -> None:
    sealer = Sealer([OLD])
    assert sealer.seal(CONTENT, **CONTEXT) != sealer.seal(CONTENT, **CONTEXT)


@pytest.mark.parametrize(
    "other",
    [
        {**CONTEXT, "user": "U2"},
        {**CONTEXT, "team": "T2"},
        {**CONTEXT, "purpose": "mark_key"},
        {**CONTEXT, "row": "1"},
        {"purpose": "account", "team": "T1"},
        {},
    ],
)
def test_it_opens_in_no_other_context(other: dict[str, str]) -> None:
    sealer = Sealer([OLD])
    with pytest.raises(SealError, match="something else"):
        sealer.open(sealer.seal(CONTENT, **CONTEXT), **other)


def test_the_first_key_seals_and_every_key_opens() -> None:
    before = Sealer([OLD]).seal(CONTENT, **CONTEXT)
    rotating = Sealer([NEW, OLD])
    after = rotating.seal(CONTENT, **CONTEXT)
    assert rotating.open(before, **CONTEXT) == rotating.open(after, **CONTEXT) == CONTENT
    assert Sealer([NEW]).open(after, **CONTEXT) == CONTENT
    with pytest.raises(SealError, match="BALIEBOT_SECRET_KEYS"):
        Sealer([NEW]).open(before, **CONTEXT)


@pytest.mark.parametrize("change", ["", "x", "é", "gAAAAA", None])
def test_what_was_changed_does_not_open_and_the_error_holds_nothing_of_it(change: str | None) -> None:
    sealer = Sealer([OLD])
    sealed = sealer.seal(CONTENT, **CONTEXT)
    middle = len(sealed) // 2
    other = "A" if sealed[middle] != "A" else "B"
    changed = sealed[:middle] + other + sealed[middle + 1 :] if change is None else change
    with pytest.raises(SealError) as caught:
        sealer.open(changed, **CONTEXT)
    assert str(caught.value) == "sealed with a key that is not in BALIEBOT_SECRET_KEYS"
    assert caught.value.__context__ is None


def test_a_mark_is_the_same_for_the_same_and_tells_nothing_without_the_key() -> None:
    one, other = "11" * 32, "22" * 32
    assert mark(one, "uid-1") == mark(one, "uid-1")
    assert len({mark(one, "uid-1"), mark(one, "uid-2"), mark(other, "uid-1")}) == 3
    assert "uid-1" not in mark(one, "uid-1")


def test_keys_are_made_anew_each_time_and_are_keys() -> None:
    keys = {new_key() for _ in range(5)}
    assert {len(base64.urlsafe_b64decode(key)) for key in keys} == {32}
    assert len(keys) == 5


def opened(sealer: Sealer, sealed: str, now: datetime = NOW) -> dict[str, str]:
    """Open what was sealed for half an hour."""
    return sealer.open_briefly(sealed, now, HALF_AN_HOUR, **CONTEXT)


def refused(sealer: Sealer, sealed: str, now: datetime = NOW, context: dict[str, str] = CONTEXT) -> str:
    """Return why what was sealed for half an hour does not open; nothing of it stands in the error."""
    with pytest.raises(SealError) as caught:
        sealer.open_briefly(sealed, now, HALF_AN_HOUR, **context)
    assert caught.value.__context__ is None
    return str(caught.value)


def test_what_is_sealed_briefly_opens_to_its_last_second_and_not_one_later() -> None:
    sealer = Sealer([OLD])
    sealed = sealer.seal_briefly(CONTENT, NOW, **CONTEXT)
    last = NOW + HALF_AN_HOUR
    assert [opened(sealer, sealed, now) for now in (NOW, last - SECOND, last)] == [CONTENT] * 3
    assert [refused(sealer, sealed, now) for now in (last + SECOND, last + 1000 * HALF_AN_HOUR)] == [TOO_OLD] * 2


def test_what_is_sealed_briefly_shows_nothing_and_differs_each_time() -> None:
    sealer = Sealer([OLD])
    first, second = (sealer.seal_briefly(CONTENT, NOW, **CONTEXT) for _ in range(2))
    inside = base64.urlsafe_b64decode(first)
    assert first != second
    assert all(word.encode() not in inside for word in [*CONTENT.values(), *CONTEXT.values()])


def test_a_stamp_from_a_clock_that_runs_far_ahead_is_refused() -> None:
    sealer = Sealer([OLD])
    assert refused(sealer, sealer.seal_briefly(CONTENT, NOW + HALF_AN_HOUR, **CONTEXT)) == TOO_OLD


def test_no_older_key_opens_what_is_sealed_briefly() -> None:
    before = Sealer([OLD]).seal_briefly(CONTENT, NOW, **CONTEXT)
    rotating = Sealer([NEW, OLD])
    after = rotating.seal_briefly(CONTENT, NOW, **CONTEXT)
    assert (opened(rotating, after), opened(Sealer([NEW]), after)) == (CONTENT, CONTENT)
    assert [refused(rotating, before), refused(Sealer([NEW]), before), refused(Sealer([OLD, NEW]), after)] == [
        TOO_OLD
    ] * 3


@pytest.mark.parametrize("other", [{"user": "U2"}, {"team": "T2"}, {"purpose": "card"}, {"row": "1"}])
def test_what_is_sealed_briefly_opens_in_no_other_context(other: dict[str, str]) -> None:
    sealer = Sealer([OLD])
    sealed = sealer.seal_briefly(CONTENT, NOW, **CONTEXT)
    assert refused(sealer, sealed, context={**CONTEXT, **other}) == "sealed for something else"


def test_any_one_sign_that_changed_keeps_what_is_sealed_briefly_shut() -> None:
    sealer = Sealer([OLD])
    sealed = sealer.seal_briefly(CONTENT, NOW, **CONTEXT)
    changed = [
        f"{sealed[:at]}{'A' if sealed[at] != 'A' else 'B'}{sealed[at + 1 :]}" for at in range(0, len(sealed) - 4, 7)
    ]
    odd = ["", "x", "é", "gAAAAA", sealed[:-4]]
    assert {refused(sealer, one) for one in [*changed, *odd]} == {TOO_OLD}


def test_what_is_renewed_opens_with_the_first_key_alone_and_in_its_own_context_only() -> None:
    rotating = Sealer([NEW, OLD])
    renewed = rotating.renewed(Sealer([OLD]).seal(CONTENT, **CONTEXT))
    assert Sealer([NEW]).open(renewed, **CONTEXT) == CONTENT
    with pytest.raises(SealError, match="something else"):
        Sealer([NEW]).open(renewed, **{**CONTEXT, "user": "U2"})
    with pytest.raises(SealError, match="BALIEBOT_SECRET_KEYS"):
        Sealer([OLD]).open(renewed, **CONTEXT)


@pytest.mark.parametrize("sealed", ["", "é", "gAAAAA", Sealer([NEW]).seal(CONTENT, **CONTEXT)])
def test_what_no_key_opens_is_not_renewed(sealed: str) -> None:
    with pytest.raises(SealError) as caught:
        Sealer([OLD]).renewed(sealed)
    assert str(caught.value) == "sealed with a key that is not in BALIEBOT_SECRET_KEYS"
    assert caught.value.__context__ is None
