"""Modules that a notebook's cells write with `%%writefile layers.py`, for others to import. Nothing is written here."""

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass

from submissions.uploads.archive import is_too_long, is_unshowable, looks_like_another

MAX_WRITTEN_FILES = 20

_MAGIC = re.compile(r"%%(?:writefile|file)(?=\s)")
_WORD = re.compile(r"\"[^\"]*\"|'[^']*'|\S+")
_APPEND = frozenset({"-a", "--append"})

# Folders that a notebook runs in, or what stands for them; an import looks for the module beneath.
_FOLDER = re.compile(r"\./|~/|/content/|/kaggle/working/|[A-Za-z]:/|/")


@dataclass(frozen=True, slots=True)
class _Writing:
    path: str
    appends: bool
    text: str


class WrittenFiles:
    """The files of one notebook, collected cell by cell in its order."""

    def __init__(self) -> None:
        self._pieces: dict[str, list[str]] = {}

    def take(self, lines: Sequence[str]) -> bool:
        """Whether a cell of these lines writes a file; then it is kept."""
        found = _writing(lines)
        if found is None:
            return False
        if found.path not in self._pieces and len(self._pieces) == MAX_WRITTEN_FILES:
            return False
        before = self._pieces.get(found.path, []) if found.appends else []
        before.append(found.text)  # in place: a thousand cells that append take no longer than one
        self._pieces[found.path] = before
        return True

    @property
    def paths(self) -> Collection[str]:
        """Paths of those written so far."""
        return self._pieces.keys()

    def files(self) -> Iterator[tuple[str, str]]:
        """Path and text of each, in the order of first writing."""
        for path, pieces in self._pieces.items():
            yield path, "".join(pieces)


def _writing(lines: Sequence[str]) -> _Writing | None:
    """What the cell does with its %%writefile or %%file, None where it has none that names one Python file."""
    start = next((number for number, line in enumerate(lines) if line.strip()), len(lines))
    magic = _MAGIC.match(lines[start]) if start < len(lines) else None
    if magic is None:
        return None
    words: list[str] = _WORD.findall(lines[start], magic.end())
    named = [word for word in words if word not in _APPEND]
    path = _path(named[0]) if len(named) == 1 else None
    if path is None:
        return None
    text = "\n".join(lines[start + 1 :])
    if text and not text.endswith("\n"):
        text += "\n"  # as Jupyter ends a cell, so that what is appended begins a line
    return _Writing(path, len(named) < len(words), text)


def _path(word: str) -> str | None:
    """The path as a file of an upload has it; None for what is no Python file's, or not known before the cell runs."""
    path = word[1:-1] if word[0] in "\"'" and word[-1] == word[0] else word
    if path.startswith(("'", '"')):
        return None  # a quote that nothing closes
    if is_too_long(path) or any(sign in path for sign in ("..", "$", "{")):
        return None
    if any(map(is_unshowable, path)) or looks_like_another(path):
        return None
    path = path.replace("\\", "/")
    folder = _FOLDER.match(path)
    parts = [part for part in path[folder.end() if folder else 0 :].split("/") if part not in ("", ".")]
    if not parts or not parts[-1].endswith(".py") or any(part.startswith(".") for part in parts):
        return None  # a hidden file is none that an import finds
    return "/".join(parts)
