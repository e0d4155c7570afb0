"""The client's own list of what was accepted: a line for every 202, written before anything else is done."""

import threading
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Accepted:
    """A 202: the key it was sent under, the submission's id in the answer, the place of its file in SOURCES."""

    key: str
    submission: str
    file: int


class Ledger:
    """The list in a file; several clients write to it."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._lock = threading.Lock()

    def write(self, accepted: Accepted) -> None:
        """Add a line."""
        with self._lock, self._path.open("a") as lines:
            lines.write(f"{accepted.key} {accepted.submission} {accepted.file}\n")

    def read(self) -> list[Accepted]:
        """Every line so far, in order."""
        if not self._path.exists():
            return []
        words = (line.split() for line in self._path.read_text().splitlines())
        return [Accepted(key, submission, int(file)) for key, submission, file in words]
