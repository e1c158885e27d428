"""The mapping of balies: which one a person means, and moving the whole mapping in and out as CSV."""

import csv
import io
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from difflib import get_close_matches
from typing import Any

from bot.clock import Clock
from bot.errors import BaliebotError
from bot.models import Balie, BalieListing
from bot.services.aliases import fault_in
from bot.services.balie_search import Matches, best
from bot.services.pausing import resume_mapped
from storage import balies, people
from storage.database import Database, Transaction

COLUMNS = ("alias", "name", "consumer_key", "channels")
_FAULTS = {
    "signs": "an alias is 1 to 31 small letters, digits and dashes, and begins with no dash",
    "word": "the alias {alias} is a word of the command or of a period; choose another",
}
MOST_OFFERED = 100
"""How many options a select can show (Slack: "Select menu element")."""
PAGE = 15
"""How many balies a page has."""
_CHANNEL = re.compile(r"[CGD][A-Z0-9]{2,20}")


class ImportFileError(BaliebotError):
    """A line of the file is wrong; nothing was changed. The message names the line and what to mend."""


@dataclass(frozen=True, slots=True)
class NoBalies:
    """Nothing is mapped in this workspace yet."""


@dataclass(frozen=True, slots=True)
class UnknownBalie:
    """No balie has this alias. `nearest` is one that looks like it."""

    alias: str
    nearest: str | None


@dataclass(frozen=True, slots=True)
class WhichBalie:
    """Several are mapped, and nothing says which is meant."""


@dataclass(frozen=True, slots=True)
class Page:
    """Some of the mapped balies: page `number`, counted from 1, of all `total`."""

    balies: tuple[Balie, ...]
    number: int
    total: int

    @property
    def first(self) -> int:
        """The number of its first balie among all, counted from 1."""
        return PAGE * (self.number - 1) + 1

    @property
    def last(self) -> int:
        """The number of its last balie."""
        return self.first + len(self.balies) - 1


Meant = Balie | NoBalies | UnknownBalie | WhichBalie


def meant(tx: Transaction, *, team: str, channel: str, user: str, alias: str | None) -> Meant:
    """Return the balie a person means: the one named, else the channel's, else their last, else the only one."""
    if alias is not None:
        return balies.by_alias(tx, team, alias) or _unknown(tx, team, alias)
    default = balies.default_of(tx, team, channel)
    if default is not None:
        return default
    last = people.get(tx, team, user).last_balie
    if last is not None and (used := balies.by_id(tx, team, last)) is not None:
        return used
    mapped = balies.page(tx, team, after=0, most=2)
    if not mapped:
        return NoBalies()
    return mapped[0] if len(mapped) == 1 else WhichBalie()


def _unknown(tx: Transaction, team: str, alias: str) -> NoBalies | UnknownBalie:
    aliases = [known for _, known, _ in balies.labels(tx, team)]
    if not aliases:
        return NoBalies()
    return UnknownBalie(alias, next(iter(get_close_matches(alias, aliases, 1)), None))


