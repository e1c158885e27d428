"""The digests of a person in their Home: first those that stand still, further down those that run."""

from collections.abc import Iterator, Sequence

import slackblocks as slack

from bot.digests import Digest, Standstill
from bot.models import Language
from handlers.render.blocks import context, section
from handlers.render.digest_list import deeds, described
from handlers.render.digest_list_texts import MENDS
from handlers.render.texts import Plural, Text

TITLE = Text(nl="Jouw digests", en="Your digests")
PLACE = Text(nl="In {place}:", en="In {place}:")
DIRECT = Text(nl="je privéberichten met mij", en="your direct messages with me")
FAILED = Text(nl="*Je digest in {place} loopt niet meer.*", en="*Your digest in {place} no longer runs.*")
WITHOUT_LINK = Plural(
    Text(
        nl="1 digest staat stil tot je UiTiD weer gekoppeld is; daarna loopt hij vanzelf weer.",
        en="1 digest is on hold until your UiTiD is linked again; it then runs again by itself.",
    ),
    Text(
        nl="{n} digests staan stil tot je UiTiD weer gekoppeld is; daarna lopen ze vanzelf weer.",
        en="{n} digests are on hold until your UiTiD is linked again; they then run again by themselves.",
    ),
)
MORE = Plural(
    Text(nl="En nog 1 digest: typ `/uitpas digest` in zijn kanaal.", en="And 1 more: type `/uitpas digest` there."),
    Text(
        nl="En nog {n} digests: typ `/uitpas digest` in hun kanaal.",
        en="And {n} more: type `/uitpas digest` in their channels.",
    ),
)


def unlinked(digests: Sequence[Digest], language: Language) -> list[str]:
    """Return, as a sentence if any, how many wait for a link while there is none."""
    waiting = sum(digest.standstill is Standstill.LINK for digest in digests)
    return [WITHOUT_LINK.say(waiting, language)] if waiting else []


def failed(digests: Sequence[Digest], language: Language, *, is_linked: bool) -> Iterator[slack.Block]:
    """Yield the digests that can't run, with what mends them; but for those that only wait for a link to come."""
    for digest in digests:
        if _has_failed(digest) and (is_linked or digest.standstill is not Standstill.LINK):
            lines = [FAILED.say(language, place=_place(digest, language)), *described(digest, language)]
            yield section("\n".join([*lines, *_mend(digest, language)]))
            yield deeds(digest, digest.owner, language)


def listed(digests: Sequence[Digest], total: int, language: Language) -> Iterator[slack.Block]:
    """Yield the digests that run, or that somebody paused."""
    shown = [digest for digest in digests if not _has_failed(digest)]
    if shown:
        yield slack.HeaderBlock(TITLE.say(language))
    for digest in shown:
        place = PLACE.say(language, place=_place(digest, language))
        yield section("\n".join([place, *described(digest, language), *_mend(digest, language)]))
        yield deeds(digest, digest.owner, language)
    if shown and total > len(digests):
        yield context(MORE.say(total - len(digests), language))


def _has_failed(digest: Digest) -> bool:
    return digest.standstill not in {None, Standstill.MEMBER}


def _place(digest: Digest, language: Language) -> str:
    return DIRECT.say(language) if digest.channel.startswith("D") else f"<#{digest.channel}>"


def _mend(digest: Digest, language: Language) -> list[str]:
    return [] if digest.standstill is None else [MENDS[digest.standstill].say(language)]
