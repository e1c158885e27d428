"""What would tell a card, its holder or a person again, searched for in whatever shape it may have been left."""

import base64
import hashlib
import html
import json
import logging
import re
import traceback
import unicodedata
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field
from typing import Any
from urllib.parse import unquote_plus
from uuid import UUID

import structlog
from structlog.testing import capture_logs
from structlog.typing import Processor

from bot.logs import QUIET
from bot.sandbox.uitpas.known import KNOWN_CARDS
from tests.support.stage import Stage

CARD = KNOWN_CARDS["second"]
"""A card of the holder who swapped most; the other one stands in the bot's own sentences, as an example."""
MISTYPED = CARD[:-1] + "8"
"""The same with a wrong last digit: whoever reads it knows the card."""
EXAMPLE = "0930 0123 45607"
"""What the bot shows people to type."""
NATIONAL = "79110900011"
"""The national number of nobody: those who were born on one day are numbered from 001."""

ALONE = frozenset({"response_url", "chat.postEphemeral", "views.open", "views.update"})
"""The calls of Slack that put something before one person; of `response_url` see who sees what came of it."""

_ESCAPED = re.compile(r"\\u([0-9a-fA-F]{4})")
_REFERENCE = re.compile(r"\b[a-z]{10}\b")
"""What a person passes on when the bot failed: random, so any four digits may be in it."""
_HASHES = ("md5", "sha1", "sha256")


class Finder:
    """Finds numbers, the uid of a holder and the titles of swaps, however they are spelled, encoded or hashed."""

    def __init__(self, *, uid: str, titles: Iterable[str]) -> None:
        self._titles = sorted({title.strip() for title in titles})
        self._digits = {"card": CARD[1:-1], "national number": NATIONAL}
        self._uid = UUID(uid).hex
        self._shapes: dict[bytes, str] = {UUID(uid).bytes: "holder in binary"}
        for name, secret in {"card": CARD, "national number": NATIONAL, "holder": uid}.items():
            self._shapes |= {shape: f"{name} as {how}" for how, shape in _shapes(secret)}

    def numbers(self, content: bytes) -> list[str]:
        """Return what of a number or of the holder is in there, by name and shape."""
        low = content.lower()
        found = {name for shape, name in self._shapes.items() if shape in content or shape in low}
        for text in _readings(content):
            digits = re.sub(r"\D+", "", text)
            if not digits.isascii():
                digits = "".join(str(unicodedata.digit(digit)) for digit in digits)
            found |= {name for name, run in self._digits.items() if run in digits}
            found |= {"holder"} if self._uid in text.lower().replace("-", "") else set()
        return sorted(found)

    def everything(self, content: bytes) -> list[str]:
        """Return the same, and the titles that are in there."""
        texts = _readings(content)
        return [*self.numbers(content), *(one for one in self._titles if any(one in text for text in texts))]

    def beside_the_hint(self, text: str) -> list[str]:
        """Return which groups of four digits of the card can be read, the sixth to ninth apart."""
        groups = {CARD[place : place + 4] for place in range(len(CARD) - 3)} - {CARD[5:9]}
        read = _REFERENCE.sub("", text.replace(EXAMPLE, ""))
        return sorted(f"the digits {group}" for group in groups if group in read)


def _readings(content: bytes) -> set[str]:
    """Return the text as it stands, and as it is once its escapes are undone."""
    text = content.decode("utf-8", "ignore")
    plain = _ESCAPED.sub(lambda found: chr(int(found[1], 16)), text)
    return {unicodedata.normalize("NFKC", one) for one in (text, plain, unquote_plus(text), html.unescape(text))}


def _shapes(secret: str) -> Iterator[tuple[str, bytes]]:
    for spelled in (secret, f"{secret}\n", " ".join((secret[:4], secret[4:8], secret[8:]))):
        content = spelled.encode()
        yield "hex", content.hex().encode()
        for place in range(3):
            yield "base64", _within_base64(content, place)
        for kind in _HASHES:
            digest = hashlib.new(kind, content, usedforsecurity=False).digest()
            yield kind, digest
            yield f"{kind} in hex", digest.hex().encode()
            yield f"{kind} in base64", base64.b64encode(digest)
            yield f"{kind} in base64", base64.urlsafe_b64encode(digest)
    if secret.isdigit():
        yield "an integer", int(secret).to_bytes(6, "big")  # as SQLite stores it