class Balies:
    """Reads and writes the mapping."""

    def __init__(self, *, database: Database, clock: Clock) -> None:
        self._database = database
        self._clock = clock

    async def matching(self, team: str, words: str) -> Matches:
        """Return at most 100 balies whose alias or name holds what was typed, the best first, and how many there are.

        Best is the alias itself, then what begins with the words; of the same rank by alias. Case and diacritics do not
        count.
        """

        def search(tx: Transaction) -> Matches:
            found = best(balies.labels(tx, team), words)
            return Matches(tuple(balies.some(tx, team, found[:MOST_OFFERED])), len(found))

        return await self._database.read(search)

    async def page(self, team: str, number: int) -> Page:
        """Return a page of the mapped balies by alias; the first or the last when there is no such page."""

        def turn(tx: Transaction) -> Page:
            total = balies.count(tx, team)
            shown = min(max(number, 1), max(1, -(-total // PAGE)))
            return Page(tuple(balies.page(tx, team, after=PAGE * (shown - 1), most=PAGE)), shown, total)

        return await self._database.read(turn)

    async def missing(self, team: str, listed: Sequence[BalieListing]) -> tuple[BalieListing, ...]:
        """Return those of these balies that are not mapped."""

        def look(tx: Transaction) -> tuple[BalieListing, ...]:
            return tuple(one for one in listed if balies.by_key(tx, team, one.consumer_key) is None)

        return await self._database.read(look)

    async def named(self, team: str, alias: str) -> Balie | NoBalies | UnknownBalie:
        """Return the balie with this alias, or what there is instead."""
        return await self._database.read(lambda tx: balies.by_alias(tx, team, alias) or _unknown(tx, team, alias))

    async def get(self, team: str, balie: int) -> Balie | None:
        """Return a mapped balie by its id."""
        return await self._database.read(lambda tx: balies.by_id(tx, team, balie))

    async def usual(self, team: str, *, channel: str, user: str) -> Balie | None:
        """Return the balie that is meant when none is named, None when nothing tells."""
        found = await self._database.read(lambda tx: meant(tx, team=team, channel=channel, user=user, alias=None))
        return found if isinstance(found, Balie) else None

    async def import_csv(self, team: str, text: str) -> int:
        """Add or update the balies of a CSV with the columns `alias,name,consumer_key,channels`; return how many.

        What only UiTPAS tells of a balie stays as it is. What is on hold because its balie was removed goes on when it
        is among them.

        Raises:
            ImportFileError: a line is wrong. Nothing was changed.
        """
        listed = _read(team, text)
        now = self._clock.now()

        def write(tx: Transaction) -> None:
            balies.free_aliases(tx, team, [balie.consumer_key for balie in listed.values()])
            for line, balie in listed.items():
                taken = balies.by_alias(tx, team, balie.alias)
                if taken is not None and taken.consumer_key.casefold() != balie.consumer_key.casefold():
                    raise ImportFileError(f"line {line}: the alias {balie.alias} is another balie's already")
                balies.save(tx, _with_what_is_known(tx, balie))
            resume_mapped(tx, team, now)

        await self._database.transact(write)
        return len(listed)

    async def export_csv(self, team: str) -> str:
        """Return the mapping as the CSV that `import_csv` reads."""
        every = await self._database.read(lambda tx: balies.everything(tx, team))
        out = io.StringIO()
        writer = csv.writer(out, lineterminator="\n")
        writer.writerow(COLUMNS)
        writer.writerows([b.alias, b.name, b.consumer_key, " ".join(b.channels)] for b in every)
        return out.getvalue()


def _with_what_is_known(tx: Transaction, balie: Balie) -> Balie:
    known = balies.by_key(tx, balie.team, balie.consumer_key) or balies.removed(tx, balie.team, balie.consumer_key)
    return balie if known is None else replace(balie, number=known.number, card_systems=known.card_systems)


def _read(team: str, text: str) -> dict[int, Balie]:
    reader = csv.DictReader(io.StringIO(text.removeprefix("\ufeff")), restkey="more")
    try:
        return _read_rows(team, reader)
    except csv.Error as error:
        raise ImportFileError(f"line {reader.line_num + 1}: this is no CSV ({error})") from None


def _read_rows(team: str, reader: "csv.DictReader[str]") -> dict[int, Balie]:
    if tuple(reader.fieldnames or ()) != COLUMNS:
        raise ImportFileError(f"line 1: the columns must be {','.join(COLUMNS)}")
    listed: dict[int, Balie] = {}
    for row in reader:
        try:
            balie = _balie(team, row)
            _refuse_doubles(balie, listed.values())
        except ValueError as problem:
            raise ImportFileError(f"line {reader.line_num}: {problem}") from None
        listed[reader.line_num] = balie
    return listed


def _balie(team: str, row: dict[str | Any, str | Any]) -> Balie:
    if "more" in row or any(row[column] is None for column in COLUMNS):
        raise ValueError(f"it must have {len(COLUMNS)} columns")
    alias, name, key, channels = ((row[column] or "").strip() for column in COLUMNS)
    if fault := fault_in(alias):
        raise ValueError(_FAULTS[fault].format(alias=alias))
    if not name or not key:
        raise ValueError("name and consumer_key may not be empty")
    wrong = [channel for channel in channels.split() if not _CHANNEL.fullmatch(channel)]
    if wrong:
        raise ValueError("channels are Slack ids such as C0123ABCD, separated by blanks")
    return Balie(0, team, alias, name, key, channels=tuple(channels.split()))


def _refuse_doubles(balie: Balie, before: Iterable[Balie]) -> None:
    for other in before:
        if other.alias == balie.alias or other.consumer_key.casefold() == balie.consumer_key.casefold():
            raise ValueError(f"the alias {balie.alias} or its key stands on an earlier line too")
        if set(other.channels) & set(balie.channels):
            raise ValueError("one of its channels has a default on an earlier line")
