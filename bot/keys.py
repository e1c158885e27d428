"""`baliebot rotate-keys` and `forget-links`: other keys for what is sealed, and the way out when the keys are lost."""

from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from datetime import timedelta

from bot.clock import Clock
from bot.config import Settings
from bot.errors import BaliebotError, SettingsError
from bot.sealing import Sealer, SealError
from storage import lease, sealed
from storage.database import Database, Transaction

FORGETS = (
    "this unlinks everybody from their UiTiD for good, and leaves the reports under way on hold: add --yes if you mean"
    " that. Everybody then links again with `/uitpas koppel`"
)
LOST = (
    "BALIEBOT_SECRET_KEYS does not hold the key that this database was sealed with: put that key back,"
    " or unlink everybody with `baliebot forget-links --yes`"
)
NOT_ALL = (
    "something in this database opens with no key of BALIEBOT_SECRET_KEYS, so nothing was changed: put the key that is"
    " missing back, or unlink everybody with `baliebot forget-links --yes`"
)
IN_USE = (
    "`baliebot serve` works with this database, so nothing was changed: stop it first (one that was killed is missed"
    " after 20 seconds)"
)
IN_THE_LOG = (
    "the links are forgotten, but another program reads this database, so they may still stand in its -wal file: end"
    " that program and do this once more"
)
_HOLDER = "forget-links"


class KeysError(BaliebotError):
    """What is sealed can't be dealt with as things are; the message says what to do."""


@contextmanager
def ways_out() -> Iterator[None]:
    """Around a start: when the keys do not fit the database, say what can be done about it.

    Raises:
        KeysError: in the place of a SealError.
    """
    try:
        yield
    except SealError:
        raise KeysError(LOST) from None


async def rotate(settings: Settings) -> int:
    """Seal everything anew with the first key; return how many texts that were. The bot may run meanwhile.

    Raises:
        SettingsError: there are no keys, or there is no database.
        KeysError: a text opens with none of the keys. Nothing was changed.
    """
    if not settings.secret_keys:
        raise SettingsError("BALIEBOT_SECRET_KEYS is not set; the first of its keys is the one to seal with")
    sealer = Sealer(settings.secret_keys)
    async with _database(settings) as database:
        try:
            number = await database.transact(lambda tx: sealed.renew(tx, sealer.renewed))
        except SealError:
            raise KeysError(NOT_ALL) from None
        await database.truncate()
        return number


async def forget(settings: Settings, *, clock: Clock) -> int:
    """Delete everybody's link, whatever the keys; return how many accounts were linked.

    A bot that runs holds a key in memory that is deleted here, so it must have stopped.

    Raises:
        SettingsError: there is no database.
        KeysError: the bot runs, and nothing was changed; or somebody reads the file, and all is done but the last.
    """

    def work(tx: Transaction) -> int:
        if not lease.hold(tx, _HOLDER, clock.now(), timedelta()):
            raise KeysError(IN_USE)
        lease.release(tx, _HOLDER)
        return sealed.forget(tx)

    async with _database(settings) as database:
        number = await database.transact(work)
        if not await database.truncate():
            raise KeysError(IN_THE_LOG)
        return number


@asynccontextmanager
async def _database(settings: Settings) -> AsyncIterator[Database]:
    path = settings.baliebot_database
    if not path.exists():
        raise SettingsError(f"there is no database {path}; look at BALIEBOT_DATABASE")
    database = await Database.open(path, kind="serve")
    try:
        yield database
    finally:
        await database.aclose()
