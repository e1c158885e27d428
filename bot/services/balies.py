"""The mapping of balies: which one a person means, and moving the whole mapping in and out as CSV."""

import csv
import io
import re
from collections.abc import Iterable
from dataclasses import dataclass
from difflib import get_close_matches
from typing import Any

from bot.errors import BaliebotError
from bot.models import Balie
from bot.services.periods import is_period_word
from storage import balies, people
from storage.database import Database, Transaction

COLUMNS = ("alias", "name", "consumer_key", "channels")
VERBS = frozenset(
    {
        *("rapport", "report", "kaart", "card", "balies", "counters", "synchroniseer", "sync", "digest"),
        *("koppel", "connect", "ontkoppel", "disconnect", "status", "help"),
    }
)
"""Words of the command itself; no alias may be one of them, nor a word that belongs to a period."""
_ALIAS = re.compile(r"[a-z0-9][a-z0-9-]{0,30}")
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
    mapped = balies.everything(tx, team)
    if not mapped:
        return NoBalies()
    return mapped[0] if len(mapped) == 1 else WhichBalie()


def _unknown(tx: Transaction, team: str, alias: str) -> NoBalies | UnknownBalie:
    aliases = [balie.alias for balie in balies.everything(tx, team)]
    if not aliases:
        return NoBalies()
    return UnknownBalie(alias, next(iter(get_close_matches(alias, aliases, 1)), None))


class Balies:
    """Reads and writes the mapping."""

    def __init__(self, *, database: Database) -> None:
        self._database = database

    async def matching(self, team: str, words: str) -> list[Balie]:
        """Return at most 100 balies whose alias or name holds what was typed, by alias."""
        wanted = words.casefold().split()
        every = await self._database.read(lambda tx: balies.everything(tx, team))
        return [balie for balie in every if all(word in f"{balie.alias} {balie.name}".casefold() for word in wanted)][
            :100
        ]

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

        Raises:
            ImportFileError: a line is wrong. Nothing was changed.
        """
        listed = _read(team, text)

        def write(tx: Transaction) -> None:
            balies.free_aliases(tx, team, [balie.consumer_key for balie in listed.values()])
            for line, balie in listed.items():
                taken = balies.by_alias(tx, team, balie.alias)
                if taken is not None and taken.consumer_key.casefold() != balie.consumer_key.casefold():
                    raise ImportFileError(f"line {line}: the alias {balie.alias} is another balie's already")
                balies.save(tx, balie)

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
    if not _ALIAS.fullmatch(alias):
        raise ValueError("an alias is 1 to 31 small letters, digits and dashes, and begins with no dash")
    if alias in VERBS or is_period_word(alias):
        raise ValueError(f"the alias {alias} is a word of the command or of a period; choose another")
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
