"""What happened, kept in a folder as JSON lines, so that a restart of the stand-in goes on."""

import json
from collections.abc import Iterator
from pathlib import Path

from bot.sandbox.slack.records import Json


class Journal:
    """Facts in the order they happened; the newest fact about a thing replaces the older ones.

    With no path nothing is kept. A last line that was cut off by a kill is dropped when reading.
    """

    def __init__(self, path: Path | None) -> None:
        self._path = path
        self.files: Path | None = None
        if path is not None:
            self.files = path.parent / "files"
            self.files.mkdir(parents=True, exist_ok=True)

    def write(self, kind: str, fact: Json) -> None:
        """Add one fact; it is with the operating system when this returns."""
        if self._path is None:
            return
        line = json.dumps({"kind": kind, "fact": fact}, ensure_ascii=False)
        with self._path.open("a", encoding="utf-8") as stream:
            stream.write(line + "\n")

    def read(self) -> Iterator[tuple[str, Json]]:
        """Yield every whole fact as (kind, fact), and cut the file behind the last whole one."""
        if self._path is None or not self._path.exists():
            return
        content = self._path.read_bytes()
        whole = content[: content.rfind(b"\n") + 1]
        if len(whole) < len(content):
            self._path.write_bytes(whole)
        for line in whole.splitlines():
            entry = json.loads(line)
            yield entry["kind"], entry["fact"]