def _within_base64(content: bytes, place: int) -> bytes:
    """Return what is the same in every base64 in which `place` bytes and any number of groups stand before it."""
    begins = -(-place * 8 // 6)
    ends = (place + len(content)) * 8 // 6
    return base64.b64encode(bytes(place) + content)[begins:ends]


class _Ear(logging.Handler):
    """Takes in what the program would log, before anything of it is masked."""

    def __init__(self) -> None:
        super().__init__()
        self.told: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        if record.levelno < logging.WARNING and record.name.partition(".")[0] in QUIET:
            return  # this is never written, see `bot.logs`
        error = "".join(traceback.format_exception(record.exc_info[1])) if record.exc_info else ""
        self.told.append(f"{record.getMessage()} {vars(record)} {error}")


@dataclass
class Overheard:
    """What was handed to logging so far, through structlog or past it."""

    events: list[Any]
    ear: _Ear

    def take(self) -> str:
        """Return it, once."""
        told = [f"{name} {value!s} {value!r}" for event in self.events for name, value in event.items()]
        told += self.ear.told
        self.events.clear()
        self.ear.told.clear()
        return "\n".join(told)


@contextmanager
def overheard() -> Iterator[Overheard]:
    """Listen to all logging as long as this lasts, at the level of the program and our own below it."""
    ear, root = _Ear(), logging.getLogger()
    levels = {logging.getLogger(name): logging.DEBUG for name in ("bot", "handlers", "storage")} | {root: logging.INFO}
    before = {logger: logger.level for logger in levels}
    root.addHandler(ear)
    for logger, level in levels.items():
        logger.setLevel(level)
    whole: list[Processor] = [structlog.contextvars.merge_contextvars, structlog.processors.format_exc_info]
    try:
        with capture_logs(processors=whole) as events:
            yield Overheard(events, ear)
    finally:
        root.removeHandler(ear)
        for logger, level in before.items():
            logger.setLevel(level)


@dataclass(frozen=True, slots=True)
class Sight:
    """What came of one thing that somebody did: the leaks, and whether it put anything before them."""

    leaks: tuple[str, ...]
    answered: bool


@dataclass
class Witness:
    """Looks, after each thing that somebody did, wherever something of a card may have been left behind.

    What was looked at before is not looked at again, but for the database.
    """

    stage: Stage
    finder: Finder
    log: Overheard | None = None
    _seen: set[bytes] = field(default_factory=set)
    _calls: int = 0

    def look(self, user: str) -> Sight:
        """Return what there is new anywhere, if it was this person who did something."""
        found = [(place, self.finder.everything(content)) for place, content in self._of_others(user)]
        own = [content for content in self._alone(user) if self._is_new(content)]
        found += [("what the asker sees", self.finder.numbers(_written(content))) for content in own]
        found += [("what the asker reads", self.finder.beside_the_hint(text)) for one in own for text in _texts(one)]
        found += [(place, self.finder.numbers(content)) for place, content in self._answers()]
        return Sight(tuple(f"{place}: {what}" for place, traces in found for what in traces), answered=bool(own))

    def _of_others(self, asker: str) -> Iterator[tuple[str, bytes]]:
        yield "log", self.log.take().encode() if self.log else b""
        yield from files(self.stage)
        for call in list(self.stage.slack.calls)[self._calls :]:
            if call.method not in ALONE:
                yield f"call of {call.method}", _written(call.args)
        yield from self._said()
        yield from self._shared(asker)
        for person in self.stage.slack.world.people.values():
            if person.name != asker:
                news = [content for content in self._alone(person.name) if self._is_new(content)]
                yield from ((f"what {person.name} sees", _written(content)) for content in news)

    def _said(self) -> Iterator[tuple[str, bytes]]:
        world = self.stage.slack.world
        for channel in world.talk.channels:
            for root in world.messages(channel):
                for message in (root, *world.thread(channel, root.ts)):
                    if self._is_new(content := asdict(message)):
                        yield f"messages in {channel}", _written(content)

    def _shared(self, asker: str) -> Iterator[tuple[str, bytes]]:
        world = self.stage.slack.world
        for file in world.files.values():
            if self._is_new(content := asdict(file)):
                yield "files in Slack", _written(content)
                if {share.channel for share in file.shares} != {world.im(asker)}:
                    yield f"content of {file.name}", world.file_bytes(file.id)

    def _answers(self) -> Iterator[tuple[str, bytes]]:
        slack = self.stage.slack
        for call in list(slack.calls)[self._calls :]:
            yield f"call of {call.method}", _written(call.args)
        self._calls = len(slack.calls)
        yield from (("acknowledgements", _written(one.ack)) for one in slack.deliveries if self._is_new(one.ack))
        for file in slack.world.files.values():
            yield f"content of {file.name}", slack.world.file_bytes(file.id)

    def _alone(self, user: str) -> list[Any]:
        """Return all that only one person has before them."""
        world = self.stage.slack.world
        whispers = [asdict(one) for channel in world.talk.channels for one in world.ephemerals(user, channel)]
        views = [{"view": one.content, "errors": [*one.errors.values()]} for one in world.views(user)]
        return [*whispers, *views]

    def _is_new(self, content: Any) -> bool:
        written = _written(content)
        is_new = written not in self._seen
        self._seen.add(written)
        return is_new


def files(stage: Stage) -> Iterator[tuple[str, bytes]]:
    """Yield the names and raw bytes of the database and of all that lies beside it."""
    for path in sorted(stage.settings.baliebot_database.parent.rglob("*")):
        yield f"file {path.name}", path.name.encode() + (path.read_bytes() if path.is_file() else b"")


def _written(content: Any) -> bytes:
    return json.dumps(content, ensure_ascii=False, default=str).encode()


def _texts(content: Any) -> Iterator[str]:
    """Yield what can be read of a message or a modal."""
    if isinstance(content, dict):
        for name, inner in content.items():
            if isinstance(inner, str):
                yield from [inner] if name in {"text", "initial_value"} else []
            else:
                yield from _texts(inner)
    elif isinstance(content, list | tuple):
        for one in content:
            yield from [one] if isinstance(one, str) else _texts(one)
