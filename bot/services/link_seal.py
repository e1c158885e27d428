"""What of a link under way only we may read, and how it is bound to its row."""

from dataclasses import replace

from bot.links import Link
from bot.models import UserToken
from bot.sealing import Sealer

_PURPOSE = "link"


class LinkSeal:
    """Seals the secrets of a link: purpose, link, team and user stand inside, so that no row can pass for another.

    What may stand in it: `name` and `language` of who asked; `request` and `request_secret`; `verifier` and `code`;
    and at last `token`, `secret` and `user_id`.
    """

    def __init__(self, *, sealer: Sealer) -> None:
        self._sealer = sealer

    def sealed(self, link: Link, content: dict[str, str]) -> Link:
        """Return the link with this content, instead of what it had."""
        text = self._sealer.seal(content, purpose=_PURPOSE, link=link.id, team=link.team, user=link.user)
        return replace(link, sealed=text)

    def opened(self, link: Link) -> dict[str, str]:
        """Return the content.

        Raises:
            SealError: another key, a changed text, or the content of another link.
        """
        return self._sealer.open(link.sealed, purpose=_PURPOSE, link=link.id, team=link.team, user=link.user)

    def token(self, link: Link) -> UserToken | None:
        """Return the access token of a link; None while it has none.

        Raises:
            SealError: as in `opened`.
        """
        content = self.opened(link)
        if "token" not in content:
            return None
        return UserToken(content["token"], content["secret"], content["user_id"])
