"""What outlives the process, as JSON lines in one file: tokens given and revoked, reports asked for."""

import json
from collections.abc import Iterator
from pathlib import Path


class Journal:
    """Appends facts to a file, readable by its owner only. Without a path it forgets everything."""

    def __init__(self, path: Path | None) -> None:
        self._path = path

    def record(self, what: str, **facts: str) -> None:
        """Write one fact as one line."""
        if self._path is None:
            return
        self._path.touch(mode=0o600)
        with self._path.open("a", encoding="utf-8") as file:
            file.write(json.dumps({"what": what, **facts}) + "\n")

    def entries(self) -> Iterator[dict[str, str]]:
        """Yield the facts of earlier runs, oldest first; a line cut off by a crash is skipped and ended."""
        if self._path is None or not self._path.exists():
            return
        text = self._path.read_text(encoding="utf-8")
        if text and not text.endswith("\n"):
            with self._path.open("a", encoding="utf-8") as file:
                file.write("\n")
        for line in text.splitlines():
            try:
                yield json.loads(line)
            except json.JSONDecodeError:
                continue
