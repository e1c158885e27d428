"""Who and what there is in "Stad Voorbeeld" before anything happens. All names are invented."""

from dataclasses import dataclass

from bot.sandbox.slack.records import Channel, Person

_FOUNDED = 1_680_000_000


@dataclass(frozen=True, slots=True)
class Team:
    """The workspace, the app installed in it, and the app's secrets. They open nothing but this stand-in."""

    id: str = "T0VOORBEELD"
    name: str = "Stad Voorbeeld"
    domain: str = "stad-voorbeeld"
    app_id: str = "A0BALIEBOT0"
    bot_id: str = "B0BALIEBOT0"
    bot_user_id: str = "U0BALIEBOT0"
    bot_token: str = "xoxb-stad-voorbeeld-bot"  # noqa: S105 - opens this stand-in only
    app_token: str = "xapp-stad-voorbeeld-app"  # noqa: S105 - opens this stand-in only
    signing_secret: str = "stad-voorbeeld-ondertekent"  # noqa: S105 - signs for this stand-in only
    verification_token: str = "stad-voorbeeld-oud"  # noqa: S105 - Slack's deprecated field, checked by nobody


NEIGHBOURS = "T0BUURSTAD0"
"""The team of strangers."""

SLACKBOT = "USLACKBOT"
"""Whoever Slack speaks through itself."""


def people(team: Team) -> list[Person]:
    """Return everybody, the bot included; `name` is what one calls them by in tests and on the page."""
    home = team.id
    return [
        Person("U0LIEN00001", "lien", "Lien Vermeire", home),
        Person("U0BRAM00002", "bram", "Bram De Coster", home),
        Person("U0NOOR00003", "noor", "Noor Claeys", home, is_admin=True),
        Person("U0JORIS0004", "joris", "Joris Van Aken", home),
        Person("U0EMILY0005", "emily", "Emily Harper", home, locale="en-US"),
        Person("U0CHLOE0006", "chloe", "Chloé Lambrechts", home, locale="fr-FR"),
        Person("U0GUST00007", "gust", "Gust Peeters", home, is_restricted=True),
        Person("U0WARD00008", "ward", "Ward Goossens", home, deleted=True),
        Person("U0VREEMD009", "sofie", "Sofie Wuyts", NEIGHBOURS, is_stranger=True),
        Person(team.bot_user_id, "baliebot", "Baliebot", home, is_bot=True),
    ]


def channels(team: Team) -> list[Channel]:
    """Return the channels before anything happens; direct messages open when somebody opens them."""
    bot = team.bot_user_id
    everyone = ("U0LIEN00001", "U0BRAM00002", "U0NOOR00003", "U0JORIS0004", "U0EMILY0005", "U0CHLOE0006")
    desk = (*everyone, "U0GUST00007")
    return [
        _channel("C0DESLUIS01", "balie-de-sluis", "private", (*desk, bot)),
        _channel("C0ALGEMEEN1", "algemeen", "public", (*desk, bot)),
        _channel("C0EVENEMENT", "evenementen", "public", everyone),
        _channel("C0DIRECTIE1", "directie", "private", ("U0NOOR00003", "U0JORIS0004")),
        _channel("C0OUDBALIE1", "oude-balie", "public", (*everyone, bot), archived=True),
        _channel("C0PARTNERS1", "partners", "private", (*everyone, "U0VREEMD009", bot), shared=True),
    ]


def _channel(
    identifier: str,
    name: str,
    kind: str,
    members: tuple[str, ...],
    *,
    archived: bool = False,
    shared: bool = False,
) -> Channel:
    return Channel(
        id=identifier,
        name=name,
        kind=kind,
        members=members,
        creator="U0NOOR00003",
        created=_FOUNDED,
        is_archived=archived,
        is_ext_shared=shared,
    )
