"""Where a browser reaches the bot; known once it listens, when the settings leave the port open."""

from urllib.parse import urlsplit


class Address:
    """The public address, without a slash at its end."""

    def __init__(self, public_url: str) -> None:
        self._url = public_url.rstrip("/")

    def settle(self, listening_url: str) -> None:
        """Take where the bot listens for its address, unless the settings named one."""
        self._url = self._url or listening_url

    def of(self, path: str) -> str:
        """Return the whole address of a page."""
        return f"{self._url}{path}"

    @property
    def origin(self) -> str:
        """Scheme, host and port, as browsers send them (RFC 6454)."""
        parts = urlsplit(self._url)
        return f"{parts.scheme}://{parts.netloc}"
